"""Asking an account within an attempt: at its pace, again while it is busy, every request and answer told (rule 5)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from ac_desktop.activecampaign import answers, bulk
from ac_desktop.activecampaign.answers import Refused
from ac_desktop.activecampaign.calls import Answer, Reply, Request
from ac_desktop.activecampaign.pace import Grant, Pace
from ac_desktop.model import rules
from ac_desktop.model.attempts import StepLog
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import Cause
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.courtesy import NOBODY_AT_WORK, Courtesy
from ac_desktop.store.packing import LONGEST_RESPONSE

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


class StepName(StrEnum):
    """The requests an attempt can make, as the log names them."""

    LOOK = "look"
    CONTACT = "contact"
    MEMBERSHIPS = "memberships"
    LIST = "list"
    BULK = "bulk"
    RESULT = "result"


class Sender(Protocol):
    """Sends one request to an account; `activecampaign.client.Client` does."""

    def send(self, request: Request) -> Reply:
        """Send a request; never raises for what the network does."""

    def close_thread(self) -> None:
        """Close what this thread holds."""


class BrokenOffError(Exception):
    """The relay was told to stop, or its claim is no longer ours: nothing is counted."""


@dataclass(frozen=True, kw_only=True)
class Means:
    """By what attempts ask their account; `stopping` says whether they are to break off."""

    sender: Sender
    pace: Pace
    clock: Clock
    redactor: Redactor
    stopping: Callable[[], bool]
    courtesy: Courtesy = NOBODY_AT_WORK


class Asking:
    """The requests of one attempt. `renew` lengthens the lease and says whether the claim is still ours."""

    def __init__(
        self,
        connection: Connection,
        means: Means,
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
        self._asked = False
        self.busy_waited = busy_waited
        self.steps = list(steps)

    def ask(self, step: StepName, request: Request) -> Reply | Refused:
        """Send a request at the account's pace, and again for as long as the account is busy."""
        while True:
            self._courtesy.give_way()
            late = self._granted(self._account, self._per_second)
            if late is not None:
                return late
            reply = self._send(step, request)
            if reply is not None:
                return reply

    def ask_bulk(self, request: Request) -> Reply | Refused:
        """Send a bulk request: its line has a pace of its own, before the account's for all requests."""
        gate = bulk.gate(self._account)
        while True:
            self._courtesy.give_way()
            late = self._granted(gate, bulk.A_MINUTE / 60) or self._granted(self._account, self._per_second)
            if late is not None:
                return late
            asked_at = self._clock.now()
            reply = self._send(StepName.BULK, request)
            if reply is None:
                continue
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
                raise BrokenOffError
            self._still_here()
            portion = min(left, _LONGEST_NAP)
            self._clock.nap(portion)
            left -= portion

    def _send(self, step: StepName, request: Request) -> Reply | None:
        """Send, and tell the log; None where the account is busy."""
        asked_at = self._clock.now()
        reply = self._sender.send(request)
        self._asked = True
        self._courtesy.give_way()
        self.steps.append(self._told(step, request, reply))
        self._pace.read_meter(self._account, reply)
        busy = answers.read_busy(reply, self._clock.now())
        if busy is None:
            self._pace.well(self._account, asked_at)
            return reply
        self._pace.busy(self._account, busy.told, asked_at)
        return None

    def _granted(self, line: str, per_second: float) -> Refused | None:
        granted = self._pace.acquire(
            line,
            per_second,
            stopping=self._stopping,
            busy_budget=rules.BUSY_LIMIT - self.busy_waited,
            still_here=self._still_here,
        )
        self.busy_waited += granted.busy_waited
        if granted.grant is Grant.STOPPED or (granted.grant is Grant.TOO_LATE and not self._asked):
            raise BrokenOffError
        if granted.grant is Grant.TOO_LATE:
            return Refused(Cause.PASSING, reason(ReasonCode.BUSY_TOO_LONG))
        return None

    def _still_here(self) -> None:
        now = self._clock.now()
        if abs(now - self._renewed_at) >= rules.LEASE_RENEWAL:
            self._renewed_at = now
            if not self._renew(now):
                raise BrokenOffError

    def _told(self, step: StepName, request: Request, reply: Reply) -> StepLog:
        told = StepLog(
            step=step.value,
            method=request.method,
            path=request.path,
            status=None,
            duration_ms=reply.duration_ms,
            request=request.body,
        )
        if not isinstance(reply, Answer):
            return replace(told, trouble=f"{reply.trouble.value} ({reply.detail})")
        kept = [name for name in _KEPT_HEADERS if name in reply.headers]
        text = self._redactor(reply.body[: LONGEST_RESPONSE * 4].decode(errors="replace"))
        return replace(
            told,
            status=reply.status,
            response=text[:LONGEST_RESPONSE],
            cut=len(text) > LONGEST_RESPONSE or not reply.complete,
            headers=tuple((name, self._redactor(reply.headers[name])) for name in kept),
        )
