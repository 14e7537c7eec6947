"""The rate limit of an account, shared by all connections, threads and processes (rules 5 and 14)."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from ac_desktop.activecampaign.rate_meter import RateMeter
from ac_desktop.activecampaign.requests import Reply, Response
from ac_desktop.model import rules
from ac_desktop.model.rate_limits import ClaimFence, Reservation

LONGEST_SLEEP: Final = 1.0
"""Seconds after which a waiting caller checks whether it has to stop."""
MOST_FORFEITED: Final = 5
"""Grants in a row that expire because they are used too late. A computer that slow sends one request for five grants,
so that even late requests are far apart."""


class BusyStore(Protocol):
    """The busy responses of all processes. Times are seconds since the epoch."""

    def record_busy(self, account: str, retry_after: float | None, now: float, sent_at: float) -> float:
        """Make the whole account wait and return the seconds: `retry_after`, or longer each time without one.

        `sent_at` is when the request was sent. Responses to requests that were sent before a busy period began belong
        to that period, however many there are: they lengthen the wait once.
        """

    def busy_left(self, account: str, now: float) -> float:
        """Return the seconds that the account still has to wait."""

    def record_success(self, account: str, sent_at: float) -> None:
        """Record a response that was not busy: the next busy wait starts small again.

        A response to a request that was sent before the latest busy period has no effect.
        """

    def close(self) -> None:
        """Release the store's resources."""


class RateLimitStore(BusyStore, Protocol):
    """The grants of all processes as well."""

    def try_grant(self, account: str, interval: float, now: Callable[[], float], steady: Callable[[], float]) -> float:
        """Grant one request and return 0.0, or return the seconds to wait before the next try; read each clock once.

        `steady` is a monotonic clock that all processes share.
        """


class Grant(StrEnum):
    """The result of acquiring a request."""

    GRANTED = "granted"
    STOPPED = "stopped"
    TOO_LATE = "too late"
    LOST = "lost"
    """The claim that the request is for is no longer ours."""


@dataclass(frozen=True)
class Granted:
    """A grant, with the seconds spent waiting for a busy account; `at` is its time by the steady clock.

    Where it was reserved on an office's server, `reservation` has what may cancel it.
    """

    grant: Grant
    busy_waited: float
    at: float = field(default=0.0, compare=False)
    reservation: Reservation | None = field(default=None, compare=False)


class RequestLimiter(ABC):
    """Grants requests within the rate limits of accounts, and keeps who is busy."""

    def __init__(
        self,
        store: BusyStore,
        now: Callable[[], float],
        sleep: Callable[[float], None],
        steady: Callable[[], float],
    ) -> None:
        self._busy = store
        self._now = now
        self._steady = steady
        self._sleep = sleep
        self.meter: Final = RateMeter(now)

    @abstractmethod
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
        """Wait for a grant and return it, early when stopping or when busy waiting has used up `busy_budget` seconds.

        `on_wait` is called about once a second while waiting. In an office, nothing is granted where the claim of
        `fence` was lost.
        """

    @abstractmethod
    def has_expired(self, granted: Granted, forfeited: int) -> bool:
        """Whether a grant is used too late, as by a process that was suspended; checked just before sending.

        `forfeited` is the number of grants in a row that have expired before.
        """

    def record_busy(self, account: str, retry_after: float | None, sent_at: float) -> float:
        """Make the whole account wait after a busy response to a request of `sent_at`; return the seconds."""
        return self._busy.record_busy(account, retry_after, self._now(), sent_at)

    def busy_left(self, account: str) -> float:
        """Return the seconds that the account still has to wait."""
        return self._busy.busy_left(account, self._now())

    def record_reply(self, account: str, reply: Reply) -> None:
        """Count a request in the meter, with the limit that its response reports."""
        self.meter.record_request(account)
        if isinstance(reply, Response):
            self.meter.record_limit(account, reply.headers)

    def record_success(self, account: str, sent_at: float) -> None:
        """Record a response that was not busy to a request of `sent_at`."""
        self._busy.record_success(account, sent_at)


class RateLimiter(RequestLimiter):
    """Acquires one request at a time from the rate limit store of this computer, waiting for it."""

    def __init__(
        self,
        store: RateLimitStore,
        now: Callable[[], float],
        sleep: Callable[[float], None],
        steady: Callable[[], float],
    ) -> None:
        super().__init__(store, now, sleep, steady)
        self._store = store

    def acquire(
        self,
        account: str,
        per_second: float,
        *,
        stopping: Callable[[], bool],
        busy_budget: float = rules.BUSY_LIMIT,
        on_wait: Callable[[], None] | None = None,
        fence: ClaimFence | None = None,  # noqa: ARG002  only an office's server can answer it
    ) -> Granted:
        """Wait for a grant and return it, asking the store as often as it says."""
        busy_waited, at = 0.0, self._steady()

        def steady_now() -> float:
            nonlocal at
            at = self._steady()
            return at

        while not stopping():
            now = self._now()
            busy = self._store.busy_left(account, now)
            if busy > 0 and busy_waited >= busy_budget:
                return Granted(Grant.TOO_LATE, busy_waited)
            wait = self._store.try_grant(account, rules.pace_interval(per_second), self._now, steady_now)
            if wait <= 0:
                return Granted(Grant.GRANTED, busy_waited, at)
            if on_wait is not None:
                on_wait()
            seconds = min(wait, LONGEST_SLEEP, max(busy_budget - busy_waited, 0.001)) if busy > 0 else wait
            self._sleep(seconds)
            if busy > 0:
                busy_waited += seconds
        return Granted(Grant.STOPPED, busy_waited)

    def has_expired(self, granted: Granted, forfeited: int) -> bool:
        """Whether a grant is used too late, as by a process that was suspended; checked just before sending."""
        return forfeited < MOST_FORFEITED and self._steady() - granted.at > rules.GRANT_KEEPS
