"""The time for deletion by age: no clock alone is trusted (rule 19).

The store has the newest time at which the program was running. The clock is followed from there by steps of up to a
day. A larger jump is in doubt until the account's own clock confirms it, or a person does.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ac_desktop.store.ports import NO_CONNECTION, Database, Sql

JUMP: Final = 86_400.0
"""Seconds by which the clock may be ahead of the last seen time without being in doubt."""
_NAME: Final = "time last seen"
_WRITTEN_AFTER: Final = 60.0
_LAST_SEEN: Final = "SELECT value FROM setting WHERE name = ?"
STAMPED: Final = (
    "(SELECT CASE WHEN seen.at > {now} THEN seen.at ELSE {now} END FROM (SELECT MAX(CAST(value AS DOUBLE PRECISION))"
    f" AS at FROM setting WHERE name = '{_NAME}') AS seen)"
)
"""What `stamp` returns, as a part of a statement."""
SET_SETTING: Final = (
    "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_NEWEST_STORED: Final = """
    SELECT MAX(at) AS at FROM (
        SELECT at FROM (SELECT started_at AS at FROM attempt ORDER BY id DESC LIMIT 1) AS newest_attempt
        UNION ALL SELECT at FROM (SELECT at FROM event ORDER BY id DESC LIMIT 1) AS newest_event
        UNION ALL SELECT at FROM (SELECT queued_at AS at FROM batch ORDER BY id DESC LIMIT 1) AS newest_batch
        UNION ALL SELECT MAX(created_at) FROM connection
    ) AS times
"""


@dataclass(frozen=True)
class AgreedTime:
    """A time that two readings agree on; what is older may be deleted."""

    at: float


@dataclass(frozen=True, kw_only=True)
class TimeReading:
    """The clock's time and the last seen time."""

    clock: float
    last_seen: float

    @property
    def agreed(self) -> AgreedTime:
        """The earlier of the two: neither alone may delete."""
        return AgreedTime(min(self.clock, self.last_seen))

    @property
    def is_in_doubt(self) -> bool:
        """Whether the clock is too far ahead to be trusted."""
        return self.clock - self.last_seen > JUMP


class SeenTime:
    """Follows the clock as far as it is trusted."""

    def __init__(self, database: Database, steady: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._steady = steady
        self._account_time: tuple[float, float] | None = None

    def read(self, now: float) -> TimeReading:
        """Follow the clock as far as it is trusted, and return both times."""
        stored = last_seen(self._database)
        seen = stored if stored is not None else self._newest_stored(now)
        from_account, self._account_time = self._account_time, None
        if from_account is not None:
            seen = from_account[0] + self._steady() - from_account[1]
        if seen < now <= seen + JUMP:
            seen = now
        if stored is None or abs(seen - stored) >= _WRITTEN_AFTER:
            self._store(seen)
        return TimeReading(clock=now, last_seen=seen)

    def confirm(self, now: float) -> None:
        """Trust the clock from now on, as a person confirmed it."""
        self._store(now)

    def record_account_time(self, at: float) -> None:
        """Record the time of an account's clock; the next reading stores it. Thread-safe."""
        self._account_time = (at, self._steady())

    def close(self, now: float) -> None:
        """Store an account's time that came after the last reading."""
        if self._account_time is not None:
            self.read(now)

    def _newest_stored(self, now: float) -> float:
        found = self._database.row(_NEWEST_STORED)
        return float(found["at"]) if found and found["at"] is not None else now

    def _store(self, seen: float) -> None:
        with self._database.writing(NO_CONNECTION) as sql:
            sql.execute(SET_SETTING, (_NAME, repr(seen)))


def last_seen(sql: Sql | Database) -> float | None:
    """Return the newest time at which the program was running, None where none is stored."""
    row = sql.row(_LAST_SEEN, (_NAME,))
    return float(row["value"]) if row else None


def stamp(sql: Sql, now: float) -> float:
    """Return the time from which an age is counted: a clock that is behind makes nothing older than it is."""
    return not_before(last_seen(sql), now)


def not_before(seen: float | None, now: float) -> float:
    """Return the time from which an age is counted, where `seen` is the last seen time."""
    return now if seen is None else max(now, seen)


def agreed(sql: Sql | Database, now: float) -> AgreedTime | None:
    """Return the agreed time, as a caller's transaction sees it; None where none is stored yet."""
    row = sql.row(_LAST_SEEN, (_NAME,))
    return AgreedTime(min(now, float(row["value"]))) if row else None
