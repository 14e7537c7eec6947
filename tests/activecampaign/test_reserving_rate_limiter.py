"""A rate limit whose times are reserved elsewhere: kept to, given up when late or cancelled, never after the fence."""

from dataclasses import dataclass, field, replace

import pytest

from ac_desktop.activecampaign.rate_limiter import MOST_FORFEITED, Grant, Granted
from ac_desktop.activecampaign.reserving_rate_limiter import SLOW_KEEPS, ReservingRateLimiter
from ac_desktop.model import rules
from ac_desktop.model.rate_limits import ClaimFence, ClaimKind, Reservation
from tests.clock import VirtualClock

ACCOUNT = "acct.api-us1.com"
OURS = ClaimFence(ClaimKind.RECORD, 7, 1234)


@dataclass
class Reservations:
    """Answers as an office's server does; times are relative to when they are asked for."""

    clock: VirtualClock
    answers: list[Reservation]
    asked: list[tuple[str, float, ClaimFence | None]] = field(default_factory=list)
    cancelled: bool = False

    def reserve(self, account: str, interval: float, fence: ClaimFence | None) -> Reservation:
        self.asked.append((account, interval, fence))
        answer = self.answers.pop(0)
        return answer if answer.at is None else replace(answer, at=self.clock.steady() + answer.at)

    def is_current(self, reservation: Reservation) -> bool:  # noqa: ARG002  whichever it is
        return not self.cancelled

    def steady(self) -> float:
        return self.clock.steady()

    def record_busy(self, account: str, retry_after: float | None, now: float, sent_at: float) -> float:
        raise NotImplementedError

    def busy_left(self, account: str, now: float) -> float:
        raise NotImplementedError

    def record_success(self, account: str, sent_at: float) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Holds nothing."""


class Office:
    """A limiter of one process on scripted reservations."""

    def __init__(self, *answers: Reservation) -> None:
        self.clock = VirtualClock()
        self.store = Reservations(self.clock, list(answers))
        self.limiter = ReservingRateLimiter(self.store, self.clock.now, self.clock.sleep)

    def acquire(self, busy_budget: float = rules.BUSY_LIMIT) -> Granted:
        return self.limiter.acquire(ACCOUNT, 5, stopping=lambda: False, busy_budget=busy_budget, fence=OURS)


def slot(after: float) -> Reservation:
    return Reservation(at=after, keeps=0.04)


def test_a_request_waits_for_its_reserved_time_and_asks_once() -> None:
    office = Office(slot(0.6))
    before = office.clock.now()

    granted = office.acquire()

    assert granted == Granted(Grant.GRANTED, 0.0)
    assert office.clock.now() - before == pytest.approx(0.6)
    assert not office.limiter.has_expired(granted, 0)
    assert office.store.asked == [(ACCOUNT, 1.04 / 5, OURS)]


def test_nothing_is_granted_once_the_claim_is_lost() -> None:
    office = Office(Reservation(again=0.5), Reservation(is_lost=True))
    assert office.acquire().grant is Grant.LOST
    assert len(office.store.asked) == 2


def test_whoever_finds_no_time_asks_again_when_told_to() -> None:
    office = Office(Reservation(again=3.5), slot(0.0))
    before = office.clock.now()
    assert office.acquire().busy_waited == 0.0
    assert office.clock.now() - before == pytest.approx(3.5)


def test_a_busy_account_is_waited_for_in_full_and_asked_once_more() -> None:
    office = Office(Reservation(again=30.0, busy=30.0), slot(0.0))
    assert office.acquire().busy_waited == pytest.approx(30.0)
    assert len(office.store.asked) == 2


def test_waiting_for_a_busy_account_ends_when_the_budget_is_used_up() -> None:
    office = Office(*[Reservation(again=900.0, busy=900.0)] * 2)
    granted = office.acquire(busy_budget=600.0)
    assert granted.grant is Grant.TOO_LATE
    assert granted.busy_waited == pytest.approx(600.0)


def test_a_used_up_budget_grants_all_the_same_where_the_account_is_not_busy() -> None:
    assert Office(slot(0.0)).acquire(busy_budget=0.0).grant is Grant.GRANTED


def test_waiting_ends_within_a_second_when_asked_to_stop_and_tells_that_it_waits() -> None:
    office = Office(Reservation(again=60.0, busy=60.0))
    begun, told = office.clock.now(), []
    granted = office.limiter.acquire(
        ACCOUNT,
        5,
        stopping=lambda: office.clock.now() - begun >= 5,
        on_wait=lambda: told.append(office.clock.now()),
    )
    assert granted == Granted(Grant.STOPPED, 5.0)
    assert len(told) == 5


def test_a_time_that_is_cancelled_while_it_is_waited_for_is_not_granted() -> None:
    office = Office(slot(0.5), slot(0.2))

    def sleep(seconds: float) -> None:
        office.clock.sleep(seconds)
        office.store.cancelled = len(office.store.asked) == 1

    limiter = ReservingRateLimiter(office.store, office.clock.now, sleep)
    assert limiter.acquire(ACCOUNT, 5, stopping=lambda: False).grant is Grant.GRANTED
    assert len(office.store.asked) == 2


def test_a_grant_that_is_cancelled_or_late_is_not_used() -> None:
    office = Office(slot(0.0))
    granted = office.acquire()
    office.clock.advance(0.039)
    assert not office.limiter.has_expired(granted, 0)
    office.store.cancelled = True
    assert office.limiter.has_expired(granted, 0)
    office.store.cancelled = False
    office.clock.advance(0.002)
    assert office.limiter.has_expired(granted, 0)


def test_a_computer_that_is_always_late_has_a_second_for_its_request_in_which_nobody_else_has_one() -> None:
    office = Office(*[slot(0.0)] * (MOST_FORFEITED + 2))
    for forfeited in range(MOST_FORFEITED):
        granted = office.acquire()
        office.clock.advance(0.5)
        assert office.limiter.has_expired(granted, forfeited)

    granted = office.acquire()
    office.clock.advance(0.5)
    assert not office.limiter.has_expired(granted, MOST_FORFEITED)
    office.acquire()
    steps = [step for _, step, _ in office.store.asked]
    assert steps == pytest.approx([1.04 / 5] * MOST_FORFEITED + [1.04 / 5 + SLOW_KEEPS, 1.04 / 5])


def test_a_computer_that_was_stopped_never_sends_without_asking_again() -> None:
    office = Office(*[slot(0.0)] * (MOST_FORFEITED + 3))
    for forfeited in range(MOST_FORFEITED + 3):
        granted = office.acquire()
        office.clock.advance(SLOW_KEEPS + 0.001)
        assert office.limiter.has_expired(granted, forfeited)
