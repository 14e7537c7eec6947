"""Records in our hands: what a claim holds, how it ends, and the lease that keeps others from them (rule 13)."""

import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog, StepLog
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactPayload
from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import Step
from ac_desktop.store.privacy.agreed_time import JUMP
from ac_desktop.store.queue.owners import Owners

GIVEN_BACK: Final = "state = 'waiting', owner = NULL, lease_until = NULL, changed_at = ?"
PAGE_GIVEN_BACK: Final = "owner = NULL, lease_until = NULL, claim_token = NULL"
TOKEN_BITS: Final = 62
EVERY: Final = (1 << 62) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A record in our hands: its donor, the step to do, and its connection as it stood when it was claimed.

    `outdated`: a newer donation of this person has gone, or is going, to the same account.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptResult:
    """How a claim's attempt ended; `was_new` where it saw whether the contact was: for people, never for a relay."""

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
    """Records that go in one bulk request, which is one attempt (rule 3).

    `taken_as` is ActiveCampaign's number of the request where it has been taken already, by us before or by a
    process that has ended; then only its result is to be asked for, and `steps` tell what happened so far.
    """

    bulk_batch_id: int
    token: int
    connection: Connection
    members: tuple[BulkMember, ...]
    started_at: float
    taken_as: str = ""
    taken_at: float = 0.0
    steps: tuple[StepLog, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkResult:
    """How a bulk request ended: for all of its records, but for those that were refused by name.

    `refused` sets records aside by their number. `result_open`: it is taken, and its result is still to be asked.
    `one_by_one`: its records are not to go in bulk again.
    """

    end: rules.AttemptEnd
    reason: Reason | None
    log: AttemptLog
    refused: Mapping[int, Reason] = field(default_factory=dict)
    result_open: bool = False
    one_by_one: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageClaim:
    """The next page of a list that is read back: the contacts after number `after`; `unsettled` donors are sought."""

    token: int
    connection: Connection
    after: int
    unsettled: int
    started_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleClaim:
    """A donor of a bulk request who is asked about alone; `contact_id` is their contact's number where it is known."""

    token: int
    connection: Connection
    record_id: int
    email: str
    contact_id: int | None
    started_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How a contact was seen in the account: sent, or held for `why`; without a `why` that is still in doubt."""

    email: str
    contact_id: int | None
    is_sent: bool = False
    why: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """How the question for a page ended: with a `failure`, or with who was `seen` up to contact number `last`.

    `alone`: the rest is to be asked about one by one, as pages cannot be believed, or are more than the questions.
    """

    log: AttemptLog
    failure: rules.Failure | None = None
    reason: Reason | None = None
    seen: tuple[Seen, ...] = ()
    last: int = 0
    is_last: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleResult:
    """How the questions about one donor ended: with a `failure` for a `reason`, or with how they were `seen`."""

    log: AttemptLog
    failure: rules.Failure | None = None
    reason: Reason | None = None
    seen: Seen | None = None


class IdleReason(StrEnum):
    """Why there is nothing to claim."""

    DONE = "done"
    STOPPED = "stopped"
    LATER = "later"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class NoClaim:
    """Nothing to claim: why, and from when on it is worth asking again (LATER only)."""

    idle: IdleReason
    until: float = 0.0


class Leases:
    """Counts what is in flight, and takes from the dead what they held.

    `steady` is a clock that nobody sets: another computer's lease that stays as it is for so long is over, whatever
    the time is said to be.
    """

    def __init__(self, owners: Owners, steady: Callable[[], float] = time.monotonic) -> None:
        self._owners = owners
        self._steady = steady
        self._unrenewed: dict[tuple[int, str], tuple[float, float]] = {}

    @property
    def me(self) -> str:
        """The name of this process."""
        return self._owners.me

    def is_dead(self, owner: str) -> bool:
        """Whether the owner can be seen to be dead."""
        return self._owners.is_dead(owner)

    def is_here(self, owner: str) -> bool:
        """Whether the owner is, or was, a process of this computer."""
        return self._owners.is_here(owner)

    def in_flight(self, sql: sqlite3.Connection, connection_id: int, now: float) -> tuple[int, bool]:
        """Count live attempts, after giving back the claims of the dead; and say whether there are any.

        The records of one claim are one attempt, and so is the page of a list that is read back.
        """
        held = sql.execute(
            "SELECT owner, MIN(lease_until), COUNT(DISTINCT COALESCE(claim_token, -id)) FROM record"
            " WHERE connection_id = ? AND state = 'sending' GROUP BY owner",
            (connection_id,),
        ).fetchall()
        live = 0
        for owner, lease_until, number in held:
            if owner != self.me and (self.is_dead(owner) or self._lease_over(connection_id, owner, lease_until, now)):
                sql.execute(
                    f"UPDATE record SET {GIVEN_BACK} WHERE connection_id = ? AND state = 'sending' AND owner = ?",
                    (now, connection_id, owner),
                )
            else:
                live += number
        live += self._reading(sql, connection_id, now)
        return live, live > 0

    def _reading(self, sql: sqlite3.Connection, connection_id: int, now: float) -> int:
        """Count the page of the list that is being read back, after taking it from an owner who is dead."""
        row = sql.execute(
            "SELECT owner, lease_until FROM list_reading WHERE connection_id = ? AND owner IS NOT NULL",
            (connection_id,),
        ).fetchone()
        if row is None:
            return 0
        owner, lease_until = row
        if owner == self.me or not (self.is_dead(owner) or self._lease_over(connection_id, owner, lease_until, now)):
            return 1
        sql.execute(f"UPDATE list_reading SET {PAGE_GIVEN_BACK} WHERE connection_id = ?", (connection_id,))
        return 0

    def free_siblings(self, sql: sqlite3.Connection, connection: Connection, now: float) -> None:
        """Release what dead processes held on the account's other connections, as it holds up the same people."""
        siblings = sql.execute(
            "SELECT id FROM connection c WHERE account = ? AND id <> ? AND EXISTS"
            " (SELECT 1 FROM record WHERE connection_id = c.id AND state = 'sending')",
            (connection.account, connection.id),
        ).fetchall()
        for (number,) in siblings:
            self.in_flight(sql, number, now)

    def _lease_over(self, connection_id: int, owner: str, lease_until: float, now: float) -> bool:
        """Whether another computer's lease is over, by the clock or because it stays unrenewed.

        A clock that says that it ended more than a day ago may be wrong, and its owner alive.
        """
        if self.is_here(owner):
            return False
        kept, since = self._unrenewed.get((connection_id, owner), (None, 0.0))
        if kept != lease_until:
            since = self._steady()
            self._unrenewed[connection_id, owner] = (lease_until, since)
        return lease_until < now <= lease_until + JUMP or self._steady() - since > rules.LEASE
