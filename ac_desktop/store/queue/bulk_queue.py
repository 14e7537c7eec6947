"""Records sent in bulk: claimed together, stored as a bulk batch before the request, updated by its result."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.attempts import StepLog
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactPayload
from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import Cause, Outcome, RecordState
from ac_desktop.store.agreed_time import stamp
from ac_desktop.store.connections import connections
from ac_desktop.store.history import history
from ac_desktop.store.history.step_codec import decode_steps, encode_steps
from ac_desktop.store.ports import Database, Fragments, Owners, Row, Sql, WriteScope
from ac_desktop.store.queue.claims import LAST_RECORD, TOKEN_BITS, BulkClaim, BulkMember, BulkResult, Leases
from ac_desktop.store.queue.newer_donation import is_outdated
from ac_desktop.store.queue.queue import BY_HAND, first_waiting, not_in_flight_elsewhere
from ac_desktop.store.queue.records import LOADED
from ac_desktop.store.statements import back_to_waiting

Fitting = Callable[[Sequence[ContactPayload]], Sequence[int]]
"""Returns the indexes of the contacts that fit one bulk request; empty where there are too few."""

_SENDING, _TAKEN, _ENDED = "leaving", "taken", "ended"
UNREAD: Final = "unread"
"""The state of a processed bulk request, until the list is read back for its donors."""

_CLAIMED: Final = """
    id IN (SELECT record_id FROM bulk_member WHERE bulk_batch_id = ?) AND state = 'sending' AND claim_token = ?
