"""Records that go in bulk: claimed together, kept as a batch before the request leaves, settled by its result."""

import secrets
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from ac_desktop.model import rules
from ac_desktop.model.attempts import StepLog
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactPayload
from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import Cause, Outcome, RecordState
from ac_desktop.store.connections import connections
from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.history import history
from ac_desktop.store.history.step_codec import pack_steps, unpack_steps
from ac_desktop.store.privacy.agreed_time import stamp
from ac_desktop.store.queue.claims import EVERY, GIVEN_BACK, TOKEN_BITS, BulkClaim, BulkMember, BulkResult, Leases
from ac_desktop.store.queue.newer_donation import is_outdated
from ac_desktop.store.queue.owners import Owners
from ac_desktop.store.queue.queue import NOT_BESIDE_ITSELF
from ac_desktop.store.queue.state_counts import LOADED

Fitting = Callable[[Sequence[ContactPayload]], Sequence[int]]
"""Says which of some contacts fit into one bulk request, by their places; too few of them are none."""

_LEAVING, _TAKEN, _ENDED = "leaving", "taken", "ended"
UNREAD: Final = "unread"
"""The state of a bulk request that was worked off, while the list is still to be read back for its donors."""

_NEEDS_NO_QUESTION: Final = """
    (NOT :guard OR NOT EXISTS (
        SELECT 1 FROM email_at e CROSS JOIN record other ON other.id = e.record_id
            CROSS JOIN connection c ON c.id = other.connection_id
        WHERE e.email = record.email AND c.account = :account
            AND (other.state = 'held' OR EXISTS (SELECT 1 FROM decision d WHERE d.record_id = other.id))
    ))
"""
"""True of records whose person we know of no reason to ask about.

Who was held in the account before, or decided about, goes one by one, where the consent guard asks how they stand now:
what bulk import does with people who have not confirmed is not documented.
"""
_CANDIDATES: Final = f"""
    SELECT id, email, phone, first_name, last_name, tries, donated_at FROM record
    WHERE connection_id = :connection AND state = 'waiting' AND next_try_at <= :now AND id <= :through
        AND step = 'contact' AND NOT resubscribe AND NOT bulk_refused AND {LOADED} AND {NOT_BESIDE_ITSELF}
        AND {_NEEDS_NO_QUESTION}
    ORDER BY id LIMIT :most
"""
_MINE: Final = """
    id IN (SELECT record_id FROM bulk_member WHERE bulk_batch_id = :batch)
    AND state = 'sending' AND claim_token = :token
"""


