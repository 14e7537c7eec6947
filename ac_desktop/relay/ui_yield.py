"""Background threads give way while the window is at work, as all of them share one interpreter."""

import threading
import time
from collections.abc import Callable
from typing import Final

from ac_desktop.platform.process_priority import lower_thread_priority

AT_WORK: Final = 0.02
"""Seconds for which the window counts as at work after it last said so."""
MOST: Final = 0.05
"""Seconds that anybody gives way at most each time, so that a window that never rests holds nobody up."""


def _let_pass(seconds: float) -> None:
    threading.Event().wait(seconds)


class UiYield:
    """The window says when it is at work; others ask before each step of theirs, and wait for a moment if it is.

    Whoever waits for the interpreter's lock against several others gets it back half a millisecond later at best, and
    the window lets go of it, and asks for it again, hundreds of times for what it paints. Where there is no window,
    nobody ever says so and nobody waits.
    """

    def __init__(
        self, now: Callable[[], float] = time.monotonic, let_pass: Callable[[float], None] = _let_pass
    ) -> None:
        self._now = now
        self._let_pass = let_pass
        self._until = 0.0

    def at_work(self) -> None:
        """Say that the window is at work just now; as often as one likes."""
        self._until = self._now() + AT_WORK

    def step_back(self) -> None:
        """Let the window go first from now on where there is one: for a thread to call as it begins."""
        if self._until:
            lower_thread_priority()

    def give_way(self) -> None:
        """Return as soon as the window rests. Never within a transaction, a grant, or anything others wait for."""
        if not self._until:
            return
        end = self._now() + MOST
        while (left := min(self._until, end) - self._now()) > 0:
            self._let_pass(left)


NO_UI: Final = UiYield()
"""For where there is no window to give way to."""
