"""The progress of a relay: counts, donors a second over the last minute, and time left."""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import Outcome

WINDOW: Final = 60.0
FEWEST: Final = 20
"""Finished attempts below which the time left is unknown."""


class PauseReason(StrEnum):
    """Why a running relay attempts nothing at the moment."""

    BREATHING = "breathing"
    BUSY = "busy"
    OFFLINE = "offline"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """The progress of a relay: counts since its start, donors a second, and seconds left (None while unknown).

    `trouble` is the sentence that says why it ended, `trouble_code` its reason where it has one; a fault of our own has
    neither, but `is_own_fault`. `is_interrupted`: it continues when its connection is resumed.
    `unconfirmed` donors were sent in bulk and are not found on the list yet.
    """

    running: bool
    sent: int = 0
    failed: int = 0
    held: int = 0
    waiting: int = 0
    unconfirmed: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    pause_reason: PauseReason | None = None
    paused_until: float | None = None
    trouble: str = ""
    trouble_code: ReasonCode | None = None
    is_own_fault: bool = False
    is_interrupted: bool = False

    @property
    def done(self) -> int:
        """The number of donors this relay has finished."""
        return self.sent + self.failed + self.held

    @property
    def steps_done(self) -> int:
        """The value for a progress bar: donors sent in bulk and not confirmed count as half done."""
        return self.done + self.unconfirmed // 2


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
