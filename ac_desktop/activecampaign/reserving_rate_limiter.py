"""The rate limit of an account in an office: times are reserved on the server, one round trip each (rules 5 and 14)."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from ac_desktop.activecampaign.rate_limiter import (
    LONGEST_SLEEP,
    MOST_FORFEITED,
    BusyStore,
    Grant,
    Granted,
    RequestLimiter,
)
from ac_desktop.model import rules
from ac_desktop.model.rate_limits import ClaimFence, Reservation

SLOW_KEEPS: Final = 1.0
"""Seconds within which a computer that is always late may use a time; nobody else has one meanwhile. After them, one
that was stopped has to ask again whether the claim is still its own."""


class ReservationStore(BusyStore, Protocol):
    """The reservations and busy responses of all workstations, by the server's clock."""

    def reserve(self, account: str, interval: float, fence: ClaimFence | None) -> Reservation:
        """Reserve the next request's time where the claim is still ours, in one round trip."""

    def is_current(self, reservation: Reservation) -> bool:
        """Whether a reservation was not cancelled, as far as this process is known to hear of it."""

    def steady(self) -> float:
        """Return the clock by which times are reserved."""


class ReservingRateLimiter(RequestLimiter):
    """Reserves a request's time and waits for it.

    A thread that was too late several times in a row reserves a whole second for its request.
    """

    def __init__(self, store: ReservationStore, now: Callable[[], float], sleep: Callable[[float], None]) -> None:
        super().__init__(store, now, sleep, store.steady)
        self._reservations = store
        self._slow = threading.local()

    def acquire(
        self,
        account: str,
        per_second: float,
        *,
        stopping: Callable[[], bool],
        busy_budget: float = rules.BUSY_LIMIT,
        on_wait: Callable[[], None] | None = None,
        fence: ClaimFence | None = None,
    ) -> Granted:
        """Wait for a grant and return it, as the base class does. Nothing is granted where the claim was lost."""
        is_slow, self._slow.is_so = getattr(self._slow, "is_so", False), False
        interval = rules.pace_interval(per_second, rules.OFFICE_PACE_MARGIN) + (SLOW_KEEPS if is_slow else 0.0)
        busy_waited = 0.0
        while not stopping():
            reserved = self._reservations.reserve(account, interval, fence)
            if reserved.is_lost:
                return Granted(Grant.LOST, busy_waited)
            granted_at = reserved.at
            if granted_at is None:
                if reserved.busy > 0 and busy_waited >= busy_budget:
                    return Granted(Grant.TOO_LATE, busy_waited)
                most = max(busy_budget - busy_waited, 0.001) if reserved.busy > 0 else reserved.again
                waited = self._wait(min(reserved.again, most), stopping, on_wait)
                busy_waited += waited if reserved.busy > 0 else 0.0
                continue
            if is_slow:
                reserved = replace(reserved, keeps=SLOW_KEEPS)
            self._wait(granted_at - self._steady(), stopping, on_wait)
            if self._reservations.is_current(reserved) and not stopping():
                return Granted(Grant.GRANTED, busy_waited, granted_at, reserved)
        return Granted(Grant.STOPPED, busy_waited)

    def has_expired(self, granted: Granted, forfeited: int) -> bool:
        """Whether a grant was cancelled or is used too late, as by a process that was suspended."""
        reserved = granted.reservation
        if reserved is None or not self._reservations.is_current(reserved):
            return True
        is_late = self._steady() - granted.at > reserved.keeps
        self._slow.is_so = is_late and forfeited + 1 >= MOST_FORFEITED
        return is_late

    def _wait(self, seconds: float, stopping: Callable[[], bool], on_wait: Callable[[], None] | None) -> float:
        """Wait in portions, until it is time or stopping; return the seconds waited."""
        left = seconds
        while left > 0 and not stopping():
            if on_wait is not None:
                on_wait()
            portion = min(left, LONGEST_SLEEP)
            self._sleep(portion)
            left -= portion
        return seconds - max(left, 0.0)
