"""One writer at a time, in the order in which they came."""

import threading
from collections import deque
from types import TracebackType


class _Waiter(threading.Event):
    """Comes once; `joint` tells that its owner goes on with what the one before has begun."""

    def __init__(self, *, joint: bool) -> None:
        super().__init__()
        self.joint = joint


class FairLock:
    """A fair, re-entrant lock: SQLite's own busy retry let one of four writers wait for seconds."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[_Waiter] = deque()
        self._owner: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        self.line_up()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.leave()

    def line_up(self, *, joint: bool = False) -> None:
        """Wait for one's turn."""
        me = threading.get_ident()
        turn: _Waiter | None = None
        try:
            with self._guard:
                if self._owner == me:
                    self._depth += 1
                    return
                if self._owner is None:
                    self._owner, self._depth = me, 1
                    return
                turn = _Waiter(joint=joint)
                self._waiting.append(turn)
            turn.wait()
            self._owner, self._depth = me, 1
        except BaseException:
            if turn is not None:
                self._give_up(turn)
            raise

    def leave(self) -> None:
        """Pass the turn to the next in line."""
        with self._guard:
            self._depth -= 1
            if not self._depth:
                self._pass_on()

    @property
    def next_is_joint(self) -> bool:
        """Whether who comes next goes on with what the one whose turn it is has begun."""
        with self._guard:
            return bool(self._waiting) and self._waiting[0].joint

    def _give_up(self, turn: _Waiter) -> None:
        """Leave the line, as Ctrl+C makes a thread do at any moment; a turn that has come goes to the next."""
        with self._guard:
            if turn in self._waiting:
                self._waiting.remove(turn)
            elif turn.is_set():
                self._pass_on()

    def _pass_on(self) -> None:
        if self._waiting:
            self._owner = -1
            self._waiting.popleft().set()
        else:
            self._owner = None
