"""The number of donors sent and of failed attempts over time."""

from dataclasses import dataclass
from typing import Final

from ac_desktop.store.ports import Database

MINUTE: Final = 60.0
DAY: Final = 86_400.0
_FIRST_SINCE: Final = "SELECT id, started_at FROM attempt WHERE id >= ? AND connection_id = ? ORDER BY id LIMIT 1"


@dataclass(frozen=True)
class ActivitySpan:
    """A period divided into equal parts; `width` in seconds."""

    width: float
    parts: int


LAST_HOUR: Final = ActivitySpan(MINUTE, 60)
LAST_DAYS: Final = ActivitySpan(DAY, 30)


@dataclass(frozen=True)
class ActivityBar:
    """One part of a period: its start, the number of donors sent, and of failed attempts."""

    at: float
    sent: int = 0
    failed: int = 0


def activity(
    database: Database, connection_id: int, span: ActivitySpan, now: float, offset: float = 0.0
) -> list[ActivityBar]:
    """Return the parts up to now, oldest first; `offset` in seconds shifts a day's start to local time."""
    last = int((now + offset) // span.width)
    first = last - span.parts + 1
    start = first * span.width - offset
    part_number = database.fragments.truncated.format("(started_at + ?) / ?")
    rows = database.rows(
        f"SELECT {part_number} AS part, SUM(CASE WHEN outcome = 'sent' THEN donors ELSE 0 END),"
        " COUNT(cause) FROM attempt WHERE connection_id = ? AND id >= ? AND started_at >= ? GROUP BY 1",
        (offset, span.width, connection_id, _first_since(database, connection_id, start), start),
    )
    found = {number: (sent, failed) for number, sent, failed in rows}
    return [ActivityBar(part * span.width - offset, *found.get(part, (0, 0))) for part in range(first, last + 1)]


def _first_since(database: Database, connection_id: int, start: float) -> int:
    """Return the ID of the first attempt since `start`, by binary search, as attempts are ordered by time."""
    newest = database.row("SELECT MAX(id) AS id FROM attempt WHERE connection_id = ?", (connection_id,))
    low, high = 0, int(newest["id"] or 0) if newest else 0
    while low < high:
        middle = (low + high) // 2
        found = database.row(_FIRST_SINCE, (middle, connection_id))
        if found is None or found["started_at"] >= start:
            high = middle
        else:
            low = int(found["id"]) + 1
    return low
