"""A person's traces beside their records: in texts of any table, in copies of the database, in the files' raw bytes."""

import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from ac_desktop.store.backups import COMPANIONS, FILE_NAME
from ac_desktop.store.engines.sqlite.backups import APPLICATION_ID
from ac_desktop.store.engines.sqlite.sql import SqliteSql
from ac_desktop.store.ports import EVERY_CONNECTION, Database, Row, Sql
from ac_desktop.store.privacy.anonymise import AddressMask, masked_value
from ac_desktop.store.privacy.erasure import WipedFiles

_CHUNK_BYTES: Final = 1024 * 1024

if sys.platform == "win32":

    def chunks(path: Path) -> Iterator[bytes]:
        """Yield a file's bytes in chunks. Raise OSError where it cannot be read."""
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
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
                while chunk := file.read(_CHUNK_BYTES):
                    yield chunk
            return
        number, at = _handle(path), 0
        while chunk := os.pread(number, _CHUNK_BYTES, at):
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


_Rows = Callable[[str, Sequence[object]], list[Row]]
"""Reads rows of a database, or of a copy."""
_CHUNK: Final = 200
_NO_DONORS: Final = frozenset({"account", "connection", "secret", "setting", "tally", "team", "watched_folder"})
"""Tables of settings, which contain no donors."""
_DELETE_RECORDS: Final = """
    DELETE FROM record WHERE email = :email
        OR id IN (SELECT record_id FROM edit WHERE field = 'email' AND :email IN (old, new))
"""
_DELETE_FROM_BIN: Final = """
    DELETE FROM bin WHERE record_id IN (
        SELECT record_id FROM bin WHERE belongs_to = 'record' AND json_extract(kept, '$.email') = :email)
"""


class _Files(Database, Protocol):
    folder: Path
    path: Path

    def checkpoint(self) -> None:
        """Write the log into the file and empty it."""

    def compact(self) -> None:
        """Rewrite the file without its free pages."""


@dataclass(frozen=True)
class _MaskedText:
    """Rows of one column that contain the address, or whose encoded steps may."""

    table: str
    column: str
    rowids: Sequence[int]

    def apply(self, sql: Sql, mask: AddressMask) -> int:
        """Mask the rows within the caller's transaction; return how many were changed."""
        changed = 0
        for rowid in self.rowids:
            row = sql.row(f"SELECT {self.column} AS value FROM {self.table} WHERE rowid = ?", (rowid,))
            before = row["value"] if row is not None else None
            after = masked_value(self.table, self.column, before, mask) if before is not None else None
            if after != before:
                sql.execute(f"UPDATE {self.table} SET {self.column} = ? WHERE rowid = ?", (after, rowid))
                changed += 1
        return changed


def mask_texts(database: _Files, mask: AddressMask) -> int:
    """Find the texts with the address without blocking writers, then mask those alone; return how many were changed."""
    changed = 0
    for change in _changes(database.rows, mask):
        with database.writing(EVERY_CONNECTION) as sql:
            changed += change.apply(sql, mask)
    return changed


def wipe_files(database: _Files, mask: AddressMask) -> WipedFiles:
    """Erase a person from all copies, and what is left of them in the bytes of the database's files."""
    folder = database.folder
    copies, left = _erase_from_copies(folder, mask)
    database.checkpoint()
    if holds(database.path, mask):
        database.compact()
    longer = sum(len(change.rowids) for change in _texts_with(database.rows, mask))
    if not longer and holds(database.path, mask):
        left.append(database.path)
    left += [path for path in _others(folder, copies) if path not in left and holds(path, mask)]
    return WipedFiles(copies=tuple(copies), left=tuple(left), longer=longer)


def holds(path: Path, mask: AddressMask) -> bool:
    """Whether a file's raw bytes contain the address, in any case."""
    parts = [part.encode() for part in mask.parts]
    overlap = max(map(len, parts))
    rest = b""
    for chunk in chunks(path):
        rest = (rest + chunk).lower()
        if any(part in rest for part in parts):
            return True
        rest = rest[-overlap:]
    return False


def _texts_with(rows: _Rows, mask: AddressMask) -> Iterator[_MaskedText]:
    """Yield, in chunks, the rows of every table whose texts contain the address's letters."""
    for (table,) in rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'", ()):
        if table in _NO_DONORS or table.startswith("sqlite_"):
            continue
        for column in [row["name"] for row in rows(f"PRAGMA table_info({table})", ()) if row["type"] == "TEXT"]:
            contains = " OR ".join(f"instr(lower({column}), ?)" for _ in mask.parts)
            yield from _chunks(table, column, rows(f"SELECT rowid FROM {table} WHERE {contains}", mask.parts))


def _changes(rows: _Rows, mask: AddressMask) -> Iterator[_MaskedText]:
    """Yield, in chunks, every text with the address's letters, and all encoded steps."""
    yield from _texts_with(rows, mask)
    yield from _chunks("attempt", "steps", rows("SELECT id FROM attempt WHERE donors > 1", ()))
    yield from _chunks("bulk_batch", "steps", rows("SELECT id FROM bulk_batch WHERE steps IS NOT NULL", ()))
    yield from _chunks("bin", "kept", rows("SELECT id FROM bin WHERE belongs_to = 'attempt'", ()))


def _chunks(table: str, column: str, found: list[Row]) -> Iterator[_MaskedText]:
    for first in range(0, len(found), _CHUNK):
        yield _MaskedText(table, column, [number for (number,) in found[first : first + _CHUNK]])


def _erase_from_copies(folder: Path, mask: AddressMask) -> tuple[list[Path], list[Path]]:
    """Erase a person from every backup and every moved database; return those done, and those that cannot be."""
    done: list[Path] = []
    left: list[Path] = []
    for path in sorted(folder.glob(f"{FILE_NAME}.*")):
        if path.name.endswith(COMPANIONS) or not path.stat().st_size:
            continue
        try:
            (done if _erase_from_copy(path, mask) else left).append(path)
        except sqlite3.Error:
            left.append(path)
    return done, left


def _erase_from_copy(path: Path, mask: AddressMask) -> bool:
    """Erase a person from one copy of our database, of any version; return whether the address is gone."""
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.row_factory = sqlite3.Row
        if copy.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            return not holds(path, mask)
        copy.executescript("PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; BEGIN IMMEDIATE")
        copy.execute(_DELETE_RECORDS, {"email": mask.email})
        copy.execute(_DELETE_FROM_BIN, {"email": mask.email})
        sql = SqliteSql(copy)
        for change in list(_changes(sql.rows, mask)):
            change.apply(sql, mask)
        copy.execute("COMMIT")
        copy.execute("VACUUM")
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return not holds(path, mask)


def _others(folder: Path, copies: Sequence[Path]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in copies and path != folder / FILE_NAME:
            yield path
