"""Batches: opened, filled with validated rows, closed, and withdrawn."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.model.states import RecordState
from ac_desktop.store.agreed_time import JUMP, agreed, stamp
from ac_desktop.store.history.history import insert_queued_event
from ac_desktop.store.ports import Database, Owners, Sql, WriteScope
from ac_desktop.store.queue.claims import LAST_RECORD
from ac_desktop.store.queue.corrections import close_corrected, reopen_corrected
from ac_desktop.store.queue.known_donations import remember_fetched
from ac_desktop.store.queue.records import (
    BatchSource,
    NewRecord,
    NewRows,
    SharedValues,
    StateCounts,
    batch_state_counts,
    encode_cells,
    storable,
)

_CHUNK: Final = 1_000
"""Records updated in one transaction, so that no other writer waits long."""


DISTANT_ROWS: Final = 10_000
"""Rows stored in one transaction at a distance, which takes about ten round trips."""


@dataclass(frozen=True, slots=True)
class WithClosedSince:
    """How a batch is compared with those that were closed since it was begun, when those of `open_then` were open.

    It was compared with `compared`; `compare` skips what any of them holds unchanged.
    """

    open_then: frozenset[int]
    compared: frozenset[int]
    compare: Callable[[], object]


class Batches:
    """The batches of all connections. Every method that writes is one durable transaction."""

    def __init__(self, database: Database, owners: Owners) -> None:
        self._database = database
        self._owners = owners

    def open_batch(self, connection_id: int, source: BatchSource, now: float, *, owner: str | None = None) -> int:
        """Open a batch, whose records are not relayed until `close_batch`; return its ID.

        It is dropped where its owner's process dies before: this one, unless it reads on behalf of another.
        """
        self.drop_dead(now)
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            return insert_batch(sql, connection_id, source, now, owner or self._owners.me)

    @property
    def rows_at_once(self) -> int:
        """The number of rows to be added at once: at a distance they wait for one another, as each time is a wait."""
        return DISTANT_ROWS if self._database.is_distant else 1

    def add(self, connection_id: int, batch_id: int, records: Sequence[NewRecord], now: float) -> None:
        """Add validated records to an open batch."""
        if records:
            self.add_rows(connection_id, batch_id, columns_of(records), now)

    def add_rows(self, connection_id: int, batch_id: int, rows: NewRows, now: float) -> int:
        """Add validated rows to an open batch; return the ID of the first record, which the others follow."""
        return insert_rows(self._database, connection_id, batch_id, rows, now)

    def correct(self, batch_id: int, records: Iterable[tuple[int, RecordState, str]], now: float) -> None:
        """Set state and reason (JSON) of records of an open batch, where a later row is relayed instead (rule 11)."""
        rows = [(number, state.value, reason) for number, state, reason in records]
        at_once = max(self.rows_at_once, _CHUNK)
        for first in range(0, len(rows), at_once):
            with self._database.writing(WriteScope.of_batch(batch_id), staging=True) as sql:
                shared = {"changed_at": stamp(sql, now)}
                sql.update("record", ("state", "reason"), rows[first : first + at_once], shared)

    def open_beside(self, batch_id: int) -> frozenset[int]:
        """Return the other open batches of a batch's connection."""
        return _beside(self._database, batch_id, "o.loading_owner IS NOT NULL")

    def closed_beside(self, batch_id: int, open_then: Collection[int]) -> frozenset[int]:
        """Return the batches that were closed since this one was begun, when those of `open_then` were open."""
        return _closed_beside(self._database, batch_id, open_then)

    def close_batch(
        self,
        batch_id: int,
        rows_read: int | None = None,
        *,
        now: float | None = None,
        comparison: WithClosedSince | None = None,
    ) -> StateCounts:
        """Close a batch: from now on its records may be relayed, and those that they correct are closed.

        Return its counts. `rows_read` is the reader's count, with which the import result has to balance. `now` is the
        time of the event and of the corrections; without it there is no event. With `comparison` the batch is compared
        again where others were closed at the last moment.
        """
        self._database.index_batch(batch_id)
        with self._database.writing(WriteScope.of_batch(batch_id)) as sql:
            if comparison is not None:
                closed = _closed_beside(sql, batch_id, comparison.open_then)
                if not closed <= comparison.compared:
                    comparison.compare()
            sql.execute("UPDATE batch SET loading_owner = NULL, rows_read = ? WHERE id = ?", (rows_read, batch_id))
            close_corrected(sql, batch_id, now)
            remember_fetched(sql, batch_id)
            if now is not None:
                insert_queued_event(sql, batch_id, now)
        return self.batch_counts(batch_id)

    def drop_batch(self, batch_id: int) -> None:
        """Delete a batch that was not closed, with its records."""
        with self._database.writing(WriteScope.of_batch(batch_id)) as sql:
            delete_open_batch(sql, batch_id)

    def withdraw(self, batch_id: int) -> int:
        """Delete a batch's waiting records from the queue; return how many.

        Those that ActiveCampaign accepted in a bulk request can no longer be withdrawn.
        """
        with self._database.writing(WriteScope.of_batch(batch_id)) as sql:
            reopen_corrected(sql, batch_id, 0, LAST_RECORD)
            if sql.kept_history is not None:
                return sql.kept_history.withdraw(batch_id, 0, LAST_RECORD, None)
            return sql.execute(
                "DELETE FROM record WHERE batch_id = ? AND state = 'waiting' AND step <> 'result'", (batch_id,)
            )

    def batch_counts(self, batch_id: int) -> StateCounts:
        """Return a batch's records by state."""
        return batch_state_counts(self._database, batch_id)

    def last_record(self, connection_id: int) -> int:
        """Return the ID of the newest record in a closed batch: what a person sees when they press *Relay*."""
        newest = self._database.row(
            "SELECT MAX(last_record) AS id FROM batch WHERE connection_id = ? AND loading_owner IS NULL",
            (connection_id,),
        )
        return int(newest["id"] or 0) if newest else 0

    def drop_dead(self, now: float) -> None:
        """Drop the open batches of dead processes; of those that nobody watches, what was opened more than a day ago.

        Each is a transaction of its own, as it may belong to any connection.
        """
        for opened in self._database.rows(
            "SELECT id, loading_owner, queued_at FROM batch WHERE loading_owner IS NOT NULL"
        ):
            owner = opened["loading_owner"]
            is_unwatched = not self._owners.is_watched(owner)
            if self._owners.is_dead(owner) or (is_unwatched and self._is_a_day_old(opened["queued_at"], now)):
                with self._database.writing(WriteScope.of_batch(opened["id"])) as sql:
                    delete_open_batch(sql, opened["id"])

    def _is_a_day_old(self, opened_at: float, now: float) -> bool:
        known = agreed(self._database, now)
        return known is not None and known.at - opened_at > JUMP


