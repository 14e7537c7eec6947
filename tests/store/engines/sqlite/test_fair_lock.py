"""One writer at a time, and each in its turn."""

import threading
from collections import deque
from collections.abc import Callable

import pytest

from ac_desktop.store.engines.sqlite.fair_lock import FairLock, Waiter


def start(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def wait_in_line(lock: FairLock, count: int) -> None:
    """Return as soon as that many wait."""
    while len(lock.waiting) < count:
        threading.Event().wait(0.001)


def test_whoever_came_first_goes_first() -> None:
    lock, went, threads = FairLock(), [], []
    with lock:
        for number in range(8):

            def work(number: int = number) -> None:
                with lock:
                    went.append(number)

            threads.append(start(work))
            wait_in_line(lock, number + 1)
    for thread in threads:
        thread.join()

    assert went == list(range(8))


def test_whoever_comes_again_waits_behind_those_already_there() -> None:
    lock, went = FairLock(), []
    inside, may_leave = threading.Event(), threading.Event()

    def comes_twice() -> None:
        with lock:
            inside.set()
            may_leave.wait()
            went.append("first")
        with lock:
            went.append("again")

    def comes_once() -> None:
        with lock:
            went.append("other")

    again = start(comes_twice)
    inside.wait()
    once = start(comes_once)
    wait_in_line(lock, 1)
    may_leave.set()
    again.join()
    once.join()

    assert went == ["first", "other", "again"]


def test_never_two_are_inside() -> None:
    lock, begin = FairLock(), threading.Barrier(6)
    inside: set[int] = set()
    most: list[int] = []

    def work() -> None:
        begin.wait()
        for _ in range(200):
            with lock:
                inside.add(threading.get_ident())
                most.append(len(inside))
                inside.discard(threading.get_ident())

    threads = [start(work) for _ in range(6)]
    for thread in threads:
        thread.join()

    assert len(most) == 1200
    assert max(most) == 1


def test_whoever_is_inside_may_enter_again_and_leaves_once() -> None:
    lock = FairLock()
    other_went = threading.Event()

    def work() -> None:
        with lock:
            other_went.set()

    with lock:
        with lock, lock:
            thread = start(work)
            wait_in_line(lock, 1)
        assert not other_went.is_set()
    thread.join()

    assert other_went.is_set()


def test_an_error_inside_lets_the_next_one_in() -> None:
    lock = FairLock()

    with pytest.raises(ZeroDivisionError), lock:
        raise ZeroDivisionError
    with lock:
        pass

    assert lock.owner is None


@pytest.mark.parametrize("others", [0, 1])
def test_whoever_is_interrupted_while_waiting_holds_nobody_up(others: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, went = FairLock(), threading.Event()
    inside, may_leave = threading.Event(), threading.Event()

    def holds() -> None:
        with lock:
            inside.set()
            may_leave.wait()

    def waits() -> None:
        with lock:
            went.set()

    def is_interrupted(_turn: Waiter, timeout: float | None = None) -> bool:  # noqa: ARG001  as it is called
        assert len(lock.waiting) == 1
        monkeypatch.undo()
        raise KeyboardInterrupt

    holder = start(holds)
    inside.wait()
    # No real signal: what runs in the background ignores Ctrl+C, and one just before the wait is seen after it only.
    monkeypatch.setattr(Waiter, "wait", is_interrupted)
    with pytest.raises(KeyboardInterrupt), lock:
        pytest.fail("it was held")
    waiters = [start(waits) for _ in range(others)]
    wait_in_line(lock, others)
    may_leave.set()
    holder.join()
    for waiter in waiters:
        waiter.join(10)

    assert went.is_set() == bool(others)
    with lock:
        pass


@pytest.mark.parametrize("has_lined_up", [False, True])
def test_whoever_is_interrupted_while_lining_up_holds_nobody_up(*, has_lined_up: bool) -> None:
    class Line(deque[Waiter]):
        def append(self, turn: Waiter) -> None:
            if has_lined_up:
                super().append(turn)
            raise KeyboardInterrupt

    lock, inside, may_leave = FairLock(), threading.Event(), threading.Event()

    def holds() -> None:
        with lock:
            inside.set()
            may_leave.wait()

    holder = start(holds)
    inside.wait()
    lock.waiting = Line()
    with pytest.raises(KeyboardInterrupt), lock:
        pytest.fail("it was held")
    may_leave.set()
    holder.join()

    assert lock.owner is None


def test_whoever_is_interrupted_before_lining_up_leaves_it_as_it_was() -> None:
    class Interrupted:
        def __enter__(self) -> None:
            raise KeyboardInterrupt

        def __exit__(self, *_: object) -> None:
            """Was never entered."""

    lock = FairLock()
    guard, lock._lock = lock._lock, Interrupted()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        lock.acquire()
    lock._lock = guard

    assert lock.owner is None
    with lock:
        pass


def test_a_turn_that_comes_just_as_its_owner_is_interrupted_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, inside, may_leave = FairLock(), threading.Event(), threading.Event()

    def holds() -> None:
        with lock:
            inside.set()
            may_leave.wait()

    holder = start(holds)
    inside.wait()

    def is_interrupted_in_its_turn(self: Waiter, timeout: float | None = None) -> bool:
        monkeypatch.undo()
        may_leave.set()
        self.wait(timeout)
        raise KeyboardInterrupt

    monkeypatch.setattr(Waiter, "wait", is_interrupted_in_its_turn)
    with pytest.raises(KeyboardInterrupt), lock:
        pytest.fail("it was interrupted")
    holder.join()

    assert lock.owner is None
    with lock:
        pass