class BulkQueue:
    """The bulk requests of all connections. Every method that writes is one durable transaction."""

    def __init__(self, database: Database, owners: Owners) -> None:
        self._database = database
        self._leases = Leases(owners)

    def claim(
        self, connection_id: int, now: float, fitting: Fitting, most: int, through: int | None = None
    ) -> BulkClaim | None:
        """Take the next records that may go in one bulk request now; None where there are none or too few.

        The batch is kept in the same transaction, so before its request leaves.
        """
        last = EVERY if through is None else through
        with self._database.writing() as sql:
            connection = self._ready(sql, connection_id, now)
            if connection is None or connection.standing.careful:
                return None
            values = {
                "connection": connection_id,
                "account": connection.account,
                "now": now,
                "through": last,
                "most": most,
                "guard": connection.settings.consent_guard,
            }
            found = sql.execute(_CANDIDATES, values).fetchall()
            members = [_member(sql, connection, row) for row in found]
            members = [members[place] for place in fitting([member.payload for member in members])]
            if not members:
                return None
            cursor = sql.execute(
                "INSERT INTO bulk_batch (connection_id, state, started_at) VALUES (?, ?, ?)",
                (connection_id, _LEAVING, now),
            )
            claim = BulkClaim(
                bulk_batch_id=int(cursor.lastrowid or 0),
                token=secrets.randbits(TOKEN_BITS),
                connection=connection,
                members=tuple(members),
                started_at=now,
            )
            sql.executemany(
                "INSERT INTO bulk_member (bulk_batch_id, record_id) VALUES (?, ?)",
                [(claim.bulk_batch_id, member.record_id) for member in members],
            )
            self._take(sql, claim, now)
            return claim

    def adopt(self, connection_id: int, now: float) -> BulkClaim | None:
        """Take over a bulk request that ActiveCampaign has taken and whose result nobody is asking for."""
        if not self._database.row(_OPEN, (connection_id, _TAKEN)):
            return None
        with self._database.writing() as sql:
            connection = self._ready(sql, connection_id, now)
            if connection is None:
                return None
            for row in sql.execute(_OPEN, (connection_id, _TAKEN)).fetchall():
                claim = _open_claim(sql, connection, row)
                if claim is None:
                    continue
                if claim.members:
                    self._take(sql, claim, now)
                    return claim
                _set_state(sql, claim.bulk_batch_id, _ENDED)
            return None

    def _ready(self, sql: sqlite3.Connection, connection_id: int, now: float) -> Connection | None:
        connection = connections.read(sql, connection_id)
        if connection is None:
            return None
        in_flight, _ = self._leases.in_flight(sql, connection_id, now)
        return connection if rules.may_attempt(connection.standing, in_flight, now) else None

    def _take(self, sql: sqlite3.Connection, claim: BulkClaim, now: float) -> None:
        sql.executemany(
            "UPDATE record SET state = 'sending', owner = ?, lease_until = ?, claim_token = ?, changed_at = ?,"
            " bulk_batch_id = ? WHERE id = ?",
            [
                (self._leases.me, now + rules.LEASE, claim.token, now, claim.bulk_batch_id, member.record_id)
                for member in claim.members
            ],
        )

    def renew(self, claim: BulkClaim, now: float) -> bool:
        """Lengthen our lease; False where the claim is no longer ours, as everywhere below."""
        with self._database.writing() as sql:
            return _if_ours(sql, claim, "lease_until = :lease", lease=now + rules.LEASE)

    def keep_taken(
        self,
        claim: BulkClaim,
        taken_as: str,
        refused: Mapping[int, Reason],
        steps: tuple[StepLog, ...],
        now: float,
    ) -> bool:
        """Store ActiveCampaign's number of the request: from now on its records are not sent again.

        Those that were refused by name have failed and are no part of it.
        """
        with self._database.writing() as sql:
            sql.executemany(
                "UPDATE record SET state = 'failed', cause = 'donor', reason = ?, owner = NULL, lease_until = NULL,"
                " changed_at = ? WHERE id = ? AND state = 'sending' AND claim_token = ?",
                [(why.to_json(), now, record_id, claim.token) for record_id, why in refused.items()],
            )
            if not _if_ours(sql, claim, "step = 'result', lease_until = :lease", lease=now + rules.LEASE):
                return False
            sql.execute(
                "UPDATE bulk_batch SET state = ?, taken_as = ?, taken_at = ?, steps = ? WHERE id = ?",
                (_TAKEN, taken_as, now, pack_steps(steps), claim.bulk_batch_id),
            )
            return True

    def release(self, claim: BulkClaim, now: float) -> bool:
        """Release the claim: its records wait at their stored step, and nothing is counted."""
        with self._database.writing() as sql:
            return _if_ours(sql, claim, GIVEN_BACK.replace("?", ":now"), now=now)

    def finish(self, claim: BulkClaim, ended: BulkResult, now: float) -> dict[Outcome, int] | None:
        """Keep an attempt with what it makes of its records and its connection, all in one transaction (rule 2).

        Gives how many records ended how; None where the claim is no longer ours.
        """
        with self._database.writing() as sql:
            connection = connections.read(sql, claim.connection.id)
            if connection is None or not _if_ours(sql, claim, "owner = owner"):
                return None
            settled = rules.apply_outcome(connection.standing, 0, ended.end, now)
            attempt_id = history.insert_attempt(
                sql,
                claim.connection.id,
                claim.members[0].record_id,
                settled,
                ended.end,
                ended.reason,
                ended.log,
                donors=len(claim.members),
                bulk_batch_id=claim.bulk_batch_id,
            )
            connections.store_outcome(sql, claim.connection.id, settled, ended.reason, attempt_id, now)
            outcomes = _settle_members(sql, claim, ended, connection, now)
            _set_state(sql, claim.bulk_batch_id, _state_after(ended))
            return outcomes


