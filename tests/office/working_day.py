"""A day of an office: people import, type and decide while a service and others relay, and everything fails at times.

What must be true afterwards is told by the files that were given, the office's plain rows and the account's record.
"""

import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any, Final

import psycopg

from tests.office import checker
from tests.office.account import Request
from tests.office.chance import Chance
from tests.office.office import Office, office
from tests.office.proof import ROUND_TRIPS, Extent, Findings
from tests.office.workstations import PATIENCE, CommandFailedError, Workstation

NAME: Final = "Spring"
SHORT, LONG = 300, 3600
"""Seconds of a day."""
_PEOPLE: Final = 4
_OPTED_OUT: Final = 400
_DONE, _NOBODY_HELD, _HELD, _AWAY = 0, 2, 3, 5
_IMPORTED: Final = frozenset({_DONE, _HELD})
_MOST_ROWS: Final = 25
_MOST_WAITING: Final = 150
"""So many donors wait before people rest: the account takes few a second, and at the end nobody may wait."""
_REST: Final = 1.0
_WAITING_FOR_MISHAP: Final = (2.0, 8.0)
_POLL: Final = 0.1
_SUMS: Final = "SELECT state, sum(number) AS number FROM tally GROUP BY state HAVING sum(number) <> 0"
_TWICE: Final = "SELECT record_id FROM attempt WHERE outcome = 'sent' GROUP BY record_id HAVING count(*) > 1"
_STATES: Final = "SELECT state, count(*) AS number FROM record GROUP BY state"


def working_day(extent: Extent) -> Findings:
    """Show that every row that was given is accounted for, and that nobody who left is put back."""
    findings = Findings(extent)
    seconds = extent.of(SHORT, LONG)
    with office(list(islice(cycle(ROUND_TRIPS), _PEOPLE))) as opened:
        opened.add(role="relay")
        opted_out = opened.account.opt_out(_OPTED_OUT)
        opened.connect(NAME)
        people = [
            _Person(opened, one, random.Random(extent.seed * 100 + number), opted_out[number::_PEOPLE])  # noqa: S311  repeatable, not a secret
            for number, one in enumerate(opened.workstations[:_PEOPLE])
        ]
        day = _Day(opened, random.Random(extent.seed))  # noqa: S311  repeatable, not a secret
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=person.work, args=(until,)) for person in people]
        for thread in threads:
            thread.start()
        day.go_on(until)
        for thread in threads:
            thread.join()
        findings.found(day.end())
        findings.found([trouble for person in people for trouble in person.troubles])
        _look(opened, people, day, findings)
    return findings


def _look(opened: Office, people: "list[_Person]", day: "_Day", findings: Findings) -> None:
    given = {email for person in people for email in person.given}
    decided = {email for person in people for email in person.decided}
    opted_out = {email for person in people for email in person.opted_out}
    rows = opened.rows("SELECT email, state FROM record WHERE state <> 'skipped'")
    tally = {row["state"]: int(row["number"]) for row in opened.rows(_SUMS)}
    counted = {row["state"]: int(row["number"]) for row in opened.rows(_STATES)}
    members = opened.account.members()
    findings.found(_some_lost(given - decided, [row["email"] for row in rows]))
    findings.found([f"the sums say {tally}, the records {counted}"] if tally != counted else [])
    findings.found(checker.sent_is_true([row for row in rows if row["email"] in given], members))
    findings.found([f"{len(members & opted_out)} people were put back who had left"] if members & opted_out else [])
    twice = opened.rows(_TWICE)
    findings.found([f"{len(twice)} donors were counted as sent twice"] if twice else [])
    failed = opened.rows("SELECT reason FROM attempt WHERE cause IS NOT NULL")
    findings.found([f"{len(failed)} attempts count as failed, such as {failed[0]['reason']}"] if failed else [])
    requests = opened.account.requests()
    answers = {one.name: one.proxy.answers() for one in opened.workstations}
    findings.found(checker.sent_once(requests, day.kills) + checker.fenced(requests, answers) + opened.faults())
    usual = [one for one in requests if not day.went_on_just_before(one)]
    most = checker.most_in_a_second(usual)
    if most > checker.PER_SECOND:
        findings.count(f"in one second: {checker.busiest_second(usual)}")
    findings.figure(f"most in a second {most}", is_kept=most <= checker.PER_SECOND)
    findings.count(f"{sum(person.files for person in people)} files, {sum(person.typed for person in people)} typed")
    findings.count(f"{len(given)} donors, {counted}, {len(decided)} decided, {len(opted_out & given)} who had left")
    findings.count(f"{len(requests)} requests, {day.told()}")


def _some_lost(given: set[str], there: list[str]) -> list[str]:
    lost = sorted(given - set(there))
    twice = sorted({email for email in there if there.count(email) > 1}) if len(there) != len(set(there)) else []
    broken = [f"{len(lost)} lost: {', '.join(lost[:5])}"] if lost else []
    return broken + ([f"{len(twice)} in the queue twice: {', '.join(twice[:5])}"] if twice else [])


