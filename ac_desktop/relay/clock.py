"""Time for the relay, given in so that tests can let hours pass in an instant."""

import threading
import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits; a test's clock does both without the world's time passing."""

    def now(self) -> float:
        """Return seconds since the epoch."""

    def steady(self) -> float:
        """Return seconds of a clock that nobody sets, the same for all processes of this computer."""

    def wait(self, condition: threading.Condition, seconds: float) -> None:
        """Wait, holding the condition, until it is notified or the seconds are over."""

    def notify(self, condition: threading.Condition) -> None:
        """Wake, holding the condition, whoever waits on it."""

    def nap(self, seconds: float) -> None:
        """Let the seconds pass."""

    def joined(self) -> None:
        """Note that a thread that will wait on this clock begins."""

    def left(self) -> None:
        """Note that such a thread has ended."""


class SystemClock:
    """The computer's own clock."""

    def now(self) -> float:
        """Return seconds since the epoch."""
        return time.time()

    def steady(self) -> float:
        """Return seconds of a clock that nobody sets, the same for all processes of this computer."""
        return time.perf_counter()

    def wait(self, condition: threading.Condition, seconds: float) -> None:
        """Wait, holding the condition, until it is notified or the seconds are over."""
        condition.wait(seconds)

    def notify(self, condition: threading.Condition) -> None:
        """Wake, holding the condition, whoever waits on it."""
        condition.notify_all()

    def nap(self, seconds: float) -> None:
        """Let the seconds pass."""
        threading.Event().wait(seconds)

    def joined(self) -> None:
        """Need not know of threads."""

    def left(self) -> None:
        """Need not know of threads."""
