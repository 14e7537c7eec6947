"""At a distance of 20 ms: donors a second, and round trips a donor as the way to the server counts them."""

import threading
import time
from typing import Final

from tests.office.office import Office, office
from tests.office.proof import Extent, Findings
from tests.office.workstations import PATIENCE, Workstation

NAME: Final = "Spring"
FAR: Final = 0.02
LEAST_A_SECOND: Final = 2.3
MOST_ROUND_TRIPS: Final = 5.0
BY_TIME: Final = 0.4
"""Round trips a second of a workstation that does nothing: its beat, the server's time and the look for news, as
`refresh` counts them."""
_WARMING: Final = 20
"""Donors after which each connection has prepared its statements."""
_POLL: Final = 0.02


def distance(extent: Extent) -> Findings:
    """Show how many donors a second a workstation relays from afar, and how often it asks the server for each."""
    findings = Findings(extent)
    number = extent.of(40, 400)
    with office([0.0, FAR]) as opened:
        far = opened.workstations[1]
        opened.connect(NAME)
        opened.queue(NAME, number + 2 * _WARMING)
        far.start("relay", NAME)
        begun, before = _at(opened, far, _WARMING)
        ended, after = _at(opened, far, number + _WARMING)
        findings.found(opened.faults())
        trips = (after - before - BY_TIME * (ended - begun)) / number
        rate = number / (ended - begun)
        findings.count(f"{number} donors")
        findings.figure(f"{rate:.2f} donors a second", is_kept=rate >= LEAST_A_SECOND)
        # A busy computer gives up slots that came too late, and each asks again.
        text = f"{trips:.2f} round trips a donor besides {BY_TIME} a second"
        findings.figure(text, is_kept=trips <= MOST_ROUND_TRIPS)
    return findings


def _at(opened: Office, workstation: Workstation, sent: int) -> tuple[float, int]:
    """Wait until so many donors are on the list; return when that was, and the round trips so far."""
    end = time.monotonic() + PATIENCE + sent
    while len(opened.account.members()) < sent:
        if time.monotonic() > end or not workstation.is_running():
            raise AssertionError(f"{len(opened.account.members())} of {sent} donors sent:\n{workstation.output}")
        threading.Event().wait(_POLL)
    return time.monotonic(), workstation.proxy.round_trips
