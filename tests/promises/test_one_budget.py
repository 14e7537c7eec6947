"""One rate limit an account: over all its host names, whatever is stopped, set or changed meanwhile (rule 14).

As many requests are made as once showed six in a second; `AC_DESKTOP_PACE_REQUESTS=100000` makes more,
`AC_DESKTOP_PACE_SEED` others.
"""

import os
import random
import sqlite3
import threading
from bisect import bisect_left
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from ac_desktop.activecampaign.rate_limiter import MOST_FORFEITED, Grant, Granted, RateLimiter
from ac_desktop.activecampaign.requests import Reply, Request, Response, users_me
from ac_desktop.model import rules
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import FASTEST_PACE, CircuitState, Connection, ConnectionSettings
from ac_desktop.model.rate_limits import ClaimFence
from ac_desktop.model.redact import Redactor
from ac_desktop.relay.account_check import AccountCheck
from ac_desktop.relay.request_runner import RequestContext, RequestRunner, StepName
from ac_desktop.store.engines.sqlite.rate_limit_store import FILE_NAME, SqliteRateLimitStore
from tests.clock import VirtualClock
from tests.promises.counts import count

REQUESTS: Final = int(os.environ.get("AC_DESKTOP_PACE_REQUESTS", "4251"))
SEED: Final = int(os.environ.get("AC_DESKTOP_PACE_SEED", "14"))
PROGRAMS: Final = 4
HOSTS: Final = ("acct.api-us1.com", "acct.activehosted.com", "acct.api-eu1.com", "ACCT.api-us1.com")
PACED: Final = "requests of stopped programs at one pace"
Stop = Callable[[], None]


def most_in_a_second(times: Sequence[float]) -> int:
    """Return the most requests that left in any second; the times are in order."""
    return max(bisect_left(times, start + 1.0) - place for place, start in enumerate(times))


class Ledger(SqliteRateLimitStore):
    """A ledger whose process can be stopped after it has read the clock, before anything is granted."""

    stop: Stop | None = None

    def busy_left(self, account: str, now: float) -> float:
        left = super().busy_left(account, now)
        if self.stop is not None:
            self.stop()
        return left


class Interrupted(SqliteRateLimitStore):
    """A ledger that is interrupted by another program between reading and writing."""

    meanwhile: Callable[[], object] | None = None

    def _shorten_busy(self, account: str, before: float, after: float) -> None:
        if self.meanwhile is not None:
            self.meanwhile()
        super()._shorten_busy(account, before, after)


class StoppedPace(RateLimiter):
    """A pace whose process can be stopped between a grant and its request."""

    stop: Stop | None = None

    def acquire(
        self,
        account: str,
        per_second: float,
        *,
        stopping: Callable[[], bool],
        busy_budget: float = rules.BUSY_LIMIT,
        on_wait: Callable[[], None] | None = None,
        fence: ClaimFence | None = None,
    ) -> Granted:
        granted = super().acquire(
            account, per_second, stopping=stopping, busy_budget=busy_budget, on_wait=on_wait, fence=fence
        )
        if self.stop is not None:
            self.stop()
        return granted


class Program:
    """A program with a ledger of its own on the common folder; it notes when its requests leave."""

    def __init__(self, folder: Path, clock: VirtualClock, left: list[float]) -> None:
        self.clock = clock
        self.ledger = Ledger(folder)
        self.nap: Callable[[float], object] = clock.sleep
        self.pace = StoppedPace(self.ledger, clock.now, self._sleep, clock.steady)
        self._left = left

    def _sleep(self, seconds: float) -> None:
        self.nap(seconds)

    def send(self, request: Request) -> Reply:  # noqa: ARG002  whatever is asked
        self._left.append(self.clock.steady())
        return Response(status=200, headers={}, body=b'{"user":{}}')

    def close_thread(self) -> None:
        """Holds nothing."""

    def asks(self, host: str = HOSTS[0], per_second: int = FASTEST_PACE) -> None:
        settings = ConnectionSettings(name=host, address=parse_address(host), list_id="1", pace=per_second)
        context = RequestContext(
            sender=self, rate_limiter=self.pace, clock=self.clock, redactor=Redactor(), stopping=lambda: False
        )
        connection = Connection(id=1, settings=settings, circuit=CircuitState())
        RequestRunner(connection, context, renew=lambda _: True).ask(StepName.RESULT, users_me())


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def left() -> list[float]:
    """When requests left, by the steady clock."""
    return []


def test_all_host_names_of_an_account_share_its_budget(tmp_path: Path, clock: VirtualClock, left: list[float]) -> None:
    program = Program(tmp_path, clock, left)
    for number in range(20):
        program.asks(HOSTS[number % len(HOSTS)])
    program.ledger.close()

    assert most_in_a_second(left) <= FASTEST_PACE


def test_a_program_that_was_stopped_with_a_time_long_gone_grants_nobody_too_early(
    tmp_path: Path, clock: VirtualClock, left: list[float]
) -> None:
    stopped, other = Program(tmp_path, clock, left), Program(tmp_path, clock, left)

    def stop() -> None:
        stopped.ledger.stop = None
        clock.advance(7.0)
        other_asks()

    def other_asks() -> None:
        for _ in range(4):
            other.asks()

    def nap(seconds: float) -> None:
        other_asks()
        clock.sleep(seconds)

    stopped.ledger.stop = stop
    stopped.nap = nap
    stopped.asks()
    stopped.ledger.close()
    other.ledger.close()

    assert most_in_a_second(left) <= FASTEST_PACE


