"""Background threads wait while the UI thread is busy, as all of them share one interpreter."""

import threading
import time
from collections.abc import Callable
from typing import Final

from ac_desktop.platform.process_priority import lower_thread_priority

BUSY_SECONDS: Final = 0.02
"""Seconds for which the UI counts as busy after `mark_busy`."""
LONGEST_WAIT: Final = 0.05
"""Seconds of one wait at most, so that a UI that is always busy blocks nobody."""


def _sleep(seconds: float) -> None:
    threading.Event().wait(seconds)


class UiYield:
    """The UI thread marks itself busy; other threads check before each step and wait for a moment.

    A thread that competes for the interpreter's lock gets it back half a millisecond later at best, and the UI thread
    releases and acquires it hundreds of times while it paints. Without a window nothing is ever marked busy and nobody
    waits.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = _sleep) -> None:
        self._now = now
        self._sleep = sleep
        self._until = 0.0

    def mark_busy(self) -> None:
        """Mark the UI thread as busy now."""
        self._until = self._now() + BUSY_SECONDS

    def lower_priority(self) -> None:
        """Lower this thread's priority where there is a window; called as a thread starts."""
        if self._until:
            lower_thread_priority()

    def wait_while_busy(self) -> None:
        """Wait until the UI is idle. Never call it within a transaction, a grant, or anything others wait for."""
        if not self._until:
            return
        end = self._now() + LONGEST_WAIT
        while (left := min(self._until, end) - self._now()) > 0:
            self._sleep(left)


NO_UI: Final = UiYield()
"""For use without a window."""
