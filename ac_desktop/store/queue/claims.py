"""Claims of records, their leases, and their results (rule 13)."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog, StepLog
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactPayload
from ac_desktop.model.rate_limits import ClaimFence, ClaimKind
from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import Cause, RecordState, Step
from ac_desktop.store.agreed_time import JUMP
from ac_desktop.store.connections import connections
from ac_desktop.store.ports import Owners, Row, Sql
from ac_desktop.store.statements import back_to_waiting

PAGE_RELEASED: Final = "owner = NULL, lease_until = NULL, claim_token = NULL"
TOKEN_BITS: Final = 62
LAST_RECORD: Final = (1 << 62) - 1
_CLAIMED: Final = """
    SELECT owner, MIN(lease_until) AS lease_until, COUNT(DISTINCT COALESCE(claim_token, -id)) AS attempts FROM record
    WHERE connection_id = ? AND state = 'sending' GROUP BY owner
"""


class Leases:
    """Counts attempts in flight, and releases the claims of dead processes.

    `steady` is a monotonic clock: the lease of an owner that nobody watches is over where it is not renewed for a whole
    lease's time, whatever the system's clock shows.
    """

    def __init__(self, owners: Owners, steady: Callable[[], float] = time.monotonic) -> None:
        self._owners = owners
        self._steady = steady
        self._unrenewed: dict[tuple[int, str], tuple[float, float]] = {}

    @property
    def me(self) -> str:
        """The owner name of this process."""
        return self._owners.me

    def is_dead(self, owner: str) -> bool:
        """Whether the owner is known to be dead."""
        return self._owners.is_dead(owner)

    def is_watched(self, owner: str) -> bool:
        """Whether the owner's end would be noticed, so that its lease says nothing."""
        return self._owners.is_watched(owner)

    def ready(self, sql: Sql, connection_id: int, now: float) -> Connection | None:
        """Return a connection that may attempt something now, once the claims of dead processes are released."""
        connection = connections.read(sql, connection_id)
        if connection is None:
            return None
        in_flight, _ = self.in_flight(sql, connection_id, now)
        return connection if rules.may_attempt(connection.circuit, in_flight, now) else None

    def in_flight(self, sql: Sql, connection_id: int, now: float) -> tuple[int, bool]:
        """Release the claims of dead processes; return the number of attempts in flight and whether there are any.

        The records of one claim are one attempt, and so is the page of a list that is read back.
        """
        live = 0
        for claimed in sql.rows(_CLAIMED, (connection_id,)):
            owner = claimed["owner"]
            if self._is_over(connection_id, owner, claimed["lease_until"], now):
                where = "connection_id = ? AND state = 'sending' AND owner = ?"
                back_to_waiting(sql, where, (connection_id, owner), now)
            else:
                live += claimed["attempts"]
        live += self._pages_in_flight(sql, connection_id, now)
        return live, live > 0

    def release_unknown(self, sql: Sql, connection_id: int, known: Collection[int], now: float) -> None:
        """Release this process's claims that are not among the known ones: their answers were lost, so none sent."""
        unknown = f"connection_id = ? AND owner = ? AND NOT (claim_token {sql.fragments.in_list})"
        values = (connection_id, self.me, sql.fragments.list_value(known))
        back_to_waiting(sql, f"state = 'sending' AND {unknown}", values, now)
        sql.execute(f"UPDATE list_reading SET {PAGE_RELEASED} WHERE {unknown}", values)

    def _pages_in_flight(self, sql: Sql, connection_id: int, now: float) -> int:
        """Return 1 where a page of the list is being read back, else 0; release it where its owner is dead."""
        page = sql.row(
            "SELECT owner, lease_until FROM list_reading WHERE connection_id = ? AND owner IS NOT NULL",
            (connection_id,),
        )
        if page is None:
            return 0
        if not self._is_over(connection_id, page["owner"], page["lease_until"], now):
            return 1
        sql.execute(f"UPDATE list_reading SET {PAGE_RELEASED} WHERE connection_id = ?", (connection_id,))
        return 0

    def free_siblings(self, sql: Sql, connection: Connection, now: float) -> None:
        """Release the claims of dead processes on the account's other connections, which block the same people."""
        siblings = sql.rows(
            "SELECT id FROM connection c WHERE account = ? AND id <> ? AND EXISTS"
            " (SELECT 1 FROM record WHERE connection_id = c.id AND state = 'sending')",
            (connection.account, connection.id),
        )
        for sibling in siblings:
            self.in_flight(sql, sibling["id"], now)

    def _is_over(self, connection_id: int, owner: str, lease_until: float, now: float) -> bool:
        """Whether a claim's owner is dead, or its lease over."""
        if owner == self.me:
            return False
        return self.is_dead(owner) or self._lease_over(connection_id, owner, lease_until, now)

    def _lease_over(self, connection_id: int, owner: str, lease_until: float, now: float) -> bool:
        """Whether the lease of an owner that nobody watches is over, by the clock or because it is not renewed.

        Where the clock shows an end more than a day ago, it may be wrong and the owner alive.
        """
        if self.is_watched(owner):
            return False
        kept, since = self._unrenewed.get((connection_id, owner), (None, 0.0))
        if kept != lease_until:
            since = self._steady()
            self._unrenewed[connection_id, owner] = (lease_until, since)
        return lease_until < now <= lease_until + JUMP or self._steady() - since > rules.LEASE


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claimed record: its donor, the next step, and its connection as of the claim.

    `outdated`: a newer donation of this person was sent, or is being sent, to the same account.
    """

    record_id: int
    token: int
    connection: Connection
    donor: Donor
    step: Step
    contact_id: str | None
    tries: int
    busy_waited: float
    resubscribe: bool = False
    outdated: bool = False

    @property
    def fence(self) -> ClaimFence:
        """What tells whether the claim is still ours."""
        return ClaimFence(ClaimKind.RECORD, self.record_id, self.token)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptResult:
    """The result of a claim's attempt; `was_new` is whether it created the contact: shown only, no relay reads it."""

    end: rules.AttemptEnd
    reason: Reason | None
    log: AttemptLog
    busy_waited: float = 0.0
    was_new: bool | None = None


