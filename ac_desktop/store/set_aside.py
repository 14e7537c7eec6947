"""A damaged or foreign database: moved aside under a dated name, never deleted, so that the program can start."""

import os
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ac_desktop.model.wording import tr
from ac_desktop.store.database import APPLICATION_ID, FILE_NAME, SUSPECT_NAME, Database
from ac_desktop.store.errors import StoreError, StoreTrouble, damaged_text

_LOCK: Final = "moving.lock"
_COMPANIONS: Final = ("-wal", "-shm", "-journal")
_CAN_BE_MOVED: Final = frozenset({StoreTrouble.DAMAGED, StoreTrouble.FOREIGN})


@dataclass(frozen=True)
class SetAside:
    """A database that was moved out of the way: why, where to, and the newest backup of ours, if there is one."""

    trouble: StoreTrouble
    moved_to: Path
    backup: Path | None

    @property
    def text(self) -> str:
        """The sentences a person reads."""
        if self.trouble is StoreTrouble.FOREIGN:
            return tr(
                "The database in AC Desktop's folder was made by another program. It was moved to {file}, unchanged, "
                "and AC Desktop begins with an empty queue. Donors that AC Desktop held there are not known here.",
                file=self.moved_to,
            )
        return tr(
            "The donor database is damaged and cannot be opened. It was moved to {file}; nothing of it was deleted. "
            "AC Desktop begins with an empty queue: the connections have to be set up again, and the donors that "
            "waited, the log and the failures in a row are in the damaged file alone.",
            file=self.moved_to,
        )


@dataclass(frozen=True)
class Opened:
    """The database of a data folder, and what had to be moved aside before it could be opened."""

    database: Database
    set_aside: SetAside | None = None


def open_database(folder: Path) -> Opened:
    """Open a folder's database, or a fresh one where the file is damaged or another program's.

    Raises StoreError where neither can be done, and where another process of ours is at work on the file.
    """
    try:
        return Opened(_sound(folder))
    except StoreError as error:
        if error.trouble not in _CAN_BE_MOVED or not folder.is_dir():
            raise
    from filelock import FileLock

    from ac_desktop.store.owners import Owners

    with FileLock(folder / _LOCK, mode=0o600):
        try:
            return Opened(_sound(folder))
        except StoreError as error:
            if error.trouble not in _CAN_BE_MOVED or Owners.any_alive(folder):
                raise
            set_aside = SetAside(error.trouble, _moved(folder, error), newest_backup(folder))
        return Opened(Database(folder), set_aside)


def _moved(folder: Path, error: StoreError) -> Path:
    try:
        return _move(folder, error.trouble.value)
    except OSError:
        raise error from None


def newest_backup(folder: Path) -> Path | None:
    """Give the newest of the copies that were made before a migration."""
    found = folder.glob(f"{FILE_NAME}.version-*.backup")
    return max(found, key=lambda path: path.name.split(".")[-2], default=None)


def backup_day(backup: Path) -> str:
    """Give the day a backup was made, as in its name."""
    day = backup.name.split(".")[-2][:8]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def restore(folder: Path, backup: Path) -> Path | None:
    """Put a backup in the place of the database, which is moved aside; gives where that one is now.

    Only a person asks for this. Raises StoreError where the backup is no sound database of ours, and where a process
    is at work in the folder.
    """
    from filelock import FileLock

    from ac_desktop.store.owners import Owners

    if Owners.any_alive(folder):
        raise StoreError(StoreTrouble.LOCKED, tr("AC Desktop is open. Close it, then bring the backup back."))
    if not _is_sound_backup(backup):
        raise StoreError(
            StoreTrouble.DAMAGED, tr("{file} is not a sound backup of AC Desktop. Nothing was changed.", file=backup)
        )
    with FileLock(folder / _LOCK, mode=0o600):
        arriving = folder / f"{FILE_NAME}.arriving"
        arriving.touch(mode=0o600)
        shutil.copyfile(backup, arriving)
        with arriving.open("rb") as file:
            os.fsync(file.fileno())
        moved_to = _move(folder, "replaced") if (folder / FILE_NAME).exists() else None
        arriving.replace(folder / FILE_NAME)
    return moved_to


def _sound(folder: Path) -> Database:
    """Open the database, looking through the whole of it where damage was met the last time."""
    database = Database(folder)
    suspect = folder / SUSPECT_NAME
    if suspect.exists():
        try:
            _look_through(database)
        except StoreError:
            database.close()
            raise
        suspect.unlink(missing_ok=True)
    return database


def _look_through(database: Database) -> None:
    if database.row("PRAGMA integrity_check(1)") != ("ok",):
        raise StoreError(StoreTrouble.DAMAGED, damaged_text(database.path))


def _move(folder: Path, why: str) -> Path:
    """Move the file with its companions; the file goes last, as a log left alone would be played into a new one."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    target, number = folder / f"{FILE_NAME}.{why}.{stamp}", 1
    while target.exists():
        number += 1
        target = folder / f"{FILE_NAME}.{why}.{stamp}-{number}"
    for ending in (*_COMPANIONS, ""):
        source = folder / f"{FILE_NAME}{ending}"
        if source.exists():
            source.rename(f"{target}{ending}")
    (folder / SUSPECT_NAME).unlink(missing_ok=True)
    return target


def _is_sound_backup(backup: Path) -> bool:
    if not backup.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as sql:
            ours = sql.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
            return bool(ours and sql.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False
