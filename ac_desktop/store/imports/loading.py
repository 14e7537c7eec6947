"""Insertion of validated rows, many at once: one statement for dozens of them, one count for all."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Final

from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.ports import Sql
from ac_desktop.store.privacy.agreed_time import stamp
from ac_desktop.store.queue.records import NewRecord, NewRows, SharedValues, encode_cells

_SHARED: Final = "connection_id, batch_id, changed_at"
_COLUMNS: Final = (
    "row, email, phone, first_name, last_name, donation_id, donated_at, row_hash,"
    " source, page, page_name, team, state, reason, warnings"
)
_WIDTH: Final = _COLUMNS.count(",") + 1
_ROWS_PER_STATEMENT: Final = 50
"""Rows per statement: 753 values, below the limit of 999 of old SQLite versions; more saves no more time."""
_STATE_INDEX: Final = 4


def insert_rows(database: Database, connection_id: int, batch_id: int, rows: NewRows, now: float) -> int:
    """Insert rows into an open batch, in one transaction; return the ID of the first record.

    Raise LookupError where the batch no longer exists.
    """
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
    state_counts = Counter(values[_STATE_INDEX] for values in rows.shared_values)
    with database.writing(staging=True) as sql:
        first = sql.execute("SELECT COALESCE(MAX(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'record'")
        number, count = int(first.fetchone()[0]), len(rows.rows)
        updated = sql.execute(
            "UPDATE batch SET first_record = COALESCE(first_record, ?), last_record = ? WHERE id = ?",
            (number, number + count - 1, batch_id),
        )
        if not updated.rowcount:
            raise LookupError(f"Batch {batch_id} is no longer there")
        shared = (connection_id, batch_id, stamp(sql, now))
        _insert(sql, f"INSERT INTO record ({_SHARED}, {_COLUMNS})", _WIDTH, list(values), shared)
        cells = list(zip(range(number, number + count), rows.cells, strict=True))
        _insert(sql, "INSERT INTO source_row (record_id, cells)", 2, cells)
        sql.many(
            "INSERT INTO tally (connection_id, batch_id, state, number) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET number = number + excluded.number",
            [(connection_id, batch_id, state, count) for state, count in state_counts.items()],
        )
    return number


def _insert(
    sql: Sql,
    statement: str,
    width: int,
    values: Sequence[tuple[object, ...]],
    shared: tuple[object, ...] = (),
) -> None:
    """Insert rows of `width` values each, after the values that all of them share."""
    whole = len(values) // _ROWS_PER_STATEMENT * _ROWS_PER_STATEMENT
    one = f"({', '.join([f'?{number}' for number in range(1, len(shared) + 1)] + ['?'] * width)})"
    sql.many(
        f"{statement} VALUES {', '.join([one] * _ROWS_PER_STATEMENT)}",
        (
            (*shared, *chain.from_iterable(values[at : at + _ROWS_PER_STATEMENT]))
            for at in range(0, whole, _ROWS_PER_STATEMENT)
        ),
    )
    sql.many(f"{statement} VALUES {one}", ((*shared, *row) for row in values[whole:]))


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
