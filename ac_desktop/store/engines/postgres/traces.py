"""A person's traces beside their records, in the texts of any table of the office's database."""

from collections.abc import Iterator
from typing import Final

from ac_desktop.store.engines.postgres.session import SCHEMA
from ac_desktop.store.ports import EVERY_CONNECTION, Database, Row
from ac_desktop.store.privacy.anonymise import AddressMask, masked_value
from ac_desktop.store.privacy.erasure import WipedFiles

_CHUNK: Final = 200
_NO_DONORS: Final = frozenset(
    {
        "account",
        "connection",
        "duty",
        "email_at",
        "office",
        "owner",
        "pace",
        "secret",
        "setting",
        "tally",
        "team",
        "watched_folder",
    }
)
"""Tables of settings and of workstations, which contain no donors."""
_TEXT_COLUMNS: Final = """
    SELECT c.table_name AS in_table, c.column_name AS in_column FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
    WHERE c.table_schema = ? AND c.data_type = 'text' AND c.is_generated = 'NEVER' AND t.table_type = 'BASE TABLE'
    ORDER BY 1, c.ordinal_position
"""
_ENCODED: Final = (
    ("attempt", "steps", "donors > 1"),
    ("bulk_batch", "steps", "steps IS NOT NULL"),
    ("bin", "kept", "belongs_to = 'attempt'"),
)
"""Columns in which an address may be without its letters being there."""


def mask_texts(database: Database, mask: AddressMask) -> int:
    """Find the texts with the address without blocking writers, then mask those alone; return how many were changed."""
    changed = 0
    for table, column, before in _found(database, mask):
        changed += _mask(database, table, column, before, mask)
    return changed


def wipe_files(database: Database, mask: AddressMask) -> WipedFiles:
    """Look for longer addresses that contain the address: the server's files are its administrator's."""
    longer = sum(len(rows) for _, _, rows in _texts_with(database, mask))
    return WipedFiles(copies=(), left=(), longer=longer)


def _mask(database: Database, table: str, column: str, rows: list[Row], mask: AddressMask) -> int:
    masked = [(masked_value(table, column, row["value"], mask), row["value"]) for row in rows]
    changes = [(after, before) for after, before in masked if after != before]
    changed = 0
    for first in range(0, len(changes), _CHUNK):
        with database.writing(EVERY_CONNECTION) as sql:
            for after, before in changes[first : first + _CHUNK]:
                changed += sql.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (after, before))
    return changed


def _found(database: Database, mask: AddressMask) -> Iterator[tuple[str, str, list[Row]]]:
    """Yield every text with the address's letters, and all encoded steps, by table and column."""
    yield from _texts_with(database, mask)
    for table, column, condition in _ENCODED:
        yield table, column, database.rows(f"SELECT DISTINCT {column} AS value FROM {table} WHERE {condition}")


def _texts_with(database: Database, mask: AddressMask) -> Iterator[tuple[str, str, list[Row]]]:
    contains = " OR ".join("strpos(lower({}), ?) > 0" for _ in mask.parts)
    for table, column in database.rows(_TEXT_COLUMNS, (SCHEMA,)):
        if table not in _NO_DONORS:
            where = contains.replace("{}", column)
            query = f"SELECT DISTINCT {column} AS value FROM {table} WHERE {where}"
            yield table, column, database.rows(query, mask.parts)
