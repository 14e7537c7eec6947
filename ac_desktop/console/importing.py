"""import and add: donors into the queue."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ac_desktop.console.exit_codes import ConsoleError, ExitCode
from ac_desktop.console.lookup import chosen
from ac_desktop.console.state_names import state_word
from ac_desktop.console.terminal import ask, confirm, is_asked, say, say_json, warn
from ac_desktop.importing.detection.detect import parse_map
from ac_desktop.importing.detection.profiles import load_profiles, own_profiles
from ac_desktop.importing.detection.status_columns import UnreadColumn
from ac_desktop.importing.detection.unread_text import unread_json, unread_text
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.pipeline import (
    ImportedBatch,
    ImportOptions,
    PageNeededError,
    add_typed,
    import_result_of,
    import_table,
    known_text,
)
from ac_desktop.importing.staging import StagedBatch
from ac_desktop.importing.validation.dates import DateOrder
from ac_desktop.importing.validation.table_validator import validate_typed
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.queries.record_reader import ProblemRow


class _CheckedError(Exception):
    """The files were to be checked alone, which is done."""


def import_files(services: Services, args: argparse.Namespace) -> ExitCode:
    """Queue the donors of files and print the receipts."""
    connection = chosen(services, args)
    try:
        wishes = _wishes(args)
        recognisers = load_profiles(own_profiles())
        while True:
            try:
                intakes = import_table(
                    services.queue,
                    services.fingerprints,
                    connection,
                    args.files,
                    recognisers,
                    now=services.clock.now(),
                    wishes=wishes,
                    again=args.again,
                    layouts=services.layouts,
                    before_queueing=partial(_before_queueing, services, args),
                )
                break
            except PageNeededError as error:
                wishes = replace(wishes, page=_asked_page(error))
    except _CheckedError:
        return ExitCode.WELL
    except ImportFileError as error:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
    if args.json:
        _tell_json(services, intakes, several=len(args.files) > 1 or len(intakes) > 1)
    else:
        _tell(services, intakes)
        _tell_resting(connection)
    return leftovers(services, connection)


def _wishes(args: argparse.Namespace) -> ImportOptions:
    return ImportOptions(
        page=args.page,
        sheet=args.sheet,
        encoding=args.encoding,
        delimiter=args.delimiter,
        header_row=args.header_row,
        date_order=DateOrder(args.dates.replace("-", " ")) if args.dates else None,
        columns=parse_map(args.columns) if args.columns else None,
    )


def _asked_page(error: PageNeededError) -> str:
    if not is_asked():
        raise ConsoleError(ExitCode.WRONG_USE, tr("{told} Add --page ID.", told=str(error))) from error
    page = ask(tr("{told} Page ID:", told=str(error)))
    if not page:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
    return page


def _before_queueing(services: Services, args: argparse.Namespace, staged: Sequence[StagedBatch]) -> None:
    """Show what was read before anything is queued; a person at the terminal may stop here."""
    if args.check:
        _tell_checked(services, staged, as_json=args.json)
        raise _CheckedError
    if args.json:
        return
    unread = _say_unread(staged)
    doubtful = any(not column.is_fine for column in unread)
    if doubtful and is_asked() and not confirm(tr("Queue these donors all the same?")):
        raise ConsoleError(ExitCode.WRONG_USE, tr("Nothing was queued."))


def _say_unread(staged: Sequence[StagedBatch]) -> list[UnreadColumn]:
    for one in staged:
        for column in one.unread_columns:
            say(f"{one.file_name}: {unread_text(column)}")
    return [column for one in staged for column in one.unread_columns]


def _tell_checked(services: Services, staged: Sequence[StagedBatch], *, as_json: bool) -> None:
    if not as_json:
        _say_unread(staged)
    told: list[dict[str, object]] = []
    for one in staged:
        kinds = services.staging.kinds(one.batch_id)
        counts = kinds.counts
        told.append(
            {
                "file": one.file_name,
                "rows": one.receipt.rows,
                "waiting": counts.waiting,
                "held": counts.held,
                "skipped": counts.skipped,
                "reasons": {code.value: number for (_, code), number in kinds.reasons.items()},
                "unread_columns": [unread_json(column) for column in one.unread_columns],
            }
        )
        if not as_json:
            account = import_result_of(counts, one.receipt.rows).text
            say(
                tr(
                    "{file} ({kind}), checked only: {receipt}",
                    file=one.file_name,
                    kind=one.recognised_as,
                    receipt=account,
                )
            )
    if as_json:
        say_json({"files": told} if len(told) > 1 else told[0])


def _tell_json(services: Services, intakes: Sequence[ImportedBatch], *, several: bool) -> None:
    told = [_as_json(services, intake) for intake in intakes]
    say_json({"batches": told} if several else told[0])


def _as_json(services: Services, intake: ImportedBatch) -> dict[str, object]:
    return {
        "batch": intake.batch_id,
        "file": intake.file_name,
        "rows": intake.receipt.rows,
        "waiting": intake.receipt.waiting,
        "held": intake.receipt.held,
        "skipped": intake.receipt.skipped,
        **({"uncorrected": intake.uncorrected_rows} if intake.uncorrected_rows else {}),
        "unread_columns": [unread_json(column) for column in intake.unread_columns],
        "problems": [
            {"row": problem.row, "state": problem.state.value, "reason": _reason(problem)}
            for problem in services.views.problems(intake.batch_id)
        ],
    }


def _reason(problem: ProblemRow) -> str:
    return problem.reason.text if problem.reason else ""


def _tell(services: Services, intakes: Sequence[ImportedBatch]) -> None:
    for intake in intakes:
        for problem in services.views.problems(intake.batch_id):
            state = tr("held") if problem.state is RecordState.HELD else tr("skipped")
            say(tr("row {row}: {state}: {reason}", row=problem.row, state=state, reason=_reason(problem)))
        say(
            tr(
                "{file} ({kind}): {receipt}",
                file=intake.file_name,
                kind=intake.recognised_as,
                receipt=intake.receipt.text,
            )
        )
        if intake.uncorrected_rows:
            say(tr("Rows without a correction, left as they are: {count}.", count=intake.uncorrected_rows))


def _tell_resting(connection: Connection) -> None:
    if connection.state is not ConnectionState.ACTIVE:
        warn(tr("“{name}” is {state}: nothing is relayed.", name=connection.name, state=state_word(connection.state)))


def add(services: Services, args: argparse.Namespace) -> ExitCode:
    """Queue one donor typed in."""
    connection = chosen(services, args)
    settings = connection.settings
    checked = validate_typed(
        args.email, args.first, args.last, args.phone, args.page, "", settings.scope, settings.phone_style
    )
    why = checked.reason.text if checked.reason else ""
    if checked.state is RecordState.HELD:
        raise ConsoleError(ExitCode.WRONG_USE, tr("{why} Nothing was queued.", why=why))
    for warning in checked.warnings:
        warn(warning.text)
    if checked.state is RecordState.WAITING and not args.again:
        _ask_about_known(services, connection, checked.donor.email)
    add_typed(services.queue, connection, checked, now=services.clock.now())
    if checked.state is RecordState.SKIPPED:
        say(tr("{email} is skipped: {why}", email=checked.donor.email, why=why))
    else:
        say(tr("{email} is waiting.", email=checked.donor.email))
    _tell_resting(connection)
    return leftovers(services, connection)


def _ask_about_known(services: Services, connection: Connection, email: str) -> None:
    """Ask whether a donor who waits or was sent is to be queued once more. Raises ConsoleError where not."""
    known = services.views.latest_of(connection.id, email)
    if known is None:
        return
    told = known_text(known)
    if not is_asked():
        raise ConsoleError(
            ExitCode.WRONG_USE, tr("{told} Nothing was queued. Add --again to queue this donor again.", told=told)
        )
    if not confirm(tr("{told} Queue this donor again?", told=told)):
        raise ConsoleError(ExitCode.WRONG_USE, tr("Nothing was queued."))


def leftovers(services: Services, connection: Connection) -> ExitCode:
    """Tell by the exit code whether the connection has held or failed records."""
    counts = services.queue.counts(connection.id)
    return ExitCode.LEFTOVERS if counts.held or counts.failed else ExitCode.WELL
