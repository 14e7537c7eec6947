"""import and add: put donors into the queue."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from functools import partial, reduce

from ac_desktop.console.connections import connection_of
from ac_desktop.console.terminal import (
    ConsoleError,
    ExitCode,
    ask,
    confirm,
    is_interactive,
    print_json,
    print_line,
    state_name,
    warn,
)
from ac_desktop.importing.detection.detection import ImportQuestion, OpenQuestion
from ac_desktop.importing.detection.status_columns import unread_json, unread_text
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.pipeline import (
    DetectedTable,
    ImportedBatch,
    ImportOptions,
    PageNeededError,
    StagedBatch,
    add_typed,
    import_result_of,
    import_table,
    known_text,
)
from ac_desktop.importing.profiles.columns import Field, distinct, parse_map
from ac_desktop.importing.profiles.profiles import load_profiles, own_profile_folders
from ac_desktop.importing.validation.table_validator import ValidatedRow, validate_typed
from ac_desktop.importing.values.dates import DateOrder
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.model.wording import profile_label, tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.queue.record_reader import ProblemRow


class _CheckedOnlyError(Exception):
    """The files were only to be checked, which is done."""


def import_files(services: Services, args: argparse.Namespace) -> ExitCode:
    """Queue the donors of files and print the import results."""
    connection = connection_of(services, args)
    try:
        imported = import_table(
            services.queue,
            services.row_hashes,
            connection,
            args.files,
            load_profiles(*own_profile_folders()),
            now=services.clock.now(),
            options=_options(args),
            again=args.again,
            layouts=services.layouts,
            answer=answer,
            before_queueing=partial(before_queueing, services, args),
        )
    except _CheckedOnlyError:
        return ExitCode.OK
    except ImportFileError as error:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
    print_imported(services, connection, imported, as_json=args.json, several=len(args.files) > 1 or len(imported) > 1)
    return leftovers_exit_code(services, connection)


def print_imported(
    services: Services, connection: Connection, imported: Sequence[ImportedBatch], *, as_json: bool, several: bool
) -> None:
    """Print the import results."""
    if as_json:
        _print_json(services, imported, several=several)
    else:
        _print_results(services, imported)
        _warn_if_not_active(connection)


def _options(args: argparse.Namespace) -> ImportOptions:
    return ImportOptions(
        page=args.page,
        sheet=args.sheet,
        encoding=args.encoding,
        delimiter=args.delimiter,
        header_row=args.header_row,
        date_order=_date_order(args.dates),
        columns=parse_map(args.columns) if args.columns else None,
    )


def answer(detected: DetectedTable) -> ImportOptions:
    """Ask at the terminal what a file leaves open, as the window does; elsewhere print what is assumed of it.

    Raises ConsoleError where nothing is assumed.
    """
    options = detected.options
    if is_interactive():
        options = reduce(partial(_ask, detected), detected.open_questions, options)
    elif not detected.lacks_answers:
        for question in detected.open_questions:
            warn(f"{detected.table.file_name}: {question.text}")
    has_email = Field.EMAIL in detected.detection.columns or Field.EMAIL in (options.columns or {})
    if detected.needs_page and has_email:
        options = replace(options, page=_ask_page(PageNeededError(detected.table.file_name)))
    return options


def _ask(detected: DetectedTable, options: ImportOptions, question: OpenQuestion) -> ImportOptions:
    """Ask one question; an answer about columns stands for all of them, as in the window, and is remembered."""
    columns = detected.chosen_columns if options.columns is None else options.columns
    match question.kind:
        case ImportQuestion.EMAIL_COLUMN:
            headings = ", ".join(question.candidates or distinct(detected.table.header))
            text = f"{question.text} ({headings})"
            if question.proposed:
                text = tr("{question} Press Enter for “{column}”:", question=text, column=question.proposed)
            column = ask(text) or question.proposed
            if not column:
                raise ConsoleError(ExitCode.WRONG_USE, tr("Nothing was queued."))
            return replace(options, columns={**columns, Field.EMAIL: column})
        case ImportQuestion.DATE_ORDER:
            words = ask(f"{question.text} (month-first, day-first)")
            order = _date_order(words)
            if words and order is None:
                raise ConsoleError(ExitCode.WRONG_USE, tr("Nothing was queued."))
            return replace(options, columns=columns, date_order=order)
        case _:
            if not confirm(question.text):
                raise ConsoleError(ExitCode.WRONG_USE, tr("Nothing was queued."))
            return replace(options, columns=columns)


def _date_order(words: str | None) -> DateOrder | None:
    """Return the order of dates that is named as in `--dates`; None where none is."""
    named = {order.value.replace(" ", "-"): order for order in (DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST)}
    return named.get(words.casefold()) if words else None


def _ask_page(error: PageNeededError) -> str:
    if not is_interactive():
        raise ConsoleError(ExitCode.WRONG_USE, tr("{told} Add --page ID.", told=str(error))) from error
    page = ask(tr("{told} Page ID:", told=str(error)))
    if not page:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
    return page


def before_queueing(services: Services, args: argparse.Namespace, staged: Sequence[StagedBatch]) -> None:
    """Show what was read before anything is queued; a person at the terminal may stop here."""
    if args.check:
        _print_checked(services, staged, as_json=args.json)
        raise _CheckedOnlyError
    if args.json:
        return
    _print_unread(staged)
    doubtful = any(one.doubtful_columns for one in staged)
    if doubtful and is_interactive() and not confirm(tr("Add these donors to the queue anyway?")):
        raise ConsoleError(ExitCode.WRONG_USE, tr("Nothing was queued."))


def _print_unread(staged: Sequence[StagedBatch]) -> None:
    for one in staged:
        for column in one.unread_columns:
            print_line(f"{one.file_name}: {unread_text(column)}")


def _print_checked(services: Services, staged: Sequence[StagedBatch], *, as_json: bool) -> None:
    if not as_json:
        _print_unread(staged)
    objects: list[dict[str, object]] = []
    for one in staged:
        kinds = services.staging.kinds(one.batch_id)
        counts = kinds.counts
        objects.append(
            {
                "file": one.file_name,
                "rows": one.result.rows,
                "waiting": counts.waiting,
                "held": counts.held,
                "skipped": counts.skipped,
                "reasons": {code.value: number for (_, code), number in kinds.reasons.items()},
                "unread_columns": [unread_json(column) for column in one.unread_columns],
            }
        )
        if not as_json:
            text = import_result_of(counts, one.result.rows).text
            print_line(
                tr(
                    "{file} ({kind}), checked only: {receipt}",
                    file=one.file_name,
                    kind=profile_label(one.recognised_as),
                    receipt=text,
                )
            )
    if as_json:
        print_json({"files": objects} if len(objects) > 1 else objects[0])


def _print_json(services: Services, imported: Sequence[ImportedBatch], *, several: bool) -> None:
    objects = [_as_json(services, batch) for batch in imported]
    print_json({"batches": objects} if several else objects[0])


def _as_json(services: Services, batch: ImportedBatch) -> dict[str, object]:
    return {
        "batch": batch.batch_id,
        "file": batch.file_name,
        "rows": batch.result.rows,
        "waiting": batch.result.waiting,
        "held": batch.result.held,
        "skipped": batch.result.skipped,
        **({"uncorrected": batch.uncorrected_rows} if batch.uncorrected_rows else {}),
        "unread_columns": [unread_json(column) for column in batch.unread_columns],
        "problems": [
            {"row": problem.row, "state": problem.state.value, "reason": _reason(problem)}
            for problem in services.record_reader.problems(batch.batch_id)
        ],
    }


def _reason(problem: ProblemRow) -> str:
    return problem.reason.text if problem.reason else ""


def _print_results(services: Services, imported: Sequence[ImportedBatch]) -> None:
    for batch in imported:
        for problem in services.record_reader.problems(batch.batch_id):
            state = tr("held") if problem.state is RecordState.HELD else tr("skipped")
            print_line(tr("row {row}: {state}: {reason}", row=problem.row, state=state, reason=_reason(problem)))
        print_line(
            tr(
                "{file} ({kind}): {receipt}",
                file=batch.file_name,
                kind=profile_label(batch.recognised_as),
                receipt=batch.result.text,
            )
        )
        if batch.uncorrected_rows:
            print_line(tr("Rows without a correction, left unchanged: {count}.", count=batch.uncorrected_rows))


def _warn_if_not_active(connection: Connection) -> None:
    if connection.state is not ConnectionState.ACTIVE:
        warn(tr("“{name}” is {state}, so nothing was sent.", name=connection.name, state=state_name(connection.state)))


def add(services: Services, args: argparse.Namespace) -> ExitCode:
    """Queue one donor typed in."""
    connection = connection_of(services, args)
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
    if not _add(services, connection, args, checked):
        return ExitCode.OK
    if checked.state is RecordState.SKIPPED:
        print_line(tr("{email} is skipped: {why}", email=checked.donor.email, why=why))
    else:
        print_line(tr("Added {email} to the queue.", email=checked.donor.email))
    _warn_if_not_active(connection)
    return leftovers_exit_code(services, connection)


def _add(services: Services, connection: Connection, args: argparse.Namespace, checked: ValidatedRow) -> bool:
    """Queue a donor; return False where the office's server is away, so that the donor waits on this computer."""
    if services.typed_donors is None:
        add_typed(services.queue, connection, checked, now=services.clock.now())
        return True
    from ac_desktop.console.offline import print_waits, typed_donor

    if services.typed_donors.add(connection, typed_donor(args), checked) is not None:
        return True
    print_waits(checked.donor.email)
    return False


def _ask_about_known(services: Services, connection: Connection, email: str) -> None:
    """Ask whether a donor who is waiting or was sent is to be queued again. Raises ConsoleError where not."""
    known = services.record_reader.latest_of(connection.id, email)
    if known is None:
        return
    text = known_text(known)
    if not is_interactive():
        raise ConsoleError(
            ExitCode.WRONG_USE, tr("{told} Nothing was queued. To queue this donor again, add --again.", told=text)
        )
    if not confirm(tr("{told} Queue this donor again?", told=text)):
        raise ConsoleError(ExitCode.WRONG_USE, tr("Nothing was queued."))


def leftovers_exit_code(services: Services, connection: Connection) -> ExitCode:
    """Return LEFTOVERS where the connection has held or failed records, else OK.

    What the command did is done: an office's server that is away by now is no failure of it, or it would be run again.
    """
    try:
        counts = services.queue.counts(connection.id)
    except StoreError as error:
        if not error.may_pass:
            raise
        return ExitCode.OK
    return ExitCode.LEFTOVERS if counts.held or counts.failed else ExitCode.OK
