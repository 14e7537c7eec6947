"""Attempts that read the list back after bulk requests, a page or one donor at a time (rule 17)."""

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
    ListPresence,
    Presence,
    check_single,
    not_on_list_reason,
    prefers_single_checks,
    presence_of,
    read_page,
    retry_while_passing,
)
from ac_desktop.relay.request_runner import RequestContext, RequestRunner
from ac_desktop.store.queue.claims import PageClaim, PageResult, SeenMember, SingleClaim, SingleResult
from ac_desktop.store.queue.read_back import ReadBackQueue

ReadClaim = TypeVar("ReadClaim", PageClaim, SingleClaim)


class _ReadBack(Generic[ReadClaim]):
    """What both ways of reading back share: the requests of one attempt, and its log."""

    def __init__(self, claim: ReadClaim, queue: ReadBackQueue, context: RequestContext) -> None:
        self._claim: ReadClaim = claim
        self._queue = queue
        self._clock = context.clock
        self._settings = claim.connection.settings
        self._runner = RequestRunner(
            claim.connection, context, renew=lambda now: queue.renew(claim, now), fence=claim.fence
        )

    @property
    def has_sent(self) -> bool:
        """Whether a request was sent."""
        return self._runner.has_sent

    def release(self) -> None:
        """Release the claim: the same is requested again, and nothing is counted."""
        self._queue.release(self._claim, self._clock.now())

    def _log(self, *, with_steps: bool = True) -> AttemptLog:
        started_at = self._claim.started_at
        return AttemptLog(
            started_at=started_at,
            duration_ms=round((self._clock.now() - started_at) * 1000),
            contact_payload=None,
            list_payload=None,
            steps=tuple(self._runner.steps) if with_steps else (),
        )


class PageReadBack(_ReadBack[PageClaim]):
    """Reads one page of the list and stores which of the sought donors are on it."""

    def run(self) -> None:
        """Request the page. Raise RelayStoppedError where the relay is stopping or the claim was lost."""
        request = partial(read_page, self._runner, self._settings.list_id, self._claim.after)
        self._result = self._read(retry_while_passing(self._runner, self._clock, request))

    def fail(self, why: Reason, *, with_steps: bool) -> None:
        """Set a fault of our own as the outcome; without steps where those cannot be stored."""
        log = self._log(with_steps=with_steps)
        self._result = PageResult(log=log, failure=rules.Failure(Cause.PASSING), reason=why)

    def store_result(self) -> Mapping[Outcome, int]:
        """Store the result; return the number of donors by outcome."""
        return self._queue.finish_page(self._claim, self._result, self._clock.now()) or {}

    def _read(self, page: MembersPage | NotByPages | Refused) -> PageResult:
        log = self._log()
        if isinstance(page, Refused):
            return PageResult(log=log, failure=rules.Failure(page.cause), reason=page.reason)
        if isinstance(page, NotByPages):
            return PageResult(log=log, check_singly=True)
        if page.is_last:
            return PageResult(log=log, is_last=True)
        seen = tuple(_seen(member, self._settings) for member in page.members)
        check_singly = prefers_single_checks(page, self._claim.unsettled)
        return PageResult(log=log, seen=seen, last=page.last, check_singly=check_singly)


class SingleReadBack(_ReadBack[SingleClaim]):
    """Checks one donor of a bulk request and stores their status on the list."""

    def run(self) -> None:
        """Send the requests. Raise RelayStoppedError where the relay is stopping or the claim was lost."""
        claim = self._claim
        request = partial(check_single, self._runner, self._settings.list_id, claim.email, claim.contact_id)
        self._result = self._read(retry_while_passing(self._runner, self._clock, request))

    def fail(self, why: Reason, *, with_steps: bool) -> None:
        """Set a fault of our own as the outcome; without steps where those cannot be stored."""
        log = self._log(with_steps=with_steps)
        self._result = SingleResult(log=log, failure=rules.Failure(Cause.PASSING), reason=why)

    def store_result(self) -> Mapping[Outcome, int]:
        """Store the result; return the number of donors by outcome."""
        return self._queue.finish_single(self._claim, self._result, self._clock.now()) or {}

    def _read(self, presence: ListPresence | Refused) -> SingleResult:
        log = self._log()
        if isinstance(presence, Refused):
            return SingleResult(log=log, failure=rules.Failure(presence.cause), reason=presence.reason)
        why = not_on_list_reason(presence, self._settings) or reason(ReasonCode.CONFIRMED_ALONE)
        is_sent = presence.presence is Presence.THERE
        seen = SeenMember(email=self._claim.email, contact_id=presence.contact_id, is_sent=is_sent, why=why)
        return SingleResult(log=log, seen=seen)


def _seen(member: Member, settings: ConnectionSettings) -> SeenMember:
    if member.status is None:
        return SeenMember(email=member.email, contact_id=member.contact_id)
    presence = presence_of(member.status, member.contact_id)
    why = not_on_list_reason(presence, settings) or reason(ReasonCode.FOUND_ON_LIST)
    is_sent = presence.presence is Presence.THERE
    return SeenMember(email=member.email, contact_id=member.contact_id, is_sent=is_sent, why=why)
