"""Requests to an account within its rate limit, repeated while it is busy (rules 5 and 14)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Final, Protocol, TypeVar

from ac_desktop.activecampaign import bulk, responses
from ac_desktop.activecampaign.rate_limiter import Grant, RequestLimiter
from ac_desktop.activecampaign.requests import Reply, Request
from ac_desktop.activecampaign.responses import Busy
from ac_desktop.model import rules
from ac_desktop.model.rate_limits import ClaimFence


class Sender(Protocol):
    """Sends requests to an account, as `activecampaign.client.Client` does."""

    def send(self, request: Request) -> Reply:
        """Send a request; never raises for network failures."""

    def close_thread(self) -> None:
        """Close this thread's connection."""


Result = TypeVar("Result")


class Rest(Protocol):
    """Rests while an office's database is away."""

    def to_the_end(self, operation: Callable[[], Result]) -> Result:
        """Return what an operation of the store does, tried again after each rest."""


class NoRest:
    """For people who wait: they are told at once."""

    def to_the_end(self, operation: Callable[[], Result]) -> Result:
        """Return what the operation does."""
        return operation()


class OutOfDateError(Exception):
    """The condition of a request is no longer true, so it was not sent."""


class GaveUp(StrEnum):
    """Why there is no reply."""

    STOPPED = "stopped"
    BUSY = "busy"
    LOST = "lost"
    """The claim that the request is for is no longer ours."""


_GAVE_UP: Final = MappingProxyType(
    {Grant.STOPPED: GaveUp.STOPPED, Grant.TOO_LATE: GaveUp.BUSY, Grant.LOST: GaveUp.LOST}
)


@dataclass(frozen=True)
class _Limit:
    """A rate limit that a request falls under, and what reads that it is exceeded."""

    account: str
    per_second: float
    read_busy: Callable[[Reply], Busy | None]


def _do_nothing() -> None: ...


def _is_valid() -> bool:
    return True


class RateLimitedSender:
    """Sends requests to one account; waits at most `patience` seconds in all for one that is busy.

    `fence` is the claim they are sent for: in an office none leaves once it is lost.
    `on_wait` is called about once a second while waiting, and `on_reply` with each reply, also with those of a busy
    account.
    """

    def __init__(
        self,
        sender: Sender,
        rate_limiter: RequestLimiter,
        now: Callable[[], float],
        account: str,
        per_second: float,
        *,
        stopping: Callable[[], bool],
        patience: float = rules.BUSY_LIMIT,
        busy_waited: float = 0.0,
        fence: ClaimFence | None = None,
        on_wait: Callable[[], None] = _do_nothing,
        on_reply: Callable[[Request, Reply], None] = lambda _request, _reply: None,
        rest: Rest | None = None,
    ) -> None:
        self._sender = sender
        self._rate_limiter = rate_limiter
        self._now = now
        self._limit = _Limit(account, per_second, lambda reply: responses.read_busy(reply, now()))
        self._bulk_limit = _Limit(bulk.bulk_line(account), bulk.A_MINUTE / 60, bulk.read_busy)
        self._stopping = stopping
        self._patience = patience
        self._fence = fence
        self._on_wait = on_wait
        self._on_reply = on_reply
        self._rest = rest or NoRest()
        self._expired_grants = 0
        self.busy_waited = busy_waited
        """Seconds waited for the busy account."""
        self.has_sent = False
        """Whether a request was sent, as far as can be known."""

    def send(
        self, request: Request, *, in_bulk: bool = False, is_valid: Callable[[], bool] = _is_valid
    ) -> Reply | GaveUp:
        """Send a request, and again for as long as the account is busy; return the reply.

        Bulk requests have a rate limit of their own, before the account's for all requests. Raise OutOfDateError where
        the request is no longer valid by the time it may be sent.
        """
        limits = (self._limit, self._bulk_limit) if in_bulk else (self._limit,)
        while True:
            for limit in reversed(limits):
                granted = self._rest.to_the_end(
                    partial(
                        self._rate_limiter.acquire,
                        limit.account,
                        limit.per_second,
                        stopping=self._stopping,
                        busy_budget=self._patience - self.busy_waited,
                        on_wait=self._on_wait,
                        fence=self._fence,
                    )
                )
                self.busy_waited += granted.busy_waited
                if granted.grant is not Grant.GRANTED:
                    return _GAVE_UP[granted.grant]
            if not is_valid():
                raise OutOfDateError
            if self._rate_limiter.has_expired(granted, self._expired_grants):
                self._expired_grants += 1
                continue
            self._expired_grants = 0
            sent_at = self._now()
            self.has_sent = True
            reply = self._sender.send(request)
            self._on_reply(request, reply)
            self._rate_limiter.record_reply(self._limit.account, reply)
            if not self._rest.to_the_end(partial(self._record_busy, limits, reply, sent_at)):
                return reply
            if self.busy_waited >= self._patience:
                return GaveUp.BUSY

    def _record_busy(self, limits: tuple[_Limit, ...], reply: Reply, sent_at: float) -> bool:
        """Record whether a reply is a busy account's; return it.

        A busy response counts for a second at least: else shorter waits would repeat the request endlessly.
        """
        for limit in limits:
            busy = limit.read_busy(reply)
            if busy is not None:
                waits = self._rate_limiter.record_busy(limit.account, busy.retry_after, sent_at)
                self.busy_waited += max(0.0, rules.BUSY_DEFAULT - waits)
                return True
            self._rate_limiter.record_success(limit.account, sent_at)
        return False
