"""One pace for all: workstations near and far share an account's five requests a second, and use them."""

import threading
import time
from collections.abc import Sequence
from itertools import cycle, islice
from typing import Final

from tests.office import checker
from tests.office.account import Request
from tests.office.office import Office, office
from tests.office.proof import ROUND_TRIPS, Extent, Findings
from tests.office.workstations import PATIENCE

LEAST_USED: Final = 0.94
_STATIONS_A_CONNECTION: Final = 2
_WARMING: Final = 2.0
_POLL: Final = 0.1


def pace(extent: Extent) -> Findings:
    """Show that the workstations together keep to the account's pace and use it."""
    number, seconds = extent.of(4, 8), extent.of(45, 600)
    findings = Findings(extent)
    with office(list(islice(cycle(ROUND_TRIPS), number))) as opened:
        requests = _relay(opened, seconds)
        used = checker.budget_used(requests)
        answers = {one.name: one.proxy.answers() for one in opened.workstations}
        findings.found_in_time(checker.budget_kept(requests))
        findings.found(checker.fenced(requests, answers) + checker.sent_once(requests, ()) + opened.faults())
        shares = [len([one for one in requests if one.who == each.name]) for each in opened.workstations]
        findings.found([] if all(shares) else [f"not every workstation relayed: {shares}"])
        findings.count(f"requests of each workstation {shares}, {len(requests)} in {seconds} s")
        findings.count(f"most in a second {checker.most_in_a_second(requests)}")
        findings.count(f"shortest span of six {checker.shortest_span(requests) * 1000:.0f} ms")
        findings.figure(f"{used:.1%} of the budget used", is_kept=used >= LEAST_USED)
    return findings


def _relay(opened: Office, seconds: int) -> Sequence[Request]:
    names = [f"Appeal {number}" for number in range(len(opened.workstations) // _STATIONS_A_CONNECTION)]
    for name in names:
        opened.connect(name)
        opened.queue(name, 20 + 3 * seconds // len(names), prefix=name.lower().replace(" ", ""))
    opened.account.forget()
    for number, workstation in enumerate(opened.workstations):
        workstation.start("relay", names[number % len(names)])
    _wait_for_all(opened)
    pause = threading.Event()
    pause.wait(_WARMING)
    begun = time.monotonic()
    while time.monotonic() < begun + seconds and any(one.is_running() for one in opened.workstations):
        pause.wait(_POLL)
    ended = time.monotonic()
    for workstation in opened.workstations:
        workstation.kill()
    return [one for one in opened.account.requests() if begun <= one.at <= ended]


def _wait_for_all(opened: Office) -> None:
    """Wait until every workstation relays."""
    end = time.monotonic() + PATIENCE
    names = {workstation.name for workstation in opened.workstations}
    while names - {request.who for request in opened.account.requests()}:
        if time.monotonic() > end:
            outputs = "\n".join(workstation.output for workstation in opened.workstations)
            raise AssertionError(f"not every workstation relays:\n{outputs}")
        threading.Event().wait(_POLL)
