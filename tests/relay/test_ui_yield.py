"""Background threads yield while the window is busy, never for long, and nothing is lost by it."""

import threading
import time

import pytest

from ac_desktop.relay.ui_yield import BUSY_SECONDS, LONGEST_WAIT, NO_UI, UiYield
from tests.harness import PATIENCE, Harness, donors


class Passing:
    """A clock that a test moves, and that every sleep moves."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.seconds

    def let_pass(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds


def test_who_comes_while_the_window_is_at_work_waits_until_it_rests() -> None:
    clock = Passing()
    ui_yield = UiYield(clock.now, clock.let_pass)
    ui_yield.mark_busy()
    clock.seconds += BUSY_SECONDS / 3
    ui_yield.wait_while_busy()
    assert clock.seconds == pytest.approx(100.0 + BUSY_SECONDS)
    ui_yield.wait_while_busy()
    assert len(clock.waits) == 1


def test_a_window_that_never_rests_holds_nobody_up_for_long() -> None:
    clock = Passing()

    def work_on(seconds: float) -> None:
        clock.let_pass(min(seconds, LONGEST_WAIT / 3))
        ui_yield.mark_busy()

    ui_yield = UiYield(clock.now, work_on)
    ui_yield.mark_busy()
    ui_yield.wait_while_busy()
    assert clock.seconds - 100.0 == pytest.approx(LONGEST_WAIT, abs=1e-6)


def test_where_there_is_no_window_nobody_waits() -> None:
    clock = Passing()
    UiYield(clock.now, clock.let_pass).wait_while_busy()
    NO_UI.wait_while_busy()
    assert clock.waits == []


def test_the_relay_waits_before_its_request_leaves_and_loses_nobody(harness: Harness) -> None:
    waits, rests = threading.Semaphore(0), threading.Event()

    def let_pass(_seconds: float) -> None:
        waits.release()
        rests.wait(PATIENCE)

    clock = Passing()
    ui_yield = harness.services.ui_yield
    ui_yield._now, ui_yield._sleep = clock.now, let_pass
    connection = harness.connect()
    harness.queue(connection, donors(20))
    ui_yield.mark_busy()
    harness.services.engine.start(connection.id)
    assert waits.acquire(timeout=PATIENCE)
    assert not harness.account.requests()
    clock.seconds += BUSY_SECONDS
    rests.set()
    assert harness.services.engine.join(connection.id, PATIENCE)
    assert harness.services.queue.counts(connection.id).sent == 20
    assert len(harness.account.members(connection.settings.list_id)) == 20


def test_a_relay_that_gives_way_lets_other_writers_through(harness: Harness) -> None:
    waits, rests = threading.Semaphore(0), threading.Event()

    def let_pass(_seconds: float) -> None:
        waits.release()
        rests.wait(PATIENCE)

    clock = Passing()
    ui_yield = harness.services.ui_yield
    ui_yield._now, ui_yield._sleep = clock.now, let_pass
    connection = harness.connect()
    harness.queue(connection, donors(1))
    ui_yield.mark_busy()
    harness.services.engine.start(connection.id)
    assert waits.acquire(timeout=PATIENCE)
    harness.queue(connection, donors(1, start=1))
    clock.seconds += BUSY_SECONDS
    rests.set()
    assert harness.services.engine.join(connection.id, PATIENCE)
    assert harness.services.queue.counts(connection.id).sent == 2


def test_without_a_clock_of_its_own_it_waits_until_the_window_rests() -> None:
    ui_yield, before = UiYield(), time.monotonic()
    ui_yield.mark_busy()
    ui_yield.wait_while_busy()
    assert time.monotonic() - before >= min(BUSY_SECONDS, LONGEST_WAIT)
