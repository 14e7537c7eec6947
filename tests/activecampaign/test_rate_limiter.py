"""One rate limit for an account (rules 5 and 14): even grants, one busy wait for all, and an end when asked to stop."""

import itertools
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.activecampaign.rate_limiter import LONGEST_SLEEP, Grant, Granted, RateLimiter
from ac_desktop.activecampaign.rate_meter import STALE, WINDOW, RateReading
from ac_desktop.activecampaign.requests import NoResponse, Response, TransportFailure
from ac_desktop.model import rules
from ac_desktop.store.engines.sqlite.rate_limit_store import SqliteRateLimitStore
from tests.clock import VirtualClock

ACCOUNT, OTHER = "acct.api-us1.com", "other.api-us1.com"


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteRateLimitStore]:
    made = SqliteRateLimitStore(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def pace(ledger: SqliteRateLimitStore, clock: VirtualClock) -> RateLimiter:
    return RateLimiter(ledger, clock.now, clock.sleep, clock.steady)


def never() -> bool:
    return False


def gaps(times: list[float]) -> list[float]:
    return [later - earlier for earlier, later in itertools.pairwise(times)]


@pytest.mark.parametrize("per_second", [1, 4, 5])
def test_grants_are_even_and_a_little_slower_than_the_setting(
    pace: RateLimiter, clock: VirtualClock, per_second: int
) -> None:
    times = []
    for _ in range(20):
        assert pace.acquire(ACCOUNT, per_second, stopping=never) == Granted(Grant.GRANTED, 0.0)
        times.append(clock.now())

    assert all(1.02 / per_second <= gap <= 1.04 / per_second for gap in gaps(times))


def test_four_threads_share_the_pace_of_one(pace: RateLimiter, clock: VirtualClock) -> None:
    times: list[float] = []
    guard = threading.Lock()
    begin = threading.Barrier(4)

    def work() -> None:
        begin.wait()
        for _ in range(10):
            assert pace.acquire(ACCOUNT, 4, stopping=never).grant is Grant.GRANTED
            with guard:
                times.append(clock.now())
        clock.thread_ended()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        clock.thread_started()
        thread.start()
    for thread in threads:
        thread.join()

    assert len(times) == 40
    assert all(gap >= rules.pace_interval(4) - 1e-6 for gap in gaps(sorted(times)))


def test_another_account_has_a_pace_of_its_own(pace: RateLimiter, clock: VirtualClock) -> None:
    before = clock.now()
    for account in (ACCOUNT, OTHER):
        pace.acquire(account, 1, stopping=never)

    assert clock.now() == before


def test_a_busy_account_lets_everybody_wait_as_asked(pace: RateLimiter, clock: VirtualClock) -> None:
    assert pace.record_busy(ACCOUNT, 30.0, clock.now()) == 30.0
    before = clock.now()

    granted = pace.acquire(ACCOUNT, 4, stopping=never)

    assert granted.grant is Grant.GRANTED
    assert granted.busy_waited == pytest.approx(30.0, abs=0.01)
    assert clock.now() - before == pytest.approx(30.0, abs=0.01)
    assert pace.busy_left(ACCOUNT) == 0.0


def test_busy_waits_double_until_an_answer_is_not_busy(pace: RateLimiter, clock: VirtualClock) -> None:
    for wait in (1, 2, 4, 8):
        assert pace.record_busy(ACCOUNT, None, clock.now()) == wait
        clock.advance(wait)
    pace.record_success(ACCOUNT, clock.now())
    assert pace.record_busy(ACCOUNT, None, clock.now()) == 1
    assert pace.busy_left(OTHER) == 0.0


def test_waiting_for_a_busy_account_ends_when_the_budget_is_used_up(pace: RateLimiter, clock: VirtualClock) -> None:
    pace.record_busy(ACCOUNT, 900.0, clock.now())
    before = clock.now()

    granted = pace.acquire(ACCOUNT, 4, stopping=never, busy_budget=600.0)

    assert granted.grant is Grant.TOO_LATE
    assert granted.busy_waited == pytest.approx(600.0, abs=0.01)
    assert clock.now() - before == pytest.approx(600.0, abs=0.01)
    assert pace.acquire(ACCOUNT, 4, stopping=never, busy_budget=0.0) == Granted(Grant.TOO_LATE, 0.0)


def test_a_used_up_budget_grants_all_the_same_where_the_account_is_not_busy(pace: RateLimiter) -> None:
    assert pace.acquire(ACCOUNT, 4, stopping=never, busy_budget=0.0) == Granted(Grant.GRANTED, 0.0)


def test_whoever_waits_is_heard_of_about_once_a_second(pace: RateLimiter, clock: VirtualClock) -> None:
    pace.record_busy(ACCOUNT, 10.0, clock.now())
    heard: list[float] = []

    pace.acquire(ACCOUNT, 4, stopping=never, on_wait=lambda: heard.append(clock.now()))

    assert len(heard) == 10
    assert all(gap == pytest.approx(LONGEST_SLEEP) for gap in gaps(heard))


def test_waiting_ends_within_a_second_when_asked_to_stop(pace: RateLimiter, clock: VirtualClock) -> None:
    pace.record_busy(ACCOUNT, 60.0, clock.now())
    before = clock.now()

    granted = pace.acquire(ACCOUNT, 4, stopping=lambda: clock.now() - before >= 5)

    assert granted.grant is Grant.STOPPED
    assert granted.busy_waited == pytest.approx(5.0)
    assert pace.acquire(ACCOUNT, 4, stopping=lambda: True) == Granted(Grant.STOPPED, 0.0)


def test_a_clock_set_far_ahead_while_waiting_does_not_make_the_wait_too_long(
    ledger: SqliteRateLimitStore, clock: VirtualClock
) -> None:
    def nap(seconds: float) -> None:
        clock.sleep(seconds + 365 * 86_400.0)

    pace = RateLimiter(ledger, clock.now, nap, clock.steady)
    pace.record_busy(ACCOUNT, 20.0, clock.now())

    granted = pace.acquire(ACCOUNT, 4, stopping=never, busy_budget=60.0)

    assert granted == Granted(Grant.GRANTED, LONGEST_SLEEP)


def test_a_clock_set_back_while_waiting_takes_nothing_from_what_was_waited(
    ledger: SqliteRateLimitStore, clock: VirtualClock
) -> None:
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        clock.sleep(seconds)
        if len(naps) == 3:
            clock.advance(-7200.0)

    pace = RateLimiter(ledger, clock.now, nap, clock.steady)
    pace.record_busy(ACCOUNT, 3600.0, clock.now())

    granted = pace.acquire(ACCOUNT, 4, stopping=never, busy_budget=60.0)

    assert granted.grant is Grant.TOO_LATE
    assert 60.0 <= granted.busy_waited <= sum(naps)
    assert sum(naps) <= 62.0


def test_the_meter_shows_our_requests_a_second_and_what_the_account_says_is_left(
    pace: RateLimiter, clock: VirtualClock
) -> None:
    expected = {"ratelimit-limit": "5", "ratelimit-remaining": "2"}
    assert pace.meter.reading(ACCOUNT) == RateReading(0.0)
    for _ in range(10):
        pace.record_reply(ACCOUNT, NoResponse(trouble=TransportFailure.LOST))
    pace.record_reply(ACCOUNT, Response(status=200, headers={"ratelimit-limit": "many"}, body=b""))

    assert pace.meter.reading(ACCOUNT) == RateReading(11 / WINDOW)
    assert pace.meter.reading(ACCOUNT).used_by_all is None
    pace.record_reply(ACCOUNT, Response(status=200, headers=expected, body=b""))
    reading = pace.meter.reading(ACCOUNT)
    assert (reading, reading.used_by_all) == (RateReading(12 / WINDOW, 5, 2), 3)
    assert pace.meter.reading(OTHER) == RateReading(0.0)
    clock.advance(WINDOW)
    assert pace.meter.reading(ACCOUNT) == RateReading(0.0, 5, 2)
    clock.advance(STALE)
    assert pace.meter.reading(ACCOUNT) == RateReading(0.0)
