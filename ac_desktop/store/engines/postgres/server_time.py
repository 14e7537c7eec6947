"""The server's time, kept by an offset from a clock of this computer that nobody can set."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ac_desktop.platform.steady_time import steady_seconds
from ac_desktop.store.engines.postgres.session import Connection

DRIFT: Final = 1e-4
"""Seconds by which two clocks part in a second, at most: ten times what a usual quartz does."""
MEASURED_FOR: Final = 60.0
ASK: Final = "SELECT extract(epoch FROM clock_timestamp())::float8 AS at"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question to the server and its answer, by this computer's clock, and the server's time in between."""

    asked_at: float
    server_at: float
    answered_at: float

    @property
    def offset(self) -> float:
        """The server's time less this computer's, where the question took as long as the answer."""
        return self.server_at - (self.asked_at + self.answered_at) / 2

    @property
    def doubt(self) -> float:
        """The seconds by which the offset may be wrong."""
        return (self.answered_at - self.asked_at) / 2


class ServerTime:
    """The best of the exchanges with the server: the one that was answered fastest, until it is too old for that.

    Any thread may use it. `ask` asks the server once, for the first reading of the time. `on_old` is called where the
    last exchange was more than a minute ago, as after a sleep, and has it measured again without waiting for it.
    """

    def __init__(
        self, ask: Callable[[], float], on_old: Callable[[], None], steady: Callable[[], float] = steady_seconds
    ) -> None:
        self._ask = ask
        self._on_old = on_old
        self._steady = steady
        self._measured_at = float("-inf")
        self._lock = threading.Lock()
        self._round_trip: float | None = None
        self._best: Exchange | None = None

    def now(self) -> float:
        """Return the server's time, in seconds since the epoch; asked for where it never was."""
        best = self._best or self.measure(self._ask)
        now = self._steady()
        if now - self._measured_at > MEASURED_FOR:
            self._on_old()
        return now + best.offset

    def steady(self) -> float:
        """Return this computer's time, which goes on while it sleeps and cannot be set."""
        return self._steady()

    @property
    def round_trip(self) -> float | None:
        """The seconds that the server took to answer at the last beat; None before the first one."""
        return self._round_trip

    def measure(self, ask: Callable[[], float]) -> Exchange:
        """Ask the server for its time, record the exchange and return the best one."""
        return self.record(self._exchange(ask))

    def _exchange(self, ask: Callable[[], float]) -> Exchange:
        asked_at = self._steady()
        server_at = ask()
        return Exchange(asked_at, server_at, self._steady())

    def record(self, made: Exchange) -> Exchange:
        """Record an exchange and return the best one, which may be an earlier one."""
        with self._lock:
            best = self._best
            if best is None or self._is_refuted(best, made) or made.doubt <= self._doubt(best, made):
                self._best = best = made
            self._measured_at = made.answered_at
            return best

    def doubt(self) -> float:
        """Return the seconds by which the time may be wrong."""
        best = self._best
        return self._doubt_at(best, self._steady()) if best is not None else float("inf")

    def begin(self, sql: Connection) -> None:
        """Measure the time on a new connection."""
        self.beat(sql)

    def beat(self, sql: Connection) -> None:
        """Measure the time again."""
        made = self._exchange(lambda: sum(at for (at,) in sql.execute(ASK)))
        self._round_trip = made.answered_at - made.asked_at
        self.record(made)

    def end(self, sql: Connection) -> None:
        """Do nothing."""

    def _doubt(self, best: Exchange, made: Exchange) -> float:
        return self._doubt_at(best, made.answered_at)

    @staticmethod
    def _doubt_at(best: Exchange, at: float) -> float:
        return best.doubt + DRIFT * max(0.0, at - best.answered_at)

    def _is_refuted(self, best: Exchange, made: Exchange) -> bool:
        """Whether an exchange shows that the server's clock was set since the best one."""
        return abs(made.offset - best.offset) > made.doubt + self._doubt(best, made)
