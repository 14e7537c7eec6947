"""Who claims records: this process, and whether another one still lives (rule 13)."""

import os
import platform
import time
from pathlib import Path
from typing import Final

from filelock import BaseFileLock, FileLock, Timeout

from ac_desktop.store.errors import disk_error

_FOLDER: Final = "owners"
_STARTING: Final = "starting"
"""Held while a process makes its own lock, so that another one that starts cannot take it for a dead one's."""


class Owners:
    """Names this process (computer, process, start time) and tells whether another owner on this computer is dead.

    An owner holds a lock on a file of its own; the operating system lets go of it when the process ends, however it
    ends, so neither a reused process number nor a clock set back can deceive. Raises StoreError where no lock can be
    made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / _FOLDER
        self._computer = platform.node() or "localhost"
        self.me: Final = f"{self._computer}:{os.getpid()}:{time.time_ns()}"
        self._mine: BaseFileLock = FileLock(self._lock_file(self.me), mode=0o600)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with FileLock(self._folder / _STARTING, mode=0o600):
                self._mine.acquire(blocking=False)
                self._forget_the_dead()
        except OSError as error:
            raise disk_error(error, self._folder) from error

    @staticmethod
    def any_alive(folder: Path) -> bool:
        """Whether any process of this computer works in a data folder."""
        return any(_is_held(file) for file in (folder / _FOLDER).glob("*.lock"))

    def is_dead(self, owner: str) -> bool:
        """Whether the owner can be seen to be dead; one on another computer never can."""
        return owner != self.me and self.is_here(owner) and not _is_held(self._lock_file(owner))

    def is_here(self, owner: str) -> bool:
        """Whether the owner is, or was, a process of this computer."""
        return owner.rsplit(":", 2)[0] == self._computer

    def close(self) -> None:
        """Let go of this process's own lock."""
        self._mine.release()
        self._lock_file(self.me).unlink(missing_ok=True)

    def _lock_file(self, owner: str) -> Path:
        _, process, start = owner.rsplit(":", 2)
        return self._folder / f"{process}-{start}.lock"

    def _forget_the_dead(self) -> None:
        for file in self._folder.glob("*.lock"):
            if file != self._lock_file(self.me) and not _is_held(file):
                file.unlink(missing_ok=True)


def _is_held(file: Path) -> bool:
    if not file.exists():
        return False
    lock = FileLock(file)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    lock.release()
    return False