_OPEN: Final = (
    "SELECT id, taken_as, taken_at, started_at, steps FROM bulk_batch WHERE connection_id = ? AND state = ? ORDER BY id"
)


def _member(sql: sqlite3.Connection, connection: Connection, row: tuple[Any, ...]) -> BulkMember:
    donor = Donor(email=row[1], phone=row[2], first_name=row[3], last_name=row[4])
    payload = ContactPayload.of(donor)
    if is_outdated(sql, connection.account, row[0], donor.email, row[6]):
        payload = payload.email_alone()
    return BulkMember(row[0], payload, row[5])


def _open_claim(sql: sqlite3.Connection, connection: Connection, row: tuple[Any, ...]) -> BulkClaim | None:
    """Read a taken batch with the records that still wait for its result; None where somebody is asking for it."""
    members = sql.execute(
        "SELECT r.id, r.email, r.tries, r.state FROM bulk_member m JOIN record r ON r.id = m.record_id"
        " WHERE m.bulk_batch_id = ? AND r.bulk_batch_id = m.bulk_batch_id AND r.step = 'result' ORDER BY r.id",
        (row[0],),
    ).fetchall()
    if any(state == RecordState.SENDING for *_, state in members):
        return None
    return BulkClaim(
        bulk_batch_id=row[0],
        token=secrets.randbits(TOKEN_BITS),
        connection=connection,
        members=tuple(
            BulkMember(number, ContactPayload(email), tries)
            for number, email, tries, state in members
            if state == RecordState.WAITING
        ),
        started_at=row[3],
        taken_as=row[1],
        taken_at=row[2],
        steps=unpack_steps(row[4]),
    )


def _if_ours(sql: sqlite3.Connection, claim: BulkClaim, columns: str, **values: object) -> bool:
    mine = {"batch": claim.bulk_batch_id, "token": claim.token}
    return sql.execute(f"UPDATE record SET {columns} WHERE {_MINE}", {**values, **mine}).rowcount > 0


def _state_after(ended: BulkResult) -> str:
    if isinstance(ended.end, rules.Taken):
        return UNREAD
    return _TAKEN if ended.result_open else _ENDED


def _set_state(sql: sqlite3.Connection, bulk_batch_id: int, state: str) -> None:
    steps = "" if state == _TAKEN else ", steps = NULL"
    sql.execute(f"UPDATE bulk_batch SET state = ?{steps} WHERE id = ?", (state, bulk_batch_id))


def _settle_members(
    sql: sqlite3.Connection, claim: BulkClaim, ended: BulkResult, connection: Connection, now: float
) -> dict[Outcome, int]:
    cause = ended.end.cause if isinstance(ended.end, rules.Failure) else None
    changed_at = stamp(sql, now)
    rows: list[tuple[object, ...]] = []
    outcomes: dict[Outcome, int] = {}
    for member in claim.members:
        refused = ended.refused.get(member.record_id)
        end = rules.Failure(Cause.DONOR) if refused else ended.end
        settled = rules.apply_outcome(connection.standing, member.tries, end, now)
        why = refused or ended.reason
        is_open = settled.state is RecordState.WAITING and (ended.result_open or isinstance(end, rules.Taken))
        outcomes[settled.outcome] = outcomes.get(settled.outcome, 0) + 1
        rows.append((
            settled.state.value,
            "result" if is_open else "contact",
            settled.tries,
            settled.next_try_at,
            _cause_text(Cause.DONOR if refused else cause),
            _reason_text(why),
            ended.one_by_one and not refused,
            changed_at,
            member.record_id,
            claim.token,
        ))  # fmt: skip
    sql.executemany(
        "UPDATE record SET state = ?, step = ?, tries = ?, next_try_at = ?, cause = ?, reason = ?, bulk_refused = ?,"
        " busy_waited = 0, owner = NULL, lease_until = NULL, changed_at = ?"
        " WHERE id = ? AND state = 'sending' AND claim_token = ?",
        rows,
    )
    return outcomes


def _cause_text(cause: Cause | None) -> str | None:
    return cause.value if cause else None


def _reason_text(why: Reason | None) -> str | None:
    return why.to_json() if why else None
