"""The queue: batches come in, records are claimed under a lease and leave with their attempt in one transaction."""

import json
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from ac_desktop.model import rules
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.states import Cause, ConnectionState, RecordState, Step
from ac_desktop.store.connections import connections
from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.history import history
from ac_desktop.store.history.history import keep_queued
from ac_desktop.store.imports.batch_index import note_batch
from ac_desktop.store.imports.loading import columns_of, insert_rows
from ac_desktop.store.privacy.agreed_time import JUMP, agreed, stamp
from ac_desktop.store.queue import state_counts
from ac_desktop.store.queue.claims import (
    EVERY,
    GIVEN_BACK,
    TOKEN_BITS,
    AttemptResult,
    Claim,
    IdleReason,
    Leases,
    NoClaim,
)
from ac_desktop.store.queue.corrections import Corrections, close_corrected, reopen_corrected
from ac_desktop.store.queue.newer_donation import is_outdated
from ac_desktop.store.queue.owners import Owners
from ac_desktop.store.queue.records import BatchSource, NewRecord, NewRows, StateCounts, storable
from ac_desktop.store.queue.state_counts import LOADED

_AT_ONCE: Final = 1_000
"""Records corrected in one transaction, so that no other writer waits long."""
NOT_BESIDE_ITSELF: Final = f"""
    NOT EXISTS (
        SELECT 1 FROM email_at e CROSS JOIN record other ON other.id = e.record_id
            CROSS JOIN connection c ON c.id = other.connection_id
            LEFT JOIN bulk_batch b ON b.id = other.bulk_batch_id AND other.step = 'result'
        WHERE e.email = record.email AND other.id <> record.id AND c.account = :account AND (
            other.state = 'sending' OR other.state = 'waiting' AND ABS(b.taken_at - :now) < {rules.BULK_PATIENCE}
        )
    )
"""
"""True of records whose person no connection of the account is relaying: side by side the older donation could win.

A bulk request that was taken is under way too, even while nobody asks for its result. CROSS JOIN keeps SQLite on its
way from the address to its few records: one look into an index a candidate.
"""
_NEXT: Final = f"""
    SELECT id, email, phone, first_name, last_name, page, page_name, team, source, step, contact_id,
        tries, busy_waited, resubscribe, donated_at
    FROM record
    WHERE connection_id = :connection AND state = 'waiting' AND next_try_at <= :now AND id <= :through
        AND step <> 'result' AND {LOADED} AND {NOT_BESIDE_ITSELF}
    ORDER BY id LIMIT 1
"""


