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
from ac_desktop.store.owners import Owners
from ac_desktop.store.seen_time import JUMP

GIVEN_BACK: Final = "state = 'waiting', owner = NULL, lease_until = NULL, changed_at = ?"
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
    contact_created: bool
    tries: int
    busy_waited: float
    resubscribe: bool = False
    outdated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a claim's attempt ended."""

    end: rules.AttemptEnd
    reason: Reason | None
    log: AttemptLog
    busy_waited: float = 0.0


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
class BulkEnded:
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


class Idle(StrEnum):
    """Why there is nothing to claim."""

    DONE = "done"
    STOPPED = "stopped"
    LATER = "later"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class NoClaim:
    """Nothing to claim: why, and from when on it is worth asking again (LATER only)."""

    idle: Idle
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

        The records of one bulk request are one attempt.
        """
        held = sql.execute(
            "SELECT owner, MIN(lease_until), COUNT(DISTINCT CASE WHEN bulk_batch_id IS NULL THEN id"
            " ELSE -bulk_batch_id END) FROM record WHERE connection_id = ? AND state = 'sending' GROUP BY owner",
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
        return live, live > 0

    def free_siblings(self, sql: sqlite3.Connection, connection: Connection, now: float) -> None:
        """Give back what dead processes held on the account's other connections, as it holds up the same people."""
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
