"""The relay's clock, a protocol so that tests can advance time."""

import sys
import threading
import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ac_desktop.store.opening import OfficeTime


class Clock(Protocol):
    """Reads the time and waits; a test's clock does both without real time passing."""

    def now(self) -> float:
        """Return seconds since the epoch."""

    def steady(self) -> float:
        """Return the seconds of a monotonic clock, the same for all processes of this computer."""

    def wait(self, condition: threading.Condition, seconds: float) -> None:
        """Wait, holding the condition, until it is notified or the seconds are over."""

    def notify(self, condition: threading.Condition) -> None:
        """Wake all threads that wait on the condition, which is held."""

    def sleep(self, seconds: float) -> None:
        """Sleep for some seconds."""

    def thread_started(self) -> None:
        """Register a thread that will wait on this clock."""

    def thread_ended(self) -> None:
        """Unregister such a thread."""


class SystemClock:
    """The system's clock."""

    def now(self) -> float:
        """Return seconds since the epoch."""
        return time.time()

    def steady(self) -> float:
        """Return the seconds of a monotonic clock, the same for all processes of this computer."""
        return time.perf_counter()

    def wait(self, condition: threading.Condition, seconds: float) -> None:
        """Wait, holding the condition, until it is notified or the seconds are over."""
        condition.wait(seconds)

    def notify(self, condition: threading.Condition) -> None:
        """Wake all threads that wait on the condition, which is held."""
        condition.notify_all()

    def sleep(self, seconds: float) -> None:
        """Sleep for some seconds."""
        threading.Event().wait(seconds)

    def thread_started(self) -> None:
        """Do nothing: real time needs no count of threads."""

    def thread_ended(self) -> None:
        """Do nothing: real time needs no count of threads."""


class OfficeClock(SystemClock):
    """The clock of an office's server: a workstation whose own clock is wrong acts as the others do."""

    def __init__(self, server: "OfficeTime") -> None:
        self._server = server

    def now(self) -> float:
        """Return seconds since the epoch, by the server's clock."""
        return self._server.now()

    def steady(self) -> float:
        """Return the seconds of a monotonic clock, the same for all processes of this computer."""
        return self._server.steady()

    if sys.platform == "win32":

        def sleep(self, seconds: float) -> None:
            """Sleep for some seconds, to the millisecond: waiting for an event may end 16 ms late there."""
            time.sleep(seconds)
