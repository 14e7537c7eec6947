"""Clocks that are off by a day: workstations act by the server's time, and do as the others."""

import threading
import time
from datetime import datetime, timedelta
from typing import Final

from ac_desktop.practice.faults import WELL, Faults, Outage
from tests.office import checker
from tests.office.office import Office, office
from tests.office.proof import Extent, Findings
from tests.office.workstations import PATIENCE, has_false_clocks

NAME: Final = "Spring"
DAY: Final = 86_400.0
OUTAGE: Final = 4.0
"""Seconds for which the account is away: too short to make a connection inactive (rule 4)."""
_NEAR: Final = timedelta(minutes=10)
_POLL: Final = 0.1


def clocks(extent: Extent) -> Findings:
    """Show that a clock a day ahead, or behind, changes no result."""
    findings = Findings(extent)
    if not has_false_clocks():
        findings.count("not tried: apt install faketime")
        return findings
    number = extent.of(24, 400)
    with office([0.0, 0.002, 0.02], clocks_off=[DAY, -DAY, 0.0]) as opened:
        opened.connect(NAME)
        imported = opened.queue(NAME, number)
        opened.account.faults = Faults(outage=Outage.ERROR_500)
        for workstation in opened.workstations:
            workstation.start("relay", NAME)
        _wait_for_requests(opened)
        threading.Event().wait(OUTAGE)
        opened.account.faults = WELL
        findings.found(opened.wait_for_relays())
        rows = opened.rows("SELECT email, state FROM record")
        tally = {row["state"]: int(row["number"]) for row in opened.rows("SELECT state, number FROM tally")}
        requests = opened.account.requests()
        failed = len([one for one in requests if one.is_attempt and not one.is_taken])
        findings.found(checker.kept(imported, rows, tally) + checker.sent_is_true(rows, opened.account.members()))
        findings.found(checker.sent_once(requests, ()) + _times(opened))
        findings.found_in_time(checker.budget_kept(requests))
        unsent = len([row for row in rows if row["state"] != "sent"])
        findings.found([f"{unsent} donors are not sent"] if unsent else [])
        findings.found(opened.faults())
        findings.found(_refused(opened))
        findings.count(f"3 workstations, 2 of them a day off, {number} donors, {failed} failures in an outage")
    return findings


def _times(opened: Office) -> list[str]:
    """Every attempt of the log is at the time at which it was, whoever made it."""
    now = datetime.now().astimezone()
    wrong = [
        row["at"]
        for row in opened.rows("SELECT to_timestamp(started_at) AS at FROM attempt")
        if not now - _NEAR < row["at"] <= now
    ]
    return [f"{len(wrong)} attempts at a wrong time, such as {wrong[0]}"] if wrong else []


def _refused(opened: Office) -> list[str]:
    """Five failures in a row, whatever the clocks."""
    opened.queue(NAME, 12, prefix="refused")
    opened.account.forget()
    opened.account.faults = Faults(refuse_everything=True)
    for workstation in opened.workstations:
        workstation.start("relay", NAME)
    broken = opened.wait_for_relays()
    requests = opened.account.requests()
    return broken + checker.five_and_no_sixth(requests) + checker.in_flight_allowed(requests)


def _wait_for_requests(opened: Office) -> None:
    end = time.monotonic() + PATIENCE
    while not opened.account.requests():
        if time.monotonic() > end:
            raise AssertionError("\n".join(workstation.output for workstation in opened.workstations))
        threading.Event().wait(_POLL)
