"""What one workstation writes, the window of another one shows soon, without a question asked every moment."""

import queue
import subprocess
import threading
import time
from typing import Final

from tests.office.office import Office, office
from tests.office.proof import Extent, Findings
from tests.office.standing import StandingConsole
from tests.office.workstations import PATIENCE

NAME: Final = "Spring"
SOON: Final = 0.7
"""Seconds from one workstation's commit to another's window."""
IDLE: Final = 12.0
MOST_IDLE_ROUND_TRIPS: Final = 1.0
"""A second, in a window that nobody touches and whose queue nobody changes."""
_POLL: Final = 0.005
_SETTLED: Final = 10.0
_FIRST: Final = "first@example.org"


def refresh(extent: Extent) -> Findings:
    """Show how soon a window shows what another workstation wrote, and what it costs the server when idle."""
    findings = Findings(extent)
    number = extent.of(10, 100)
    with office([0.0, 0.02]) as opened:
        opened.connect(NAME)
        opened.first.run("add", NAME, "--email", _FIRST, "--page", "spring")
        far = opened.workstations[1]
        window = far.start_module("tests.office.watching_window", str(far.folder))
        seen = _reading(window)
        _wait_for(seen, _FIRST)
        threading.Event().wait(_SETTLED)
        before = far.proxy.round_trips
        threading.Event().wait(IDLE)
        idle = (far.proxy.round_trips - before) / IDLE
        console = StandingConsole(opened.first)
        delays = [_delay(opened, console, seen, f"donor{one}@example.org") for one in range(number)]
        console.close()
        assert window.stdin is not None
        window.stdin.close()
        window.wait(PATIENCE)
        findings.found(opened.faults())
    findings.count(f"{number} donors typed in elsewhere, window 20 ms away")
    ordered = sorted(delays)
    middle, most = ordered[len(ordered) // 2], ordered[len(ordered) * 95 // 100]
    shown = f"shown within {max(delays):.2f} s, 95 of 100 within {most:.2f} s, half within {middle:.2f} s"
    findings.figure(shown, is_kept=max(delays) <= SOON)
    findings.figure(f"{idle:.2f} round trips a second when idle", is_kept=idle <= MOST_IDLE_ROUND_TRIPS)
    return findings


def _delay(opened: Office, console: StandingConsole, seen: "queue.Queue[tuple[str, float]]", email: str) -> float:
    """Type a donor in; return the seconds from the commit, as others see it, to the window."""
    console.begin("add", NAME, "--email", email, "--page", "spring")
    with opened.server.connect("office") as sql:
        while sql.execute("SELECT 1 FROM ac_desktop.record WHERE email = %s", (email,)).fetchone() is None:
            threading.Event().wait(_POLL)
    committed = time.monotonic()
    shown = _wait_for(seen, email)
    console.end()
    return shown - committed


def _reading(window: "subprocess.Popen[str]") -> "queue.Queue[tuple[str, float]]":
    seen: queue.Queue[tuple[str, float]] = queue.Queue()

    def read() -> None:
        assert window.stdout is not None
        for line in window.stdout:
            email, at = line.split()
            seen.put((email, float(at)))

    threading.Thread(target=read, daemon=True).start()
    return seen


def _wait_for(seen: "queue.Queue[tuple[str, float]]", email: str) -> float:
    while True:
        shown, at = seen.get(timeout=PATIENCE)
        if shown == email:
            return at
