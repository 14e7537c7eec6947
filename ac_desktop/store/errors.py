"""What can go wrong with the database, told apart from faults of ours."""

import sqlite3
from enum import StrEnum
from pathlib import Path

from ac_desktop.model.wording import tr


class StoreTrouble(StrEnum):
    """What is the matter with the database."""

    FULL = "full"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    DAMAGED = "damaged"
    UNREACHABLE = "unreachable"
    NEWER = "newer"
    FOREIGN = "foreign"
    CLOSED = "closed"


class StoreError(Exception):
    """The world's trouble with the database; its text is the sentence for the person."""

    def __init__(self, trouble: StoreTrouble, text: str) -> None:
        super().__init__(text)
        self.trouble = trouble


_BY_CODE = {
    "SQLITE_FULL": StoreTrouble.FULL,
    "SQLITE_READONLY": StoreTrouble.READ_ONLY,
    "SQLITE_PERM": StoreTrouble.READ_ONLY,
    "SQLITE_BUSY": StoreTrouble.LOCKED,
    "SQLITE_LOCKED": StoreTrouble.LOCKED,
    "SQLITE_CORRUPT": StoreTrouble.DAMAGED,
    "SQLITE_NOTADB": StoreTrouble.DAMAGED,
    "SQLITE_CANTOPEN": StoreTrouble.UNREACHABLE,
    "SQLITE_IOERR": StoreTrouble.UNREACHABLE,
}


def store_error(error: sqlite3.Error, path: Path) -> StoreError | None:
    """Give the world's trouble behind an SQLite error, or None where the fault is ours."""
    code = getattr(error, "sqlite_errorname", "") or ""
    trouble = next((told for name, told in _BY_CODE.items() if code == name or code.startswith(f"{name}_")), None)
    return StoreError(trouble, _sentence(trouble, path)) if trouble else None


def _sentence(trouble: StoreTrouble, path: Path) -> str:
    match trouble:
        case StoreTrouble.FULL:
            return tr("The disk is full, so nothing more can be kept. What was queued is safe; make room, then go on.")
        case StoreTrouble.READ_ONLY:
            return tr("The folder {folder} cannot be written to. Nothing was changed; ask your IT.", folder=path.parent)
        case StoreTrouble.LOCKED:
            return tr("Another program keeps the donor database locked. Nothing was changed; close it and try again.")
        case StoreTrouble.DAMAGED:
            return damaged_text(path)
        case _:
            return tr("The donor database {file} cannot be opened. Ask your IT whether the disk is there.", file=path)


def damaged_text(path: Path) -> str:
    """Say that the database is damaged, and what happens to it at the next start."""
    return tr(
        "The donor database {file} is damaged. Close AC Desktop and start it again: it then keeps the damaged file "
        "under another name, says where, and begins with an empty queue.",
        file=path,
    )
