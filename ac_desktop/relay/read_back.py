"""Reading the list back after bulk requests, a page or one donor at a time, on the relay's threads (rule 17)."""

from collections.abc import Mapping
from functools import partial
from typing import Generic, TypeVar

from ac_desktop.activecampaign.list_members import Member, MembersPage, NotByPages
from ac_desktop.activecampaign.responses import Refused
from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import Cause, Outcome
from ac_desktop.relay.reconciliation import (
    Presence,
    Standing,
    ask_alone,
    is_rather_alone,
    patiently,
    read_page,
    standing_of,
    why_not_there,
)
from ac_desktop.relay.request_runner import RequestContext, RequestRunner
from ac_desktop.store.queue.claims import AloneClaim, AloneEnded, PageClaim, PageEnded, Seen
from ac_desktop.store.queue.read_back import ReadBackQueue

ReadClaim = TypeVar("ReadClaim", PageClaim, AloneClaim)


class _ReadBack(Generic[ReadClaim]):
    """What both ways of reading back share: the requests of one attempt, and its log."""

    def __init__(self, claim: ReadClaim, queue: ReadBackQueue, means: RequestContext) -> None:
        self._claim: ReadClaim = claim
        self._queue = queue
        self._clock = means.clock
        self._settings = claim.connection.settings
        self._asking = RequestRunner(claim.connection, means, renew=lambda now: queue.renew(claim, now))

    @property
    def has_asked(self) -> bool:
        """Whether a request left."""
        return self._asking.has_asked

    def give_back(self) -> None:
        """Let the same be asked again, with nothing counted."""
        self._queue.release(self._claim, self._clock.now())

    def _log(self, *, with_steps: bool = True) -> AttemptLog:
        began = self._claim.started_at
        return AttemptLog(
            started_at=began,
            duration_ms=round((self._clock.now() - began) * 1000),
            contact_payload=None,
            list_payload=None,
            steps=tuple(self._asking.steps) if with_steps else (),
        )


class PageReadBack(_ReadBack[PageClaim]):
    """Reads one page of the list and keeps whom of the donors sought it shows."""

    def carry_out(self) -> None:
        """Ask for the page. Raises BrokenOffError where the relay is stopping or the claim was lost."""
        question = partial(read_page, self._asking, self._settings.list_id, self._claim.after)
        self._ended = self._read(patiently(self._asking, self._clock, question))

    def fail(self, why: Reason, *, with_steps: bool) -> None:
        """Take a fault of ours as the attempt's end; without its steps where those cannot be kept."""
        log = self._log(with_steps=with_steps)
        self._ended = PageEnded(log=log, failure=rules.Failure(Cause.PASSING), reason=why)

    def keep(self) -> Mapping[Outcome, int]:
        """Keep what the page showed; returns how many donors ended how."""
        return self._queue.finish_page(self._claim, self._ended, self._clock.now()) or {}

    def _read(self, page: MembersPage | NotByPages | Refused) -> PageEnded:
        log = self._log()
        if isinstance(page, Refused):
            return PageEnded(log=log, failure=rules.Failure(page.cause), reason=page.reason)
        if isinstance(page, NotByPages):
            return PageEnded(log=log, alone=True)
        if page.is_last:
            return PageEnded(log=log, is_last=True)
        seen = tuple(_seen(member, self._settings) for member in page.members)
        alone = is_rather_alone(page, self._claim.unsettled)
        return PageEnded(log=log, seen=seen, last=page.last, alone=alone)


class AloneReadBack(_ReadBack[AloneClaim]):
    """Asks about one donor of a bulk request and keeps how they stand on the list."""

    def carry_out(self) -> None:
        """Ask. Raises BrokenOffError where the relay is stopping or the claim was lost."""
        claim = self._claim
        question = partial(ask_alone, self._asking, self._settings.list_id, claim.email, claim.contact_id)
        self._ended = self._read(patiently(self._asking, self._clock, question))

    def fail(self, why: Reason, *, with_steps: bool) -> None:
        """Take a fault of ours as the attempt's end; without its steps where those cannot be kept."""
        log = self._log(with_steps=with_steps)
        self._ended = AloneEnded(log=log, failure=rules.Failure(Cause.PASSING), reason=why)

    def keep(self) -> Mapping[Outcome, int]:
        """Keep how the donor stands; returns how many ended how."""
        return self._queue.finish_alone(self._claim, self._ended, self._clock.now()) or {}

    def _read(self, standing: Standing | Refused) -> AloneEnded:
        log = self._log()
        if isinstance(standing, Refused):
            return AloneEnded(log=log, failure=rules.Failure(standing.cause), reason=standing.reason)
        why = why_not_there(standing, self._settings) or reason(ReasonCode.CONFIRMED_ALONE)
        is_sent = standing.presence is Presence.THERE
        seen = Seen(email=self._claim.email, contact_id=standing.contact_id, is_sent=is_sent, why=why)
        return AloneEnded(log=log, seen=seen)


def _seen(member: Member, settings: ConnectionSettings) -> Seen:
    if member.status is None:
        return Seen(email=member.email, contact_id=member.contact_id)
    standing = standing_of(member.status, member.contact_id)
    why = why_not_there(standing, settings) or reason(ReasonCode.FOUND_ON_LIST)
    is_sent = standing.presence is Presence.THERE
    return Seen(email=member.email, contact_id=member.contact_id, is_sent=is_sent, why=why)