def test_a_grant_that_a_stopped_program_uses_too_late_has_lapsed(
    tmp_path: Path, clock: VirtualClock, left: list[float]
) -> None:
    stopped, other = Program(tmp_path, clock, left), Program(tmp_path, clock, left)

    def stop() -> None:
        stopped.pace.stop = None
        for _ in range(5):
            other.asks()

    stopped.pace.stop = stop
    stopped.asks()
    stopped.ledger.close()
    other.ledger.close()

    assert len(left) == 6
    assert most_in_a_second(left) <= FASTEST_PACE


def test_a_test_of_the_account_uses_no_late_grant_either(
    tmp_path: Path, clock: VirtualClock, left: list[float]
) -> None:
    program = Program(tmp_path, clock, left)
    granted: list[float] = []

    def stop() -> None:
        granted.append(clock.steady())
        if len(granted) == 1:
            clock.advance(60.0)

    program.pace.stop = stop
    AccountCheck(program.pace, clock, lambda *_: program).owner(parse_address(HOSTS[0]), "made-up")
    program.ledger.close()

    assert left == [granted[1]]


def test_a_computer_that_is_always_late_sends_all_the_same_and_far_apart(
    tmp_path: Path, clock: VirtualClock, left: list[float]
) -> None:
    program = Program(tmp_path, clock, left)
    program.pace.stop = lambda: clock.advance(2 * rules.GRANT_KEEPS)
    for _ in range(4):
        program.asks()
    program.ledger.close()

    interval = rules.pace_interval(FASTEST_PACE)
    assert len(left) == 4
    assert min(b - a for a, b in pairwise(left)) >= MOST_FORFEITED * interval


@pytest.mark.parametrize("seconds", [-86_400.0, -3.0, -0.3, 0.3, 3.0, 86_400.0])
def test_a_clock_that_is_set_changes_nothing_for_grants(
    tmp_path: Path, clock: VirtualClock, left: list[float], seconds: float
) -> None:
    program = Program(tmp_path, clock, left)
    for number in range(20):
        program.asks()
        if number % 2:
            clock.jump(seconds)
    program.ledger.close()

    gaps = [b - a for a, b in pairwise(left)]
    assert most_in_a_second(left) <= FASTEST_PACE
    assert min(gaps) >= rules.pace_interval(FASTEST_PACE) - 1e-6
    assert max(gaps) <= rules.pace_interval(FASTEST_PACE) * 1.001


def test_looking_whether_an_account_is_busy_takes_no_grant_of_another_program_back(tmp_path: Path) -> None:
    one, other = Interrupted(tmp_path), SqliteRateLimitStore(tmp_path)
    other.record_busy("acct", 60.0, 90_000.0, 90_000.0)
    other.try_grant("acct", 0.2, lambda: 100_000.0, lambda: 5.0)
    other.record_busy("acct", 3_600.0, 200_000.0, 200_000.0)
    one.meanwhile = lambda: other.record_busy("acct", 1.0, 99_000.0, 99_000.0)
    one.busy_left("acct", 1_000.0)

    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as sql:
        (next_at, busy_until) = sql.execute("SELECT next_at, busy_until FROM pace").fetchone()
    one.close()
    other.close()
    assert next_at == pytest.approx(5.2)
    assert busy_until == 99_000.0 + 3_600.0, "what the other wrote meanwhile stays"


def test_stops_pace_changes_and_set_clocks_never_make_six_in_a_second(
    tmp_path: Path, clock: VirtualClock, left: list[float]
) -> None:
    """Programs ask at changing paces under several names, each stopped anywhere between its clock and a request."""

    def work(program: Program, dice: random.Random) -> None:
        def stop() -> None:
            match dice.randrange(20):
                case 0:
                    clock.sleep(dice.uniform(0.0, 3.0))
                case 1 | 2:
                    clock.sleep(dice.uniform(0.0, 0.06))
                case 3:
                    clock.jump(dice.uniform(-3.0, 3.0))

        program.ledger.stop = program.pace.stop = stop
        for _ in range(REQUESTS // PROGRAMS):
            program.asks(dice.choice(HOSTS), dice.choice((1, 4, 5, 5, 5)))
        program.ledger.close()
        clock.thread_ended()

    programs = [Program(tmp_path, clock, left) for _ in range(PROGRAMS)]
    threads = [
        threading.Thread(target=work, args=(program, random.Random(SEED + number)))  # noqa: S311  no secret
        for number, program in enumerate(programs)
    ]
    for _ in threads:
        clock.thread_started()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    count(PACED, len(left))

    assert len(left) == REQUESTS // PROGRAMS * PROGRAMS
    assert most_in_a_second(sorted(left)) <= FASTEST_PACE, f"seed {SEED}"


def test_no_grant_is_late_that_was_not_given(clock: VirtualClock, tmp_path: Path) -> None:
    ledger = SqliteRateLimitStore(tmp_path)
    pace = RateLimiter(ledger, clock.now, clock.sleep, clock.steady)
    granted = pace.acquire("acct", 5, stopping=lambda: False)
    clock.advance(rules.GRANT_KEEPS - 0.001)
    ledger.close()

    assert granted.grant is Grant.GRANTED
    assert not pace.has_expired(granted, 0)
    clock.advance(0.01)
    assert pace.has_expired(granted, 0)
    assert not pace.has_expired(granted, MOST_FORFEITED)
