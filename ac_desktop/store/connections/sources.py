"""The sources of connections: the folders they watch, when they are looked at, and when they were last."""

from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from ac_desktop.model.schedule import DEFAULT_SCHEDULE, Schedule
from ac_desktop.store.ports import Database, WriteScope


@dataclass(frozen=True, kw_only=True)
class FetchedDays:
    """The last day whose donations were fetched by themselves, and when the next fetch may be (seconds since 1970)."""

    through: date | None = None
    not_before: float = 0.0


class Schedules:
    """One schedule a connection, the default one where nobody chose another."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, connection_id: int) -> Schedule:
        """Return a connection's schedule."""
        row = self._database.row(
            "SELECT every_minutes, time_of_day FROM schedule WHERE connection_id = ?", (connection_id,)
        )
        if row is None:
            return DEFAULT_SCHEDULE
        at = row["time_of_day"]
        return Schedule(every_minutes=row["every_minutes"], at=time.fromisoformat(at) if at else None)

    def is_chosen(self, connection_id: int) -> bool:
        """Whether a person chose a connection's schedule."""
        return self._database.row("SELECT 1 FROM schedule WHERE connection_id = ?", (connection_id,)) is not None

    def choose(self, connection_id: int, schedule: Schedule, now: float) -> None:
        """Store another schedule; times of day before now are not caught up."""
        at = None if schedule.at is None else schedule.at.isoformat("minutes")
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            sql.execute(
                "INSERT INTO schedule (connection_id, every_minutes, time_of_day, chosen_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (connection_id) DO UPDATE SET every_minutes = excluded.every_minutes,"
                " time_of_day = excluded.time_of_day, chosen_at = excluded.chosen_at",
                (connection_id, schedule.every_minutes, at, now),
            )

    def last_look(self, connection_id: int) -> float | None:
        """Return when the sources were looked at last, None where they never were."""
        row = self._database.row("SELECT at FROM last_look WHERE connection_id = ?", (connection_id,))
        return float(row["at"]) if row else None

    def counts_from(self, connection_id: int) -> float | None:
        """Return the moment after which times of day count: the last look or the choice of the schedule."""
        row = self._database.row("SELECT chosen_at FROM schedule WHERE connection_id = ?", (connection_id,))
        known = [at for at in (self.last_look(connection_id), row["chosen_at"] if row else None) if at is not None]
        return max(known, default=None)

    def fetched(self, connection_id: int) -> FetchedDays:
        """Return which days were fetched by themselves."""
        row = self._database.row(
            "SELECT through, not_before FROM fetched_days WHERE connection_id = ?", (connection_id,)
        )
        if row is None:
            return FetchedDays()
        through = date.fromisoformat(row["through"]) if row["through"] else None
        return FetchedDays(through=through, not_before=row["not_before"])

    def record_fetch(self, connection_id: int, fetched: FetchedDays) -> None:
        """Store which days were fetched by themselves, and when the next ones may be."""
        through = None if fetched.through is None else fetched.through.isoformat()
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            sql.execute(
                "INSERT INTO fetched_days (connection_id, through, not_before) VALUES (?, ?, ?)"
                " ON CONFLICT (connection_id) DO UPDATE SET through = excluded.through,"
                " not_before = excluded.not_before",
                (connection_id, through, fetched.not_before),
            )

    def record_look(self, connection_id: int, now: float) -> None:
        """Store that the sources are being looked at now."""
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            sql.execute(
                "INSERT INTO last_look (connection_id, at) VALUES (?, ?)"
                " ON CONFLICT (connection_id) DO UPDATE SET at = excluded.at",
                (connection_id, now),
            )


@dataclass(frozen=True)
class WatchedFolder:
    """A folder and the connection that watches it."""

    connection_id: int
    folder: Path


class WatchedFolders:
    """At most one folder per connection, deleted with the connection.

    A folder of an office belongs to the workstation that chose it: another one may not have it, or would import its
    files a second time. Its path is stored after the workstation's name and a tab, which no name has.
    """

    def __init__(self, database: Database, workstation: str = "") -> None:
        """`workstation` is the name of this one in an office; "" outside one."""
        self._database = database
        self._mark = f"{workstation}\t" if workstation else ""

    def all(self) -> list[WatchedFolder]:
        """Return every folder that is watched here."""
        rows = self._database.rows("SELECT connection_id, path FROM watched_folder ORDER BY connection_id")
        return [WatchedFolder(number, folder) for number, path in rows if (folder := self._folder(path)) is not None]

    def of(self, connection_id: int) -> Path | None:
        """Return the folder that a connection watches here, None without one."""
        row = self._database.row("SELECT path FROM watched_folder WHERE connection_id = ?", (connection_id,))
        return self._folder(row["path"]) if row else None

    def watch(self, connection_id: int, folder: Path) -> None:
        """Watch a folder from now on, instead of any other, wherever that is."""
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            sql.execute(
                "INSERT INTO watched_folder (connection_id, path) VALUES (?, ?)"
                " ON CONFLICT (connection_id) DO UPDATE SET path = excluded.path",
                (connection_id, f"{self._mark}{folder}"),
            )

    def stop(self, connection_id: int) -> None:
        """Watch none here."""
        if self.of(connection_id) is None:
            return
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            sql.execute("DELETE FROM watched_folder WHERE connection_id = ?", (connection_id,))

    def _folder(self, path: str) -> Path | None:
        return Path(path.removeprefix(self._mark)) if path.startswith(self._mark) else None