@dataclass(frozen=True, slots=True)
class BulkMember:
    """One record of a bulk request."""

    record_id: int
    payload: ContactPayload
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkClaim:
    """Records of one bulk request, which is one attempt (rule 3).

    `taken_as` is ActiveCampaign's ID of the request where it was accepted already, by this process before or by one
    that has ended; then only its result is polled, and `steps` are those logged so far.
    """

    bulk_batch_id: int
    token: int
    connection: Connection
    members: tuple[BulkMember, ...]
    started_at: float
    taken_as: str = ""
    taken_at: float = 0.0
    steps: tuple[StepLog, ...] = ()

    @property
    def fence(self) -> ClaimFence:
        """What tells whether the claim is still ours."""
        return ClaimFence(ClaimKind.BULK, self.bulk_batch_id, self.token)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkResult:
    """The result of a bulk request, for all of its records except those that were refused by name.

    `refused` has those by record ID. `result_open`: it was accepted, and its result is still to be polled.
    `one_by_one`: its records are not sent in bulk again.
    """

    end: rules.AttemptEnd
    reason: Reason | None
    log: AttemptLog
    refused: Mapping[int, Reason] = field(default_factory=dict)
    result_open: bool = False
    one_by_one: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageClaim:
    """The next page of a list that is read back: the contacts with IDs above `after`; `unsettled` donors are sought."""

    token: int
    connection: Connection
    after: int
    unsettled: int
    started_at: float

    @property
    def fence(self) -> ClaimFence:
        """What tells whether the claim is still ours."""
        return ClaimFence(ClaimKind.PAGE, self.connection.id, self.token)


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleClaim:
    """A donor of a bulk request who is checked singly; `contact_id` is set where it is known."""

    token: int
    connection: Connection
    record_id: int
    email: str
    contact_id: int | None
    started_at: float

    @property
    def fence(self) -> ClaimFence:
        """What tells whether the claim is still ours."""
        return ClaimFence(ClaimKind.RECORD, self.record_id, self.token)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMember:
    """A contact as seen on the account's list: sent, or held for `why`; in doubt without a `why`."""

    email: str
    contact_id: int | None
    is_sent: bool = False
    why: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """The result of a page: a `failure`, or the contacts `seen` up to contact ID `last`.

    `check_singly`: the rest is checked singly, as pages are unreliable or need more requests.
    """

    log: AttemptLog
    failure: rules.Failure | None = None
    reason: Reason | None = None
    seen: tuple[SeenMember, ...] = ()
    last: int = 0
    is_last: bool = False
    check_singly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleResult:
    """The result of a single check: a `failure` for a `reason`, or how the donor was `seen`."""

    log: AttemptLog
    failure: rules.Failure | None = None
    reason: Reason | None = None
    seen: SeenMember | None = None


