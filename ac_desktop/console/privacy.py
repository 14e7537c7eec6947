"""erase and retention: how long donors are kept, and the erasure of one person."""

import argparse
from pathlib import Path

from ac_desktop.console.terminal import ConsoleError, ExitCode, print_json, print_line, require_confirmation, warn
from ac_desktop.model.donor import clean_email
from ac_desktop.model.rules import KEEP_FOREVER
from ac_desktop.model.wording import ntr, tr
from ac_desktop.platform.local_time import local_day
from ac_desktop.relay.housekeeping import HousekeepingResult, remove_old_data
from ac_desktop.reporting.erasure_record import erasure_text, write_erasure_record
from ac_desktop.services import Services
from ac_desktop.store.agreed_time import TimeReading
from ac_desktop.store.privacy.erasure import ErasureError, ErasureFindings, ErasureRecord
from ac_desktop.store.privacy.retention import RetentionResult


def erase(services: Services, args: argparse.Namespace) -> ExitCode:
    """Erase one person everywhere on this computer, once that is confirmed, and print the record of the erasure."""
    email = clean_email(args.email)
    if "@" not in email:
        raise ConsoleError(ExitCode.WRONG_USE, tr("“{email}” isn't a complete email address.", email=args.email))
    question = _question(email, services.erasure.find(email))
    if not args.yes:
        require_confirmation(
            asked=tr("{told} Erase?", told=question),
            unattended=tr("{told} Nothing was erased. To confirm, add --yes.", told=question),
            declined=tr("Nothing was erased."),
        )
    try:
        record = services.erasure.erase(email, services.clock.now())
    except ErasureError as error:
        raise ConsoleError(ExitCode.NOT_ACTIVE, str(error)) from error
    print_line(erasure_text(record).rstrip())
    if args.out is not None:
        _write(args.out, record)
    return ExitCode.LEFTOVERS if record.left else ExitCode.OK


def _question(email: str, found: ErasureFindings) -> str:
    return tr(
        "Found for {email}: {records} in the queue, {removed} among removed donors, {attempts} in the log. "
        "Erasing can't be undone. A donor who is still waiting won't be sent.",
        email=email,
        records=found.records,
        removed=found.removed,
        attempts=found.attempts,
    )


def _write(path: Path, record: ErasureRecord) -> None:
    try:
        write_erasure_record(path, record)
    except OSError as error:
        warn(tr("Couldn't save the erasure record to {file}: {problem}.", file=path, problem=error.strerror))


def retention(services: Services, args: argparse.Namespace) -> ExitCode:
    """Show or set for how many days sent donors are kept; with `--now`, erase what is older at once."""
    if args.now:
        services.retention.require_right()
    if args.days is not None:
        services.retention.set_days(args.days)
    now = services.clock.now()
    if args.clock_is_right:
        services.seen_time.confirm(now)
    days = services.retention.days()
    tidied = (
        remove_old_data(services.retention, services.seen_time, now)
        if args.now
        else HousekeepingResult(RetentionResult())
    )
    forgotten = tidied.removed
    if args.compact:
        services.database.compact()
    if args.json:
        result = {"days": days or None, "forgotten": forgotten.donors, "attempts_emptied": forgotten.attempts}
        print_json(result if tidied.doubt is None else {**result, "clock_doubted": True})
        return _exit_code(tidied)
    if days == KEEP_FOREVER:
        print_line(tr("Sent donors are kept indefinitely."))
    else:
        print_line(
            ntr(
                "Personal data of sent and skipped donors, with their requests and responses in the log, is "
                "deleted after {count} day. Waiting, held and failed donors are kept.",
                "Personal data of sent and skipped donors, with their requests and responses in the log, is "
                "deleted after {count} days. Waiting, held and failed donors are kept.",
                days,
            )
        )
    if args.now:
        print_line(
            tr(
                "Personal data deleted just now. Donors: {donors}. Log entries: {attempts}.",
                donors=forgotten.donors,
                attempts=forgotten.attempts,
            )
        )
    return _exit_code(tidied)


def doubt_text(doubt: TimeReading) -> str:
    """Return the sentences about a doubtful clock, with what a person can do."""
    return tr(
        "This computer's date is {clock}. The last date AC Desktop saw is {last_seen}. No donor data was deleted "
        "because of its age. If the date is right, run “ac-desktop retention --clock-is-right --now”.",
        clock=local_day(doubt.clock),
        last_seen=local_day(doubt.last_seen),
    )


def _exit_code(tidied: HousekeepingResult) -> ExitCode:
    if tidied.doubt is None:
        return ExitCode.OK
    warn(doubt_text(tidied.doubt))
    return ExitCode.LEFTOVERS
