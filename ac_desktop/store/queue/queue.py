"""The queue: batches are added, records are claimed under a lease and finished with their attempt at once."""

import json
import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.states import Cause, ConnectionState, RecordState, Step
from ac_desktop.store.agreed_time import JUMP, agreed, stamp
from ac_desktop.store.connections import connections
from ac_desktop.store.engines.sqlite.database import Database, NamedRow, named
from ac_desktop.store.history import history
from ac_desktop.store.history.history import insert_queued_event
from ac_desktop.store.ports import Owners, Sql
from ac_desktop.store.queue import state_counts
from ac_desktop.store.queue.claims import (
    LAST_RECORD,
    TOKEN_BITS,
    AttemptResult,
    Claim,
    IdleReason,
    Leases,
    NoClaim,
)
from ac_desktop.store.queue.corrections import Corrections, close_corrected, reopen_corrected
from ac_desktop.store.queue.loading import columns_of, insert_rows
from ac_desktop.store.queue.newer_donation import is_outdated
from ac_desktop.store.queue.records import BatchSource, NewRecord, NewRows, StateCounts, storable
from ac_desktop.store.queue.state_counts import LOADED
from ac_desktop.store.statements import RELEASED

_CHUNK: Final = 1_000
"""Records updated in one transaction, so that no other writer waits long."""
NOT_IN_FLIGHT_ELSEWHERE: Final = f"""
    NOT EXISTS (
        SELECT 1 FROM email_at e CROSS JOIN record other ON other.id = e.record_id
            CROSS JOIN connection c ON c.id = other.connection_id
            LEFT JOIN bulk_batch b ON b.id = other.bulk_batch_id AND other.step = 'result'
        WHERE e.email = record.email AND other.id <> record.id AND c.account = :account AND (
            other.state = 'sending' OR other.state = 'waiting' AND ABS(b.taken_at - :now) < {rules.BULK_PATIENCE}
        )
    )
"""
"""True of records whose person no connection of the account is relaying: concurrently the older donation could win.

An accepted bulk request is in flight too, even while nobody polls its result. CROSS JOIN makes SQLite go from the
address to its few records: one index lookup per candidate.
"""
_NEXT: Final = f"""
    SELECT id, email, phone, first_name, last_name, page, page_name, team, source, step, contact_id,
        tries, busy_waited, resubscribe, donated_at
    FROM record
    WHERE connection_id = :connection AND state = 'waiting' AND next_try_at <= :now AND id <= :through
        AND step <> 'result' AND {LOADED} AND {NOT_IN_FLIGHT_ELSEWHERE}
    ORDER BY id LIMIT 1
"""


