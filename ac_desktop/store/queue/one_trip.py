"""Claims and outcomes of single records in one round trip each, for a store that is at a distance.

The rules stay in Python: what is to be written is computed from the standing of the connection as last known, which
goes along. Where it is another one by now, or anything else is unexpected, nothing is written, and the caller takes the
long way, which reads first.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.connection import CircuitState, Connection
from ac_desktop.store.agreed_time import STAMPED
from ac_desktop.store.connections import connections
from ac_desktop.store.history import history
from ac_desktop.store.ports import Database, WriteScope
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

LONG_WAY_AFTER: Final = 30.0
"""Seconds after which a claim takes the long way, which also frees the claims of dead processes."""
_STANDING: Final = "c.state = :known_state AND c.streak = :streak AND c.careful = :careful"
_SAME_STANDING: Final = f"""
    EXISTS (SELECT 1 FROM connection c WHERE c.id = :connection AND {_STANDING} AND c.wait_until = :wait_until)
"""
_MAY_BEGIN: Final = f"""
    EXISTS (SELECT 1 FROM connection c WHERE c.id = :connection AND {_STANDING} AND c.wait_until <= :now)
    AND NOT EXISTS (SELECT 1 FROM bulk_batch WHERE connection_id = :connection AND state IN ('taken', 'unread'))
    AND (SELECT COUNT(DISTINCT COALESCE(claim_token, -id)) FROM record
            WHERE connection_id = :connection AND state = 'sending')
        + (SELECT COUNT(*) FROM list_reading WHERE connection_id = :connection AND owner IS NOT NULL) < :allowed
"""
_HAS_OTHER_DATED: Final = """
    (donated_at <> '' AND EXISTS (
        SELECT 1 FROM email_at e JOIN record other ON other.id = e.record_id
        WHERE e.email = record.email AND other.id <> record.id AND other.donated_at <> ''
    )) AS has_other_dated
"""


@dataclass
class _KnownConnection:
    """A connection as last read or written, and how long the short way may be taken."""

    connection: Connection
    until: float


class OneTrip:
    """The short ways of one process; each returns None where the long way is to be taken."""

    def __init__(self, database: Database, leases: Leases, steady: Callable[[], float]) -> None:
        self._database = database
        self._leases = leases
        self._steady = steady
        self._known: dict[int, _KnownConnection] = {}

    def note(self, connection: Connection) -> None:
        """Note a connection as the long way has read or written it."""
        self._known[connection.id] = _KnownConnection(connection, self._steady() + LONG_WAY_AFTER)

    def claim(self, connection_id: int, now: float, through: int, query: str) -> Claim | None:
        """Claim the record whose ID `query` returns."""
        known = self._known.get(connection_id)
        if known is None or self._steady() >= known.until:
            return None
        circuit = known.connection.circuit
        allowed = rules.allowed_in_flight(circuit)
        if not rules.may_attempt(circuit, allowed - 1, now):
            return None
        token = secrets.randbits(TOKEN_BITS)
        values = {
            **_standing_values(circuit),
            "connection": connection_id,
            "account": known.connection.account,
            "now": now,
            "through": through,
            "allowed": allowed,
            "owner": self._leases.me,
            "lease_until": now + rules.LEASE,
            "token": token,
        }
        taken, read = self._database.at_once(
            WriteScope.account_of(connection_id),
            (_claim_statement(query), values),
            (f"{connections.select(self._database.fragments)} WHERE c.id = ?", (connection_id,)),
        )
        if not taken:
            self._known.pop(connection_id, None)
            return None
        (row,), connection = taken, connections.of_row(read[0])
        self._known[connection_id] = replace(known, connection=connection)
        outdated = bool(row["has_other_dated"]) and is_outdated(
            self._database, connection.account, row["id"], row["email"], row["donated_at"]
        )
        return claim_of(row, connection, token, outdated=outdated)

    def finish(self, claim: Claim, result: AttemptResult, now: float) -> rules.AppliedOutcome | None:
        """Store an attempt and its outcome, but for one that makes the connection inactive."""
        connection_id = claim.connection.id
        known = self._known.get(connection_id)
        connection = known.connection if known is not None else claim.connection
        applied = rules.apply_outcome(connection.circuit, claim.tries, result.end, now)
        if applied.deactivated:
            return None
        values = {
            **outcome_values(result, applied),
            **_standing_values(connection.circuit),
            "now": now,
            "record": claim.record_id,
            "token": claim.token,
            "connection": connection_id,
        }
        after_change = self._database.fragments.after_change
        stored, *_ = self._database.at_once(
            WriteScope.of(connection_id),
            (f"{set_outcome(STAMPED.format(now=':now'), _SAME_STANDING)} RETURNING id", values),
            history.attempt_statement(
                after_change, connection_id, claim.record_id, applied, result.end, result.reason, result.log
            ),
            connections.circuit_statement(connection_id, applied.circuit, now, after_change),
        )
        if not stored:
            return None
        if known is not None:
            known.connection = replace(connection, circuit=applied.circuit)
        return applied


def _claim_statement(query: str) -> str:
    return f"""
        UPDATE record SET state = 'sending', owner = :owner, lease_until = :lease_until, claim_token = :token,
            changed_at = :now, bulk_batch_id = NULL
        WHERE id = ({query}) AND {_MAY_BEGIN}
        RETURNING {CLAIM_COLUMNS}, {_HAS_OTHER_DATED}
    """


def _standing_values(circuit: CircuitState) -> dict[str, object]:
    return {
        "known_state": circuit.state.value,
        "streak": circuit.streak,
        "careful": int(circuit.careful),
        "wait_until": circuit.wait_until,
    }
