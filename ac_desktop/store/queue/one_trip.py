"""Claims and outcomes of single records in one round trip each, for a store that is at a distance.

The rules stay in Python: what is to be written is computed from the standing of the connection as last known, which
goes along. Where it is another one by now, or anything else is unexpected, nothing is written, and the caller takes the
long way, which reads first.
"""

import secrets
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.connection import CircuitState, Connection
from ac_desktop.store.agreed_time import STAMPED
from ac_desktop.store.connections import connections
from ac_desktop.store.errors import StoreError
from ac_desktop.store.history import history
from ac_desktop.store.ports import Database, Fragments, Planned, Row, Values, WriteScope
from ac_desktop.store.queue.claims import (
    CLAIM_COLUMNS,
    TOKEN_BITS,
    AttemptResult,
    Claim,
    Leases,
    claim_of,
    outcome_values,
    set_outcome,
)
from ac_desktop.store.queue.newer_donation import is_outdated
from ac_desktop.store.queue.waiting_owners import WaitingOwner, number_before

LONG_WAY_AFTER: Final = 30.0
"""Seconds after which a claim takes the long way, which also frees the claims of dead processes."""
AHEAD_KEEPS: Final = 1.0
"""Seconds for which a claim is kept that was made along with an outcome: it is for the worker that stores it."""
_STANDING: Final = "c.state = :known_state AND c.streak = :streak AND c.careful = :careful"
_SAME_STANDING: Final = f"""
    EXISTS (SELECT 1 FROM connection c WHERE c.id = :connection AND {_STANDING} AND c.wait_until = :wait_until)
"""
_MAY_BEGIN: Final = f"""
    EXISTS (SELECT 1 FROM connection c WHERE c.id = :connection AND {_STANDING} AND c.wait_until <= :now)
    AND NOT EXISTS (SELECT 1 FROM bulk_batch WHERE connection_id = :connection AND state IN ('taken', 'unread'))
    AND (SELECT COUNT(DISTINCT COALESCE(claim_token, -id)) FROM record
            WHERE connection_id = :connection AND state = 'sending')
        + (SELECT COUNT(*) FROM list_reading WHERE connection_id = :connection AND owner IS NOT NULL)
        + {{before}} < :allowed
"""
_HAS_OTHER_DATED: Final = """
    (donated_at <> '' AND EXISTS (
        SELECT 1 FROM email_at e {other}
        WHERE e.email = record.email AND other.id <> record.id AND other.donated_at <> ''
    )) AS has_other_dated
"""


@dataclass
class _KnownConnection:
    """A connection as last read or written, how long the short way may be taken, and what was claimed last."""

    connection: Connection
    until: float
    wish: "_Wish | None" = None


@dataclass(frozen=True)
class _Wish:
    """What to claim: the record whose ID `query` returns."""

    through: int
    query: str


@dataclass(frozen=True)
class _Ahead:
    """A claim that was made along with the outcome before it; it is for a worker that comes at once."""

    claim: Claim
    until: float


