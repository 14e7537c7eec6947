"""The pace of an account: one for all connections, threads and processes of a data directory (rules 5 and 14)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from ac_desktop.activecampaign.rate_meter import RateMeter
from ac_desktop.activecampaign.requests import Reply, Response
from ac_desktop.model import rules

LONGEST_NAP: Final = 1.0
"""Seconds after which a waiting caller looks whether it is to stop."""
MOST_FORFEITED: Final = 5
"""Grants in a row that lapse for being used too late. A computer that slow sends one request for five grants, so that
even late ones are far apart."""


class RateLimitStore(Protocol):
    """Where grants and busy answers of all processes are written down. Times are seconds since the epoch.

    Those of `steady` are seconds of a clock that nobody sets, and that all processes read alike.
    """

    def try_grant(self, account: str, interval: float, now: Callable[[], float], steady: Callable[[], float]) -> float:
        """Grant one request (0.0), or give the seconds to wait before asking again; reads each clock once."""

    def busy(self, account: str, told: float | None, now: float, asked_at: float) -> float:
        """Let the whole account wait, as told or longer each time; returns the seconds.

        `asked_at`: when the request left. Answers to requests that left before a busy spell began belong to that
        spell, however many come side by side: it makes the wait longer once.
        """

    def busy_left(self, account: str, now: float) -> float:
        """Return the seconds that the account still waits."""

    def well(self, account: str, asked_at: float) -> None:
        """Note an answer that was not busy: the next busy wait starts small again.

        An answer to a request that left before the latest busy spell says nothing about how it is now.
        """

    def close(self) -> None:
        """Let go of what the ledger holds."""


class Grant(StrEnum):
    """What came of asking for a request."""

    GRANTED = "granted"
    STOPPED = "stopped"
    TOO_LATE = "too late"


@dataclass(frozen=True)
class Granted:
    """A grant, with the seconds that were spent waiting for a busy account; `at` is when, by the steady clock."""

    grant: Grant
    busy_waited: float
    at: float = field(default=0.0, compare=False)


class RateLimiter:
    """Asks the ledger for one request at a time and waits for it."""

    def __init__(
        self,
        ledger: RateLimitStore,
        now: Callable[[], float],
        nap: Callable[[float], None],
        steady: Callable[[], float],
    ) -> None:
        self._ledger = ledger
        self._now = now
        self._steady = steady
        self._nap = nap
        self.meter: Final = RateMeter(now)

    def acquire(
        self,
        account: str,
        per_second: float,
        *,
        stopping: Callable[[], bool],
        busy_budget: float = rules.BUSY_LIMIT,
        still_here: Callable[[], None] | None = None,
    ) -> Granted:
        """Wait for a grant; ends early when stopping, or when busy waiting has used up `busy_budget` seconds.

        `still_here` is called about once a second while waiting.
        """
        busy_waited, at = 0.0, self._steady()

        def moment() -> float:
            nonlocal at
            at = self._steady()
            return at

        while not stopping():
            now = self._now()
            busy = self._ledger.busy_left(account, now)
            if busy > 0 and busy_waited >= busy_budget:
                return Granted(Grant.TOO_LATE, busy_waited)
            wait = self._ledger.try_grant(account, rules.pace_interval(per_second), self._now, moment)
            if wait <= 0:
                return Granted(Grant.GRANTED, busy_waited, at)
            if still_here is not None:
                still_here()
            nap = min(wait, LONGEST_NAP, max(busy_budget - busy_waited, 0.001)) if busy > 0 else wait
            self._nap(nap)
            if busy > 0:
                busy_waited += nap
        return Granted(Grant.STOPPED, busy_waited)

    def has_lapsed(self, granted: Granted, forfeited: int) -> bool:
        """Whether a grant is used too late, as by a process that was stopped; asked just before the request leaves.

        `forfeited` grants in a row have lapsed before.
        """
        return forfeited < MOST_FORFEITED and self._steady() - granted.at > rules.GRANT_KEEPS

    def busy(self, account: str, told: float | None, asked_at: float) -> float:
        """Let the whole account wait, as an answer to a request of `asked_at` says; returns the seconds."""
        return self._ledger.busy(account, told, self._now(), asked_at)

    def busy_left(self, account: str) -> float:
        """Return the seconds that the account still waits."""
        return self._ledger.busy_left(account, self._now())

    def read_meter(self, account: str, reply: Reply) -> None:
        """Count a request for the meter, with what its answer tells of the account's limit."""
        self.meter.asked(account)
        if isinstance(reply, Response):
            self.meter.told(account, reply.headers)

    def well(self, account: str, asked_at: float) -> None:
        """Note an answer, that was not busy, to a request of `asked_at`."""
        self._ledger.well(account, asked_at)
