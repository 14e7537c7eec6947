"""Opening of a folder's database; a damaged or foreign one is moved first, never deleted."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.private_files import Folder
from ac_desktop.store.backups import FILE_NAME, MovedDatabase, RestoredBackup
from ac_desktop.store.engines.sqlite import file_move
from ac_desktop.store.engines.sqlite.backups import BACKUP_LOCK, BACKUP_PART, newest_backup, remove_copy
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.engines.sqlite.file_move import ARRIVING_NAME, SUSPECT_NAME, FolderUse, MoveReason
from ac_desktop.store.errors import StoreError, StoreProblem

_WHY: Final = {
    StoreProblem.DAMAGED: MoveReason.DAMAGED,
    StoreProblem.FOREIGN: MoveReason.FOREIGN,
    StoreProblem.MISSING: MoveReason.MISSING,
}
_TROUBLE: Final = {why: trouble for trouble, why in _WHY.items()}
_RECOVERABLE: Final = frozenset({*_WHY, StoreProblem.UNFINISHED})
_TRIES: Final = 4
"""An unfinished operation, the database it restored, and one more in case another process was quicker."""


@dataclass(frozen=True)
class OpenedDatabase:
    """The database of a data folder, and what was done to its files that no person has seen yet."""

    database: SqliteDatabase
    moved: MovedDatabase | None = None
    restored: RestoredBackup | None = None


def open_database(folder: Path) -> OpenedDatabase:
    """Open a folder's database, or a new one where the file is damaged or another program's.

    An unfinished operation of an earlier process is finished first. Raise StoreError where neither is possible, and
    where another process of ours uses the file.
    """
    tries = 0
    while True:
        tries += 1
        try:
            return _opened(folder)
        except StoreError as error:
            if error.trouble not in _RECOVERABLE or tries == _TRIES or not folder.is_dir():
                raise
            _recover(folder, error)


def _opened(folder: Path) -> OpenedDatabase:
    note = file_move.unreported(folder)
    if note is None:
        _refuse_new_database(folder)
    database = _open_sound(folder)
    _remove_unfinished_copies(folder)
    if note is None:
        return OpenedDatabase(database)
    moved_to = folder / note.moved_to
    if note.why is MoveReason.REPLACED:
        return OpenedDatabase(
            database, restored=RestoredBackup(Path(note.backup), moved_to if moved_to.exists() else None)
        )
    return OpenedDatabase(database, MovedDatabase(_TROUBLE[note.why], moved_to, newest_backup(folder)))


def _refuse_new_database(folder: Path) -> None:
    """Raise StoreError where the database is missing and there was one: an empty queue is never created silently."""
    if not _size(folder / FILE_NAME) and any(_remaining_files(folder)) and file_move.pending(folder) is None:
        raise StoreError(StoreProblem.MISSING, StoreMessage.DATABASE_MISSING, file=folder / FILE_NAME)


def _remaining_files(folder: Path) -> Iterator[Path]:
    """Yield remaining files of a database, or copies of one; a journal also exists while a first one is created."""
    for path in (*folder.glob(f"{FILE_NAME}.*"), folder / f"{FILE_NAME}-wal"):
        if path.name not in {SUSPECT_NAME, BACKUP_PART} and _size(path):
            yield path


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _recover(folder: Path, error: StoreError) -> None:
    """Finish an unfinished operation, or move a database that cannot be opened. Raise StoreError where that fails."""
    from ac_desktop.store.engines.sqlite.owners import SqliteOwners

    if SqliteOwners.any_alive(folder):
        raise error
    try:
        with FolderUse(folder, alone=True) as use:
            started = file_move.pending(folder)
            if started is not None:
                file_move.finish(folder, started)
                return
            why = _why(folder, use)
            if why is not None:
                file_move.move(folder, why)
    except OSError:
        raise error from None


def _why(folder: Path, use: FolderUse) -> MoveReason | None:
    """Return why the database has to be moved, None where another process was quicker."""
    try:
        if file_move.unreported(folder) is None:
            _refuse_new_database(folder)
        _open_sound(folder, use).close()
    except StoreError as error:
        if error.trouble not in _WHY:
            raise
        return _WHY[error.trouble]
    return None


def _open_sound(folder: Path, use: FolderUse | None = None) -> SqliteDatabase:
    """Open the database, checking all of it where it was damaged the last time."""
    database = SqliteDatabase(folder, use)
    suspect = folder / SUSPECT_NAME
    if suspect.exists():
        try:
            _check_integrity(database)
        except StoreError:
            database.close()
            raise
        suspect.unlink(missing_ok=True)
    return database


def _check_integrity(database: SqliteDatabase) -> None:
    if [row["integrity_check"] for row in database.rows("PRAGMA integrity_check(1)")] != ["ok"]:
        raise StoreError(StoreProblem.DAMAGED, StoreMessage.DATABASE_DAMAGED, file=database.path)


def _remove_unfinished_copies(folder: Path) -> None:
    """Delete unfinished copies of a killed process; while the database is open none is being restored."""
    arriving, part = folder / ARRIVING_NAME, folder / BACKUP_PART
    with suppress(OSError), Folder(folder) as held:
        held.remove_parts()
        if arriving.exists():
            remove_copy(arriving)
        if part.exists():
            from filelock import FileLock, Timeout

            with suppress(Timeout), FileLock(folder / BACKUP_LOCK, timeout=0, mode=0o600):
                remove_copy(part)
