"""One bulk request up to its result: up to 250 records, one attempt (rules 3, 5, 7 and 13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from ac_desktop.activecampaign import bulk
from ac_desktop.activecampaign.bulk import (
    ImportAborted,
    ImportFinished,
    ImportQueued,
    ImportRefusalUnclear,
    ImportRejected,
    RejectedContact,
)
from ac_desktop.activecampaign.responses import Refused
from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import Cause, Outcome
from ac_desktop.relay.request_runner import RelayStoppedError, RequestContext, RequestRunner, StepName
from ac_desktop.store.queue.bulk_queue import BulkQueue
from ac_desktop.store.queue.claims import BulkClaim, BulkMember, BulkResult

ROUNDS: Final = 5
"""How often a request is repeated without the contacts named; then its records are relayed one by one."""
FIRST_POLL: Final = 3.0
POLL_GROWTH: Final = 1.5
LONGEST_POLL: Final = 30.0


@dataclass(frozen=True)
class _Taken:
    """The request was accepted: its ID, when, and the records refused."""

    number: str
    at: float
    refused: Mapping[int, Reason] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _BulkEnd:
    """The outcome of the attempt, before it is logged."""

    end: rules.AttemptEnd
    reason: Reason | None = None
    refused: Mapping[int, Reason] = field(default_factory=dict)
    result_open: bool = False
    one_by_one: bool = False


class BulkRelay:
    """Relays one bulk claim and stores the outcome."""

    def __init__(
        self,
        claim: BulkClaim,
        queue: BulkQueue,
        context: RequestContext,
    ) -> None:
        self._claim = claim
        self._queue = queue
        self._clock = context.clock
        self._rest = context.rest
        self._list_id = claim.connection.settings.list_id
        self._is_taken = bool(claim.taken_as)
        self._runner = RequestRunner(
            claim.connection,
            context,
            renew=lambda now: queue.renew(claim, now),
            fence=claim.fence,
            steps=claim.steps,
        )

    def run(self) -> None:
        """Relay the records. Raise RelayStoppedError where the relay is stopping or the claim was lost."""
        self._result = self._result_of(self._relay())

    def store_result(self) -> Mapping[Outcome, int]:
        """Store the result; return the number of records by outcome."""
        return self._queue.finish(self._claim, self._result, self._clock.now()) or {}

    @property
    def has_sent(self) -> bool:
        """Whether a request was sent."""
        return self._runner.has_sent

    def fail(self, why: Reason, *, with_steps: bool) -> None:
        """Set a fault of our own as the outcome; without steps where those cannot be stored.

        The result of an accepted request is still requested later; the donors of any other are relayed one by one.
        """
        end = _BulkEnd(
            end=rules.Failure(Cause.PASSING), reason=why, result_open=self._is_taken, one_by_one=not self._is_taken
        )
        self._result = self._result_of(end, with_steps=with_steps)

    def _result_of(self, ended: _BulkEnd, *, with_steps: bool = True) -> BulkResult:
        log = AttemptLog(
            started_at=self._claim.started_at,
            duration_ms=round((self._clock.now() - self._claim.started_at) * 1000),
            contact_payload=None,
            list_payload=None,
            steps=tuple(self._runner.steps) if with_steps else (),
        )
        return BulkResult(
            end=ended.end,
            reason=ended.reason,
            log=log,
            refused=ended.refused,
            result_open=ended.result_open,
            one_by_one=ended.one_by_one,
        )

    def release(self) -> None:
        """Release the claim: the records wait at their stored step, and nothing is counted."""
        self._queue.release(self._claim, self._clock.now())

    def _relay(self) -> _BulkEnd:
        if self._claim.taken_as:
            taken: _Taken | _BulkEnd = _Taken(self._claim.taken_as, self._claim.taken_at)
        else:
            taken = self._send(self._claim.members)
        return taken if isinstance(taken, _BulkEnd) else self._await_result(taken)

    def _send(self, members: Sequence[BulkMember]) -> _Taken | _BulkEnd:
        """Send the contacts, and again without those the account names.

        Records fail only once the others are accepted: only that proves that the right ones were named.
        """
        refused: dict[int, Reason] = {}
        for _ in range(ROUNDS):
            if not members:
                break
            payloads = [member.payload for member in members]
            reply = self._runner.ask(StepName.BULK, bulk.import_contacts(payloads, self._list_id))
            addresses = [payload.email for payload in payloads]
            read = reply if isinstance(reply, Refused) else bulk.read_taken(reply, addresses)
            match read:
                case ImportQueued(number):
                    return self._taken(number, refused)
                case ImportRejected(named):
                    refused |= _named_reasons(members, named)
                    members = [member for member in members if member.record_id not in refused]
                case ImportRefusalUnclear(detail):
                    return self._unclear(detail)
                case _:
                    return _BulkEnd(end=rules.Failure(read.cause), reason=read.reason)
        return self._unclear("; ".join(sorted({why.values["detail"] for why in refused.values()})))

    def _taken(self, number: str, refused: Mapping[int, Reason]) -> _Taken:
        now = self._clock.now()
        steps = tuple(self._runner.steps)
        if not self._rest.to_the_end(partial(self._queue.store_accepted, self._claim, number, refused, steps, now)):
            raise RelayStoppedError
        self._is_taken = True
        return _Taken(number, now, refused)

    @staticmethod
    def _unclear(detail: str) -> _BulkEnd:
        why = reason(ReasonCode.BULK_REFUSED, detail=detail)
        return _BulkEnd(end=rules.Failure(Cause.ACCOUNT), reason=why, one_by_one=True)

    def _await_result(self, taken: _Taken) -> _BulkEnd:
        """Poll the result, less and less often. Failed polls do not count: the request is known to be accepted."""
        addresses = [member.payload.email for member in self._claim.members]
        waited, pause = 0.0, FIRST_POLL
        self._runner.sleep(min(pause, taken.at + pause - self._clock.now()))
        while True:
            reply = self._runner.ask(StepName.RESULT, bulk.import_result(taken.number))
            read = reply if isinstance(reply, Refused) else bulk.read_result(reply, addresses)
            match read:
                case ImportFinished(failed):
                    return self._finished(failed, taken.refused)
                case ImportAborted(status):
                    why = reason(ReasonCode.BULK_NOT_FINISHED, status=status)
                    return _BulkEnd(end=rules.Failure(Cause.PASSING), reason=why, refused=taken.refused)
                case Refused(Cause.ACCOUNT, why):
                    return _BulkEnd(
                        end=rules.Failure(Cause.ACCOUNT), reason=why, refused=taken.refused, result_open=True
                    )
            if waited >= rules.BULK_PATIENCE:
                why = reason(ReasonCode.BULK_NO_RESULT, minutes=round(rules.BULK_PATIENCE / 60))
                return _BulkEnd(end=rules.Failure(Cause.PASSING), reason=why, refused=taken.refused)
            pause = min(pause * POLL_GROWTH, LONGEST_POLL)
            self._runner.sleep(pause)
            waited += pause

    def _finished(self, failed: Sequence[str], refused: Mapping[int, Reason]) -> _BulkEnd:
        """Fail the addresses the account names; whether the others are on the list is read back later (rule 17)."""
        all_refused = {
            member.record_id: reason(ReasonCode.BULK_FAILED_ADDRESS, detail=member.payload.email)
            for member in self._claim.members
            if member.payload.email in failed
        } | dict(refused)
        if len(all_refused) == len(self._claim.members):
            why = next(iter(all_refused.values()))
            return _BulkEnd(end=rules.Failure(Cause.DONOR), reason=why, refused=all_refused)
        return _BulkEnd(end=rules.Taken(), reason=reason(ReasonCode.BULK_TAKEN), refused=all_refused)


def _named_reasons(members: Sequence[BulkMember], named: Sequence[RejectedContact]) -> dict[int, Reason]:
    return {
        members[entry.place].record_id: reason(ReasonCode.BULK_FAILED_ADDRESS, detail=entry.detail) for entry in named
    }
