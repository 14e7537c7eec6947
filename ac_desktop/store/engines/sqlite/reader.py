"""Long queries on a connection of their own, which can be cancelled."""

import json
import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from ac_desktop.store.cancellation import QueryCancelledError, QueryToken
from ac_desktop.store.ports import Composed, Values

CACHE_KB: Final = 2_000
"""Pages read once are not worth caching: a cache of 64 MB made a first query twice as slow, and stays in memory."""


class SqliteReader:
    """Runs queries under a token."""

    def __init__(self, connection: sqlite3.Connection, token: QueryToken) -> None:
        self._connection = connection
        self._token = token

    def rows(self, query: Composed | str, values: Values = ()) -> list[Any]:
        """Return a query's rows. Raise QueryCancelledError once cancelled."""
        with self._cancellable():
            return self._connection.execute(*_statement(query, values)).fetchall()

    def ids(self, query: Composed | str, values: Values = ()) -> "array[int]":
        """Return the column `id` of a query, in its order. Raise QueryCancelledError once cancelled."""
        with self._cancellable():
            return all_ids(self._connection, query, values)

    @contextmanager
    def _cancellable(self) -> Iterator[None]:
        self._token.raise_if_cancelled()
        try:
            yield
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                raise QueryCancelledError from error
            raise


def all_ids(connection: sqlite3.Connection, query: Composed | str, values: Values = ()) -> "array[int]":
    """Return the column `id` of a query, in its order.

    SQLite puts them into one text, as a row each would ask for the interpreter's lock each time: 100,000 took twice to
    three times as long.
    """
    sql, values = _statement(query, values)
    found = connection.execute(f"SELECT json_group_array(id) FROM ({sql})", values).fetchone()
    return array("q", json.loads(found[0]))


def _statement(query: Composed | str, values: Values) -> tuple[str, Values]:
    return (query, values) if isinstance(query, str) else query.sql()
