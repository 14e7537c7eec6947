"""Reads the raw bytes of a database's files while SQLite has them open."""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_CHUNK: Final = 1024 * 1024

if sys.platform == "win32":

    def chunks(path: Path) -> Iterator[bytes]:
        """Read a file piece by piece. Raises OSError."""
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk

else:
    _OF_A_DATABASE: Final = ".sqlite3"
    _GUARD = threading.Lock()
    _KEPT: Final[dict[tuple[int, int], int]] = {}
    """The handle of each file read so far. On Unix, closing any handle of a file gives up all locks that the process
    has on it: SQLite's too, whereupon another process takes the database's log away from under us."""

    def chunks(path: Path) -> Iterator[bytes]:
        """Read a file piece by piece. A database's handle stays open until the process ends. Raises OSError."""
        if _OF_A_DATABASE not in path.name:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
            return
        number, at = _handle(path), 0
        while chunk := os.pread(number, _CHUNK, at):
            at += len(chunk)
            yield chunk

    def _handle(path: Path) -> int:
        with _GUARD:
            seen = path.stat()
            known = _KEPT.get((seen.st_dev, seen.st_ino))
            if known is None:
                known = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
                opened = os.fstat(known)
                _KEPT[opened.st_dev, opened.st_ino] = known
            return known