class Queue:
    """The records of all connections. Every method that writes is one durable transaction."""

    def __init__(self, database: Database, owners: Owners, *, steady: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._leases = Leases(owners, steady)
        self.corrections: Final = Corrections(database)
        """The corrections by rows of a report."""

    def open_batch(self, connection_id: int, source: BatchSource, now: float, *, owner: str | None = None) -> int:
        """Open a batch, whose records are not relayed until `close_batch`; return its ID.

        It is dropped where its owner's process dies before: this one, unless it reads on behalf of another.
        """
        with self._database.writing() as sql:
            self._drop_dead_batches(sql, now)
            return sql.insert(
                "INSERT INTO batch (connection_id, kind, file_name, sheet, sha256, fingerprint, header,"
                " recognised_as, queued_at, loading_owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    connection_id,
                    source.kind,
                    storable(source.file_name),
                    storable(source.sheet),
                    source.sha256,
                    source.fingerprint,
                    json.dumps(source.header),
                    source.recognised_as,
                    now,
                    owner or self._leases.me,
                ),
            )

    def add(self, connection_id: int, batch_id: int, records: Sequence[NewRecord], now: float) -> None:
        """Add validated records to an open batch."""
        if records:
            self.add_rows(connection_id, batch_id, columns_of(records), now)

    def add_rows(self, connection_id: int, batch_id: int, rows: NewRows, now: float) -> int:
        """Add validated rows to an open batch; return the ID of the first record, which the others follow."""
        return insert_rows(self._database, connection_id, batch_id, rows, now)

    def correct(self, batch_id: int, records: Iterable[tuple[int, RecordState, str]], now: float) -> None:
        """Set state and reason (JSON) of records of an open batch, where a later row is relayed instead (rule 11)."""
        values = [(state.value, reason, number) for number, state, reason in records]
        for first in range(0, len(values), _CHUNK):
            with self._database.writing(staging=True) as sql:
                at = stamp(sql, now)
                sql.many(
                    "UPDATE record SET state = ?, reason = ?, changed_at = ? WHERE id = ? AND batch_id = ?",
                    [(state, why, at, number, batch_id) for state, why, number in values[first : first + _CHUNK]],
                )

    def close_batch(self, batch_id: int, rows_read: int | None = None, *, now: float | None = None) -> StateCounts:
        """Close a batch: from now on its records may be relayed, and those that they correct are closed.

        Return its counts. `rows_read` is the reader's count, with which the import result has to balance. `now` is the
        time of the event and of the corrections; without it there is no event.
        """
        self._database.index_batch(batch_id)
        with self._database.writing() as sql:
            sql.execute("UPDATE batch SET loading_owner = NULL, rows_read = ? WHERE id = ?", (rows_read, batch_id))
            close_corrected(sql, batch_id, now)
            if now is not None:
                insert_queued_event(sql, batch_id, now)
        return self.batch_counts(batch_id)

    def drop_batch(self, batch_id: int) -> None:
        """Delete a batch that was not closed, with its records."""
        with self._database.writing() as sql:
            sql.execute("DELETE FROM batch WHERE id = ? AND loading_owner IS NOT NULL", (batch_id,))

    def withdraw(self, batch_id: int) -> int:
        """Delete a batch's waiting records from the queue; return how many.

        Those that ActiveCampaign accepted in a bulk request can no longer be withdrawn.
        """
        with self._database.writing() as sql:
            reopen_corrected(sql, batch_id, 0, LAST_RECORD)
            return sql.execute(
                "DELETE FROM record WHERE batch_id = ? AND state = 'waiting' AND step <> 'result'", (batch_id,)
            ).rowcount

    def counts(self, connection_id: int) -> StateCounts:
        """Return a connection's records by state."""
        return state_counts.counts(self._database, connection_id)

    def batch_counts(self, batch_id: int) -> StateCounts:
        """Return a batch's records by state."""
        return state_counts.batch_counts(self._database, batch_id)

    def claim(self, connection_id: int, now: float, through: int | None = None) -> Claim | NoClaim:
        """Claim the next record that may be attempted now (rules 2, 3, 4, 7 and 13), up to record `through`."""
        with self._database.writing() as sql:
            connection = connections.read(sql, connection_id)
            if connection is None or connection.state is not ConnectionState.ACTIVE:
                return NoClaim(IdleReason.STOPPED)
            in_flight, others = self._leases.in_flight(sql, connection_id, now)
            last = LAST_RECORD if through is None else through
            pause = rules.breathing_space_left(connection.circuit, now)
            if pause < connection.circuit.wait_until - now:
                # The clock was set back: the remaining wait must not restart with each claim.
                connections.store_circuit_state(sql, connection_id, replace(connection.circuit, wait_until=now + pause))
            values = {"connection": connection_id, "account": connection.account, "now": now, "through": last}
            found = named(sql.execute(_NEXT, values))
            if not found:
                self._leases.free_siblings(sql, connection, now)
                return _no_claim(sql, connection_id, last, now, others=others)
            if pause > 0:
                return NoClaim(IdleReason.LATER, now + pause)
            if not rules.may_attempt(connection.circuit, in_flight, now):
                return NoClaim(IdleReason.OTHERS)
            row, token = found[0], secrets.randbits(TOKEN_BITS)
            sql.execute(
                "UPDATE record SET state = 'sending', owner = ?, lease_until = ?, claim_token = ?, changed_at = ?,"
                " bulk_batch_id = NULL WHERE id = ?",
                (self._leases.me, now + rules.LEASE, token, now, row["id"]),
            )
            outdated = is_outdated(sql, connection.account, row["id"], row["email"], row["donated_at"])
            return _claim(row, connection, token, outdated=outdated)

    def renew(self, claim: Claim, now: float) -> bool:
        """Extend the lease; return False where the claim was lost, as do the methods below."""
        with self._database.writing() as sql:
            return _update_claimed(sql, claim, "lease_until = ?", now + rules.LEASE)

    def store_contact(self, claim: Claim, contact_id: str, *, now: float) -> bool:
        """Store the contact's ID, before the list step; that it was created is not stored (rule 6)."""
        return self._set_step(claim, Step.LIST, contact_id, now)

    def clear_contact(self, claim: Claim, now: float) -> bool:
        """Return to the contact step, as the contact no longer exists (rule 6)."""
        return self._set_step(claim, Step.CONTACT, None, now)

    def _set_step(self, claim: Claim, step: Step, contact_id: str | None, now: float) -> bool:
        columns = "step = ?, contact_id = ?, lease_until = ?"
        with self._database.writing() as sql:
            return _update_claimed(sql, claim, columns, step.value, contact_id, now + rules.LEASE)

    def release(self, claim: Claim, busy_waited: float, now: float) -> bool:
        """Release a claim: its record waits at its stored step, and nothing is counted."""
        with self._database.writing() as sql:
            return _update_claimed(sql, claim, f"{RELEASED}, busy_waited = ?", now, busy_waited)

    def finish(self, claim: Claim, result: AttemptResult, now: float) -> rules.AppliedOutcome | None:
        """Store an attempt and its outcome for its record and its connection in one transaction (rule 2).

        Return None where the claim was lost: such an attempt counts as killed, neither way.
        """
        with self._database.writing() as sql:
            connection = connections.read(sql, claim.connection.id)
            if connection is None:
                return None
            applied = rules.apply_outcome(connection.circuit, claim.tries, result.end, now)
            if not _apply_to_record(sql, claim, result, applied, now):
                return None
            attempt_id = history.insert_attempt(
                sql, claim.connection.id, claim.record_id, applied, result.end, result.reason, result.log
            )
            connections.store_outcome(sql, claim.connection.id, applied, result.reason, attempt_id, now)
            return applied

    def last_record(self, connection_id: int) -> int:
        """Return the ID of the newest record in a closed batch: what a person sees when they press *Relay*."""
        found = self._database.row(
            "SELECT MAX(last_record) FROM batch WHERE connection_id = ? AND loading_owner IS NULL", (connection_id,)
        )
        return int(found[0] or 0) if found else 0

    def release_dead(self, connection_id: int, now: float) -> None:
        """Release the claims of dead processes and drop their open batches."""
        with self._database.writing() as sql:
            self._drop_dead_batches(sql, now)
            self._leases.in_flight(sql, connection_id, now)

    def _drop_dead_batches(self, sql: Sql, now: float) -> None:
        """Drop the open batches of dead processes; of another computer, those opened more than a day ago."""
        opened = sql.execute("SELECT id, loading_owner, queued_at FROM batch WHERE loading_owner IS NOT NULL")
        for number, owner, opened_at in opened.fetchall():
            if self._leases.is_dead(owner) or (not self._leases.is_here(owner) and _is_a_day_old(sql, opened_at, now)):
                sql.execute("DELETE FROM batch WHERE id = ?", (number,))


