"""Backups of the database, and what was done with its files while it was opened.

An engine that keeps the store in a file has them. One on a server has neither: its administrator makes the backups.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from ac_desktop.store.errors import StoreProblem

FILE_NAME: Final = "donors.sqlite3"
"""The database's file in a data folder; the names of its copies begin with it."""

COMPANIONS: Final = ("-wal", "-shm", "-journal")
"""The endings of the files beside a database; without them it may lack the latest writes."""

MOVED_PREFIX: Final = "queue-moved-"
"""What the name of a queue's file begins with whose donors are in an office by now."""


@dataclass(frozen=True)
class MovedDatabase:
    """A database that was moved: why, where to, and the newest backup, if there is one."""

    trouble: StoreProblem
    moved_to: Path
    backup: Path | None


@dataclass(frozen=True)
class RestoredBackup:
    """A backup that replaced the database, and where that one is now."""

    backup: Path
    previous: Path | None


class Backups(Protocol):
    """The backups of a store."""

    def newest(self) -> Path | None:
        """Return the newest backup, None without one."""

    def restore(self, backup: Path) -> Path | None:
        """Replace the database by a backup; return where the database is now, None where there was none.

        Only a person starts this. Raise StoreError where the backup is not sound, or a process uses the store.
        """

    def mark_reported(self) -> None:
        """Record that a person has seen what was done to the database's files."""


def mark_reported(backups: Backups | None) -> None:
    """Record that a person has seen what was done to the database's files, where an engine does such things."""
    if backups is not None:
        backups.mark_reported()


def backup_day(backup: Path) -> str:
    """Return the date of a backup from its name."""
    day = backup.name.split(".")[-2][:8]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"