CLAIM_COLUMNS: Final = (
    "id, email, phone, first_name, last_name, page, page_name, team, source, step, contact_id, tries, busy_waited,"
    " resubscribe, donated_at"
)
"""The columns of a record that a claim has."""


def claim_of(row: Row, connection: Connection, token: int, *, outdated: bool) -> Claim:
    """Return the claim of a record, of whose row the first values are those of CLAIM_COLUMNS."""
    number, email, phone, first_name, last_name, page, page_name, team, source, *others = row
    step, contact_id, tries, busy_waited, resubscribe, *_ = others
    return Claim(
        record_id=number,
        token=token,
        connection=connection,
        donor=Donor(
            email=email,
            phone=phone,
            first_name=first_name,
            last_name=last_name,
            page=page,
            page_name=page_name,
            team=team,
            source=source,
        ),
        step=Step(step),
        contact_id=contact_id,
        tries=tries,
        busy_waited=busy_waited,
        resubscribe=bool(resubscribe),
        outdated=outdated,
    )


def set_outcome(changed_at: str, condition: str = "TRUE") -> str:
    """Return the statement that stores the outcome of a claimed record, unless the claim was lost."""
    return (
        "UPDATE record SET state = :state, resubscribe = CASE WHEN :state = 'held' THEN 0 ELSE resubscribe END,"
        " tries = :tries, next_try_at = :next_try_at, busy_waited = :busy_waited, cause = :cause, reason = :reason,"
        f" was_new = :was_new, owner = NULL, lease_until = NULL, changed_at = {changed_at}"
        f" WHERE id = :record AND state = 'sending' AND claim_token = :token AND {condition}"
    )


def outcome_values(result: AttemptResult, applied: rules.AppliedOutcome) -> dict[str, object]:
    """Return the values of `set_outcome`, but for the claim's."""
    cause = result.end.cause if isinstance(result.end, rules.Failure) else None
    waited = result.busy_waited
    if applied.state is not RecordState.WAITING or (cause is Cause.PASSING and rules.busy_too_long(waited)):
        waited = 0.0
    return {
        "state": applied.state.value,
        "tries": applied.tries,
        "next_try_at": applied.next_try_at,
        "busy_waited": waited,
        "cause": cause.value if cause else None,
        "reason": result.reason.to_json() if result.reason else None,
        "was_new": None if result.was_new is None or applied.state is not RecordState.SENT else int(result.was_new),
    }


class IdleReason(StrEnum):
    """Why there is nothing to claim."""

    DONE = "done"
    STOPPED = "stopped"
    LATER = "later"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class NoClaim:
    """Nothing to claim: why, and the time of the next try (LATER only)."""

    idle: IdleReason
    until: float = 0.0