def _is_a_day_old(sql: Sql, opened_at: float, now: float) -> bool:
    known = agreed(sql, now)
    return known is not None and known.at - opened_at > JUMP


def _no_claim(sql: Sql, connection_id: int, through: int, now: float, *, others: bool) -> NoClaim:
    soonest, with_open_result = sql.execute(
        "SELECT MIN(CASE WHEN step <> 'result' THEN next_try_at END), SUM(step = 'result') FROM record"
        f" WHERE connection_id = ? AND state = 'waiting' AND (id <= ? OR step = 'result') AND {LOADED}",
        (connection_id, through),
    ).fetchone()
    if soonest is not None and soonest > now:
        return NoClaim(
            IdleReason.LATER,
            _limit_wait(sql, connection_id, soonest, now + rules.backoff(rules.MOST_FAILURES_IN_A_ROW)),
        )
    return NoClaim(IdleReason.OTHERS if others or with_open_result or soonest is not None else IdleReason.DONE)


def _limit_wait(sql: Sql, connection_id: int, soonest: float, latest: float) -> float:
    """Limit waits that only a clock set back can have made longer than the rule's; return the next try's time."""
    if soonest > latest:
        sql.execute(
            "UPDATE record SET next_try_at = ? WHERE connection_id = ? AND state = 'waiting' AND step <> 'result'"
            " AND next_try_at > ?",
            (latest, connection_id, latest),
        )
    return min(soonest, latest)


def _update_claimed(sql: Sql, claim: Claim, columns: str, *values: object) -> bool:
    """Update a claimed record, unless the claim was lost; return whether it was updated."""
    return (
        sql.execute(
            f"UPDATE record SET {columns} WHERE id = ? AND state = 'sending' AND claim_token = ?",
            (*values, claim.record_id, claim.token),
        ).rowcount
        > 0
    )


def _apply_to_record(sql: Sql, claim: Claim, result: AttemptResult, applied: rules.AppliedOutcome, now: float) -> bool:
    cause = result.end.cause if isinstance(result.end, rules.Failure) else None
    waited = result.busy_waited
    if applied.state is not RecordState.WAITING or (cause is Cause.PASSING and rules.busy_too_long(waited)):
        waited = 0.0
    return _update_claimed(
        sql,
        claim,
        "state = ?, resubscribe = resubscribe AND ? <> 'held', tries = ?, next_try_at = ?, busy_waited = ?, cause = ?,"
        " reason = ?, was_new = ?, owner = NULL, lease_until = NULL, changed_at = ?",
        applied.state.value,
        applied.state.value,
        applied.tries,
        applied.next_try_at,
        waited,
        cause.value if cause else None,
        result.reason.to_json() if result.reason else None,
        result.was_new if applied.state is RecordState.SENT else None,
        stamp(sql, now),
    )


def _claim(row: NamedRow, connection: Connection, token: int, *, outdated: bool) -> Claim:
    donor = Donor(
        email=row["email"],
        phone=row["phone"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        page=row["page"],
        page_name=row["page_name"],
        team=row["team"],
        source=row["source"],
    )
    return Claim(
        record_id=row["id"],
        token=token,
        connection=connection,
        donor=donor,
        step=Step(row["step"]),
        contact_id=row["contact_id"],
        tries=row["tries"],
        busy_waited=row["busy_waited"],
        resubscribe=bool(row["resubscribe"]),
        outdated=outdated,
    )
