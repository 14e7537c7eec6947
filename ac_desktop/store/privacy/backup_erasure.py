"""Erasure of a person from the copies of the database beside it, and the search through their raw bytes."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from ac_desktop.store.engines.sqlite.database import APPLICATION_ID, FILE_NAME
from ac_desktop.store.engines.sqlite.raw_bytes import chunks
from ac_desktop.store.engines.sqlite.sql import SqliteSql
from ac_desktop.store.privacy.address_mask import AddressMask, changes

_COMPANION_SUFFIXES: Final = ("-wal", "-shm", "-journal")
_DELETE_RECORDS: Final = """
    DELETE FROM record WHERE email = ?1
        OR id IN (SELECT record_id FROM edit WHERE field = 'email' AND ?1 IN (old, new))
"""
_DELETE_FROM_BIN: Final = """
    DELETE FROM bin WHERE record_id IN (
        SELECT record_id FROM bin WHERE belongs_to = 'record' AND json_extract(kept, '$.email') = ?1)
"""


def erase_from_copies(folder: Path, mask: AddressMask) -> tuple[list[Path], list[Path]]:
    """Erase a person from every backup and every moved database; return those done, and those that cannot be."""
    done: list[Path] = []
    left: list[Path] = []
    for path in sorted(folder.glob(f"{FILE_NAME}.*")):
        if path.name.endswith(_COMPANION_SUFFIXES) or not path.stat().st_size:
            continue
        try:
            (done if _erase_from_copy(path, mask) else left).append(path)
        except sqlite3.Error:
            left.append(path)
    return done, left


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


def _erase_from_copy(path: Path, mask: AddressMask) -> bool:
    """Erase a person from one copy of our database, of any version; return whether the address is gone."""
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        if sql.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            return not holds(path, mask)
        sql.row_factory = sqlite3.Row
        sql.executescript("PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; BEGIN IMMEDIATE")
        sql.execute(_DELETE_RECORDS, (mask.email,))
        sql.execute(_DELETE_FROM_BIN, (mask.email,))
        for change in list(changes(lambda query, values: sql.execute(query, values).fetchall(), mask)):
            change.apply(SqliteSql(sql), mask)
        sql.execute("COMMIT")
        sql.execute("VACUUM")
        sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return not holds(path, mask)
