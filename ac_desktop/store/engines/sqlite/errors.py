"""What SQLite is told about a file, and what its errors mean for the donor database."""

import sqlite3
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import quote

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem, disk_full, is_full

_BY_CODE: Final = {
    "SQLITE_FULL": StoreProblem.FULL,
    "SQLITE_READONLY": StoreProblem.READ_ONLY,
    "SQLITE_PERM": StoreProblem.READ_ONLY,
    "SQLITE_BUSY": StoreProblem.LOCKED,
    "SQLITE_LOCKED": StoreProblem.LOCKED,
    "SQLITE_CORRUPT": StoreProblem.DAMAGED,
    "SQLITE_NOTADB": StoreProblem.DAMAGED,
    "SQLITE_CANTOPEN": StoreProblem.UNREACHABLE,
    "SQLITE_IOERR": StoreProblem.UNREACHABLE,
}


def store_error(error: sqlite3.Error, path: Path) -> StoreError | None:
    """Return the problem behind an SQLite error, or None where it is a fault of our own."""
    code = getattr(error, "sqlite_errorname", "") or ""
    trouble = next((problem for name, problem in _BY_CODE.items() if code == name or code.startswith(f"{name}_")), None)
    if trouble is StoreProblem.UNREACHABLE and is_full(path):
        trouble = StoreProblem.FULL
    return _problem(trouble, path) if trouble else None


def _problem(trouble: StoreProblem, path: Path) -> StoreError:
    match trouble:
        case StoreProblem.FULL:
            return disk_full(path.parent)
        case StoreProblem.READ_ONLY:
            return StoreError(trouble, StoreMessage.FOLDER_READ_ONLY, folder=path.parent)
        case StoreProblem.LOCKED:
            return StoreError(trouble, StoreMessage.DATABASE_LOCKED, file=path)
        case StoreProblem.DAMAGED:
            return StoreError(trouble, StoreMessage.DATABASE_DAMAGED, file=path)
        case _:
            return StoreError(trouble, StoreMessage.DATABASE_UNREACHABLE, file=path)


def file_uri(path: PurePath, parameters: str) -> str:
    """Return the URI of a file with an absolute path.

    The server of a Windows share belongs to the path: SQLite refuses any authority but localhost, where `as_uri` puts
    it.
    """
    posix = quote(path.as_posix(), safe="/:")
    return f"file://{posix if posix.startswith('/') else f'/{posix}'}?{parameters}"
