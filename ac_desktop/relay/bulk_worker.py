"""One bulk request from its leaving to its result: up to 250 records, one attempt (rules 3, 5, 7 and 13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
"""How often a request is sent again without the contacts named; then its records go one by one."""
FIRST_LOOK: Final = 3.0
LOOKS_GROW: Final = 1.5
LONGEST_LOOK: Final = 30.0


@dataclass(frozen=True)
class _Taken:
    """The request was taken: under which number, when, and without whom."""

    number: str
    at: float
    refused: Mapping[int, Reason] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _End:
    """How the attempt ended, before it is put into the log."""

    end: rules.AttemptEnd
    reason: Reason | None = None
    refused: Mapping[int, Reason] = field(default_factory=dict)
    result_open: bool = False
    one_by_one: bool = False


class BulkRelay:
    """Relays one bulk claim and keeps what became of its records."""

    def __init__(
        self,
        claim: BulkClaim,
        queue: BulkQueue,
        means: RequestContext,
    ) -> None:
        self._claim = claim
        self._queue = queue
        self._clock = means.clock
        self._list_id = claim.connection.settings.list_id
        self._is_taken = bool(claim.taken_as)
        self._asking = RequestRunner(
            claim.connection,
            means,
            renew=lambda now: queue.renew(claim, now),
            steps=claim.steps,
        )

    def carry_out(self) -> None:
        """Relay the records. Raises BrokenOffError where the relay is stopping or the claim was lost."""
        self._ended = self._logged(self._relay())

    def keep(self) -> Mapping[Outcome, int]:
        """Keep what became of the records; returns how many ended how."""
        return self._queue.finish(self._claim, self._ended, self._clock.now()) or {}

    @property
    def has_asked(self) -> bool:
        """Whether a request left."""
        return self._asking.has_asked

    def fail(self, why: Reason, *, with_steps: bool) -> None:
        """Take a fault of ours as the attempt's end; without its steps where those cannot be kept.

        The result of a request that was taken is still to be asked for; the donors of any other go one by one.
        """
        end = _End(
            end=rules.Failure(Cause.PASSING), reason=why, result_open=self._is_taken, one_by_one=not self._is_taken
        )
        self._ended = self._logged(end, with_steps=with_steps)

    def _logged(self, ended: _End, *, with_steps: bool = True) -> BulkResult:
        log = AttemptLog(
            started_at=self._claim.started_at,
            duration_ms=round((self._clock.now() - self._claim.started_at) * 1000),
            contact_payload=None,
            list_payload=None,
            steps=tuple(self._asking.steps) if with_steps else (),
        )
        return BulkResult(
            end=ended.end,
            reason=ended.reason,
            log=log,
            refused=ended.refused,
            result_open=ended.result_open,
            one_by_one=ended.one_by_one,
        )

    def give_back(self) -> None:
        """Let the records wait again at their stored step, with nothing counted."""
        self._queue.release(self._claim, self._clock.now())

    def _relay(self) -> _End:
        if self._claim.taken_as:
            taken: _Taken | _End = _Taken(self._claim.taken_as, self._claim.taken_at)
        else:
            taken = self._send(self._claim.members)
        return taken if isinstance(taken, _End) else self._await_result(taken)

    def _send(self, members: Sequence[BulkMember]) -> _Taken | _End:
        """Send the contacts; again without those the account names.

        Only when the others are taken is it sure that the right ones were named, and only then does anyone fail.
        """
        refused: dict[int, Reason] = {}
        for _ in range(ROUNDS):
            if not members:
                break
            payloads = [member.payload for member in members]
            reply = self._asking.ask_bulk(bulk.import_contacts(payloads, self._list_id))
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
                    return _End(end=rules.Failure(read.cause), reason=read.reason)
        return self._unclear("; ".join(sorted({why.values["detail"] for why in refused.values()})))

    def _taken(self, number: str, refused: Mapping[int, Reason]) -> _Taken:
        now = self._clock.now()
        if not self._queue.keep_taken(self._claim, number, refused, tuple(self._asking.steps), now):
            raise RelayStoppedError
        self._is_taken = True
        return _Taken(number, now, refused)

    @staticmethod
    def _unclear(detail: str) -> _End:
        why = reason(ReasonCode.BULK_REFUSED, detail=detail)
        return _End(end=rules.Failure(Cause.ACCOUNT), reason=why, one_by_one=True)

    def _await_result(self, taken: _Taken) -> _End:
        """Ask for the result, less and less often. Trouble on the way does not count: the request is known taken."""
        addresses = [member.payload.email for member in self._claim.members]
        waited, pause = 0.0, FIRST_LOOK
        self._asking.nap(min(pause, taken.at + pause - self._clock.now()))
        while True:
            reply = self._asking.ask(StepName.RESULT, bulk.import_result(taken.number))
            read = reply if isinstance(reply, Refused) else bulk.read_result(reply, addresses)
            match read:
                case ImportFinished(failed):
                    return self._finished(failed, taken.refused)
                case ImportAborted(status):
                    why = reason(ReasonCode.BULK_NOT_FINISHED, status=status)
                    return _End(end=rules.Failure(Cause.PASSING), reason=why, refused=taken.refused)
                case Refused(Cause.ACCOUNT, why):
                    return _End(end=rules.Failure(Cause.ACCOUNT), reason=why, refused=taken.refused, result_open=True)
            if waited >= rules.BULK_PATIENCE:
                why = reason(ReasonCode.BULK_NO_RESULT, minutes=round(rules.BULK_PATIENCE / 60))
                return _End(end=rules.Failure(Cause.PASSING), reason=why, refused=taken.refused)
            pause = min(pause * LOOKS_GROW, LONGEST_LOOK)
            self._asking.nap(pause)
            waited += pause

    def _finished(self, failed: Sequence[str], refused: Mapping[int, Reason]) -> _End:
        """Fail the addresses the account names; of the others only the list can say whether they arrived (rule 17)."""
        all_refused = {
            member.record_id: reason(ReasonCode.BULK_FAILED_ADDRESS, detail=member.payload.email)
            for member in self._claim.members
            if member.payload.email in failed
        } | dict(refused)
        if len(all_refused) == len(self._claim.members):
            why = next(iter(all_refused.values()))
            return _End(end=rules.Failure(Cause.DONOR), reason=why, refused=all_refused)
        return _End(end=rules.Taken(), reason=reason(ReasonCode.BULK_TAKEN), refused=all_refused)


def _named_reasons(members: Sequence[BulkMember], named: Sequence[RejectedContact]) -> dict[int, Reason]:
    return {
        members[entry.place].record_id: reason(ReasonCode.BULK_FAILED_ADDRESS, detail=entry.detail) for entry in named
    }