def _closed_beside(database: Database | Sql, batch_id: int, open_then: Collection[int]) -> frozenset[int]:
    closed = _beside(database, batch_id, "o.loading_owner IS NULL")
    return frozenset(one for one in closed if one > batch_id or one in open_then)


def _beside(database: Database | Sql, batch_id: int, which: str) -> frozenset[int]:
    query = f"SELECT o.id FROM batch b JOIN batch o ON o.connection_id = b.connection_id WHERE b.id = ? AND {which}"
    return frozenset(int(row["id"]) for row in database.rows(query, (batch_id,))) - {batch_id}


def delete_open_batch(sql: Sql, batch_id: int) -> None:
    """Delete a batch that is not closed, with its records, within the caller's transaction."""
    if sql.kept_history is not None:
        sql.kept_history.delete_batch(batch_id)
    else:
        sql.execute("DELETE FROM batch WHERE id = ? AND loading_owner IS NOT NULL", (batch_id,))


def insert_batch(sql: Sql, connection_id: int, source: BatchSource, now: float, owner: str) -> int:
    """Insert an open batch within the caller's transaction; return its ID."""
    return sql.insert(
        "INSERT INTO batch (connection_id, kind, file_name, sheet, sha256, fingerprint, header,"
        " recognised_as, queued_at, loading_owner, who) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            owner,
            sql.person(),
        ),
    )


_COLUMNS: Final = (
    "row",
    "email",
    "phone",
    "first_name",
    "last_name",
    "donation_id",
    "donated_at",
    "row_hash",
    "source",
    "page",
    "page_name",
    "team",
    "state",
    "reason",
    "warnings",
)
_STATE_INDEX: Final = 4


def insert_rows(database: Database, connection_id: int, batch_id: int, rows: NewRows, now: float) -> int:
    """Insert rows into an open batch, in one transaction; return the ID of the first record.

    Raise LookupError where the batch no longer exists.
    """
    count = len(rows.rows)
    state_counts = Counter(values[_STATE_INDEX] for values in rows.shared_values)
    with database.writing(WriteScope.of(connection_id), staging=True) as sql:
        first = sql.reserve_ids("record", count)
        if not sql.execute(
            "UPDATE batch SET first_record = COALESCE(first_record, ?), last_record = ? WHERE id = ?",
            (first, first + count - 1, batch_id),
        ):
            raise LookupError(f"Batch {batch_id} is no longer there")
        numbers = range(first, first + count)
        values = zip(
            rows.rows,
            rows.emails,
            rows.phones,
            rows.first_names,
            rows.last_names,
            rows.donation_ids,
            rows.donated_at,
            rows.row_hashes,
            *zip(*rows.shared_values, strict=True),
            strict=True,
        )
        shared = {"connection_id": connection_id, "batch_id": batch_id, "changed_at": stamp(sql, now)}
        sql.load("record", _COLUMNS, list(values), shared, first_id=first)
        sql.load("source_row", ("record_id", "cells"), list(zip(numbers, rows.cells, strict=True)))
        sql.many(
            "INSERT INTO tally (connection_id, batch_id, state, number) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (connection_id, batch_id, state) DO UPDATE SET number = tally.number + excluded.number",
            [(connection_id, batch_id, state, number) for state, number in state_counts.items()],
        )
    return first


def columns_of(records: Sequence[NewRecord]) -> NewRows:
    """Return single records as columns."""
    donors = [one.donor for one in records]
    return NewRows(
        rows=[one.row for one in records],
        emails=[donor.email for donor in donors],
        phones=[donor.phone for donor in donors],
        first_names=[donor.first_name for donor in donors],
        last_names=[donor.last_name for donor in donors],
        shared_values=list(map(_shared_values, records)),
        donation_ids=[one.donation_id for one in records],
        donated_at=[one.donated_at for one in records],
        row_hashes=[one.row_hash for one in records],
        cells=[encode_cells(one.cells) for one in records],
    )


def _shared_values(record: NewRecord) -> SharedValues:
    donor, why = record.donor, record.reason
    reason = why.to_json() if why else None
    return donor.source, donor.page, donor.page_name, donor.team, record.state.value, reason, record.warnings
