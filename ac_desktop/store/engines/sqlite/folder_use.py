"""Who uses a data folder: many at once who have its database open, or one alone who moves the database's files.

A database whose files are moved while somebody has them open loses what that one writes. SQLite finds its log by name,
so its last user would also remove the log of whatever database has come in its place.
"""

import errno
import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ac_desktop.model.wording import tr
from ac_desktop.platform.file_locks import try_lock
from ac_desktop.platform.private_files import open_private
from ac_desktop.store.errors import StoreError, StoreProblem

LOCK_NAME: Final = "moving.lock"
PATIENCE: Final = 30.0
"""Seconds that a start waits for whoever brings a backup back or moves a database aside."""
_LOOK_EVERY: Final = 0.05
_CANNOT_BE_MADE: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class FolderUse:
    """Held from when a database is opened until it is closed; `alone` keeps all others out.

    The operating system lets go of it however a process ends. Windows moves no open file, so there those who have a
    database open need no hold to be safe.
    """

    def __init__(self, folder: Path, *, alone: bool = False, patience: float | None = None) -> None:
        """Take hold. Raises StoreError where others do not let go in time, OSError where the folder cannot be used."""
        self._number: int | None = None
        try:
            self._number = open_private(folder / LOCK_NAME)
        except OSError as error:
            # Where this file cannot be made no file can be moved either; whether it can be read, SQLite tells.
            if alone or error.errno not in _CANNOT_BE_MADE:
                raise
            return
        try:
            _wait_for(self._number, PATIENCE if patience is None else patience, alone=alone)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go."""
        if self._number is not None:
            os.close(self._number)
            self._number = None


def _wait_for(number: int, patience: float, *, alone: bool) -> None:
    until = time.monotonic() + patience
    while not try_lock(number, shared=not alone):
        if time.monotonic() > until:
            raise StoreError(
                StoreProblem.LOCKED,
                tr(
                    "AC Desktop is already working in this folder. Nothing was changed. Close AC Desktop, then try "
                    "again."
                ),
            )
        threading.Event().wait(_LOOK_EVERY)
