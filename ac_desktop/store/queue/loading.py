"""Insertion of validated rows, many at once, with one count for all."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from ac_desktop.store.agreed_time import stamp
from ac_desktop.store.ports import Database, WriteScope
from ac_desktop.store.queue.records import NewRecord, NewRows, SharedValues, encode_cells

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
