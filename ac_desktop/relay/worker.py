"""One record's relay: the contact step, the consent guard, the list step (rules 5, 6, 7 and 8)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from ac_desktop.activecampaign import answers, calls
from ac_desktop.activecampaign.answers import ContactLost, ContactSaved, Refused
from ac_desktop.activecampaign.calls import Answer, Reply, Request
from ac_desktop.activecampaign.pace import Grant, Pace
from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog, StepLog
from ac_desktop.model.payload import RESUBSCRIBED_ON_PURPOSE, ContactPayload, ListPayload
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import Cause
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.consent import judge, why_held
from ac_desktop.store.claims import Claim, Ended
from ac_desktop.store.packing import LONGEST_RESPONSE
from ac_desktop.store.queue import Queue

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


_CONTACT_ROUNDS: Final = 2
"""The contact step and, where the contact is gone by the list step, its one redoing (rule 6)."""


class StepName(StrEnum):
    """The requests an attempt can make, as the log names them."""

    CONTACT = "contact"
    MEMBERSHIPS = "memberships"
    LIST = "list"


class Sender(Protocol):
    """Sends one request to an account; `activecampaign.client.Client` does."""

    def send(self, request: Request) -> Reply:
        """Send a request; never raises for what the network does."""

    def close_thread(self) -> None:
        """Close what this thread holds."""


class BrokenOffError(Exception):
    """The relay was told to stop, or its claim is no longer ours: nothing is counted."""


@dataclass(frozen=True, slots=True)
class _End:
    """How a relay ended, before it is put into the log."""

    end: rules.AttemptEnd
    reason: Reason | None = None


def _failure(refused: Refused) -> _End:
    return _End(rules.Failure(refused.cause), refused.reason)


class RecordRelay:
    """Relays one claimed record and gives what is to be kept of the attempt."""

    def __init__(
        self,
        claim: Claim,
        *,
        sender: Sender,
        pace: Pace,
        queue: Queue,
        clock: Clock,
        redactor: Redactor,
        stopping: Callable[[], bool],
    ) -> None:
        self._claim = claim
        self._sender = sender
        self._pace = pace
        self._queue = queue
        self._clock = clock
        self._redactor = redactor
        self._stopping = stopping
        self._settings = claim.connection.settings
        self._contact_payload = ContactPayload.of(claim.donor)
        self._list_payload: ListPayload | None = None
        self._steps: list[StepLog] = []
        self._started_at = clock.now()
        self._renewed_at = self._started_at
        self.busy_waited = claim.busy_waited

    def run(self) -> Ended:
        """Relay the record.

        Raises BrokenOffError where the relay is stopping or the claim was lost; then nothing is to be kept.
        """
        ended = self._relay()
        log = AttemptLog(
            started_at=self._started_at,
            duration_ms=round((self._clock.now() - self._started_at) * 1000),
            contact_payload=self._contact_payload,
            list_payload=self._list_payload,
            steps=tuple(self._steps),
        )
        return Ended(end=ended.end, reason=ended.reason, log=log, busy_waited=self.busy_waited)

    def _relay(self) -> _End:
        contact_id, created = self._claim.contact_id, self._claim.contact_created
        lost = ""
        for _ in range(_CONTACT_ROUNDS):
            if contact_id is None:
                saved = self._contact_step()
                if isinstance(saved, Refused):
                    return _failure(saved)
                contact_id, created = saved.contact_id, saved.created
            ended = self._list_step(contact_id, created=created)
            if not isinstance(ended, ContactLost):
                return ended
            lost, contact_id = contact_id, None
            self._mine(still=self._queue.forget_contact(self._claim, self._clock.now()))
        return _End(rules.Failure(Cause.PASSING), reason(ReasonCode.CONTACT_GONE, contact=lost))

    def _contact_step(self) -> ContactSaved | Refused:
        request = calls.sync_contact(self._contact_payload)
        reply = self._ask(StepName.CONTACT, request)
        saved = reply if isinstance(reply, Refused) else answers.read_contact(reply)
        if isinstance(saved, ContactSaved):
            now = self._clock.now()
            self._mine(still=self._queue.keep_contact(self._claim, saved.contact_id, created=saved.created, now=now))
        return saved

    def _list_step(self, contact_id: str, *, created: bool) -> _End | ContactLost:
        if self._settings.consent_guard and not created and not self._claim.resubscribe:
            guarded = self._guard(contact_id)
            if guarded is not None:
                return guarded
        return self._join(contact_id)

    def _guard(self, contact_id: str) -> _End | ContactLost | None:
        reply = self._ask(StepName.MEMBERSHIPS, calls.memberships(contact_id))
        found = reply if isinstance(reply, Refused) else answers.read_memberships(reply, contact_id=contact_id)
        if isinstance(found, Refused):
            return _failure(found)
        if isinstance(found, ContactLost):
            return found
        membership = found.on(self._settings.list_id)
        if membership is None:
            return None
        held = judge(membership, self._settings)
        return _End(rules.Guarded(), held) if held else _End(rules.Success())

    def _join(self, contact_id: str) -> _End | ContactLost:
        list_id = self._settings.list_id
        source_id = RESUBSCRIBED_ON_PURPOSE if self._claim.resubscribe else None
        self._list_payload = ListPayload(list_id, contact_id, source_id)
        reply = self._ask(StepName.LIST, calls.join_list(self._list_payload))
        if isinstance(reply, Refused):
            return _failure(reply)
        joined = answers.read_list(reply, list_id=list_id, contact_id=contact_id)
        if isinstance(joined, Refused):
            return _failure(joined)
        if isinstance(joined, ContactLost):
            return joined
        held = why_held(joined.status, self._settings)
        return _End(rules.Guarded(), held) if held else _End(rules.Success())

    def _ask(self, step: StepName, request: Request) -> Reply | Refused:
        """Send a request at the account's pace, and again for as long as the account is busy (rule 5)."""
        account = self._claim.connection.account
        while True:
            granted = self._pace.acquire(
                account,
                self._settings.pace,
                stopping=self._stopping,
                busy_budget=rules.BUSY_LIMIT - self.busy_waited,
                still_here=self._renew,
            )
            self.busy_waited += granted.busy_waited
            if granted.grant is Grant.STOPPED or (granted.grant is Grant.TOO_LATE and not self._steps):
                raise BrokenOffError
            if granted.grant is Grant.TOO_LATE:
                return Refused(Cause.PASSING, reason(ReasonCode.BUSY_TOO_LONG))
            reply = self._sender.send(request)
            self._steps.append(self._told(step, request, reply))
            busy = answers.read_busy(reply, self._clock.now())
            if busy is None:
                self._pace.well(account)
                return reply
            self._pace.busy(account, busy.told)

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

    def _renew(self) -> None:
        now = self._clock.now()
        if now - self._renewed_at >= rules.LEASE_RENEWAL:
            self._renewed_at = now
            self._mine(still=self._queue.renew(self._claim, now))

    def _mine(self, *, still: bool) -> None:
        if not still:
            raise BrokenOffError
