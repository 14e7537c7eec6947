"""The number of donors sent and held, and of failed attempts, over time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Final

from ac_desktop.store.ports import Database

HOUR: Final = 3_600.0
DAY: Final = 86_400.0
_MONTHS: Final = 12
_FIRST_SINCE: Final = "SELECT id, started_at FROM attempt WHERE id >= ? AND connection_id = ? ORDER BY id LIMIT 1"


class ActivitySpan(Enum):
    """A period that ends now, divided into parts."""

    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"


LAST_HOURS: Final = ActivitySpan.HOURS
LAST_DAYS: Final = ActivitySpan.DAYS
LAST_MONTHS: Final = ActivitySpan.MONTHS
_PARTS: Final = {LAST_HOURS: (HOUR, 24), LAST_DAYS: (DAY, 30), LAST_MONTHS: (DAY, 366)}
"""The width in seconds of what is counted, and how many of them; months are made of their days."""


@dataclass(frozen=True)
class ActivityBar:
    """One part of a period: its start and its end, the donors sent and held, and the failed attempts."""

    at: float
    until: float
    sent: int = 0
    held: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.sent + self.held + self.failed


def activity(
    database: Database, connection_id: int, span: ActivitySpan, now: float, offset: float = 0.0
) -> list[ActivityBar]:
    """Return the parts up to now, oldest first; `offset` in seconds shifts a day's start to local time."""
    width, parts = _PARTS[span]
    last = int((now + offset) // width)
    first = last - parts + 1
    start = first * width - offset
    part_number = database.fragments.truncated.format("(started_at + ?) / ?")
    rows = database.rows(
        f"SELECT {part_number} AS part, SUM(CASE WHEN outcome = 'sent' THEN donors ELSE 0 END),"
        " SUM(CASE WHEN outcome = 'held' THEN donors ELSE 0 END), COUNT(cause)"
        " FROM attempt WHERE connection_id = ? AND id >= ? AND started_at >= ? GROUP BY 1",
        (offset, width, connection_id, _first_since(database, connection_id, start), start),
    )
    found = {number: counts for number, *counts in rows}
    bars = [
        ActivityBar(part * width - offset, (part + 1) * width - offset, *found.get(part, (0, 0, 0)))
        for part in range(first, last + 1)
    ]
    return _by_month(bars, offset)[-_MONTHS:] if span is LAST_MONTHS else bars


def _by_month(days: Sequence[ActivityBar], offset: float) -> list[ActivityBar]:
    months: dict[tuple[int, int], ActivityBar] = {}
    for day in days:
        date = datetime.fromtimestamp(day.at + offset, UTC)
        month = (date.year, date.month)
        before = months.get(month)
        months[month] = day if before is None else _joined(before, day)
    return list(months.values())


def _joined(one: ActivityBar, other: ActivityBar) -> ActivityBar:
    return replace(
        one,
        until=other.until,
        sent=one.sent + other.sent,
        held=one.held + other.held,
        failed=one.failed + other.failed,
    )


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
