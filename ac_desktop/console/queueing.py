"""import and add: donors into the queue."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ac_desktop.console.exits import ConsoleError, Exit
from ac_desktop.console.finding import chosen
from ac_desktop.console.terminal import ask, confirm, is_asked, say, say_json, warn
from ac_desktop.console.words import state_word
from ac_desktop.exports.check import check_typed
from ac_desktop.exports.dates import DateOrder
from ac_desktop.exports.errors import ExportError
from ac_desktop.exports.intake import Intake, PageNeededError, Wishes, add_typed, known_text, receipt_of, take_in
from ac_desktop.exports.recognise import parse_map
from ac_desktop.exports.recognisers import load_recognisers, own
from ac_desktop.exports.stager import Staged
from ac_desktop.exports.status_columns import UnreadColumn
from ac_desktop.exports.unread_text import unread_json, unread_text
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.views import Problem


class _CheckedError(Exception):
    """The files were to be checked alone, which is done."""


def take(services: Services, args: argparse.Namespace) -> Exit:
    """Queue the donors of files and print the receipts."""
    connection = chosen(services, args)
    try:
        wishes = _wishes(args)
        recognisers = load_recognisers(own())
        while True:
            try:
                intakes = take_in(
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
        return Exit.WELL
    except ExportError as error:
        raise ConsoleError(Exit.WRONG_USE, str(error)) from error
    if args.json:
        _tell_json(services, intakes, several=len(args.files) > 1 or len(intakes) > 1)
    else:
        _tell(services, intakes)
        _tell_resting(connection)
    return leftovers(services, connection)


def _wishes(args: argparse.Namespace) -> Wishes:
    return Wishes(
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
        raise ConsoleError(Exit.WRONG_USE, tr("{told} Add --page ID.", told=str(error))) from error
    page = ask(tr("{told} Page ID:", told=str(error)))
    if not page:
        raise ConsoleError(Exit.WRONG_USE, str(error)) from error
    return page


def _before_queueing(services: Services, args: argparse.Namespace, staged: Sequence[Staged]) -> None:
    """Show what was read before anything is queued; a person at the terminal may stop here."""
    if args.check:
        _tell_checked(services, staged, as_json=args.json)
        raise _CheckedError
    if args.json:
        return
    unread = _say_unread(staged)
    doubtful = any(not column.is_fine for column in unread)
    if doubtful and is_asked() and not confirm(tr("Queue these donors all the same?")):
        raise ConsoleError(Exit.WRONG_USE, tr("Nothing was queued."))


def _say_unread(staged: Sequence[Staged]) -> list[UnreadColumn]:
    for one in staged:
        for column in one.unread_columns:
            say(f"{one.file_name}: {unread_text(column)}")
    return [column for one in staged for column in one.unread_columns]


def _tell_checked(services: Services, staged: Sequence[Staged], *, as_json: bool) -> None:
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
            account = receipt_of(counts, one.receipt.rows).text
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


def _tell_json(services: Services, intakes: Sequence[Intake], *, several: bool) -> None:
    told = [_as_json(services, intake) for intake in intakes]
    say_json({"batches": told} if several else told[0])


def _as_json(services: Services, intake: Intake) -> dict[str, object]:
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


def _reason(problem: Problem) -> str:
    return problem.reason.text if problem.reason else ""


def _tell(services: Services, intakes: Sequence[Intake]) -> None:
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


def add(services: Services, args: argparse.Namespace) -> Exit:
    """Queue one donor typed in."""
    connection = chosen(services, args)
    settings = connection.settings
    checked = check_typed(
        args.email, args.first, args.last, args.phone, args.page, "", settings.scope, settings.phone_style
    )
    why = checked.reason.text if checked.reason else ""
    if checked.state is RecordState.HELD:
        raise ConsoleError(Exit.WRONG_USE, tr("{why} Nothing was queued.", why=why))
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
            Exit.WRONG_USE, tr("{told} Nothing was queued. Add --again to queue this donor again.", told=told)
        )
    if not confirm(tr("{told} Queue this donor again?", told=told)):
        raise ConsoleError(Exit.WRONG_USE, tr("Nothing was queued."))


def leftovers(services: Services, connection: Connection) -> Exit:
    """Tell by the exit code whether the connection has held or failed records."""
    counts = services.queue.counts(connection.id)
    return Exit.LEFTOVERS if counts.held or counts.failed else Exit.WELL