class Queue:
    """The records of all connections. Every method that writes is one durable transaction."""

    def __init__(self, database: Database, owners: Owners, *, steady: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._leases = Leases(owners, steady)
        self.corrections: Final = Corrections(database)
        """What rows of a report correct."""

    def open_batch(self, connection_id: int, source: BatchSource, now: float, *, owner: str | None = None) -> int:
        """Begin a batch; its records wait out of reach until `close_batch`. Returns the batch's number.

        It goes with its owner's process where that dies before: this one, unless it reads on behalf of another.
        """
        with self._database.writing() as sql:
            self._drop_broken_batches(sql, now)
            return _inserted(
                sql.execute(
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
            )

    def add(self, connection_id: int, batch_id: int, records: Sequence[NewRecord], now: float) -> None:
        """Put checked records into an open batch."""
        if records:
            self.add_rows(connection_id, batch_id, columns_of(records), now)

    def add_rows(self, connection_id: int, batch_id: int, rows: NewRows, now: float) -> int:
        """Put checked rows into an open batch; returns the number of the first record, which the others follow."""
        return insert_rows(self._database, connection_id, batch_id, rows, now)

    def correct(self, batch_id: int, records: Iterable[tuple[int, RecordState, str]], now: float) -> None:
        """Set another state and reason (JSON) of records of an open batch, where a later row goes instead (rule 11)."""
        values = [(state.value, reason, number) for number, state, reason in records]
        for first in range(0, len(values), _AT_ONCE):
            with self._database.writing(apart=True) as sql:
                at = stamp(sql, now)
                sql.executemany(
                    "UPDATE record SET state = ?, reason = ?, changed_at = ? WHERE id = ? AND batch_id = ?",
                    [(state, why, at, number, batch_id) for state, why, number in values[first : first + _AT_ONCE]],
                )

    def close_batch(self, batch_id: int, rows_read: int | None = None, *, now: float | None = None) -> StateCounts:
        """End a batch: from now on its records may be relayed, and those that they correct are closed.

        Gives its counts. `rows_read` is what the reader counted, which the receipt has to balance with. `now` is when
        the log tells of the batch and what is corrected is closed; without it the log says nothing.
        """
        note_batch(self._database, batch_id)
        with self._database.writing() as sql:
            sql.execute("UPDATE batch SET loading_owner = NULL, rows_read = ? WHERE id = ?", (rows_read, batch_id))
            close_corrected(sql, batch_id, now)
            if now is not None:
                keep_queued(sql, batch_id, now)
        return self.batch_counts(batch_id)

    def drop_batch(self, batch_id: int) -> None:
        """Take back a batch that was not closed, as if it had never been begun."""
        with self._database.writing() as sql:
            sql.execute("DELETE FROM batch WHERE id = ? AND loading_owner IS NOT NULL", (batch_id,))

    def withdraw(self, batch_id: int) -> int:
        """Take a batch's waiting records back out of the queue; returns how many.

        Those that ActiveCampaign has taken with a bulk request can no longer be taken back.
        """
        with self._database.writing() as sql:
            reopen_corrected(sql, batch_id, 0, EVERY)
            return sql.execute(
                "DELETE FROM record WHERE batch_id = ? AND state = 'waiting' AND step <> 'result'", (batch_id,)
            ).rowcount

    def counts(self, connection_id: int) -> StateCounts:
        """Count a connection's records by state."""
        return state_counts.counts(self._database, connection_id)

    def batch_counts(self, batch_id: int) -> StateCounts:
        """Count a batch's records by state."""
        return state_counts.batch_counts(self._database, batch_id)

    def claim(self, connection_id: int, now: float, through: int | None = None) -> Claim | NoClaim:
        """Take the next record that may be attempted now (rules 2, 3, 4, 7 and 13), up to record `through`."""
        with self._database.writing() as sql:
            connection = connections.read(sql, connection_id)
            if connection is None or connection.state is not ConnectionState.ACTIVE:
                return NoClaim(IdleReason.STOPPED)
            in_flight, others = self._leases.in_flight(sql, connection_id, now)
            last = EVERY if through is None else through
            pause = rules.breathing_space_left(connection.standing, now)
            if pause < connection.standing.wait_until - now:
                # The clock was set back: what is left must not begin anew each time it is asked for.
                connections.store_circuit_state(
                    sql, connection_id, replace(connection.standing, wait_until=now + pause)
                )
            values = {"connection": connection_id, "account": connection.account, "now": now, "through": last}
            found = sql.execute(_NEXT, values).fetchone()
            if found is None:
                self._leases.free_siblings(sql, connection, now)
                return _nothing(sql, connection_id, last, now, others=others)
            if pause > 0:
                return NoClaim(IdleReason.LATER, now + pause)
            if not rules.may_attempt(connection.standing, in_flight, now):
                return NoClaim(IdleReason.OTHERS)
            token = secrets.randbits(TOKEN_BITS)
            sql.execute(
                "UPDATE record SET state = 'sending', owner = ?, lease_until = ?, claim_token = ?, changed_at = ?,"
                " bulk_batch_id = NULL WHERE id = ?",
                (self._leases.me, now + rules.LEASE, token, now, found[0]),
            )
            outdated = is_outdated(sql, connection.account, found[0], found[1], found[14])
            return _claim(found, connection, token, outdated=outdated)

    def renew(self, claim: Claim, now: float) -> bool:
        """Lengthen our lease; False where the claim is no longer ours, as everywhere below."""
        with self._database.writing() as sql:
            return _if_ours(sql, claim, "lease_until = ?", now + rules.LEASE)

    def keep_contact(self, claim: Claim, contact_id: str, *, now: float) -> bool:
        """Store the contact's number, before the list step leaves; that it was created is not kept (rule 6)."""
        return self._set_step(claim, Step.LIST, contact_id, now)

    def forget_contact(self, claim: Claim, now: float) -> bool:
        """Go back to the contact step, as the contact no longer exists (rule 6)."""
        return self._set_step(claim, Step.CONTACT, None, now)

    def _set_step(self, claim: Claim, step: Step, contact_id: str | None, now: float) -> bool:
        columns = "step = ?, contact_id = ?, lease_until = ?"
        with self._database.writing_jointly() as sql:
            return _if_ours(sql, claim, columns, step.value, contact_id, now + rules.LEASE)

    def release(self, claim: Claim, busy_waited: float, now: float) -> bool:
        """Release a claim unattempted or broken off: it waits at its stored step, and nothing is counted."""
        with self._database.writing() as sql:
            return _if_ours(sql, claim, f"{GIVEN_BACK}, busy_waited = ?", now, busy_waited)

    def finish(self, claim: Claim, ended: AttemptResult, now: float) -> rules.AppliedOutcome | None:
        """Keep an attempt with what it makes of its record and its connection, all in one transaction (rule 2).

        None where the claim is no longer ours: such an attempt counts as killed, neither way.
        """
        with self._database.writing() as sql:
            connection = connections.read(sql, claim.connection.id)
            if connection is None:
                return None
            settled = rules.apply_outcome(connection.standing, claim.tries, ended.end, now)
            if not _settle_record(sql, claim, ended, settled, now):
                return None
            attempt_id = history.insert_attempt(
                sql, claim.connection.id, claim.record_id, settled, ended.end, ended.reason, ended.log
            )
            connections.store_outcome(sql, claim.connection.id, settled, ended.reason, attempt_id, now)
            return settled

    def last_record(self, connection_id: int) -> int:
        """Return the newest record's number: what a person sees when they say *Relay*."""
        found = self._database.row(
            "SELECT MAX(last_record) FROM batch WHERE connection_id = ? AND loading_owner IS NULL", (connection_id,)
        )
        return int(found[0] or 0) if found else 0

    def give_back_dead(self, connection_id: int, now: float) -> None:
        """Let a dead process's records wait again at their stored step."""
        with self._database.writing() as sql:
            self._drop_broken_batches(sql, now)
            self._leases.in_flight(sql, connection_id, now)

    def _drop_broken_batches(self, sql: sqlite3.Connection, now: float) -> None:
        """Drop what the dead left open; of another computer, what it began more than a day ago."""
        opened = sql.execute("SELECT id, loading_owner, queued_at FROM batch WHERE loading_owner IS NOT NULL")
        for number, owner, begun_at in opened.fetchall():
            if self._leases.is_dead(owner) or (not self._leases.is_here(owner) and _is_a_day_old(sql, begun_at, now)):
                sql.execute("DELETE FROM batch WHERE id = ?", (number,))


def _is_a_day_old(sql: sqlite3.Connection, begun_at: float, now: float) -> bool:
    known = agreed(sql, now)
    return known is not None and known.at - begun_at > JUMP


def _nothing(sql: sqlite3.Connection, connection_id: int, through: int, now: float, *, others: bool) -> NoClaim:
    soonest, unasked = sql.execute(
        "SELECT MIN(CASE WHEN step <> 'result' THEN next_try_at END), SUM(step = 'result') FROM record"
        f" WHERE connection_id = ? AND state = 'waiting' AND (id <= ? OR step = 'result') AND {LOADED}",
        (connection_id, through),
    ).fetchone()
    if soonest is not None and soonest > now:
        return NoClaim(
            IdleReason.LATER,
            _no_later_than(sql, connection_id, soonest, now + rules.backoff(rules.MOST_FAILURES_IN_A_ROW)),
        )
    return NoClaim(IdleReason.OTHERS if others or unasked or soonest is not None else IdleReason.DONE)


def _no_later_than(sql: sqlite3.Connection, connection_id: int, soonest: float, latest: float) -> float:
    """Shorten waits that only a clock set back can have made longer than the rule's."""
    if soonest > latest:
        sql.execute(
            "UPDATE record SET next_try_at = ? WHERE connection_id = ? AND state = 'waiting' AND step <> 'result'"
            " AND next_try_at > ?",
            (latest, connection_id, latest),
        )
    return min(soonest, latest)


def _if_ours(sql: sqlite3.Connection, claim: Claim, columns: str, *values: object) -> bool:
    """Change a claimed record, unless the claim has meanwhile gone to somebody else."""
    return (
        sql.execute(
            f"UPDATE record SET {columns} WHERE id = ? AND state = 'sending' AND claim_token = ?",
            (*values, claim.record_id, claim.token),
        ).rowcount
        > 0
    )


def _settle_record(
    sql: sqlite3.Connection, claim: Claim, ended: AttemptResult, settled: rules.AppliedOutcome, now: float
) -> bool:
    cause = ended.end.cause if isinstance(ended.end, rules.Failure) else None
    waited = ended.busy_waited
    if settled.state is not RecordState.WAITING or (cause is Cause.PASSING and rules.busy_too_long(waited)):
        waited = 0.0
    return _if_ours(
        sql,
        claim,
        "state = ?, resubscribe = resubscribe AND ? <> 'held', tries = ?, next_try_at = ?, busy_waited = ?, cause = ?,"
        " reason = ?, was_new = ?, owner = NULL, lease_until = NULL, changed_at = ?",
        settled.state.value,
        settled.state.value,
        settled.tries,
        settled.next_try_at,
        waited,
        cause.value if cause else None,
        ended.reason.to_json() if ended.reason else None,
        ended.was_new if settled.state is RecordState.SENT else None,
        stamp(sql, now),
    )


def _claim(found: tuple[Any, ...], connection: Connection, token: int, *, outdated: bool) -> Claim:
    donor = Donor(
        email=found[1],
        phone=found[2],
        first_name=found[3],
        last_name=found[4],
        page=found[5],
        page_name=found[6],
        team=found[7],
        source=found[8],
    )
    return Claim(
        record_id=found[0],
        token=token,
        connection=connection,
        donor=donor,
        step=Step(found[9]),
        contact_id=found[10],
        tries=found[11],
        busy_waited=found[12],
        resubscribe=bool(found[13]),
        outdated=outdated,
    )


def _inserted(cursor: sqlite3.Cursor) -> int:
    if cursor.lastrowid is None:
        raise RuntimeError("An insert gave no row number")
    return cursor.lastrowid
