"""A lock that is granted in the order of the requests."""

import threading
from collections import deque
from types import TracebackType


class Waiter(threading.Event):
    """The turn of one waiting thread."""


class FairLock:
    """A fair, re-entrant lock: SQLite's own busy retry let one of four writers wait for seconds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.waiting: deque[Waiter] = deque()
        """The turns of the threads that wait, the next one first."""
        self.owner: int | None = None
        """The thread that has the lock, None where it is free."""
        self._depth = 0

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def acquire(self) -> None:
        """Acquire the lock, waiting for the turn."""
        me = threading.get_ident()
        turn: Waiter | None = None
        try:
            with self._lock:
                if self.owner == me:
                    self._depth += 1
                    return
                if self.owner is None:
                    self.owner, self._depth = me, 1
                    return
                turn = Waiter()
                self.waiting.append(turn)
            turn.wait()
            self.owner, self._depth = me, 1
        except BaseException:
            if turn is not None:
                self._abandon(turn)
            raise

    def release(self) -> None:
        """Release the lock to the next thread."""
        with self._lock:
            self._depth -= 1
            if not self._depth:
                self._pass_on()

    def _abandon(self, turn: Waiter) -> None:
        """Remove a waiting thread, which Ctrl+C can interrupt at any moment; pass on a turn that was granted."""
        with self._lock:
            if turn in self.waiting:
                self.waiting.remove(turn)
            elif turn.is_set():
                self._pass_on()

    def _pass_on(self) -> None:
        if self.waiting:
            self.owner = -1
            self.waiting.popleft().set()
        else:
            self.owner = None
