"""compare: what a relay of the waiting records would change in the account, found by reading only."""

import argparse
from collections import Counter
from collections.abc import Iterator

from ac_desktop.console.lookup import connection_of, key_of
from ac_desktop.console.terminal import ConsoleError, ExitCode, print_json, print_line
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import responsible_text
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import quoted, tr
from ac_desktop.relay.comparison import ComparedDonor, ComparisonResult, Difference
from ac_desktop.relay.request_runner import AccountReadError
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
