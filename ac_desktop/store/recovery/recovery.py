"""Opens a folder's database; a damaged or foreign one is moved aside first, never deleted, so that we can start."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ac_desktop.model.wording import tr
from ac_desktop.platform.private_files import Folder
from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.engines.sqlite.folder_use import FolderUse
from ac_desktop.store.errors import StoreError, StoreProblem, damaged_text
from ac_desktop.store.recovery import file_move
from ac_desktop.store.recovery.backups import BACKUP_LOCK, BACKUP_PART, newest_backup, remove_copy
from ac_desktop.store.recovery.file_move import ARRIVING_NAME, FILE_NAME, SUSPECT_NAME, Why

_WHY: Final = {
    StoreProblem.DAMAGED: Why.DAMAGED,
    StoreProblem.FOREIGN: Why.FOREIGN,
    StoreProblem.MISSING: Why.MISSING,
}
_TROUBLE: Final = {why: trouble for trouble, why in _WHY.items()}
_CAN_BE_PUT_RIGHT: Final = frozenset({*_WHY, StoreProblem.UNFINISHED})
_TRIES: Final = 4
"""An unfinished step, the database that it brought, and once more in case another process was quicker."""


@dataclass(frozen=True)
class MovedDatabase:
    """A database that was moved out of the way: why, where to, and the newest backup of ours, if there is one."""

    trouble: StoreProblem
    moved_to: Path
    backup: Path | None

    @property
    def text(self) -> str:
        """The sentences a person reads."""
        if self.trouble is StoreProblem.FOREIGN:
            return tr(
                "The database in AC Desktop's folder was made by another program. It was moved to {file}, unchanged, "
                "and AC Desktop begins with an empty queue. Donors that AC Desktop held there are not known here.",
                file=self.moved_to,
            )
        if self.trouble is StoreProblem.MISSING:
            return tr(
                "The donor database is no longer in {folder}. Other files of it are there. Their names begin with "
                "“{name}.”. AC Desktop starts with an empty queue, so set up the connections again. The waiting "
                "donors, the log and the failures in a row are not known here.",
                folder=self.moved_to.parent,
                name=FILE_NAME,
            )
        return tr(
            "The donor database is damaged and cannot be opened. It was moved to {file}; nothing of it was deleted. "
            "AC Desktop begins with an empty queue: the connections have to be set up again, and the donors that "
            "waited, the log and the failures in a row are in the damaged file alone.",
            file=self.moved_to,
        )


@dataclass(frozen=True)
class BroughtBack:
    """A backup that took the place of the database, and where that one is now."""

    backup: Path
    kept: Path | None

    @property
    def text(self) -> str:
        """The sentences a person reads."""
        if self.kept is None:
            return tr("The backup {backup} was restored.", backup=self.backup)
        return tr(
            "The backup {backup} was restored. The previous database is kept as {file}.",
            backup=self.backup,
            file=self.kept,
        )


@dataclass(frozen=True)
class OpenedDatabase:
    """The database of a data folder, and what was done to its files that no person has been told of."""

    database: Database
    set_aside: MovedDatabase | None = None
    brought_back: BroughtBack | None = None


def open_database(folder: Path) -> OpenedDatabase:
    """Open a folder's database, or a fresh one where the file is damaged or another program's.

    What an earlier process left unfinished is finished first. Raises StoreError where neither can be done, and where
    another process of ours is at work on the file.
    """
    tries = 0
    while True:
        tries += 1
        try:
            return _opened(folder)
        except StoreError as error:
            if error.trouble not in _CAN_BE_PUT_RIGHT or tries == _TRIES or not folder.is_dir():
                raise
            _put_right(folder, error)


def told_of_move(folder: Path) -> None:
    """Note that a person has been told what was done to the database's files."""
    with suppress(OSError):
        file_move.forget_note(folder)


def _opened(folder: Path) -> OpenedDatabase:
    note = file_move.noted(folder)
    if note is None:
        _refuse_to_begin_anew(folder)
    database = _sound(folder)
    _remove_half_copies(folder)
    if note is None:
        return OpenedDatabase(database)
    moved_to = folder / note.moved_to
    if note.why is Why.REPLACED:
        return OpenedDatabase(
            database, brought_back=BroughtBack(Path(note.backup), moved_to if moved_to.exists() else None)
        )
    return OpenedDatabase(database, MovedDatabase(_TROUBLE[note.why], moved_to, newest_backup(folder)))


def _refuse_to_begin_anew(folder: Path) -> None:
    """Raise StoreError where no database is and there was one: an empty queue is never begun without a word."""
    if not _size(folder / FILE_NAME) and any(_remains(folder)) and file_move.pending(folder) is None:
        raise StoreError(
            StoreProblem.MISSING,
            tr(
                "The donor database {file} is missing, but other files of it are in the same folder. Nothing was "
                "changed. Close AC Desktop, then start it again.",
                file=folder / FILE_NAME,
            ),
        )


def _remains(folder: Path) -> Iterator[Path]:
    """Files that are left of a database, or copies of one; a journal is there too while a first one is being made."""
    for path in (*folder.glob(f"{FILE_NAME}.*"), folder / f"{FILE_NAME}-wal"):
        if path.name not in {SUSPECT_NAME, BACKUP_PART} and _size(path):
            yield path


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _put_right(folder: Path, error: StoreError) -> None:
    """Finish what was left unfinished, or move aside what cannot be opened. Raises StoreError where that fails."""
    from ac_desktop.store.queue.owners import Owners

    if Owners.any_alive(folder):
        raise error
    try:
        with FolderUse(folder, alone=True) as use:
            begun = file_move.pending(folder)
            if begun is not None:
                file_move.finish(folder, begun)
                return
            why = _why(folder, use)
            if why is not None:
                file_move.move(folder, why)
    except OSError:
        raise error from None


def _why(folder: Path, use: FolderUse) -> Why | None:
    """Return why the database still has to be moved aside, unless another process was quicker."""
    try:
        if file_move.noted(folder) is None:
            _refuse_to_begin_anew(folder)
        _sound(folder, use).close()
    except StoreError as error:
        if error.trouble not in _WHY:
            raise
        return _WHY[error.trouble]
    return None


def _sound(folder: Path, use: FolderUse | None = None) -> Database:
    """Open the database, looking through the whole of it where damage was met the last time."""
    database = Database(folder, use)
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
        raise StoreError(StoreProblem.DAMAGED, damaged_text(database.path))


def _remove_half_copies(folder: Path) -> None:
    """Remove what a killed process left of a copy; while the database is open none is brought back."""
    arriving, part = folder / ARRIVING_NAME, folder / BACKUP_PART
    with suppress(OSError), Folder(folder) as held:
        held.remove_parts()
        if arriving.exists():
            remove_copy(arriving)
        if part.exists():
            from filelock import FileLock, Timeout

            with suppress(Timeout), FileLock(folder / BACKUP_LOCK, timeout=0, mode=0o600):
                remove_copy(part)
