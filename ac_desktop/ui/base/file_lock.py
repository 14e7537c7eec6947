"""A lock on a file, taken from the operating system itself.

filelock, which the store's owners use, does the same and more; it loads OpenSSL and twenty modules for that, before
anybody sees the window: 4 MB and 15 ms.
"""

import os
from pathlib import Path

from ac_desktop.platform.file_locks import try_lock
from ac_desktop.platform.private_files import open_private


class FileLock:
    """Held by one process at a time; the operating system lets go of it however that process ends.

    The file stays where it is: were it deleted, two processes could each hold one of that name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> bool:
        """Take it, unless another has it. Raises OSError where the folder cannot be used."""
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

    def leave(self) -> None:
        """Let go of it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
