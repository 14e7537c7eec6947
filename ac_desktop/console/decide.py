"""decide and push: decisions about held records, and records that wait again."""

import argparse
from collections.abc import Sequence
from datetime import timedelta

from ac_desktop.console.connections import connection_of
from ac_desktop.console.importing import leftovers_exit_code
from ac_desktop.console.terminal import ConsoleError, ExitCode, print_json, print_line
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import clean_email
from ac_desktop.model.states import Decision
from ac_desktop.model.wording import tr
from ac_desktop.platform.local_time import start_of_day
from ac_desktop.services import Services
from ac_desktop.store.queue.bulk_changes import ResendKind, ResendRequest
from ac_desktop.store.queue.decisions import DecisionError


def decide(services: Services, args: argparse.Namespace) -> ExitCode:
    """Keep held records held, skip them for good, or subscribe their people again with a reason."""
    connection = connection_of(services, args)
    decision = Decision(args.decision)
    if args.all:
        record_ids = services.decisions.held(connection.id, by_consent=decision is Decision.RESUBSCRIBE)
    else:
        record_ids = _held_of(services, connection, args.emails)
    try:
        decided = services.decisions.decide(record_ids, decision, services.clock.now(), why=args.reason)
    except DecisionError as error:
        raise ConsoleError(ExitCode.WRONG_USE, tr("{why} Add it with --reason.", why=str(error))) from error
    if args.json:
        print_json({"decision": decision.value, "decided": decided.done, "left_alone": len(decided.left_alone)})
    else:
        print_line(_decision_text(decision, decided.done))
    if decided.left_alone:
        raise ConsoleError(
            ExitCode.WRONG_USE,
            tr(
                "Left unchanged: {count}. Only people who are held for consent, with a complete email address, "
                "can be resubscribed.",
                count=len(decided.left_alone),
            ),
        )
    return leftovers_exit_code(services, connection)


def _held_of(services: Services, connection: Connection, emails: Sequence[str]) -> list[int]:
    """Return the held records of these addresses. Raises ConsoleError where an address has none."""
    record_ids: list[int] = []
    for email in emails:
        found = services.decisions.held_of(connection.id, clean_email(email))
        if not found:
            raise ConsoleError(
                ExitCode.WRONG_USE,
                tr(
                    "“{name}” has no held donor with the email {email}. Nothing was changed.",
                    name=connection.name,
                    email=email,
                ),
            )
        record_ids += found
    return record_ids


def _decision_text(decision: Decision, count: int) -> str:
    match decision:
        case Decision.KEEP:
            return tr("Still held: {count}.", count=count)
        case Decision.SKIP:
            return tr("Skipped permanently: {count}.", count=count)
        case Decision.RESUBSCRIBE:
            return tr("To be resubscribed with the next relay: {count}.", count=count)


def push(services: Services, args: argparse.Namespace) -> ExitCode:
    """Make records wait again, for the next relay."""
    connection = connection_of(services, args)
    found = services.resends.find(
        ResendRequest(
            connection_id=connection.id,
            which=ResendKind(args.which),
            since=start_of_day(args.since) if args.since else None,
            until=start_of_day(args.until + timedelta(days=1)) if args.until else None,
            batch_id=args.batch,
        )
    )
    pushed = services.resends.push(connection.id, found, services.clock.now())
    if args.json:
        print_json({"pushed": pushed, "left_alone": found.left_alone})
    else:
        print_line(tr("Moved back to the queue: {count}. To send, run “ac-desktop relay”.", count=pushed))
        if found.left_alone:
            print_line(
                tr(
                    "Still held because consent, a valid email address or an action page is missing: {count}.",
                    count=found.left_alone,
                )
            )
    return leftovers_exit_code(services, connection)