class OneTrip:
    """The short ways of one process; each returns None where the long way is to be taken."""

    def __init__(self, database: Database, leases: Leases, waiting: WaitingOwner, steady: Callable[[], float]) -> None:
        self._database = database
        self._leases = leases
        self._waiting = waiting
        self._steady = steady
        self._known: dict[int, _KnownConnection] = {}
        self._ahead: dict[int, deque[_Ahead]] = {}
        self.ahead_tokens: set[int] = set()
        """The tokens of what is being claimed, or is claimed, along with outcomes."""
        self.lost: set[int] = set()
        """The connections with claims whose answers may have been lost."""

    def note(self, connection: Connection) -> None:
        """Note a connection as the long way has read or written it."""
        self._known[connection.id] = _KnownConnection(connection, self._steady() + LONG_WAY_AFTER)

    def claim(self, connection_id: int, now: float, through: int, query: str) -> Claim | None:
        """Claim the record whose ID `query` returns."""
        known = self._known.get(connection_id)
        if known is None or self._steady() >= known.until:
            return None
        known.wish = _Wish(through, query)
        token = secrets.randbits(TOKEN_BITS)
        planned = self._planned_claim(known, known.connection.circuit, token, now)
        if planned is None:
            return None
        (found,) = self._database.at_once(planned)
        return self._claimed(known, found, token)

    def take_ahead(self, connection_id: int) -> list[Claim]:
        """Return all claims that were made along with outcomes, to be released."""
        return [one.claim for one in self._popped(connection_id)]

    def next_ahead(self, connection_id: int) -> tuple[Claim | None, list[Claim]]:
        """Return a claim made along with an outcome just now, and those that are too old: to be released."""
        old: list[Claim] = []
        for one in self._popped(connection_id):
            if self._steady() < one.until:
                return one.claim, old
            old.append(one.claim)
        return None, old

    def _popped(self, connection_id: int) -> Iterator[_Ahead]:
        ahead = self._ahead.get(connection_id, deque())
        with suppress(IndexError):
            while True:
                one = ahead.popleft()
                self.ahead_tokens.discard(one.claim.token)
                yield one

    def finish(
        self, claim: Claim, result: AttemptResult, now: float, *, then_claim: bool
    ) -> rules.AppliedOutcome | None:
        """Store an attempt and its outcome, but for one that makes the connection inactive.

        `then_claim` makes the next claim along with it.
        """
        connection_id = claim.connection.id
        known = self._known.get(connection_id) or _KnownConnection(claim.connection, 0.0)
        applied = rules.apply_outcome(known.connection.circuit, claim.tries, result.end, now)
        if applied.deactivated:
            return None
        planned = [self._planned_finish(known.connection.circuit, claim, result, applied, now)]
        token = secrets.randbits(TOKEN_BITS)
        if then_claim and self._steady() < known.until:
            ahead = self._planned_claim(known, applied.circuit, token, now)
            planned += [ahead] if ahead is not None else []
        if len(planned) > 1:
            self.ahead_tokens.add(token)
        try:
            (stored, *_), *found = self._database.at_once(*planned)
        except StoreError:
            if len(planned) > 1:
                self.lost.add(connection_id)
                self.ahead_tokens.discard(token)
            raise
        if stored:
            known.connection = replace(known.connection, circuit=applied.circuit)
        for rows in found:
            claimed = self._claimed(known, rows, token)
            if claimed is None:
                self.ahead_tokens.discard(token)
            else:
                one = _Ahead(claimed, self._steady() + AHEAD_KEEPS)
                self._ahead.setdefault(connection_id, deque()).append(one)
        return applied if stored else None

    def _planned_claim(self, known: _KnownConnection, circuit: CircuitState, token: int, now: float) -> Planned | None:
        wish, connection = known.wish, known.connection
        allowed = rules.allowed_in_flight(circuit)
        if wish is None or not rules.may_attempt(circuit, allowed - 1, now):
            return None
        values = {
            **_standing_values(circuit),
            "connection": connection.id,
            "account": connection.account,
            "now": now,
            "through": wish.through,
            "allowed": allowed,
            "owner": self._leases.me,
            "lease_until": now + rules.LEASE,
            "token": token,
        }
        read = connections.select_one(self._database.fragments)
        statements: list[tuple[str, Values]] = [
            (_claim_statement(self._database.fragments, wish.query), values),
            (read, (connection.id,)),
        ]
        return Planned(
            WriteScope.account_of(connection.id), statements + self._waiting.planned_claim(connection.id, now)
        )

    def _claimed(self, known: _KnownConnection, found: list[list[Row]], token: int) -> Claim | None:
        taken, read, *_ = found
        if read:
            # What another workstation changed meanwhile is why nothing was claimed, or that others hold all attempts.
            known.connection = connections.of_row(read[0])
        if not taken:
            return None
        (row,), connection = taken, known.connection
        outdated = bool(row["has_other_dated"]) and is_outdated(
            self._database, connection.account, row["id"], row["email"], row["donated_at"]
        )
        return claim_of(row, connection, token, outdated=outdated)

    def _planned_finish(
        self, circuit: CircuitState, claim: Claim, result: AttemptResult, applied: rules.AppliedOutcome, now: float
    ) -> Planned:
        connection_id = claim.connection.id
        values = {
            **outcome_values(result, applied),
            **_standing_values(circuit),
            "now": now,
            "record": claim.record_id,
            "token": claim.token,
            "connection": connection_id,
        }
        fragments = self._database.fragments
        return Planned(
            WriteScope.of(connection_id),
            (
                (f"{set_outcome(STAMPED.format(now=':now'), _SAME_STANDING)} RETURNING id", values),
                history.attempt_statement(
                    *(fragments, claim.token, connection_id, claim.record_id),
                    *(applied, result.end, result.reason, result.log),
                ),
                connections.circuit_statement(connection_id, applied.circuit, now, fragments.after_change),
            ),
        )


@lru_cache(maxsize=8)
def _claim_statement(fragments: Fragments, query: str) -> str:
    other = fragments.looked_up.format(table="record", name="other", id="e.record_id")
    return f"""
        UPDATE record SET state = 'sending', owner = :owner, lease_until = :lease_until, claim_token = :token,
            changed_at = :now, bulk_batch_id = NULL
        WHERE id = ({query}) AND {_MAY_BEGIN.format(before=number_before(fragments))}
        RETURNING {CLAIM_COLUMNS}, {_HAS_OTHER_DATED.format(other=other)}
    """


def _standing_values(circuit: CircuitState) -> dict[str, object]:
    return {
        "known_state": circuit.state.value,
        "streak": circuit.streak,
        "careful": int(circuit.careful),
        "wait_until": circuit.wait_until,
    }
