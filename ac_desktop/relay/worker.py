"""One record's relay: the contact step, the consent guard, the list step (rules 5, 6, 7 and 8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from ac_desktop.activecampaign import requests, responses
from ac_desktop.activecampaign.rate_limited_sender import OutOfDateError
from ac_desktop.activecampaign.responses import ContactLost, ContactSaved, ContactUnnamed, FoundContact, Refused
from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog
from ac_desktop.model.payload import RESUBSCRIBED_ON_PURPOSE, ContactPayload, ListPayload
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import Cause, Outcome
from ac_desktop.relay.consent import read_memberships, why_held, why_membership_held
from ac_desktop.relay.list_reading import ListReading
from ac_desktop.relay.request_runner import RelayStoppedError, RequestContext, RequestRunner, StepName
from ac_desktop.store.queue.claims import AttemptResult, Claim
from ac_desktop.store.queue.queue import Queue

_CONTACT_ROUNDS: Final = 2
"""The contact step and, where the contact is gone by the list step, its one repetition (rule 6)."""


@dataclass(frozen=True, slots=True)
class _End:
    """The outcome of an attempt, before it is logged."""

    end: rules.AttemptEnd
    reason: Reason | None = None


def _failure(refused: Refused) -> _End:
    return _End(rules.Failure(refused.cause), refused.reason)


class RecordRelay:
    """Relays one claimed record and stores the outcome."""

    def __init__(
        self,
        claim: Claim,
        queue: Queue,
        context: RequestContext,
        list_reading: ListReading | None = None,
    ) -> None:
        """`list_reading` is what the relay reads of its list; None where it reads none."""
        self._claim = claim
        self._queue = queue
        self._clock = context.clock
        self._rest = context.rest
        self._stopping = context.stopping
        self._settings = claim.connection.settings
        self._contact_payload = ContactPayload.of(claim.donor, outdated=claim.outdated)
        self._list_payload: ListPayload | None = None
        self._started_at = context.clock.now()
        self._was_new: bool | None = None
        self._consent_read_at: float | None = None
        asks_memberships = self._settings.consent_guard and not claim.resubscribe
        self._list_reading = list_reading if asks_memberships else None
        self._runner = RequestRunner(
            claim.connection,
            context,
            renew=lambda now: queue.renew(claim, now),
            fence=claim.fence,
            busy_waited=claim.busy_waited,
        )

    def run(self) -> None:
        """Relay the record. Raise RelayStoppedError where the relay is stopping or the claim was lost."""
        refused = None
        if self._list_reading is not None:
            refused = self._list_reading.read_if_worthwhile(self._claim.connection, self._runner, self._waiting)
        ended = self._relay() if refused is None else _failure(refused)
        if self._list_reading is not None and isinstance(ended.end, rules.Success):
            self._list_reading.record(was_on_list=self._list_payload is None)
        self._result = self._result_of(ended)

    def store_result(self) -> Mapping[Outcome, int]:
        """Store the result; return the number of records by outcome."""
        then_claim = not self._stopping()
        applied = self._queue.finish(self._claim, self._result, self._clock.now(), then_claim=then_claim)
        return {applied.outcome: 1} if applied else {}

    def release(self) -> None:
        """Release the claim: the record waits at its stored step, and nothing is counted."""
        self._queue.release(self._claim, self._runner.busy_waited, self._clock.now())

    @property
    def has_sent(self) -> bool:
        """Whether a request was sent."""
        return self._runner.has_sent

    def fail(self, why: Reason, *, with_steps: bool) -> None:
        """Set a fault of our own as the outcome; without steps where those cannot be stored."""
        self._result = self._result_of(_End(rules.Failure(Cause.PASSING), why), with_steps=with_steps)

    def _result_of(self, ended: _End, *, with_steps: bool = True) -> AttemptResult:
        log = AttemptLog(
            started_at=self._started_at,
            duration_ms=round((self._clock.now() - self._started_at) * 1000),
            contact_payload=self._contact_payload,
            list_payload=self._list_payload,
            steps=tuple(self._runner.steps) if with_steps else (),
        )
        return AttemptResult(
            end=ended.end,
            reason=ended.reason,
            log=log,
            busy_waited=self._runner.busy_waited,
            was_new=self._was_new,
        )

    def _relay(self) -> _End:
        contact_id, lost = self._claim.contact_id or self._known_contact(), ""
        for _ in range(_CONTACT_ROUNDS):
            if contact_id is None:
                saved = self._contact_step()
                if isinstance(saved, Refused):
                    return _failure(saved)
                contact_id = saved.contact_id
            ended = self._list_step(contact_id)
            if not isinstance(ended, ContactLost):
                return ended
            lost, contact_id = contact_id, None
            self._clear_contact()
        return _End(rules.Failure(Cause.PASSING), reason(ReasonCode.CONTACT_GONE, contact=lost))

    def _waiting(self) -> int:
        return self._rest.to_the_end(partial(self._queue.counts, self._claim.connection.id)).waiting

    def _known_contact(self) -> str | None:
        """Return the donor's contact where the list showed it with the same values: the contact step is not needed."""
        connection, payload = self._claim.connection, self._contact_payload
        member = self._list_reading.take(connection, payload.email) if self._list_reading is not None else None
        if member is None or payload.keeping(member.values, self._settings.keep_fields).changes(member.values):
            return None
        self._was_new = False
        now = self._clock.now()
        self._require_claim(partial(self._queue.store_contact, self._claim, member.contact_id, now=now))
        return member.contact_id

    def _contact_step(self) -> ContactSaved | Refused:
        refused = self._drop_existing_values()
        if refused is not None:
            return refused
        request = requests.sync_contact(self._contact_payload)
        reply = self._runner.ask(StepName.CONTACT, request)
        saved = (
            reply if isinstance(reply, Refused) else responses.read_contact(reply, email=self._contact_payload.email)
        )
        is_unnamed = isinstance(saved, ContactUnnamed)
        if isinstance(saved, ContactUnnamed):
            saved = self._find_contact_of_address()
        if isinstance(saved, ContactSaved):
            now = self._clock.now()
            self._was_new = None if is_unnamed else saved.created
            self._consent_read_at = now if saved.created else None
            self._require_claim(partial(self._queue.store_contact, self._claim, saved.contact_id, now=now))
        return saved

    def _find_contact_of_address(self) -> ContactSaved | Refused:
        """Return the contact of our address, as a response without it may be about somebody else."""
        found = self._find_contact()
        if isinstance(found, Refused):
            return found
        if found is None:
            return Refused(Cause.PASSING, reason(ReasonCode.CONTACT_NOT_CONFIRMED))
        return ContactSaved(found.contact_id, created=False)

    def _find_contact(self) -> FoundContact | Refused | None:
        email = self._contact_payload.email
        reply = self._runner.ask(StepName.FIND, requests.contact_of(email))
        return reply if isinstance(reply, Refused) else responses.read_found(reply, email=email)

    def _drop_existing_values(self) -> Refused | None:
        """Remove the values from the payload that the account has and the connection does not overwrite."""
        if not self._contact_payload.overwrites(self._settings.keep_fields):
            return None
        found = self._find_contact()
        if isinstance(found, Refused):
            return found
        if found is not None:
            self._contact_payload = self._contact_payload.keeping(found.values, self._settings.keep_fields)
        return None

    def _list_step(self, contact_id: str) -> _End | ContactLost:
        """Put the contact onto the list, once this attempt has just read that they have not left it."""
        while True:
            if not self._may_join():
                guarded = self._guard(contact_id)
                if guarded is not None:
                    return guarded
            try:
                return self._join(contact_id)
            except OutOfDateError:
                self._list_payload = None

    def _may_join(self) -> bool:
        """Whether the list request may be sent: the memberships that this attempt read are valid for a minute."""
        if not self._settings.consent_guard or self._claim.resubscribe:
            return True
        if self._consent_read_at is None:
            return False
        return 0 <= self._clock.now() - self._consent_read_at <= rules.CONSENT_GOOD_FOR

    def _guard(self, contact_id: str) -> _End | ContactLost | None:
        self._consent_read_at = None
        found = read_memberships(self._runner, contact_id, self._settings.list_id)
        if isinstance(found, Refused):
            if found.reason.code is ReasonCode.MEMBERSHIPS_UNCLEAR:
                # The contact may have been merged into another one, to which its address leads.
                self._clear_contact()
            return _failure(found)
        if isinstance(found, ContactLost):
            return found
        if found.most_restrictive is None:
            self._consent_read_at = self._clock.now()
            return None
        held = why_membership_held(found.most_restrictive, self._settings)
        return _End(rules.HeldByGuard(), held) if held else _End(rules.Success())

    def _clear_contact(self) -> None:
        self._consent_read_at = None
        self._require_claim(partial(self._queue.clear_contact, self._claim, self._clock.now()))

    def _join(self, contact_id: str) -> _End | ContactLost:
        list_id = self._settings.list_id
        source_id = RESUBSCRIBED_ON_PURPOSE if self._claim.resubscribe else None
        self._list_payload = ListPayload(list_id, contact_id, source_id)
        reply = self._runner.ask(StepName.LIST, requests.join_list(self._list_payload), is_valid=self._may_join)
        if isinstance(reply, Refused):
            return _failure(reply)
        joined = responses.read_list(reply, list_id=list_id, contact_id=contact_id)
        if isinstance(joined, Refused):
            return _failure(joined)
        if isinstance(joined, ContactLost):
            return joined
        held = why_held(joined.status, self._settings)
        return _End(rules.HeldByGuard(), held) if held else _End(rules.Success())

    def _require_claim(self, write: Callable[[], bool]) -> None:
        """Write about the claimed record. Raise RelayStoppedError where the claim was lost."""
        if not self._rest.to_the_end(write):
            raise RelayStoppedError
