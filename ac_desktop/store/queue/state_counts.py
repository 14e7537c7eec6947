"""The number of records in each state, as counted by the database's triggers."""

from typing import Final

from ac_desktop.store.ports import Database
from ac_desktop.store.queue.records import StateCounts

LOADED: Final = "batch_id NOT IN (SELECT id FROM batch WHERE loading_owner IS NOT NULL)"
"""True of records whose batch is closed: the others are still being imported."""


def counts(database: Database, connection_id: int) -> StateCounts:
    """Return a connection's records by state."""
    rows = database.rows(
        f"SELECT state, SUM(number) AS number FROM tally WHERE connection_id = ? AND {LOADED} GROUP BY state",
        (connection_id,),
    )
    return StateCounts(**{str(row["state"]): int(row["number"]) for row in rows})


def unfinished(database: Database) -> dict[int, tuple[int, int]]:
    """Return for each connection how many records wait, and how many are being sent."""
    rows = database.rows(
        "SELECT connection_id, SUM(CASE WHEN state = 'waiting' THEN number ELSE 0 END) AS waiting,"
        f" SUM(CASE WHEN state = 'sending' THEN number ELSE 0 END) AS sending FROM tally WHERE {LOADED}"
        " GROUP BY connection_id"
    )
    return {int(row["connection_id"]): (int(row["waiting"]), int(row["sending"])) for row in rows}


def batch_counts(database: Database, batch_id: int) -> StateCounts:
    """Return a batch's records by state."""
    rows = database.rows(
        "SELECT state, number FROM tally WHERE batch_id = ? AND connection_id ="
        " (SELECT connection_id FROM batch WHERE id = ?)",
        (batch_id, batch_id),
    )
    return StateCounts(**{str(row["state"]): int(row["number"]) for row in rows})
