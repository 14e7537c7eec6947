"""A lock on a file, taken from the operating system.

filelock, which the store uses, does the same and more, but loads OpenSSL and twenty modules before the window is
visible: 4 MB and 15 ms.
"""

import os
import sys
from pathlib import Path

from ac_desktop.platform.private_files import open_private

if sys.platform == "win32":

    def try_lock(number: int, *, shared: bool = False) -> bool:
        """Lock an open file unless another handle has locked it; return whether it was locked. Raises OSError."""
        from ac_desktop.platform import windows_api

        return windows_api.try_lock(number, shared=shared)

else:
    import fcntl

    def try_lock(number: int, *, shared: bool = False) -> bool:
        """Lock an open file unless another handle has locked it; return whether it was locked. Raises OSError."""
        try:
            fcntl.flock(number, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class FileLock:
    """Held by one process at a time; the operating system releases it however that process ends.

    The file is not deleted: otherwise two processes could each hold a lock of that name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def acquire(self) -> bool:
        """Acquire the lock, unless another process has it; return whether it was acquired.

        Raises OSError where the folder cannot be used.
        """
        if self._file is not None:
            return True
        file = open_private(self._path)
        try:
            taken = try_lock(file)
        except OSError:
            os.close(file)
            raise
        if taken:
            self._file = file
        else:
            os.close(file)
        return taken

    def release(self) -> None:
        """Release the lock."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
