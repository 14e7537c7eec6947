"""Statements on a connection to SQLite, with rows by the names of their columns."""

import sqlite3
from collections.abc import Iterable
from typing import Final

from ac_desktop.store.engines.sqlite.fragments import FRAGMENTS
from ac_desktop.store.ports import Executed, Row, Values


class SqliteSql:
    """The statements of one transaction, on its connection."""

    __slots__ = ("connection",)
    fragments: Final = FRAGMENTS

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def execute(self, statement: str, values: Values = ()) -> Executed:
        """Execute a statement; return the number of rows it changed."""
        cursor = self.connection.execute(statement, values)
        executed = Executed(cursor.rowcount)
        executed.cursor = cursor
        return executed

    def row(self, query: str, values: Values = ()) -> Row | None:
        """Return a query's first row, None without one."""
        found: Row | None = self.connection.execute(query, values).fetchone()
        return found

    def rows(self, query: str, values: Values = ()) -> list[Row]:
        """Return a query's rows."""
        return self.connection.execute(query, values).fetchall()

    def insert(self, statement: str, values: Values = ()) -> int:
        """Execute an INSERT of one row; return its `id`. Raise RuntimeError where it inserted none."""
        inserted = self.connection.execute(f"{statement} RETURNING id", values).fetchall()
        if not inserted:
            raise RuntimeError("An insert returned no ID")
        return int(inserted[0]["id"])

    def many(self, statement: str, values: Iterable[Values]) -> None:
        """Execute a statement once for each group of values."""
        self.connection.executemany(statement, values)
