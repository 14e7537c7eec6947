"""verify: compares every sent donor with the account's list, by reading only."""

import argparse
import sys

from ac_desktop.console.lookup import connection_of, key_of
from ac_desktop.console.terminal import ConsoleError, ExitCode, print_json, print_line
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import responsible_text
from ac_desktop.model.wording import tr
from ac_desktop.relay.reconciliation import Presence
from ac_desktop.relay.request_runner import AccountReadError
from ac_desktop.relay.verification import NotThere, Verified
from ac_desktop.services import Services


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
            print_line(_line(donor))
        print_line(_summary(verified))
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


def _line(donor: NotThere) -> str:
    word = {
        Presence.LEFT: tr("left the list or not active"),
        Presence.MISSING: tr("not found on the list"),
    }[donor.presence]
    return f"{donor.email}  {word}"


def _summary(verified: Verified) -> str:
    return tr(
        "On the list: {there} of {sent} sent donors. Left or not active: {left}. Not found: {missing}. Nothing was "
        "changed.",
        there=verified.there,
        sent=verified.sent,
        left=verified.count(Presence.LEFT),
        missing=verified.count(Presence.MISSING),
    )
