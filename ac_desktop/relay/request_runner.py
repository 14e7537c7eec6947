"""The requests of an attempt: within the rate limit, repeated while the account is busy, and logged (rule 5)."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import Final

from ac_desktop.activecampaign.rate_limited_sender import GaveUp, NoRest, RateLimitedSender, Rest, Sender
from ac_desktop.activecampaign.rate_limiter import RequestLimiter
from ac_desktop.activecampaign.requests import Reply, Request, Response
from ac_desktop.activecampaign.responses import Refused
from ac_desktop.model import rules
from ac_desktop.model.address import AccountAddress
from ac_desktop.model.attempts import StepLog
from ac_desktop.model.connection import Connection
from ac_desktop.model.rate_limits import ClaimFence
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import Cause
from ac_desktop.relay.clock import Clock
from ac_desktop.store.history.step_codec import LONGEST_RESPONSE

_LOGGED_HEADERS: Final = (
    "content-type",
    "x-request-id",
    "cf-ray",
    "retry-after",
    "ratelimit-limit",
    "ratelimit-remaining",
    "x-ac-error",
    "location",
)
_LONGEST_SLEEP: Final = 1.0
MOST_LOGGED: Final = 16 * LONGEST_RESPONSE
"""Characters of all the responses of one attempt that are logged: a busy account can give hundreds."""
_SUCCESS: Final = range(200, 300)


class StepName(StrEnum):
    """The kinds of requests of an attempt, as the log names them."""

    FIND = "look"
    CONTACT = "contact"
    MEMBERSHIPS = "memberships"
    LIST = "list"
    BULK = "bulk"
    RESULT = "result"
    MEMBERS = "members"
    """A page of a list: its response is not logged, as most of the people on it are not from this program."""


class AccountReadError(Exception):
    """What was read of an account is not as expected; the reason is shown to the person."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why.text)
        self.reason = why


class RelayStoppedError(Exception):
    """The relay is stopping, or its claim was lost: nothing is counted."""


@dataclass(frozen=True, kw_only=True)
class RequestContext:
    """What attempts need for their requests; `stopping` returns whether they have to stop.

    `rest` is for what they ask of the store in between.
    """

    sender: Sender
    rate_limiter: RequestLimiter
    clock: Clock
    redactor: Redactor
    stopping: Callable[[], bool]
    rest: Rest = field(default_factory=NoRest)


@dataclass(frozen=True)
class AccountAccess:
    """What it takes to send requests to an account for a person who waits, without a claim."""

    rate_limiter: RequestLimiter
    clock: Clock
    redactor: Redactor
    sender_for: Callable[[AccountAddress, str], Sender]

    @contextmanager
    def open(self, connection: Connection, key: str, stopping: Callable[[], bool]) -> Iterator[RequestContext]:
        """Enter the context of a connection's requests; its HTTP connection is closed at the end."""
        sender = self.sender_for(connection.settings.address, key)
        try:
            yield RequestContext(
                sender=sender,
                rate_limiter=self.rate_limiter,
                clock=self.clock,
                redactor=self.redactor,
                stopping=stopping,
            )
        finally:
            sender.close_thread()


def _has_no_claim(_now: float) -> bool:
    """Return True: there is no claim that could be lost."""
    return True


class RequestRunner:
    """Sends the requests of one attempt.

    `renew` extends the lease and returns whether the claim is still ours; by `fence` an office's server is asked the
    same before each request.
    """

    def __init__(
        self,
        connection: Connection,
        context: RequestContext,
        *,
        renew: Callable[[float], bool] = _has_no_claim,
        fence: ClaimFence | None = None,
        busy_waited: float = 0.0,
        steps: Iterable[StepLog] = (),
    ) -> None:
        self._clock = context.clock
        self._redactor = context.redactor
        self._stopping = context.stopping
        self._renew = renew
        self._rest = context.rest
        self._renewed_at = context.clock.now()
        self._step = StepName.CONTACT
        self._characters_left = MOST_LOGGED
        self._sender = RateLimitedSender(
            context.sender,
            context.rate_limiter,
            context.clock.now,
            connection.account,
            connection.settings.pace,
            stopping=context.stopping,
            busy_waited=busy_waited,
            fence=fence,
            on_wait=self._keep_lease,
            on_reply=self._log,
            rest=context.rest,
        )
        self.steps = list(steps)

    @property
    def has_sent(self) -> bool:
        """Whether a request was sent, as far as can be known: then the attempt's outcome counts (rule 1)."""
        return self._sender.has_sent

    @property
    def busy_waited(self) -> float:
        """Seconds waited for a busy account, those of the record's earlier attempts included."""
        return self._sender.busy_waited

    def ask(self, step: StepName, request: Request, *, is_valid: Callable[[], bool] = lambda: True) -> Reply | Refused:
        """Send a request within the rate limit, and again for as long as the account is busy; return the reply.

        Raise OutOfDateError where it is no longer valid by the time it may be sent, and RelayStoppedError where the
        relay is stopping, the claim was lost, or the account was busy for too long before anything was sent.
        """
        self._step = step
        reply = self._sender.send(request, in_bulk=step is StepName.BULK, is_valid=is_valid)
        if isinstance(reply, GaveUp) and (reply is not GaveUp.BUSY or not self.has_sent):
            raise RelayStoppedError
        return Refused(Cause.PASSING, reason(ReasonCode.BUSY_TOO_LONG)) if isinstance(reply, GaveUp) else reply

    def sleep(self, seconds: float) -> None:
        """Sleep in portions, renewing the lease. Raise RelayStoppedError when stopping.

        The portions are counted: a change of the system's clock makes the sleep neither longer nor shorter.
        """
        left = seconds
        while left > 0:
            if self._stopping():
                raise RelayStoppedError
            self._keep_lease()
            portion = min(left, _LONGEST_SLEEP)
            self._clock.sleep(portion)
            left -= portion

    def _keep_lease(self) -> None:
        now = self._clock.now()
        if abs(now - self._renewed_at) >= rules.LEASE_RENEWAL:
            self._renewed_at = now
            if not self._rest.to_the_end(partial(self._renew, now)):
                raise RelayStoppedError

    def _log(self, request: Request, reply: Reply) -> None:
        self.steps.append(self._step_log(self._step, request, reply))

    def _step_log(self, step: StepName, request: Request, reply: Reply) -> StepLog:
        log = StepLog(
            step=step.value,
            method=request.method,
            path=request.path,
            status=None,
            duration_ms=reply.duration_ms,
            request=request.body,
        )
        if not isinstance(reply, Response):
            return replace(log, trouble=f"{reply.trouble.value} ({reply.detail})")
        names = [name for name in _LOGGED_HEADERS if name in reply.headers]
        is_members_page = step is StepName.MEMBERS and reply.status in _SUCCESS
        body = b"" if is_members_page else reply.body[: LONGEST_RESPONSE * 4]
        text = self._redactor(body.decode(errors="replace"))
        room = min(LONGEST_RESPONSE, self._characters_left)
        self._characters_left -= min(len(text), room)
        return replace(
            log,
            status=reply.status,
            response=text[:room],
            cut=is_members_page or len(text) > room or not reply.complete,
            headers=tuple((name, self._redactor(reply.headers[name])) for name in names),
        )