"""


def candidates_query(fragments: Fragments) -> str:
    """Return the query for the records that may be sent in bulk.

    Whoever was held in the account before, or decided about, is relayed singly, where the consent guard reads the
    current status: what bulk import does with people who have not confirmed is not documented.
    """
    looked_up = fragments.looked_up.format
    are_waiting, order = first_waiting(fragments, BY_HAND)
    return f"""
        SELECT id, email, phone, first_name, last_name, tries, donated_at FROM record
        WHERE connection_id = :connection AND {are_waiting} AND next_try_at <= :now
            AND step = 'contact' AND resubscribe = 0 AND bulk_refused = 0 AND {LOADED}
            AND {not_in_flight_elsewhere(fragments)}
            AND (:guard = 0 OR NOT EXISTS (
                SELECT 1 FROM email_at e {looked_up(table="record", name="other", id="e.record_id")}
                    {looked_up(table="connection", name="c", id="other.connection_id")}
                WHERE e.email = record.email AND c.account = :account
                    AND (other.state = 'held' OR EXISTS (SELECT 1 FROM decision d WHERE d.record_id = other.id))
            ))
        ORDER BY {order} LIMIT :most
    """


class BulkQueue:
    """The bulk requests of all connections. Every method that writes is one durable transaction."""

    def __init__(self, database: Database, owners: Owners) -> None:
        self._database = database
        self._leases = Leases(owners)

    def claim(
        self, connection_id: int, now: float, fitting: Fitting, most: int, through: int | None = None
    ) -> BulkClaim | None:
        """Claim the next records that may be sent in one bulk request now; None where there are none or too few.

        The bulk batch is stored in the same transaction, so before its request is sent.
        """
        last = LAST_RECORD if through is None else through
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            connection = self._leases.ready(sql, connection_id, now)
            if connection is None or connection.circuit.careful:
                return None
            values = {
                "connection": connection_id,
                "account": connection.account,
                "now": now,
                "through": last,
                "most": most,
                "guard": int(connection.settings.consent_guard),
            }
            found = sql.rows(candidates_query(sql.fragments), values)
            members = [_member(sql, connection, row) for row in found]
            members = [members[place] for place in fitting([member.payload for member in members])]
            if not members:
                return None
            number = sql.insert(
                "INSERT INTO bulk_batch (connection_id, state, started_at) VALUES (?, ?, ?)",
                (connection_id, _SENDING, now),
            )
            claim = BulkClaim(
                bulk_batch_id=number,
                token=secrets.randbits(TOKEN_BITS),
                connection=connection,
                members=tuple(members),
                started_at=now,
            )
            sql.many(
                "INSERT INTO bulk_member (bulk_batch_id, record_id) VALUES (?, ?)",
                [(claim.bulk_batch_id, member.record_id) for member in members],
            )
            self._lease(sql, claim, now)
            return claim

    def has_open(self, connection_id: int) -> bool:
        """Whether ActiveCampaign accepted a bulk request whose result is not known yet."""
        return self._database.row(_OPEN, (connection_id, _TAKEN)) is not None

    def adopt(self, connection_id: int, now: float) -> BulkClaim | None:
        """Claim a bulk request that ActiveCampaign accepted and whose result nobody is polling."""
        if not self.has_open(connection_id):
            return None
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            connection = self._leases.ready(sql, connection_id, now)
            if connection is None:
                return None
            for row in sql.rows(_OPEN, (connection_id, _TAKEN)):
                claim = _open_claim(sql, connection, row)
                if claim is None:
                    continue
                if claim.members:
                    self._lease(sql, claim, now)
                    return claim
                _set_state(sql, claim.bulk_batch_id, _ENDED)
            return None

    def _lease(self, sql: Sql, claim: BulkClaim, now: float) -> None:
        sql.many(
            "UPDATE record SET state = 'sending', owner = ?, lease_until = ?, claim_token = ?, changed_at = ?,"
            " bulk_batch_id = ? WHERE id = ?",
            [
                (self._leases.me, now + rules.LEASE, claim.token, now, claim.bulk_batch_id, member.record_id)
                for member in claim.members
            ],
        )

    def renew(self, claim: BulkClaim, now: float) -> bool:
        """Extend the lease; return False where the claim was lost, as do the methods below."""
        with self._database.writing(WriteScope.of(claim.connection.id)) as sql:
            return _update_claimed(sql, claim, "lease_until = ?", now + rules.LEASE)

    def store_accepted(
        self,
        claim: BulkClaim,
        taken_as: str,
        refused: Mapping[int, Reason],
        steps: tuple[StepLog, ...],
        now: float,
    ) -> bool:
        """Store ActiveCampaign's ID of the request: from now on its records are not sent again.

        Those that were refused by name are failed and not part of it.
        """
        with self._database.writing(WriteScope.of(claim.connection.id)) as sql:
            sql.many(
                "UPDATE record SET state = 'failed', cause = 'donor', reason = ?, owner = NULL, lease_until = NULL,"
                " changed_at = ? WHERE id = ? AND state = 'sending' AND claim_token = ?",
                [(why.to_json(), now, record_id, claim.token) for record_id, why in refused.items()],
            )
            if not _update_claimed(sql, claim, "step = 'result', lease_until = ?", now + rules.LEASE):
                return False
            sql.execute(
                "UPDATE bulk_batch SET state = ?, taken_as = ?, taken_at = ?, steps = ? WHERE id = ?",
                (_TAKEN, taken_as, now, encode_steps(steps), claim.bulk_batch_id),
            )
            return True

    def release(self, claim: BulkClaim, now: float) -> bool:
        """Release the claim: its records wait at their stored step, and nothing is counted."""
        with self._database.writing(WriteScope.of(claim.connection.id)) as sql:
            return back_to_waiting(sql, _CLAIMED, (claim.bulk_batch_id, claim.token), now) > 0

    def finish(self, claim: BulkClaim, result: BulkResult, now: float) -> dict[Outcome, int] | None:
        """Store an attempt and its outcome for its records and its connection in one transaction (rule 2).

        Return the number of records by outcome; None where the claim was lost.
        """
        with self._database.writing(WriteScope.of(claim.connection.id)) as sql:
            connection = connections.read(sql, claim.connection.id)
            if connection is None or not _update_claimed(sql, claim, "owner = owner"):
                return None
            applied = rules.apply_outcome(connection.circuit, 0, result.end, now)
            attempt_id = history.insert_attempt(
                sql,
                claim.connection.id,
                claim.members[0].record_id,
                applied,
                result.end,
                result.reason,
                result.log,
                token=claim.token,
                donors=len(claim.members),
                bulk_batch_id=claim.bulk_batch_id,
            )
            connections.store_outcome(sql, claim.connection.id, applied, result.reason, attempt_id, now)
            outcomes = _apply_to_members(sql, claim, result, connection, now)
            _set_state(sql, claim.bulk_batch_id, _state_after(result))
            return outcomes


_OPEN: Final = (
    "SELECT id, taken_as, taken_at, started_at, steps FROM bulk_batch WHERE connection_id = ? AND state = ? ORDER BY id"
)


def _member(sql: Sql, connection: Connection, row: Row) -> BulkMember:
    donor = Donor(email=row["email"], phone=row["phone"], first_name=row["first_name"], last_name=row["last_name"])
    payload = ContactPayload.of(donor)
    if is_outdated(sql, connection.account, row["id"], donor.email, row["donated_at"]):
        payload = payload.email_alone()
    return BulkMember(row["id"], payload, row["tries"])


def _open_claim(sql: Sql, connection: Connection, row: Row) -> BulkClaim | None:
    """Return a claim of an accepted batch with the records that wait for its result; None where it is being polled."""
    members = sql.rows(
        "SELECT r.id, r.email, r.tries, r.state FROM bulk_member m JOIN record r ON r.id = m.record_id"
        " WHERE m.bulk_batch_id = ? AND r.bulk_batch_id = m.bulk_batch_id AND r.step = 'result' ORDER BY r.id",
        (row["id"],),
    )
    if any(member["state"] == RecordState.SENDING for member in members):
        return None
    return BulkClaim(
        bulk_batch_id=row["id"],
        token=secrets.randbits(TOKEN_BITS),
        connection=connection,
        members=tuple(
            BulkMember(member["id"], ContactPayload(member["email"]), member["tries"])
            for member in members
            if member["state"] == RecordState.WAITING
        ),
        started_at=row["started_at"],
        taken_as=row["taken_as"],
        taken_at=row["taken_at"],
        steps=decode_steps(row["steps"]),
    )


def _update_claimed(sql: Sql, claim: BulkClaim, columns: str, *values: object) -> bool:
    return sql.execute(f"UPDATE record SET {columns} WHERE {_CLAIMED}", (*values, claim.bulk_batch_id, claim.token)) > 0


def _state_after(result: BulkResult) -> str:
    if isinstance(result.end, rules.Taken):
        return UNREAD
    return _TAKEN if result.result_open else _ENDED


def _set_state(sql: Sql, bulk_batch_id: int, state: str) -> None:
    steps = "" if state == _TAKEN else ", steps = NULL"
    sql.execute(f"UPDATE bulk_batch SET state = ?{steps} WHERE id = ?", (state, bulk_batch_id))


def _apply_to_members(
    sql: Sql, claim: BulkClaim, result: BulkResult, connection: Connection, now: float
) -> dict[Outcome, int]:
    cause = result.end.cause if isinstance(result.end, rules.Failure) else None
    changed_at = stamp(sql, now)
    rows: list[tuple[object, ...]] = []
    outcomes: dict[Outcome, int] = {}
    for member in claim.members:
        refused = result.refused.get(member.record_id)
        end = rules.Failure(Cause.DONOR) if refused else result.end
        applied = rules.apply_outcome(connection.circuit, member.tries, end, now)
        why = refused or result.reason
        is_open = applied.state is RecordState.WAITING and (result.result_open or isinstance(end, rules.Taken))
        outcomes[applied.outcome] = outcomes.get(applied.outcome, 0) + 1
        rows.append((
            applied.state.value,
            "result" if is_open else "contact",
            applied.tries,
            applied.next_try_at,
            _cause_text(Cause.DONOR if refused else cause),
            _reason_text(why),
            int(result.one_by_one and not refused),
            changed_at,
            member.record_id,
            claim.token,
        ))  # fmt: skip
    sql.many(
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
