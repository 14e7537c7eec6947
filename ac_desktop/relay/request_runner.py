"""The requests of an attempt: within the rate limit, repeated while the account is busy, and logged (rule 5)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from ac_desktop.activecampaign import bulk, responses
from ac_desktop.activecampaign.rate_limiter import Grant, Granted, RateLimiter
from ac_desktop.activecampaign.requests import Reply, Request, Response
from ac_desktop.activecampaign.responses import Refused
from ac_desktop.model import rules
from ac_desktop.model.attempts import StepLog
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import Cause
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.ui_yield import NO_UI, UiYield
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


class Sender(Protocol):
    """Sends requests to an account, as `activecampaign.client.Client` does."""

    def send(self, request: Request) -> Reply:
        """Send a request; never raises for network failures."""

    def close_thread(self) -> None:
        """Close this thread's connection."""


class OutOfDateError(Exception):
    """The condition of a request is no longer true, so it was not sent."""


class RelayStoppedError(Exception):
    """The relay is stopping, or its claim was lost: nothing is counted."""


@dataclass(frozen=True, kw_only=True)
class RequestContext:
    """What attempts need for their requests; `stopping` returns whether they have to stop."""

    sender: Sender
    rate_limiter: RateLimiter
    clock: Clock
    redactor: Redactor
    stopping: Callable[[], bool]
    ui_yield: UiYield = NO_UI


class RequestRunner:
    """Sends the requests of one attempt. `renew` extends the lease and returns whether the claim is still ours."""

    def __init__(
        self,
        connection: Connection,
        context: RequestContext,
        *,
        renew: Callable[[float], bool],
        busy_waited: float = 0.0,
        steps: Iterable[StepLog] = (),
    ) -> None:
        self._account = connection.account
        self._per_second = connection.settings.pace
        self._sender = context.sender
        self._rate_limiter = context.rate_limiter
        self._clock = context.clock
        self._redactor = context.redactor
        self._ui_yield = context.ui_yield
        self._stopping = context.stopping
        self._renew = renew
        self._renewed_at = context.clock.now()
        self.has_sent = False
        """Whether a request was sent, as far as can be known: then the attempt's outcome counts (rule 1)."""
        self._grant = Granted(Grant.STOPPED, 0.0)
        self._expired_grants = 0
        self._characters_left = MOST_LOGGED
        self.busy_waited = busy_waited
        self.steps = list(steps)

    def ask(self, step: StepName, request: Request, *, is_valid: Callable[[], bool] = lambda: True) -> Reply | Refused:
        """Send a request within the rate limit, and again for as long as the account is busy; return the reply.

        Raise OutOfDateError where it is no longer valid by the time it may be sent.
        """
        while True:
            self._ui_yield.wait_while_busy()
            late = self._acquire(self._account, self._per_second)
            if late is not None:
                return late
            if not is_valid():
                raise OutOfDateError
            reply = self._send(step, request)
            if reply is not None:
                return reply

    def ask_bulk(self, request: Request) -> Reply | Refused:
        """Send a bulk request: bulk requests have a rate limit of their own, before the account's for all requests."""
        bulk_account = bulk.bulk_line(self._account)
        while True:
            self._ui_yield.wait_while_busy()
            late = self._acquire(bulk_account, bulk.A_MINUTE / 60) or self._acquire(self._account, self._per_second)
            if late is not None:
                return late
            sent_at = self._clock.now()
            reply = self._send(StepName.BULK, request)
            if reply is None:
                continue
            if isinstance(reply, Refused):
                return reply
            busy = bulk.read_busy(reply)
            if busy is None:
                self._rate_limiter.record_success(bulk_account, sent_at)
                return reply
            self._rate_limiter.record_busy(bulk_account, busy.retry_after, sent_at)

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

    def _send(self, step: StepName, request: Request) -> Reply | Refused | None:
        """Send and log a request; return None where the account is busy, or the grant has expired.

        A busy response counts for a second at least: else shorter waits would repeat the request endlessly.
        """
        if self._rate_limiter.has_expired(self._grant, self._expired_grants):
            self._expired_grants += 1
            return None
        self._expired_grants = 0
        sent_at = self._clock.now()
        self.has_sent = True
        reply = self._sender.send(request)
        self._ui_yield.wait_while_busy()
        self.steps.append(self._step_log(step, request, reply))
        self._rate_limiter.record_reply(self._account, reply)
        busy = responses.read_busy(reply, self._clock.now())
        if busy is None:
            self._rate_limiter.record_success(self._account, sent_at)
            return reply
        waits = self._rate_limiter.record_busy(self._account, busy.retry_after, sent_at)
        self.busy_waited += max(0.0, rules.BUSY_DEFAULT - waits)
        if rules.busy_too_long(self.busy_waited):
            return Refused(Cause.PASSING, reason(ReasonCode.BUSY_TOO_LONG))
        return None

    def _acquire(self, account: str, per_second: float) -> Refused | None:
        granted = self._rate_limiter.acquire(
            account,
            per_second,
            stopping=self._stopping,
            busy_budget=rules.BUSY_LIMIT - self.busy_waited,
            on_wait=self._keep_lease,
        )
        self._grant = granted
        self.busy_waited += granted.busy_waited
        if granted.grant is Grant.STOPPED or (granted.grant is Grant.TOO_LATE and not self.has_sent):
            raise RelayStoppedError
        if granted.grant is Grant.TOO_LATE:
            return Refused(Cause.PASSING, reason(ReasonCode.BUSY_TOO_LONG))
        return None

    def _keep_lease(self) -> None:
        now = self._clock.now()
        if abs(now - self._renewed_at) >= rules.LEASE_RENEWAL:
            self._renewed_at = now
            if not self._renew(now):
                raise RelayStoppedError

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
