"""Owners of claims: this process, and whether another one is still alive (rule 13)."""

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from filelock import BaseFileLock, FileLock, Timeout

from ac_desktop.platform.computer import Computer, this_computer
from ac_desktop.platform.paths import make_data_folder
from ac_desktop.platform.private_files import make_private_subfolder
from ac_desktop.store.errors import disk_error

_FOLDER: Final = "owners"
_STARTING: Final = "starting"
"""Locked while a process creates its own lock, so that another one that starts does not see it as a dead one's."""


_ID_PREFIX: Final = "@"
"""The prefix of owner names with a computer's ID; no host name has it. Older databases contain host names."""


class SqliteOwners:
    """The name of this process (computer, process, start time), and whether other owners on this computer are dead.

    An owner holds a lock on a file of its own; the operating system releases it however the process ends, so neither
    a reused process ID nor a clock set back matters. Another computer's locks may not be visible here, as on some
    network shares, so nothing is concluded from them and their files are left alone. Raise StoreError where no lock
    can be made.
    """

    def __init__(self, folder: Path, computer: Computer | None = None) -> None:
        self._folder = folder / _FOLDER
        self._computer = computer or this_computer()
        marks = f"{_ID_PREFIX}{self._computer.mark}.{self._computer.start}"
        self.me: Final = f"{marks}:{os.getpid()}:{time.time_ns()}"
        self._lock: BaseFileLock = FileLock(self.lock_file(self.me), mode=0o600)
        try:
            make_data_folder(folder)
            make_private_subfolder(self._folder)
            with FileLock(self._folder / _STARTING, mode=0o600):
                self._lock.acquire(blocking=False)
                self._remove_dead_locks()
        except OSError as error:
            raise disk_error(error, self._folder) from error

    @staticmethod
    def any_alive(folder: Path) -> bool:
        """Whether any process of this computer uses a data folder."""
        return any(_is_locked(file) for file in (folder / _FOLDER).glob("*.lock"))

    def is_dead(self, owner: str) -> bool:
        """Whether the owner is known to be dead; one on another computer never is."""
        return owner != self.me and self.is_watched(owner) and not _is_locked(self.lock_file(owner))

    def is_watched(self, owner: str) -> bool:
        """Whether the owner is, or was, a process of this computer, whose end is noticed."""
        computer = owner.rsplit(":", 2)[0]
        if not computer.startswith(_ID_PREFIX):
            return computer == self._computer.name
        mark, _, start = computer.removeprefix(_ID_PREFIX).partition(".")
        return mark == self._computer.mark or (bool(start) and start == self._computer.start)

    def close(self) -> None:
        """Release this process's own lock."""
        self._lock.release()
        _remove(self.lock_file(self.me))

    def lock_file(self, owner: str) -> Path:
        """Return the file that an owner of this computer locks while it is alive."""
        computer, process, start = owner.rsplit(":", 2)
        name = f"{process}-{start}.lock"
        if computer.startswith(_ID_PREFIX):
            name = f"{computer.removeprefix(_ID_PREFIX).partition('.')[0]}-{name}"
        return self._folder / name

    def _remove_dead_locks(self) -> None:
        for file in self._folder.glob("*.lock"):
            *marks, _, _ = file.stem.rsplit("-", 2)
            is_local = not marks or marks == [self._computer.mark]
            if is_local and file != self.lock_file(self.me) and not _is_locked(file):
                _remove(file)


def _remove(file: Path) -> None:
    """Delete a lock file; Windows refuses while a process looks whether it is locked, then a later start deletes it."""
    with suppress(PermissionError):
        file.unlink(missing_ok=True)


def _is_locked(file: Path) -> bool:
    if not file.exists():
        return False
    lock = FileLock(file)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    lock.release()
    return False
