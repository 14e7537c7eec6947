"""A person's traces beside their records, in the texts of any table of the office's database."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.store.engines.postgres.session import SCHEMA
from ac_desktop.store.ports import EVERY_CONNECTION, Database, Row, Sql
from ac_desktop.store.privacy.anonymise import AddressMask, masked_value
from ac_desktop.store.privacy.erasure import WipedFiles

_CHUNK: Final = 200
_NO_DONORS: Final = frozenset(
    {"account", "connection", "duty", "email_at", "news", "office", "owner", "pace", "secret", "setting", "tally"}
    | {"person", "record_words", "team", "watched_folder", "workstation"}
)
"""Tables of settings and of workstations; and indexes of addresses and texts, which go with their records."""
_TEXT_COLUMNS: Final = """
    SELECT c.table_name AS in_table, c.column_name AS in_column, key.columns AS key_columns
    FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
    JOIN (
        SELECT i.indrelid, string_agg(a.attname, ',' ORDER BY a.attnum) AS columns
        FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
        WHERE i.indisprimary GROUP BY i.indrelid
    ) key ON key.indrelid = CAST(format('%I.%I', c.table_schema, c.table_name) AS regclass)
    WHERE c.table_schema = ? AND c.data_type = 'text' AND c.is_generated = 'NEVER' AND t.table_type = 'BASE TABLE'
    ORDER BY 1, c.ordinal_position
"""
_ENCODED: Final = (
    ("attempt", "steps", "donors > 1"),
    ("bulk_batch", "steps", "steps IS NOT NULL"),
    ("bin", "kept", "belongs_to = 'attempt'"),
)
"""Columns in which an address may be without its letters being there."""


@dataclass(frozen=True)
class _MaskedColumn:
    """Rows of one column, by their keys, that contain the address, or whose encoded steps may."""

    table: str
    column: str
    key: Sequence[str]
    rows: Sequence[Row]

    def apply(self, sql: Sql, mask: AddressMask, erasure: str, at: float) -> int:
        """Mask the rows within the caller's transaction, as they are now; return how many were changed."""
        return sum(self._mask_row(sql, {name: row[name] for name in self.key}, mask, erasure, at) for row in self.rows)

    def _mask_row(self, sql: Sql, key: Mapping[str, object], mask: AddressMask, erasure: str, at: float) -> bool:
        """Mask a row, again where somebody changed it meanwhile; return whether it was changed."""
        where = " AND ".join(f"{name} = ?" for name in key)
        while True:
            found = sql.row(f"SELECT {self.column} AS value FROM {self.table} WHERE {where}", list(key.values()))
            before = found["value"] if found is not None else None
            after = masked_value(self.table, self.column, before, mask) if before is not None else None
            if after == before:
                return False
            values = (self.table, self.column, json.dumps(key), _literal(before), _literal(after), erasure, at)
            changed = sql.row("SELECT mask_value(?, ?, ?, ?, ?, ?, ?) AS is_masked", values)
            if changed is not None and changed["is_masked"]:
                return True


def _literal(value: object) -> object:
    """Return a value as the server reads it in quotes."""
    return f"\\x{value.hex()}" if isinstance(value, bytes) else value


def mask_texts(database: Database, mask: AddressMask, erasure: str, at: float) -> int:
    """Find the texts with the address without blocking writers, then mask those alone; return how many were changed."""
    changed = 0
    for found in [*_texts_with(database, mask), *_encoded(database)]:
        for first in range(0, len(found.rows), _CHUNK):
            part = _MaskedColumn(found.table, found.column, found.key, found.rows[first : first + _CHUNK])
            with database.writing(EVERY_CONNECTION) as sql:
                changed += part.apply(sql, mask, erasure, at)
    return changed


def wipe_files(database: Database, mask: AddressMask) -> WipedFiles:
    """Erase a person from the server's samples of values, and look for longer addresses that contain the address.

    The server's files are its administrator's.
    """
    database.row("SELECT sample_anew()")
    return WipedFiles(copies=(), left=(), longer=sum(len(found.rows) for found in _texts_with(database, mask)))


def _encoded(database: Database) -> Iterator[_MaskedColumn]:
    for table, column, condition in _ENCODED:
        yield _MaskedColumn(table, column, ("id",), database.rows(f"SELECT id FROM {table} WHERE {condition}"))


def _texts_with(database: Database, mask: AddressMask) -> Iterator[_MaskedColumn]:
    """Yield the rows of every table whose texts contain the address's letters."""
    for table, column, key in database.rows(_TEXT_COLUMNS, (SCHEMA,)):
        if table not in _NO_DONORS:
            contains = " OR ".join(f"strpos(lower({column}), ?) > 0" for _ in mask.parts)
            rows = database.rows(f"SELECT {key} FROM {table} WHERE {contains}", mask.parts)
            yield _MaskedColumn(table, column, key.split(","), rows)
