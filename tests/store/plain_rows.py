"""Rows of the database as plain tuples, to be compared."""

from collections.abc import Iterable
from typing import Any

from ac_desktop.store.ports import Row


def plain(row: Row | None) -> tuple[Any, ...] | None:
    return None if row is None else tuple(row)


def plain_rows(rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in rows]
