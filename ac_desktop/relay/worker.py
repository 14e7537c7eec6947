"""One record's relay: the contact step, the consent guard, the list step (rules 5, 6, 7 and 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ac_desktop.activecampaign import requests, responses
from ac_desktop.activecampaign.responses import ContactLost, ContactSaved, ContactUnnamed, FoundContact, Refused
from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog
from ac_desktop.model.payload import RESUBSCRIBED_ON_PURPOSE, ListPayload
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import Cause, Outcome
from ac_desktop.relay.consent import read_memberships, why_held, why_membership_held
from ac_desktop.relay.payloads import contact_payload, leaving, overwrites
from ac_desktop.relay.request_runner import OutOfDateError, RelayStoppedError, RequestContext, RequestRunner, StepName
from ac_desktop.store.queue.claims import AttemptResult, Claim
from ac_desktop.store.queue.queue import Queue

_CONTACT_ROUNDS: Final = 2
"""The contact step and, where the contact is gone by the list step, its one redoing (rule 6)."""


@dataclass(frozen=True, slots=True)
class _End:
    """How a relay ended, before it is put into the log."""

    end: rules.AttemptEnd
    reason: Reason | None = None


def _failure(refused: Refused) -> _End:
    return _End(rules.Failure(refused.cause), refused.reason)


class RecordRelay:
    """Relays one claimed record and keeps what became of it."""

    def __init__(
        self,
        claim: Claim,
        queue: Queue,
        means: RequestContext,
    ) -> None:
        self._claim = claim
        self._queue = queue
        self._clock = means.clock
        self._settings = claim.connection.settings
        self._contact_payload = contact_payload(claim.donor, outdated=claim.outdated)
        self._list_payload: ListPayload | None = None
        self._started_at = means.clock.now()
        self._was_new: bool | None = None
        self._known_at: float | None = None
        self._asking = RequestRunner(
            claim.connection,
            means,
            renew=lambda now: queue.renew(claim, now),
            busy_waited=claim.busy_waited,
        )

    def carry_out(self) -> None:
        """Relay the record. Raises BrokenOffError where the relay is stopping or the claim was lost."""
        self._ended = self._logged(self._relay())

    def keep(self) -> Mapping[Outcome, int]:
        """Keep what became of the record; returns how many records ended how."""
        settled = self._queue.finish(self._claim, self._ended, self._clock.now())
        return {settled.outcome: 1} if settled else {}

    def give_back(self) -> None:
        """Let the record wait again at its stored step, with nothing counted."""
        self._queue.release(self._claim, self._asking.busy_waited, self._clock.now())

    @property
    def has_asked(self) -> bool:
        """Whether a request left."""
        return self._asking.has_asked

    def fail(self, why: Reason, *, with_steps: bool) -> None:
        """Take a fault of ours as the attempt's end; without its steps where those cannot be kept."""
        self._ended = self._logged(_End(rules.Failure(Cause.PASSING), why), with_steps=with_steps)

    def _logged(self, ended: _End, *, with_steps: bool = True) -> AttemptResult:
        log = AttemptLog(
            started_at=self._started_at,
            duration_ms=round((self._clock.now() - self._started_at) * 1000),
            contact_payload=self._contact_payload,
            list_payload=self._list_payload,
            steps=tuple(self._asking.steps) if with_steps else (),
        )
        return AttemptResult(
            end=ended.end,
            reason=ended.reason,
            log=log,
            busy_waited=self._asking.busy_waited,
            was_new=self._was_new,
        )

    def _relay(self) -> _End:
        contact_id, lost = self._claim.contact_id, ""
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
            self._forget_contact()
        return _End(rules.Failure(Cause.PASSING), reason(ReasonCode.CONTACT_GONE, contact=lost))

    def _contact_step(self) -> ContactSaved | Refused:
        looked = self._leave_what_is_there()
        if looked is not None:
            return looked
        request = requests.sync_contact(self._contact_payload)
        reply = self._asking.ask(StepName.CONTACT, request)
        saved = (
            reply if isinstance(reply, Refused) else responses.read_contact(reply, email=self._contact_payload.email)
        )
        is_unnamed = isinstance(saved, ContactUnnamed)
        if isinstance(saved, ContactUnnamed):
            saved = self._look_up_whose_it_is()
        if isinstance(saved, ContactSaved):
            now = self._clock.now()
            self._was_new = None if is_unnamed else saved.created
            self._known_at = now if saved.created else None
            self._mine(still=self._queue.keep_contact(self._claim, saved.contact_id, now=now))
        return saved

    def _look_up_whose_it_is(self) -> ContactSaved | Refused:
        """Find the contact of our address, as an answer without it may speak of somebody else; created is then open."""
        found = self._look_up()
        if isinstance(found, Refused):
            return found
        if found is None:
            return Refused(Cause.PASSING, reason(ReasonCode.CONTACT_NOT_CONFIRMED))
        return ContactSaved(found.contact_id, created=False)

    def _look_up(self) -> FoundContact | Refused | None:
        email = self._contact_payload.email
        reply = self._asking.ask(StepName.LOOK, requests.contact_of(email))
        return reply if isinstance(reply, Refused) else responses.read_found(reply, email=email)

    def _leave_what_is_there(self) -> Refused | None:
        """Take out of the payload what the account has and the connection does not overwrite."""
        if not overwrites(self._contact_payload, self._settings.keep_fields):
            return None
        found = self._look_up()
        if isinstance(found, Refused):
            return found
        self._contact_payload = leaving(self._contact_payload, found, self._settings.keep_fields)
        return None

    def _list_step(self, contact_id: str) -> _End | ContactLost:
        """Put the contact onto the list, once it is known, in this attempt and just now, that they have not left it."""
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
        """Whether the list call may leave: what this attempt was told of the person is good for a minute alone."""
        if not self._settings.consent_guard or self._claim.resubscribe:
            return True
        if self._known_at is None:
            return False
        return 0 <= self._clock.now() - self._known_at <= rules.CONSENT_GOOD_FOR

    def _guard(self, contact_id: str) -> _End | ContactLost | None:
        self._known_at = None
        found = read_memberships(self._asking, contact_id, self._settings.list_id)
        if isinstance(found, Refused):
            if found.reason.code is ReasonCode.MEMBERSHIPS_UNCLEAR:
                # The contact may have been merged into another one, to which its address leads.
                self._forget_contact()
            return _failure(found)
        if isinstance(found, ContactLost):
            return found
        if found.standing is None:
            self._known_at = self._clock.now()
            return None
        held = why_membership_held(found.standing, self._settings)
        return _End(rules.HeldByGuard(), held) if held else _End(rules.Success())

    def _forget_contact(self) -> None:
        self._known_at = None
        self._mine(still=self._queue.forget_contact(self._claim, self._clock.now()))

    def _join(self, contact_id: str) -> _End | ContactLost:
        list_id = self._settings.list_id
        source_id = RESUBSCRIBED_ON_PURPOSE if self._claim.resubscribe else None
        self._list_payload = ListPayload(list_id, contact_id, source_id)
        reply = self._asking.ask(StepName.LIST, requests.join_list(self._list_payload), still_good=self._may_join)
        if isinstance(reply, Refused):
            return _failure(reply)
        joined = responses.read_list(reply, list_id=list_id, contact_id=contact_id)
        if isinstance(joined, Refused):
            return _failure(joined)
        if isinstance(joined, ContactLost):
            return joined
        held = why_held(joined.status, self._settings)
        return _End(rules.HeldByGuard(), held) if held else _End(rules.Success())

    def _mine(self, *, still: bool) -> None:
        if not still:
            raise RelayStoppedError
