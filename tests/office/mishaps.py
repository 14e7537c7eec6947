"""Kills, crashes, restarts, partitions and processes that are suspended: nobody is lost, doubled or sent twice."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice
from typing import Final

from tests.office import checker
from tests.office.chance import Chance
from tests.office.office import Office, office
from tests.office.proof import ROUND_TRIPS, Extent, Findings
from tests.office.workstations import Workstation

NAME: Final = "Spring"
SOON: Final = 5.0
"""Seconds within which a relay is on again after the server is."""
_POLL: Final = 0.05
_LATER: Final = 60.0
_DONORS_A_MISHAP: Final = 14
"""About as many as are sent while a mishap comes and goes."""


def mishaps(extent: Extent) -> Findings:
    """Show what is left of every mishap: nothing but the donors that a killed workstation had on its way."""
    findings = Findings(extent)
    stations = extent.of(3, 6)
    with office(list(islice(cycle(ROUND_TRIPS), stations))) as opened:
        course = _Course(opened, findings, extent)
        planned = course.planned()
        opened.connect(NAME)
        imported = opened.queue(NAME, _DONORS_A_MISHAP * len(planned) + 40)
        for workstation in opened.workstations:
            workstation.start("relay", NAME)
        for mishap in planned:
            course.meet(mishap)
        findings.found(opened.wait_for_relays())
        findings.found(_look(opened, imported, course.kills))
        findings.found(opened.faults())
        requests = opened.account.requests()
        again = checker.times_asked_again(requests)
        counts = ", ".join(f"{len([one for one in planned if one == kind])} {kind}" for kind in dict.fromkeys(planned))
        findings.count(f"{stations} workstations, {len(imported)} donors, {counts}")
        findings.count(
            f"asked again {again} of {sum(len(kill.in_flight) for kill in course.kills)} in flight at a kill"
        )
        slowest = max(course.seconds_until_on_again, default=0.0)
        findings.figure(f"on again within {slowest:.1f} s", is_kept=slowest <= SOON)
    return findings


def _look(opened: Office, imported: list[str], kills: list[checker.Kill]) -> list[str]:
    """Return what is broken at the end, when nothing waits any more."""
    rows = opened.rows("SELECT email, state FROM record")
    tally = {row["state"]: int(row["number"]) for row in opened.rows("SELECT state, number FROM tally")}
    twice = opened.rows("SELECT record_id FROM attempt WHERE outcome = 'sent' GROUP BY record_id HAVING count(*) > 1")
    failed = opened.rows("SELECT reason FROM attempt WHERE cause IS NOT NULL")
    requests = opened.account.requests()
    answers = {workstation.name: workstation.proxy.answers() for workstation in opened.workstations}
    broken = checker.kept(imported, rows, tally) + checker.sent_is_true(rows, opened.account.members())
    broken += checker.sent_once(requests, kills) + checker.fenced(requests, answers)
    broken += [f"{len(twice)} donors were counted as sent twice"] if twice else []
    broken += [f"{len(failed)} attempts count as failed, such as {failed[0]['reason']}"] if failed else []
    unsent = [row for row in rows if row["state"] != "sent"]
    return broken + ([f"{len(unsent)} donors are not sent at the end"] if unsent else [])


class _Course:
    """The mishaps of one office, one after the other."""

    def __init__(self, opened: Office, findings: Findings, extent: Extent) -> None:
        self._opened = opened
        self._findings = findings
        self._extent = extent
        self._dice = random.Random(extent.seed)  # noqa: S311  repeatable, not a secret
        self._pause = threading.Event()
        self._chance = Chance(opened, self._dice)
        self.kills: Final = self._chance.kills
        self.seconds_until_on_again: list[float] = []
        self._mishaps: dict[str, Callable[[], None]] = {
            "kill -9": self._kill,
            "crash of the server": self._crash,
            "restart of the server": self._restart,
            "partition": self._chance.silence,
            "partition seen by the server": partial(self._chance.silence, is_seen_by_server=True),
            "reset": self._chance.cut,
            "SIGSTOP": self._chance.suspend,
        }

    def planned(self) -> list[str]:
        """Return the names of the mishaps, in the order in which they come."""
        numbers = (self._extent.of(3, 50), *[self._extent.of(1, 20)] * 2, *[self._extent.of(1, 10)] * 4)
        names = [name for name, number in zip(self._mishaps, numbers, strict=True) for _ in range(number)]
        self._dice.shuffle(names)
        return names

    def meet(self, name: str) -> None:
        """Let a mishap happen at a moment of chance, and wait until the relay goes on."""
        self._wait_for_request()
        self._pause.wait(self._dice.uniform(0.0, 1.0))
        self._mishaps[name]()
        for workstation in self._opened.workstations:
            self._see_that_it_relays(workstation, name)

    def _kill(self) -> None:
        self._chance.kill().start("relay", NAME)

    def _crash(self) -> None:
        with self._on_again():
            self._chance.crash()

    def _restart(self) -> None:
        with self._on_again():
            self._chance.restart()

    def _see_that_it_relays(self, workstation: Workstation, after: str) -> None:
        """See that a relay that was under way has not ended by itself while donors wait."""
        if workstation.is_running():
            return
        (row,) = self._opened.rows("SELECT count(*) AS number FROM record WHERE state = 'waiting'")
        if row["number"]:
            requests = self._opened.account.requests()
            if any(one.who == workstation.name and one.at > workstation.started_at for one in requests):
                said = workstation.output.strip().splitlines()[-1:]
                self._findings.found([f"a relay ended by itself after a {after}: {said}"])
            workstation.start("relay", NAME)

    @contextmanager
    def _on_again(self) -> Iterator[None]:
        """Keep how long it takes from the server's return to the next request."""
        yield
        begun = time.monotonic()
        self._wait_for_request()
        self.seconds_until_on_again.append(time.monotonic() - begun)

    def _wait_for_request(self) -> None:
        """Wait for the next request, or until nothing is left to be sent."""
        begun = time.monotonic()
        while time.monotonic() < begun + _LATER:
            newest = self._opened.account.requests()[-1:]
            if (newest and newest[0].at > begun) or not self._chance.any().is_running():
                return
            self._pause.wait(_POLL)
        self._findings.found([f"no request within {_LATER:.0f} s"])
