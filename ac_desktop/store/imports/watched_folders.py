"""The folders that connections watch for new exports."""

from dataclasses import dataclass
from pathlib import Path

from ac_desktop.store.ports import Database, WriteScope


@dataclass(frozen=True)
class WatchedFolder:
    """A folder and the connection that watches it."""

    connection_id: int
    folder: Path


class WatchedFolders:
    """At most one folder per connection, deleted with the connection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[WatchedFolder]:
        """Return every watched folder."""
        rows = self._database.rows("SELECT connection_id, path FROM watched_folder ORDER BY connection_id")
        return [WatchedFolder(number, Path(path)) for number, path in rows]

    def of(self, connection_id: int) -> Path | None:
        """Return the folder that a connection watches, None without one."""
        row = self._database.row("SELECT path FROM watched_folder WHERE connection_id = ?", (connection_id,))
        return Path(row["path"]) if row else None

    def watch(self, connection_id: int, folder: Path) -> None:
        """Watch a folder from now on, instead of any other."""
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            sql.execute(
                "INSERT INTO watched_folder (connection_id, path) VALUES (?, ?)"
                " ON CONFLICT (connection_id) DO UPDATE SET path = excluded.path",
                (connection_id, str(folder)),
            )

    def stop(self, connection_id: int) -> None:
        """Watch none."""
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            sql.execute("DELETE FROM watched_folder WHERE connection_id = ?", (connection_id,))
