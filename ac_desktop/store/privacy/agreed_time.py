"""What time it is for whatever goes by its age: no clock alone is believed (rule 19).

The store keeps the newest time at which the program was seen at work. The clock is followed from there by steps of up
to a day. What lies beyond is a doubt, until the account's own clock says the same, or a person does.
"""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ac_desktop.store.engines.sqlite.database import Database

JUMP: Final = 86_400.0
"""Seconds by which the clock may be ahead of what was last seen without being doubted."""
_NAME: Final = "time last seen"
_WRITTEN_AFTER: Final = 60.0
_NEWEST_KEPT: Final = """
    SELECT MAX(at) FROM (
        SELECT at FROM (SELECT started_at AS at FROM attempt ORDER BY id DESC LIMIT 1)
        UNION ALL SELECT at FROM (SELECT at FROM event ORDER BY id DESC LIMIT 1)
        UNION ALL SELECT at FROM (SELECT queued_at AS at FROM batch ORDER BY id DESC LIMIT 1)
        UNION ALL SELECT MAX(created_at) FROM connection
    )
"""


@dataclass(frozen=True)
class AgreedTime:
    """A time that two looks agree on; what is older by it may go."""

    at: float


@dataclass(frozen=True, kw_only=True)
class TimeLook:
    """What the clock says, and what was last seen."""

    clock: float
    last_seen: float

    @property
    def agreed(self) -> AgreedTime:
        """The earlier of the two: neither deletes alone."""
        return AgreedTime(min(self.clock, self.last_seen))

    @property
    def is_doubted(self) -> bool:
        """Whether the clock is further ahead than it is believed."""
        return self.clock - self.last_seen > JUMP


class SeenTime:
    """Follows the clock as far as it is believed."""

    def __init__(self, database: Database, steady: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._steady = steady
        self._told: tuple[float, float] | None = None

    def look(self, now: float) -> TimeLook:
        """Follow the clock as far as it is believed, and return both times."""
        kept = last_seen(self._database)
        seen = kept if kept is not None else self._newest_kept(now)
        told, self._told = self._told, None
        if told is not None:
            seen = told[0] + self._steady() - told[1]
        if seen < now <= seen + JUMP:
            seen = now
        if kept is None or abs(seen - kept) >= _WRITTEN_AFTER:
            self._keep(seen)
        return TimeLook(clock=now, last_seen=seen)

    def confirm(self, now: float) -> None:
        """Believe the clock from now on, as a person confirmed it."""
        self._keep(now)

    def note_account(self, at: float) -> None:
        """Note what an account's own clock says; the next look keeps it. Callable from any thread."""
        self._told = (at, self._steady())

    def close(self, now: float) -> None:
        """Keep what an account said since the last look."""
        if self._told is not None:
            self.look(now)

    def _newest_kept(self, now: float) -> float:
        found = self._database.row(_NEWEST_KEPT)
        return float(found[0]) if found and found[0] is not None else now

    def _keep(self, seen: float) -> None:
        with self._database.writing() as sql:
            sql.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (_NAME, repr(seen)))


def last_seen(database: Database) -> float | None:
    """Return the newest time at which the program was seen at work, where one is kept."""
    row = database.row("SELECT value FROM setting WHERE name = ?", (_NAME,))
    return float(row[0]) if row else None


def stamp(sql: sqlite3.Connection, now: float) -> float:
    """Return the time that an age is counted from: a clock that is behind makes nothing older than it is."""
    row = sql.execute("SELECT value FROM setting WHERE name = ?", (_NAME,)).fetchone()
    return max(now, float(row[0])) if row else now


def agreed(sql: sqlite3.Connection, now: float) -> AgreedTime | None:
    """Return the agreed time as it is kept, within the caller's transaction; None where none was kept yet."""
    row = sql.execute("SELECT value FROM setting WHERE name = ?", (_NAME,)).fetchone()
    return AgreedTime(min(now, float(row[0]))) if row else None
