"""Who claims records: this process, and whether another one still lives (rule 13)."""

import os
import time
from pathlib import Path
from typing import Final

from filelock import BaseFileLock, FileLock, Timeout

from ac_desktop.platform.computer import Computer, this_computer
from ac_desktop.platform.paths import make_data_folder
from ac_desktop.platform.private_files import make_private_subfolder
from ac_desktop.store.errors import disk_error

_FOLDER: Final = "owners"
_STARTING: Final = "starting"
"""Held while a process makes its own lock, so that another one that starts cannot take it for a dead one's."""


_BY_MARK: Final = "@"
"""Begins names that tell the computer by its marks; no host name can. Older databases hold host names."""


class Owners:
    """Names this process (computer, process, start time) and tells whether another owner on this computer is dead.

    An owner holds a lock on a file of its own; the operating system lets go of it when the process ends, however it
    ends, so neither a reused process number nor a clock set back can deceive. Another computer's locks may not be
    seen here, as on some network shares, so nothing is concluded from them and their files are left alone. Raises
    StoreError where no lock can be made.
    """

    def __init__(self, folder: Path, computer: Computer | None = None) -> None:
        self._folder = folder / _FOLDER
        self._computer = computer or this_computer()
        marks = f"{_BY_MARK}{self._computer.mark}.{self._computer.start}"
        self.me: Final = f"{marks}:{os.getpid()}:{time.time_ns()}"
        self._mine: BaseFileLock = FileLock(self._lock_file(self.me), mode=0o600)
        try:
            make_data_folder(folder)
            make_private_subfolder(self._folder)
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
        computer = owner.rsplit(":", 2)[0]
        if not computer.startswith(_BY_MARK):
            return computer == self._computer.name
        mark, _, start = computer.removeprefix(_BY_MARK).partition(".")
        return mark == self._computer.mark or (bool(start) and start == self._computer.start)

    def close(self) -> None:
        """Let go of this process's own lock."""
        self._mine.release()
        self._lock_file(self.me).unlink(missing_ok=True)

    def _lock_file(self, owner: str) -> Path:
        computer, process, start = owner.rsplit(":", 2)
        name = f"{process}-{start}.lock"
        if computer.startswith(_BY_MARK):
            name = f"{computer.removeprefix(_BY_MARK).partition('.')[0]}-{name}"
        return self._folder / name

    def _forget_the_dead(self) -> None:
        for file in self._folder.glob("*.lock"):
            *marks, _, _ = file.stem.rsplit("-", 2)
            of_here = not marks or marks == [self._computer.mark]
            if of_here and file != self._lock_file(self.me) and not _is_held(file):
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
