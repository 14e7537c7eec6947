"""How fast a relay goes: counts, donors a second over the last minute, and time left."""

from collections import Counter, deque
from collections.abc import Mapping
from typing import Final

from ac_desktop.model.states import Outcome

WINDOW: Final = 60.0
FEWEST: Final = 20
"""Ended attempts before which no time left is told."""


class Throughput:
    """Counts ended attempts; not thread-safe by itself."""

    def __init__(self, now: float) -> None:
        self._began = now
        self._counts: Counter[Outcome] = Counter()
        self._recent: deque[tuple[float, int]] = deque()

    def note(self, outcomes: Mapping[Outcome, int], now: float) -> None:
        """Count an ended attempt, by the records it ended."""
        self._counts.update(outcomes)
        for outcome, number in outcomes.items():
            if outcome not in {Outcome.WAITING, Outcome.TAKEN}:
                self._recent.append((now, number))
        self._forget_before(now - WINDOW)

    def count(self, outcome: Outcome) -> int:
        """Return how many attempts ended so."""
        return self._counts[outcome]

    def rate(self, now: float) -> float:
        """Return donors a second that left the waiting line, over the last minute."""
        self._forget_before(now - WINDOW)
        seconds = min(WINDOW, now - self._began)
        return sum(number for _, number in self._recent) / seconds if seconds > 0 else 0.0

    def seconds_left(self, waiting: int, now: float) -> float | None:
        """Return the seconds until nothing waits; None while too little is known."""
        rate = self.rate(now)
        if rate <= 0 or sum(self._counts.values()) < FEWEST:
            return None
        return waiting / rate

    def _forget_before(self, moment: float) -> None:
        """Keep the window alone, also where nobody asks how fast it goes."""
        while self._recent and self._recent[0][0] < moment:
            self._recent.popleft()
