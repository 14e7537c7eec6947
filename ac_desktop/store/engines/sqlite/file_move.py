"""Moving of a database's files, and of a backup into their place, as one operation that survives a kill.

The operation is written to a file of its own first. A process that finds that file finishes the operation before it
opens anything; once all is done the file is renamed to a note, which stays until a person has seen it.

All who have a folder's database open share a lock, which whoever moves the files takes alone. A database whose files
are moved while a process has them open loses what that process writes. SQLite finds its log by name, so its last user
would also remove the log of the database that replaced it.
"""

import errno
import json
import os
import threading
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.file_lock import try_lock
from ac_desktop.platform.private_files import Folder, open_private
from ac_desktop.store.backups import COMPANIONS, FILE_NAME
from ac_desktop.store.errors import StoreError, StoreProblem, disk_error

LOCK_NAME: Final = "moving.lock"
PATIENCE: Final = 30.0
"""Seconds that a start waits for a process that restores a backup or moves a database."""
_POLL_SECONDS: Final = 0.05
_NOT_WRITABLE: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class FolderUse:
    """A lock held while a database is open; `alone` makes it exclusive.

    The operating system releases it however a process ends. Windows does not move open files, so there an open database
    is safe without a lock.
    """

    def __init__(self, folder: Path, *, alone: bool = False, patience: float | None = None) -> None:
        """Acquire the lock. Raise StoreError where others keep it too long, OSError where the folder cannot be used."""
        self._descriptor: int | None = None
        try:
            self._descriptor = open_private(folder / LOCK_NAME)
        except OSError as error:
            # Where this file cannot be created no file can be moved either; SQLite reports whether it can be read.
            if alone or error.errno not in _NOT_WRITABLE:
                raise
            return
        try:
            _wait_for(self._descriptor, PATIENCE if patience is None else patience, alone=alone)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Release the lock."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _wait_for(descriptor: int, patience: float, *, alone: bool) -> None:
    until = time.monotonic() + patience
    while not try_lock(descriptor, shared=not alone):
        if time.monotonic() > until:
            raise StoreError(StoreProblem.LOCKED, StoreMessage.FOLDER_IN_USE)
        threading.Event().wait(_POLL_SECONDS)


SUSPECT_NAME: Final = f"{FILE_NAME}.suspect"
"""A file that marks a damaged database: all of it is checked at the next start."""
ARRIVING_NAME: Final = f"{FILE_NAME}.arriving"
"""The copy of a backup that will become the database."""
_INTENT: Final = "moving.json"
_NOTE: Final = "moved.json"


class MoveReason(StrEnum):
    """Why a database was moved; also the word in its new name."""

    DAMAGED = "damaged"
    FOREIGN = "foreign"
    MISSING = "missing"
    REPLACED = "replaced"


@dataclass(frozen=True, kw_only=True)
class FileMove:
    """A database that is moved to another name in its folder; with `backup` a copy of that one replaces it."""

    why: MoveReason
    moved_to: str
    backup: str = ""

    @property
    def is_restore(self) -> bool:
        """Whether a copy of a backup replaces the database."""
        return bool(self.backup)


def pending(folder: Path) -> FileMove | None:
    """Return the operation that was started and not finished, if any. Raise StoreError where it cannot be read."""
    return _read(folder / _INTENT)


def unreported(folder: Path) -> FileMove | None:
    """Return the finished operation that no person has seen yet. Raise StoreError where it cannot be read."""
    return _read(folder / _NOTE)


def mark_reported(folder: Path) -> None:
    """Record that a person has seen the operation."""
    (folder / _NOTE).unlink(missing_ok=True)


def refuse_unfinished(folder: Path) -> None:
    """Raise StoreError where an operation has to be finished before the database may be opened."""
    move = pending(folder)
    if move is not None:
        raise _unfinished(folder, move)


def move(folder: Path, why: MoveReason, *, backup: Path | None = None) -> FileMove:
    """Move the database with its companions to a dated name; with a `backup`, replace them by its copy.

    The caller has the folder's exclusive lock. Raise OSError where nothing was changed, StoreError where the operation
    has to be finished.
    """
    started = FileMove(why=why, moved_to=_free_name(folder, why), backup=str(backup or ""))
    with Folder(folder) as held:
        held.write(_INTENT, json.dumps(asdict(started)))
        try:
            _rename(folder, started, "")
        except OSError:
            (folder / _INTENT).unlink()
            held.sync()
            raise
    finish(folder, started)
    return started


def finish(folder: Path, started: FileMove) -> None:
    """Finish an operation. Raise StoreError, which names all files, where that fails."""
    arriving = folder / ARRIVING_NAME
    try:
        with Folder(folder) as held:
            if not started.is_restore or arriving.exists():
                for ending in ("", *COMPANIONS):
                    _rename(folder, started, ending)
                held.sync()
            if started.is_restore and arriving.exists():
                arriving.rename(folder / FILE_NAME)
                held.sync()
            (folder / SUSPECT_NAME).unlink(missing_ok=True)
            os.replace(folder / _INTENT, folder / _NOTE)  # noqa: PTH105  beside its likes
            held.sync()
    except OSError as error:
        raise _unfinished(folder, started) from error


def _rename(folder: Path, started: FileMove, ending: str) -> None:
    source, target = folder / f"{FILE_NAME}{ending}", folder / f"{started.moved_to}{ending}"
    if source.exists():
        if target.exists():
            raise FileExistsError(target)
        source.rename(target)


def _free_name(folder: Path, why: MoveReason) -> str:
    stamp = time.strftime("%Y%m%d-%H%M%S")
    name, number = f"{FILE_NAME}.{why}.{stamp}", 1
    while any((folder / f"{name}{ending}").exists() for ending in ("", *COMPANIONS)):
        number += 1
        name = f"{FILE_NAME}.{why}.{stamp}-{number}"
    return name


def _read(path: Path) -> FileMove | None:
    try:
        found = _parse(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise disk_error(error, path.parent) from error
    if found is None:
        raise StoreError(StoreProblem.LOCKED, StoreMessage.MOVE_UNREADABLE, file=path, name=FILE_NAME)
    return found


def _parse(content: bytes) -> FileMove | None:
    """Return the operation of a file's JSON, None where it is not valid or has a name outside the folder."""
    try:
        values = json.loads(content)
        found = FileMove(why=MoveReason(values["why"]), moved_to=str(values["moved_to"]), backup=str(values["backup"]))
    except (ValueError, KeyError, TypeError):
        return None
    is_ours = found.moved_to.startswith(f"{FILE_NAME}.") and Path(found.moved_to).name == found.moved_to
    return found if is_ours else None


def _unfinished(folder: Path, started: FileMove) -> StoreError:
    old, file = folder / started.moved_to, folder / FILE_NAME
    if not started.is_restore:
        return StoreError(StoreProblem.UNFINISHED, StoreMessage.MOVE_UNFINISHED, old=old, file=file)
    return StoreError(
        StoreProblem.UNFINISHED, StoreMessage.RESTORE_UNFINISHED, old=old, file=file, backup=started.backup
    )
