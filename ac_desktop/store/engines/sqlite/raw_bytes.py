"""Reading of the raw bytes of a database's files while SQLite has them open."""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_CHUNK: Final = 1024 * 1024

if sys.platform == "win32":

    def chunks(path: Path) -> Iterator[bytes]:
        """Yield a file's bytes in chunks. Raise OSError where it cannot be read."""
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk

else:
    _DATABASE_SUFFIX: Final = ".sqlite3"
    _LOCK = threading.Lock()
    _DESCRIPTORS: Final[dict[tuple[int, int], int]] = {}
    """The descriptor of each file read so far. On Unix, closing any descriptor of a file releases all locks of the
    process on it: SQLite's too, whereupon another process may remove the database's log."""

    def chunks(path: Path) -> Iterator[bytes]:
        """Yield a file's bytes in chunks; a database's descriptor stays open. Raise OSError where it cannot be read."""
        if _DATABASE_SUFFIX not in path.name:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
            return
        number, at = _handle(path), 0
        while chunk := os.pread(number, _CHUNK, at):
            at += len(chunk)
            yield chunk

    def _handle(path: Path) -> int:
        with _LOCK:
            seen = path.stat()
            known = _DESCRIPTORS.get((seen.st_dev, seen.st_ino))
            if known is None:
                known = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
                opened = os.fstat(known)
                _DESCRIPTORS[opened.st_dev, opened.st_ino] = known
            return known
