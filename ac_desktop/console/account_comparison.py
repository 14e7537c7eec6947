"""compare and verify: what a relay would change in the account, and who is on its list, by reading only."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator

from ac_desktop.console.connections import connection_of, key_of
from ac_desktop.console.terminal import ConsoleError, ExitCode, print_json, print_line
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import responsible_text
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import quoted, tr
from ac_desktop.relay.comparison import ComparedDonor, ComparisonResult, Difference
from ac_desktop.relay.reconciliation import Presence
from ac_desktop.relay.request_runner import AccountReadError
from ac_desktop.relay.verification import NotThere, Verified
from ac_desktop.services import Services
from ac_desktop.store.queue.record_reader import PAGE


def compare(services: Services, args: argparse.Namespace) -> ExitCode:
    """Show for each waiting record whether it is new, changes something, changes nothing, or has unsubscribed."""
    connection = connection_of(services, args)
    key = key_of(services, connection)
    counts: Counter[Difference] = Counter()
    records: list[dict[str, object]] = []
    try:
        for compared in services.comparison.compare(connection, key, _waiting(services, connection)):
            counts[compared.difference] += 1
            if args.json:
                records.append(_as_json(compared))
            else:
                print_line(_line(compared))
    except AccountReadError as error:
        who = responsible_text(error.reason.who)
        raise ConsoleError(
            ExitCode.UNREACHABLE, f"{error.reason.text} ({who})" if who else error.reason.text
        ) from error
    if args.json:
        print_json({"records": records} | {difference.value: counts[difference] for difference in Difference})
    else:
        print_line(_summary(counts))
    return ExitCode.OK


def _waiting(services: Services, connection: Connection) -> Iterator[ComparedDonor]:
    last = 0
    while page := services.record_reader.records(connection.id, state=RecordState.WAITING, after=last, limit=PAGE):
        outdated = services.record_reader.outdated_among(page, connection.account)
        for record in page:
            yield ComparedDonor(key=record.id, donor=record.donor, outdated=record.id in outdated)
        last = page[-1].id


def _as_json(compared: ComparisonResult) -> dict[str, object]:
    return {
        "record": compared.key,
        "email": compared.email,
        "difference": compared.difference.value,
        "on_list": compared.on_list,
        "changes": [
            {"field": change.field.value, "before": change.before, "after": change.after} for change in compared.changes
        ],
        "reason": compared.held.text if compared.held else None,
    }


def _line(compared: ComparisonResult) -> str:
    match compared.difference:
        case Difference.UNSUBSCRIBED:
            why = compared.held.text if compared.held else ""
        case Difference.CHANGES:
            why = ", ".join(f"{quoted(change.before)} → {quoted(change.after)}" for change in compared.changes)
        case _:
            why = ""
    return f"{compared.email}  {_difference_name(compared.difference)}  {why}".rstrip()


def _difference_name(difference: Difference) -> str:
    return {
        Difference.NEW: tr("new"),
        Difference.CHANGES: tr("changes"),
        Difference.SAME: tr("same"),
        Difference.UNSUBSCRIBED: tr("held"),
    }[difference]


def _summary(counts: Counter[Difference]) -> str:
    return tr(
        "{new} new, {changes} with changes, {same} unchanged, {held} to be held. Nothing was changed.",
        new=counts[Difference.NEW],
        changes=counts[Difference.CHANGES],
        same=counts[Difference.SAME],
        held=counts[Difference.UNSUBSCRIBED],
    )


def verify(services: Services, args: argparse.Namespace) -> ExitCode:
    """Show which sent donors are on the list, have left it, or are missing from it."""
    connection = connection_of(services, args)
    key = key_of(services, connection)
    try:
        verified = _verified(services, connection, key)
    except AccountReadError as error:
        who = responsible_text(error.reason.who)
        raise ConsoleError(
            ExitCode.UNREACHABLE, f"{error.reason.text} ({who})" if who else error.reason.text
        ) from error
    if args.json:
        print_json(as_json(verified))
    else:
        for donor in verified.donors:
            print_line(_donor_line(donor))
        print_line(_verified_summary(verified))
    return ExitCode.LEFTOVERS if verified.donors else ExitCode.OK


def _verified(services: Services, connection: Connection, key: str) -> Verified:
    emails = services.record_reader.sent_names(connection.id)
    if not sys.stderr.isatty():
        return services.verification.verify(connection, key, emails)
    from tqdm import tqdm

    with tqdm(total=len(emails), unit=tr(" donors"), dynamic_ncols=True, leave=False) as bar:

        def update(settled: int, _sent: int) -> None:
            bar.update(settled - bar.n)

        return services.verification.verify(connection, key, emails, on_progress=update)


def as_json(verified: Verified) -> dict[str, object]:
    """Return the result as JSON for scripts."""
    return {
        "sent": verified.sent,
        "there": verified.there,
        "left": verified.count(Presence.LEFT),
        "missing": verified.count(Presence.MISSING),
        "donors": [{"email": donor.email, "state": donor.presence.value} for donor in verified.donors],
    }


def _donor_line(donor: NotThere) -> str:
    word = {
        Presence.LEFT: tr("left the list or not active"),
        Presence.MISSING: tr("not found on the list"),
    }[donor.presence]
    return f"{donor.email}  {word}"


def _verified_summary(verified: Verified) -> str:
    return tr(
        "On the list: {there} of {sent} sent donors. Left or not active: {left}. Not found: {missing}. Nothing was "
        "changed.",
        there=verified.there,
        sent=verified.sent,
        left=verified.count(Presence.LEFT),
        missing=verified.count(Presence.MISSING),
    )
