"""The lock on a data folder: shared by all who have its database open, exclusive for who moves the database's files.

A database whose files are moved while a process has them open loses what that process writes. SQLite finds its log by
name, so its last user would also remove the log of the database that replaced it.
"""

import errno
import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.file_lock import try_lock
from ac_desktop.platform.private_files import open_private
from ac_desktop.store.errors import StoreError, StoreProblem

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