class _Person:
    """Somebody at a workstation, who does one thing after another and tries again what did not go through."""

    def __init__(self, opened: Office, workstation: Workstation, dice: random.Random, opted_out: list[str]) -> None:
        self._opened = opened
        self._workstation = workstation
        self._dice = dice
        self.opted_out: Final = frozenset(opted_out)
        self._left = list(opted_out)
        self.given: Final[set[str]] = set()
        self.decided: Final[set[str]] = set()
        self.troubles: Final[list[str]] = []
        self.files = 0
        self.typed = 0
        self._resting = threading.Event()

    def work(self, until: float) -> None:
        """Do one thing after another until the day is over."""
        things: tuple[Callable[[], None], ...] = (self._import, self._import, self._type, self._type, self._decide)
        try:
            while time.monotonic() < until:
                if self._has_much_to_wait_for():
                    self._resting.wait(_REST)
                else:
                    self._dice.choice(things)()
        except (CommandFailedError, AssertionError, subprocess.TimeoutExpired) as error:
            self.troubles.append(f"{self._workstation.name}: {error}")

    def _import(self) -> None:
        emails = self._new_people(self._dice.randint(1, _MOST_ROWS))
        file = self._opened.file_of(emails, f"{self._workstation.name}-{self.files}")
        self.files += 1
        words = ("import", NAME, str(file), "--page", "spring")
        if self._dice.random() < 0.2:
            self._workstation.run_and_kill(*words, after=self._dice.uniform(0.2, 1.5))
        self._until_it_goes_through(words, _IMPORTED)
        if self._dice.random() < 0.2:
            self._until_it_goes_through(words, _IMPORTED)
        self.given.update(emails)

    def _type(self) -> None:
        (email,) = self._new_people(1)
        self._until_it_goes_through(("add", NAME, "--email", email, "--page", "spring"), _IMPORTED)
        self.typed += 1
        self.given.add(email)

    def _decide(self) -> None:
        """Skip somebody of one's own who is held, if there is anybody."""
        held = self._rows("SELECT email FROM record WHERE state = 'held'")
        mine = sorted({row["email"] for row in held} & self.opted_out & self.given)
        if not mine:
            return
        email = self._dice.choice(mine)
        words = ("decide", NAME, "skip", "--email", email)
        self._until_it_goes_through(words, frozenset({_DONE, _HELD}), after_no_answer=frozenset({_NOBODY_HELD}))
        self.decided.add(email)

    def _has_much_to_wait_for(self) -> bool:
        return len(self._rows("SELECT id FROM record WHERE state = 'waiting'")) > _MOST_WAITING

    def _rows(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of a query; none while the server has just crashed."""
        try:
            return self._opened.rows(query)
        except psycopg.OperationalError:
            return []

    def _until_it_goes_through(
        self, words: tuple[str, ...], ended: frozenset[int], after_no_answer: frozenset[int] = frozenset()
    ) -> None:
        """Run a command, again and again while the server is away.

        `after_no_answer` are exit codes that mean that one had gone through whose answer was lost.
        """
        end = time.monotonic() + PATIENCE
        while self._workstation.code_of(*words, expected=(*ended, _AWAY)) not in ended:
            ended |= after_no_answer
            if time.monotonic() > end:
                raise CommandFailedError(f"{' '.join(words)} does not go through")

    def _new_people(self, number: int) -> list[str]:
        """Return addresses that were not given yet, one in eight of somebody who has left the list."""
        return [
            self._left.pop() if self._left and self._dice.random() < 0.125 else self._opened.new_address()
            for _ in range(number)
        ]


@dataclass
class _Day:
    """What relays during the day, and what happens to it."""

    opened: Office
    dice: random.Random
    kills: list[checker.Kill] = field(default_factory=list)
    resumed: dict[str, list[float]] = field(default_factory=dict)
    met: dict[str, int] = field(default_factory=dict)

    def go_on(self, until: float) -> None:
        """Let mishaps happen until the day is over."""
        pause, chance = threading.Event(), Chance(self.opened, self.dice, self.kills, self.resumed)
        mishaps: dict[str, Callable[[], object]] = {
            "kills": chance.kill,
            "crashes of the server": chance.crash,
            "restarts of the server": chance.restart,
            "partitions": lambda: chance.silence(is_seen_by_server=self.dice.random() < 0.5),
            "resets": chance.cut,
            "stops": chance.suspend,
        }
        while time.monotonic() < until:
            self._relay()
            pause.wait(self.dice.uniform(*_WAITING_FOR_MISHAP))
            name = self.dice.choice(list(mishaps))
            mishaps[name]()
            self.met[name] = self.met.get(name, 0) + 1

    def end(self) -> list[str]:
        """Let everything relay to its end; return what is broken."""
        for one in self.opened.workstations:
            # Who was typed while the server was away goes there with the next command.
            one.run("status", NAME, expected=(_DONE, _HELD))
        self._relay()
        pause, end = threading.Event(), time.monotonic() + 10 * PATIENCE
        while (left := self.opened.rows("SELECT state FROM record WHERE state IN ('waiting', 'sending')")) and (
            time.monotonic() < end
        ):
            pause.wait(_POLL)
            self._relay()
        self._with_window().kill()
        service = self._service()
        code = service.end_with(signal.SIGTERM)
        broken = self.opened.wait_for_relays()
        broken += [f"{len(left)} donors are still waiting"] if left else []
        return broken + ([f"the service ended with {code}:\n{service.output[-2000:]}"] if code else [])

    def went_on_just_before(self, request: Request) -> bool:
        """Whether a request came from a workstation that was stopped between its slot and its sending."""
        return any(0.0 <= request.at - at <= checker.FENCE for at in self.resumed.get(request.who, ()))

    def told(self) -> str:
        """Return how many of each mishap there were."""
        return ", ".join(f"{number} {name}" for name, number in sorted(self.met.items()))

    def _service(self) -> Workstation:
        return self.opened.workstations[-1]

    def _with_window(self) -> Workstation:
        return self.opened.workstations[_PEOPLE - 1]

    def _relay(self) -> None:
        """See that the service runs, that two others relay beside it, and that a window is open."""
        for one, words in ((self._service(), ("relay", "--serve")), (self._with_window(), ())):
            if not one.is_running():
                one.start(*words)
        for one in self.opened.workstations[:2]:
            if not one.is_running():
                one.start("relay", NAME)
