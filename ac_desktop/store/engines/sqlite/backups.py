"""Backups of the database: one made before each migration, and restoring one, which only a person starts."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.paths import make_data_folder
from ac_desktop.platform.private_files import Folder, create_private, sync_file
from ac_desktop.store.backups import COMPANIONS, FILE_NAME
from ac_desktop.store.engines.sqlite import file_move
from ac_desktop.store.engines.sqlite.file_move import ARRIVING_NAME, FolderUse, MoveReason
from ac_desktop.store.engines.sqlite.migrations import VERSION
from ac_desktop.store.engines.sqlite.sql import file_uri, store_error
from ac_desktop.store.errors import StoreError, StoreProblem, disk_error

APPLICATION_ID: Final = 0x41434465
"""Marks the file as ours in SQLite's header ("ACDe")."""
BACKUP_LOCK: Final = "backup.lock"
BACKUP_PART: Final = f"{FILE_NAME}.backup.part"
"""A backup while it is being written."""
RESTORE_PATIENCE: Final = 2.0
"""Seconds in which a command that is just ending may release the folder."""


class SqliteBackups:
    """The backups in a data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def newest(self) -> Path | None:
        """Return the newest backup, None without one."""
        return newest_backup(self._folder)

    def restore(self, backup: Path) -> Path | None:
        """Replace the database by a backup, and move the database; return where it is now, None where there was none.

        Raise StoreError where the backup is no sound database of ours, and where a process uses the folder.
        """
        return restore(self._folder, backup)

    def mark_reported(self) -> None:
        """Record that a person has seen what was done to the database's files."""
        with suppress(OSError):
            file_move.mark_reported(self._folder)


def newest_backup(folder: Path) -> Path | None:
    """Return the newest backup, None without one."""
    found = folder.glob(f"{FILE_NAME}.version-*.backup")
    return max(found, key=lambda path: path.name.split(".")[-2], default=None)


def back_up(connection: sqlite3.Connection, folder: Path, version: int) -> Path | None:
    """Copy a database that is about to be migrated; the copy appears whole or not at all.

    Return its path, None where another process has migrated the database meanwhile. A migration that was killed after
    its backup makes no second one of the same. Raise OSError and sqlite3.Error.
    """
    import filecmp

    from filelock import FileLock

    part = folder / BACKUP_PART
    with FileLock(folder / BACKUP_LOCK, mode=0o600), Folder(folder) as held:
        if connection.execute("PRAGMA user_version").fetchone()[0] != version:
            return None
        copy_whole(connection, part)
        known = newest_backup(folder)
        if known is not None and filecmp.cmp(known, part, shallow=False):
            part.unlink()
            return known
        stamp = time.strftime("%Y%m%d-%H%M%S")
        target = folder / f"{FILE_NAME}.version-{version}.{stamp}.backup"
        part.replace(target)
        held.sync()
    return target


def restore(folder: Path, backup: Path) -> Path | None:
    """Replace the database by a backup, and move the database; return where it is now, None where there was none.

    Only a person starts this. Raise StoreError where the backup is no sound database of ours, and where a process
    uses the folder.
    """
    if not backup.is_file():
        raise _unsound(backup)
    try:
        make_data_folder(folder)
        with _exclusive(folder):
            started = file_move.pending(folder)
            if started is not None:
                file_move.finish(folder, started)
            was_there = (folder / FILE_NAME).exists()
            moved = _replace(folder, backup)
    except OSError as error:
        raise disk_error(error, folder) from error
    return folder / moved.moved_to if was_there else None


@contextmanager
def _exclusive(folder: Path) -> Iterator[None]:
    """Lock the folder exclusively. Raise StoreError where a process uses it."""
    close_first = StoreError(StoreProblem.LOCKED, StoreMessage.OPEN_DURING_RESTORE)
    from ac_desktop.store.engines.sqlite.owners import SqliteOwners

    if SqliteOwners.any_alive(folder):
        raise close_first
    try:
        use = FolderUse(folder, alone=True, patience=RESTORE_PATIENCE)
    except StoreError:
        raise close_first from None
    with use:
        yield


def _replace(folder: Path, backup: Path) -> file_move.FileMove:
    arriving = folder / ARRIVING_NAME
    try:
        _copy_checked(backup, arriving)
        try:
            return file_move.move(folder, MoveReason.REPLACED, backup=backup)
        except PermissionError as error:
            # The copy could be written here, so on Windows this means that a process has the database open.
            file = folder / FILE_NAME
            raise StoreError(StoreProblem.LOCKED, StoreMessage.DATABASE_LOCKED, file=file) from error
    except BaseException:
        if file_move.pending(folder) is None:
            with suppress(OSError):
                remove_copy(arriving)
        raise


def _copy_checked(backup: Path, arriving: Path) -> None:
    """Copy a backup and check the copy. Raise StoreError where it is no sound database of ours."""
    try:
        with _source(backup) as sql:
            application = sql.execute("PRAGMA application_id").fetchone()[0]
            version = sql.execute("PRAGMA user_version").fetchone()[0]
            if application != APPLICATION_ID:
                raise _unsound(backup)
            if version > VERSION:
                raise StoreError(
                    StoreProblem.NEWER,
                    StoreMessage.BACKUP_NEWER,
                    file=backup,
                    found=version,
                    known=VERSION,
                )
            copy_whole(sql, arriving)
        with closing(sqlite3.connect(file_uri(arriving.absolute(), "mode=ro&immutable=1"), uri=True)) as sql:
            if sql.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise _unsound(backup)
    except sqlite3.Error as error:
        problem = store_error(error, arriving)
        if problem is not None and problem.trouble is StoreProblem.FULL:
            raise problem from error
        raise _unsound(backup) from error


@contextmanager
def _source(backup: Path) -> Iterator[sqlite3.Connection]:
    """Open a backup with its log, which it has after a kill during an erasure."""
    has_log = any(_size(Path(f"{backup}{ending}")) for ending in COMPANIONS)
    mode = "mode=rw" if has_log else "mode=ro&immutable=1"
    with closing(sqlite3.connect(file_uri(backup.absolute(), mode), uri=True)) as sql:
        yield sql


def copy_whole(source: sqlite3.Connection, target: Path) -> None:
    """Copy a database into one file without companions, and wait until the disk has it.

    An unfinished copy of that name is removed first. Raise OSError and sqlite3.Error.
    """
    remove_copy(target)
    create_private(target)
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # An unfinished copy is deleted, so no rollback is needed in it.
        copy.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        source.backup(copy)
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE").fetchone()
    sync_file(target)


def remove_copy(target: Path) -> None:
    """Delete a copy with its companion files."""
    for ending in ("", *COMPANIONS):
        Path(f"{target}{ending}").unlink(missing_ok=True)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _unsound(backup: Path) -> StoreError:
    return StoreError(StoreProblem.DAMAGED, StoreMessage.BACKUP_UNSOUND, file=backup)
