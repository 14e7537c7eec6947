"""When an office's database was last backed up, as its administrator's backup says each time it has ended well."""

from dataclasses import dataclass
from typing import Final

from ac_desktop.store.ports import Database

OLD: Final = 7 * 86_400.0
"""Seconds after which a backup is too old."""
LAST_BACKUP: Final = """
    SELECT made.at AS at, now.at - COALESCE(made.at, (SELECT MIN(joined_at) FROM ac_desktop.person), now.at) AS age
    FROM (SELECT MAX(at) AS at FROM ac_desktop.backup_made) AS made,
        (SELECT CAST(extract(epoch FROM clock_timestamp()) AS DOUBLE PRECISION) AS at) AS now
"""
"""The age is by the server's own clock; without a backup it is that of the office."""


@dataclass(frozen=True)
class LastBackup:
    """When the last backup ended, None without one, and its age; without one, that of the office, in seconds."""

    at: float | None
    age: float

    @property
    def is_old(self) -> bool:
        """Whether people should know."""
        return self.age > OLD


def last_backup(database: Database) -> LastBackup | None:
    """Return what an office knows of its backups, None where it knows nothing at all."""
    row = database.row(LAST_BACKUP)
    return LastBackup(row["at"], row["age"]) if row is not None else None
