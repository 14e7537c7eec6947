"""What SQLite's errors mean for the donor database, and the sentences for people."""

import sqlite3
from pathlib import Path
from typing import Final

from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError, StoreProblem, full_text, is_full

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
    return StoreError(trouble, _sentence(trouble, path)) if trouble else None


def _sentence(trouble: StoreProblem, path: Path) -> str:
    match trouble:
        case StoreProblem.FULL:
            return full_text(path.parent)
        case StoreProblem.READ_ONLY:
            return tr("The folder {folder} cannot be written to. Nothing was changed; ask your IT.", folder=path.parent)
        case StoreProblem.LOCKED:
            return locked_text(path)
        case StoreProblem.DAMAGED:
            return damaged_text(path)
        case _:
            return tr("The donor database {file} cannot be opened. Ask your IT whether the disk is there.", file=path)


def locked_text(path: Path) -> str:
    """Return the sentence for a database that another program keeps locked."""
    return tr(
        "Another program keeps the donor database {file} locked. Nothing was changed. Close it and try again.",
        file=path,
    )


def damaged_text(path: Path) -> str:
    """Return the sentence for a damaged database and what happens at the next start."""
    return tr(
        "The donor database {file} is damaged. Close AC Desktop and start it again: it then keeps the damaged file "
        "under another name, says where, and begins with an empty queue.",
        file=path,
    )
