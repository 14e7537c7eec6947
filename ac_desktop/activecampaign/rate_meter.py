"""The live meter of an account's rate: our requests, and the remaining limit that the account reports."""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ac_desktop.model.outside import number

LARGEST_LIMIT: Final = 1_000_000
"""The largest reported limit that is accepted."""
WINDOW: Final = 5.0
"""Seconds over which our own requests are counted."""
STALE: Final = 10.0
"""Seconds after which a reported limit is out of date."""


@dataclass(frozen=True)
class RateReading:
    """The meter of an account: our requests per second, and its last reported limit (None without one).

    `limit` and `remaining` are of the account's current second and count the requests of every program.
    """

    per_second: float
    limit: int | None = None
    remaining: int | None = None

    @property
    def used_by_all(self) -> int | None:
        """Requests of all programs together in the account's current second."""
        if self.limit is None or self.remaining is None:
            return None
        return max(0, self.limit - self.remaining)


class RateMeter:
    """Measures each account's requests; thread-safe."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._requests: dict[str, deque[float]] = {}
        self._limits: dict[str, tuple[float, int, int]] = {}

    def record_request(self, account: str) -> None:
        """Count a request of ours."""
        with self._lock:
            self._recent(account).append(self._now())

    def record_limit(self, account: str, headers: Mapping[str, str]) -> None:
        """Record `RateLimit-Limit` and `RateLimit-Remaining` of a response, where it has them."""
        limit = number(headers.get("ratelimit-limit"), LARGEST_LIMIT)
        remaining = number(headers.get("ratelimit-remaining"), LARGEST_LIMIT)
        if limit is not None and remaining is not None:
            with self._lock:
                self._limits[account] = (self._now(), limit, remaining)

    def reading(self, account: str) -> RateReading:
        """Return an account's reading."""
        with self._lock:
            rate = len(self._recent(account)) / WINDOW
            at, limit, remaining = self._limits.get(account, (0.0, 0, 0))
            if not at or self._now() - at > STALE:
                return RateReading(rate)
            return RateReading(rate, limit, remaining)

    def _recent(self, account: str) -> deque[float]:
        recent = self._requests.setdefault(account, deque())
        while recent and recent[0] <= self._now() - WINDOW:
            recent.popleft()
        return recent
