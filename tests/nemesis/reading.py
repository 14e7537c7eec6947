"""Reads a database by plain SQL, with no line of the program: the same statements on both engines."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from tests.nemesis.record import Batch, Kept, Row, Try

Query = Callable[[str], Iterable[Mapping[str, Any]]]
"""Runs a statement, and returns its rows by name."""

_BATCHES: Final = "SELECT id, connection_id, kind, sha256, loading_owner, rows_read FROM batch WHERE withdrawn = 0"
_ROWS: Final = """
SELECT r.id AS id, r.batch_id AS batch_id, r.row AS row, r.email AS email, r.state AS state, r.reason AS reason,
    r.donation_id AS donation_id, s.cells AS cells
FROM record r LEFT JOIN source_row s ON s.record_id = r.id ORDER BY r.id
"""
_TALLY: Final = "SELECT batch_id, state, sum(number) AS number FROM tally GROUP BY batch_id, state"
_ATTEMPTS: Final = "SELECT id, connection_id, outcome, cause, streak FROM attempt ORDER BY id"
_REACTIVATED: Final = "SELECT connection_id, after_attempt FROM event WHERE kind = 'reactivated'"


def sqlite_query(file: Path) -> Query:
    """Return what runs statements on a SQLite file, which is only read."""

    def query(statement: str) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=30.0)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(statement)]

    return query


def read(query: Query) -> Kept:
    """Return all that a database has."""
    batches = {
        row["id"]: Batch(
            id=row["id"],
            connection=row["connection_id"],
            kind=row["kind"],
            sha256=row["sha256"],
            is_loading=row["loading_owner"] is not None,
            rows_read=row["rows_read"],
        )
        for row in query(_BATCHES)
    }
    return Kept(
        batches=batches,
        rows=tuple(_row(row) for row in query(_ROWS) if row["batch_id"] in batches),
        tally={(row["batch_id"], row["state"]): int(row["number"]) for row in query(_TALLY)},
        attempts=tuple(_attempt(row) for row in query(_ATTEMPTS)),
        reactivated=frozenset((row["connection_id"], row["after_attempt"]) for row in query(_REACTIVATED)),
    )


def _row(row: Mapping[str, Any]) -> Row:
    return Row(
        id=row["id"],
        batch=row["batch_id"],
        row=row["row"],
        email=row["email"],
        state=row["state"],
        reason=str(row["reason"] or ""),
        donation=row["donation_id"],
        cells=str(row["cells"] or ""),
    )


def _attempt(row: Mapping[str, Any]) -> Try:
    return Try(
        id=row["id"],
        connection=row["connection_id"],
        outcome=row["outcome"],
        is_failed=row["cause"] is not None,
        streak=row["streak"],
    )
