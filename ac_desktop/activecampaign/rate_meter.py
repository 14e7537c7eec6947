"""The live meter of an account's pace: what we ask for, and what the account says is left."""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ac_desktop.model.outside import number

MOST_TOLD: Final = 1_000_000
"""The largest limit that is believed, and shown."""
WINDOW: Final = 5.0
"""Seconds over which our own requests are counted."""
STALE: Final = 10.0
"""Seconds after which what the account told is no longer news."""


@dataclass(frozen=True)
class RateReading:
    """The meter of an account: our requests a second, and what it told last (None where it does not tell).

    `limit` and `remaining` are of its current second and count the requests of every program that uses it.
    """

    per_second: float
    limit: int | None = None
    remaining: int | None = None

    @property
    def used_by_all(self) -> int | None:
        """Requests that all programs together made in the account's current second."""
        if self.limit is None or self.remaining is None:
            return None
        return max(0, self.limit - self.remaining)


class RateMeter:
    """Keeps each account's reading for the window; safe to use from any thread."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._guard = threading.Lock()
        self._asked: dict[str, deque[float]] = {}
        self._told: dict[str, tuple[float, int, int]] = {}

    def asked(self, account: str) -> None:
        """Count a request of ours."""
        with self._guard:
            self._recent(account).append(self._now())

    def told(self, account: str, headers: Mapping[str, str]) -> None:
        """Note `RateLimit-Limit` and `RateLimit-Remaining` of an answer, where it has them."""
        limit = number(headers.get("ratelimit-limit"), MOST_TOLD)
        remaining = number(headers.get("ratelimit-remaining"), MOST_TOLD)
        if limit is not None and remaining is not None:
            with self._guard:
                self._told[account] = (self._now(), limit, remaining)

    def reading(self, account: str) -> RateReading:
        """Read an account's meter."""
        with self._guard:
            rate = len(self._recent(account)) / WINDOW
            at, limit, remaining = self._told.get(account, (0.0, 0, 0))
            if not at or self._now() - at > STALE:
                return RateReading(rate)
            return RateReading(rate, limit, remaining)

    def _recent(self, account: str) -> deque[float]:
        recent = self._asked.setdefault(account, deque())
        while recent and recent[0] <= self._now() - WINDOW:
            recent.popleft()
        return recent
