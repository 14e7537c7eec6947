"""Asking an account within an attempt: at its pace, again while it is busy, every request and answer told (rule 5)."""

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

_KEPT_HEADERS: Final = (
    "content-type",
    "x-request-id",
    "cf-ray",
    "retry-after",
    "ratelimit-limit",
    "ratelimit-remaining",
    "x-ac-error",
    "location",
)
_LONGEST_NAP: Final = 1.0
MOST_KEPT: Final = 16 * LONGEST_RESPONSE
"""Characters of all the answers of one attempt that are kept: a busy account can give hundreds."""
_GOOD: Final = range(200, 300)


class StepName(StrEnum):
    """The requests an attempt can make, as the log names them."""

    LOOK = "look"
    CONTACT = "contact"
    MEMBERSHIPS = "memberships"
    LIST = "list"
    BULK = "bulk"
    RESULT = "result"
    MEMBERS = "members"
    """A page of a list: its answer stays out of the log, as most of the people on it are not this program's."""


class Sender(Protocol):
    """Sends one request to an account; `activecampaign.client.Client` does."""

    def send(self, request: Request) -> Reply:
        """Send a request; never raises for what the network does."""

    def close_thread(self) -> None:
        """Close what this thread holds."""


class OutOfDateError(Exception):
    """What a request rests on is no longer good, so that it did not leave."""


class RelayStoppedError(Exception):
    """The relay was told to stop, or its claim is no longer ours: nothing is counted."""


@dataclass(frozen=True, kw_only=True)
class RequestContext:
    """By what attempts ask their account; `stopping` says whether they are to break off."""

    sender: Sender
    pace: RateLimiter
    clock: Clock
    redactor: Redactor
    stopping: Callable[[], bool]
    courtesy: UiYield = NO_UI


class RequestRunner:
    """The requests of one attempt. `renew` lengthens the lease and says whether the claim is still ours."""

    def __init__(
        self,
        connection: Connection,
        means: RequestContext,
        *,
        renew: Callable[[float], bool],
        busy_waited: float = 0.0,
        steps: Iterable[StepLog] = (),
    ) -> None:
        self._account = connection.account
        self._per_second = connection.settings.pace
        self._sender = means.sender
        self._pace = means.pace
        self._clock = means.clock
        self._redactor = means.redactor
        self._courtesy = means.courtesy
        self._stopping = means.stopping
        self._renew = renew
        self._renewed_at = means.clock.now()
        self.has_asked = False
        """Whether a request left, as far as can be known: then how the attempt ends counts (rule 1)."""
        self._grant = Granted(Grant.STOPPED, 0.0)
        self._forfeited = 0
        self._room = MOST_KEPT
        self.busy_waited = busy_waited
        self.steps = list(steps)

    def ask(
        self, step: StepName, request: Request, *, still_good: Callable[[], bool] = lambda: True
    ) -> Reply | Refused:
        """Send a request at the account's pace, and again for as long as the account is busy.

        Raises OutOfDateError where it is no longer good by the time that it may leave.
        """
        while True:
            self._courtesy.give_way()
            late = self._granted(self._account, self._per_second)
            if late is not None:
                return late
            if not still_good():
                raise OutOfDateError
            reply = self._send(step, request)
            if reply is not None:
                return reply

    def ask_bulk(self, request: Request) -> Reply | Refused:
        """Send a bulk request: its line has a pace of its own, before the account's for all requests."""
        gate = bulk.bulk_line(self._account)
        while True:
            self._courtesy.give_way()
            late = self._granted(gate, bulk.A_MINUTE / 60) or self._granted(self._account, self._per_second)
            if late is not None:
                return late
            asked_at = self._clock.now()
            reply = self._send(StepName.BULK, request)
            if reply is None:
                continue
            if isinstance(reply, Refused):
                return reply
            busy = bulk.read_busy(reply)
            if busy is None:
                self._pace.well(gate, asked_at)
                return reply
            self._pace.busy(gate, busy.told, asked_at)

    def nap(self, seconds: float) -> None:
        """Let the seconds pass, in portions, with the lease kept. Raises BrokenOffError when stopping.

        The portions are counted: a clock that is set meanwhile makes the nap neither longer nor shorter.
        """
        left = seconds
        while left > 0:
            if self._stopping():
                raise RelayStoppedError
            self._still_here()
            portion = min(left, _LONGEST_NAP)
            self._clock.nap(portion)
            left -= portion

    def _send(self, step: StepName, request: Request) -> Reply | Refused | None:
        """Send, and tell the log; None where the account is busy, or the grant has lapsed.

        A busy answer counts for a second at least: else one that tells of less would be asked again without end.
        """
        if self._pace.has_lapsed(self._grant, self._forfeited):
            self._forfeited += 1
            return None
        self._forfeited = 0
        asked_at = self._clock.now()
        self.has_asked = True
        reply = self._sender.send(request)
        self._courtesy.give_way()
        self.steps.append(self._told(step, request, reply))
        self._pace.read_meter(self._account, reply)
        busy = responses.read_busy(reply, self._clock.now())
        if busy is None:
            self._pace.well(self._account, asked_at)
            return reply
        waits = self._pace.busy(self._account, busy.told, asked_at)
        self.busy_waited += max(0.0, rules.BUSY_DEFAULT - waits)
        if rules.busy_too_long(self.busy_waited):
            return Refused(Cause.PASSING, reason(ReasonCode.BUSY_TOO_LONG))
        return None

    def _granted(self, line: str, per_second: float) -> Refused | None:
        granted = self._pace.acquire(
            line,
            per_second,
            stopping=self._stopping,
            busy_budget=rules.BUSY_LIMIT - self.busy_waited,
            still_here=self._still_here,
        )
        self._grant = granted
        self.busy_waited += granted.busy_waited
        if granted.grant is Grant.STOPPED or (granted.grant is Grant.TOO_LATE and not self.has_asked):
            raise RelayStoppedError
        if granted.grant is Grant.TOO_LATE:
            return Refused(Cause.PASSING, reason(ReasonCode.BUSY_TOO_LONG))
        return None

    def _still_here(self) -> None:
        now = self._clock.now()
        if abs(now - self._renewed_at) >= rules.LEASE_RENEWAL:
            self._renewed_at = now
            if not self._renew(now):
                raise RelayStoppedError

    def _told(self, step: StepName, request: Request, reply: Reply) -> StepLog:
        told = StepLog(
            step=step.value,
            method=request.method,
            path=request.path,
            status=None,
            duration_ms=reply.duration_ms,
            request=request.body,
        )
        if not isinstance(reply, Response):
            return replace(told, trouble=f"{reply.trouble.value} ({reply.detail})")
        kept = [name for name in _KEPT_HEADERS if name in reply.headers]
        is_of_others = step is StepName.MEMBERS and reply.status in _GOOD
        body = b"" if is_of_others else reply.body[: LONGEST_RESPONSE * 4]
        text = self._redactor(body.decode(errors="replace"))
        room = min(LONGEST_RESPONSE, self._room)
        self._room -= min(len(text), room)
        return replace(
            told,
            status=reply.status,
            response=text[:room],
            cut=is_of_others or len(text) > room or not reply.complete,
            headers=tuple((name, self._redactor(reply.headers[name])) for name in kept),
        )
