"""connections, status, log, report: show what is stored, to people and scripts."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from ac_desktop.console.connections import connection_named, connection_of
from ac_desktop.console.terminal import ConsoleError, ExitCode, outcome_name, print_json, print_line, state_name, table
from ac_desktop.model.attempts import StepLog, StoredAttempt
from ac_desktop.model.connection import Connection
from ac_desktop.model.outside import parsed
from ac_desktop.model.relay_texts import attempt_owner, step_name
from ac_desktop.model.scope import ScopeKind
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.platform.local_time import local_time
from ac_desktop.services import Services
from ac_desktop.store.queue.records import state_counts

if TYPE_CHECKING:
    from ac_desktop.store.office.outbox import OutboxEntry


def connections(services: Services, args: argparse.Namespace) -> ExitCode:
    """Show the connections."""
    rows = [_connection_json(connection) for connection in services.connections.all()]
    if args.json:
        print_json({"connections": rows})
    elif rows:
        print_line(table([_connection_row(connection) for connection in services.connections.all()]))
    else:
        print_line(tr("There are no connections yet. Create one with “ac-desktop connect”."))
    return ExitCode.OK


def _connection_json(connection: Connection) -> dict[str, object]:
    settings = connection.settings
    scope = settings.scope
    return {
        "name": settings.name,
        "url": settings.address.base,
        "list": settings.list_id,
        "pages": list(scope.pages) if scope.kind is ScopeKind.ONLY else ScopeKind.ALL.value,
        "exclude": list(scope.pages) if scope.kind is ScopeKind.EXCEPT else [],
        "team": scope.team.name if scope.team else None,
        "pace": settings.pace,
        "state": connection.state.value,
    }


def _connection_row(connection: Connection) -> dict[str, str]:
    settings = connection.settings
    scope = settings.scope
    pages = ",".join(scope.pages)
    return {
        tr("name"): settings.name,
        tr("API URL"): settings.address.base,
        tr("list"): str(settings.list_id),
        tr("pages"): pages if scope.kind is ScopeKind.ONLY else tr("all"),
        tr("excluded"): pages if scope.kind is ScopeKind.EXCEPT else "",
        tr("team"): scope.team.name if scope.team else "",
        tr("speed"): str(settings.pace),
        tr("state"): state_name(connection.state),
    }


def status(services: Services, args: argparse.Namespace) -> ExitCode:
    """Show the states of the records of one or all connections."""
    shown = [connection_named(services, args.name)] if args.name else services.connections.all()
    rows: list[dict[str, object]] = [
        {
            "name": connection.name,
            "state": connection.state.value,
            "streak": connection.circuit.streak,
            "records": asdict(state_counts(services.database, connection.id)),
        }
        for connection in shown
    ]
    waiting = services.typed_donors.outbox.entries() if services.typed_donors is not None else []
    if args.json:
        print_json({"connections": rows, **_waiting_json(waiting)})
        return ExitCode.OK
    if rows:
        print_line(table([_status_row(services, connection) for connection in shown]))
    else:
        print_line(tr("There are no connections yet. Create one with “ac-desktop connect”."))
    if waiting:
        from ac_desktop.console.offline import print_entries

        print_entries(waiting)
    return ExitCode.OK


def _waiting_json(waiting: "list[OutboxEntry]") -> dict[str, object]:
    if not waiting:
        return {}
    from ac_desktop.console.offline import entries_json

    return {"waiting_for_office": entries_json(waiting)}


def _status_row(services: Services, connection: Connection) -> dict[str, str]:
    counts = state_counts(services.database, connection.id)
    return {
        tr("name"): connection.name,
        tr("state"): state_name(connection.state),
        tr("failures"): str(connection.circuit.streak),
        tr("waiting"): str(counts.waiting),
        tr("sending"): str(counts.sending),
        tr("sent"): str(counts.sent),
        tr("held"): str(counts.held),
        tr("skipped"): str(counts.skipped),
        tr("failed"): str(counts.failed),
    }


def log(services: Services, args: argparse.Namespace) -> ExitCode:
    """Show every attempt, newest last."""
    connection = connection_of(services, args)
    for attempt in services.history.all_attempts(connection.id, failed=args.failed):
        if args.json:
            print_json(_attempt_json(attempt))
        else:
            print_line(_attempt_text(attempt))
    return ExitCode.OK


def _attempt_json(attempt: StoredAttempt) -> dict[str, object]:
    return {
        "attempt": attempt.id,
        "at": local_time(attempt.started_at).isoformat(timespec="milliseconds"),
        "record": attempt.record_id,
        "email": attempt.email,
        "contact_payload": attempt.contact_payload,
        "list_payload": attempt.list_payload,
        "bulk_payload": attempt.bulk_payload,
        "donors": attempt.donors,
        "steps": [_step_json(step) for step in attempt.steps],
        "outcome": attempt.outcome.value,
        "cause": attempt.cause.value if attempt.cause else None,
        "reason": attempt.reason.text if attempt.reason else None,
        "streak": attempt.streak,
        "duration_ms": attempt.duration_ms,
    }


def _step_json(step: StepLog) -> dict[str, object]:
    return {
        "step": step.step,
        "method": step.method,
        "path": step.path,
        "status": step.status,
        "response": response_json(step.response),
        "cut": step.cut,
        "headers": dict(step.headers),
        "trouble": step.trouble,
        "duration_ms": step.duration_ms,
    }


def response_json(text: str) -> object:
    """Return the JSON of a response; its text where it has none."""
    try:
        return parsed(text)
    except ValueError:
        return text


def _attempt_text(attempt: StoredAttempt) -> str:
    at = local_time(attempt.started_at).strftime("%Y-%m-%d %H:%M:%S")
    steps = ", ".join(f"{step_name(step.step)} {step.status or step.trouble}" for step in attempt.steps)
    why = f" {attempt.reason.text}" if attempt.reason else ""
    return tr(
        "{at}  {email}  {outcome}  ({steps})  failed in a row: {streak}{why}",
        at=at,
        email=attempt_owner(attempt),
        outcome=outcome_name(attempt.outcome),
        steps=steps,
        streak=attempt.streak,
        why=why,
    )


def report(services: Services, args: argparse.Namespace) -> ExitCode:
    """Write the records to a CSV file that can be corrected and imported again."""
    from ac_desktop.importing.errors import ImportFileError
    from ac_desktop.reporting.report import write_report

    connection = connection_of(services, args)
    states = (RecordState.FAILED, RecordState.HELD) if args.failed else tuple(RecordState)
    try:
        count = write_report(args.out, services.reports.of_states(connection.id, states))
    except ImportFileError as error:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
    print_line(tr("Saved {file}. Donors: {count}.", count=count, file=args.out))
    return ExitCode.OK
