"""The throughput of a relay: counts, donors a second over the last minute, and time left."""

from collections import Counter, deque
from collections.abc import Mapping
from typing import Final

from ac_desktop.model.states import Outcome

WINDOW: Final = 60.0
FEWEST: Final = 20
"""Finished attempts below which the time left is unknown."""


class Throughput:
    """Counts finished attempts; not thread-safe."""

    def __init__(self, now: float) -> None:
        self._began = now
        self._counts: Counter[Outcome] = Counter()
        self._recent: deque[tuple[float, int]] = deque()

    def record(self, outcomes: Mapping[Outcome, int], now: float) -> None:
        """Count a finished attempt, by its records."""
        self._counts.update(outcomes)
        for outcome, number in outcomes.items():
            if outcome not in {Outcome.WAITING, Outcome.TAKEN}:
                self._recent.append((now, number))
        self._drop_before(now - WINDOW)

    def count(self, outcome: Outcome) -> int:
        """Return the number of records with an outcome."""
        return self._counts[outcome]

    def rate(self, now: float) -> float:
        """Return the donors a second that were finished over the last minute."""
        self._drop_before(now - WINDOW)
        seconds = min(WINDOW, now - self._began)
        return sum(number for _, number in self._recent) / seconds if seconds > 0 else 0.0

    def seconds_left(self, waiting: int, now: float) -> float | None:
        """Return the seconds until nothing waits; None while too little is known."""
        rate = self.rate(now)
        if rate <= 0 or sum(self._counts.values()) < FEWEST:
            return None
        return waiting / rate

    def _drop_before(self, moment: float) -> None:
        """Drop entries before the window, also where nobody reads the rate."""
        while self._recent and self._recent[0][0] < moment:
            self._recent.popleft()
