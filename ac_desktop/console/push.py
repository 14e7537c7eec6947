"""push: makes failed, held or all records wait again."""

import argparse
from datetime import date, timedelta

from ac_desktop.console.importing import leftovers_exit_code
from ac_desktop.console.lookup import connection_of
from ac_desktop.console.terminal import ExitCode, print_json, print_line
from ac_desktop.model.wording import tr
from ac_desktop.platform.local_time import start_of_day
from ac_desktop.services import Services
from ac_desktop.store.queue.resend import ResendKind, ResendRequest


def push(services: Services, args: argparse.Namespace) -> ExitCode:
    """Make records wait again, for the next relay."""
    connection = connection_of(services, args)
    found = services.resends.find(
        ResendRequest(
            connection_id=connection.id,
            which=ResendKind(args.which),
            since=_start(args.since) if args.since else None,
            until=_start(args.until + timedelta(days=1)) if args.until else None,
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


def _start(day: date) -> float:
    return start_of_day(day)
