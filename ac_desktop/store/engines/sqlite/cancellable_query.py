"""Long queries on connections of their own that can be cancelled from any thread."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.engines.sqlite.id_codec import encode_ids

CACHE_KB: Final = 2_000
"""Pages read once are not worth caching: a cache of 64 MB made a first query twice as slow, and stays in memory."""


class QueryCancelledError(Exception):
    """The query was cancelled."""


class QueryToken:
    """Cancels the queries that run under it; any thread may call `cancel`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: set[sqlite3.Connection] = set()
        self._is_cancelled = False

    def cancel(self) -> None:
        """Interrupt every running query, and refuse new ones."""
        with self._lock:
            self._is_cancelled = True
            for connection in self._open:
                connection.interrupt()

    @property
    def is_cancelled(self) -> bool:
        """Whether the queries are cancelled."""
        with self._lock:
            return self._is_cancelled

    @contextmanager
    def reader(self, database: Database) -> Iterator["QueryReader"]:
        """Return a reader on a connection of its own. Raise QueryCancelledError once cancelled."""
        with database.reading(CACHE_KB) as connection:
            with self._lock:
                self._open.add(connection)
            try:
                yield QueryReader(self, connection)
            except sqlite3.OperationalError as error:
                if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                    raise QueryCancelledError from error
                raise
            finally:
                with self._lock:
                    self._open.discard(connection)

    def raise_if_cancelled(self) -> None:
        """Raise QueryCancelledError where the queries are cancelled."""
        if self.is_cancelled:
            raise QueryCancelledError


class QueryReader:
    """Runs queries under a token."""

    def __init__(self, token: QueryToken, connection: sqlite3.Connection) -> None:
        self._token = token
        self._connection = connection

    def rows(self, query: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401  peewee's own types
        """Return the rows of a composed query."""
        self._token.raise_if_cancelled()
        return self._connection.execute(*query.sql()).fetchall()

    def text(self, query: Any) -> str:  # noqa: ANN401
        """Return the IDs of a composed query, in its order, as one encoded text."""
        self._token.raise_if_cancelled()
        row = self._connection.execute(*encode_ids(*query.sql())).fetchone()
        return row[0] or ""
