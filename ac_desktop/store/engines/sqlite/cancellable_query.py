"""Looks through many records, side by side and on connections of their own; one that nobody wants any more ends."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.engines.sqlite.id_codec import encode_ids

CACHE_KB: Final = 2_000
"""What goes by once is not worth keeping: a cache of 64 MB made a first look half as fast, and stays in memory."""


class QueryCancelledError(Exception):
    """Nobody wants the answer any more."""


class QueryToken:
    """One question on its way to its answer; any thread may give it up."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._open: set[sqlite3.Connection] = set()
        self._is_given_up = False

    def give_up(self) -> None:
        """End every look under way, and begin none any more."""
        with self._guard:
            self._is_given_up = True
            for connection in self._open:
                connection.interrupt()

    @property
    def is_given_up(self) -> bool:
        """Whether nobody wants the answer any more."""
        with self._guard:
            return self._is_given_up

    @contextmanager
    def through(self, database: Database) -> Iterator["QueryReader"]:
        """Return a connection for this look alone. Raises GivenUpError once the look is given up."""
        with database.reading(CACHE_KB) as connection:
            with self._guard:
                self._open.add(connection)
            try:
                yield QueryReader(self, connection)
            except sqlite3.OperationalError as error:
                if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                    raise QueryCancelledError from error
                raise
            finally:
                with self._guard:
                    self._open.discard(connection)

    def go_on(self) -> None:
        """Raise GivenUpError where the look is given up."""
        if self.is_given_up:
            raise QueryCancelledError


class QueryReader:
    """Reads for one look."""

    def __init__(self, look: QueryToken, connection: sqlite3.Connection) -> None:
        self._look = look
        self._connection = connection

    def rows(self, query: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401  peewee's own types
        """Read rows of a composed query."""
        self._look.go_on()
        return self._connection.execute(*query.sql()).fetchall()

    def text(self, query: Any) -> str:  # noqa: ANN401
        """Read the numbers a composed query gives, in its order, as one text."""
        self._look.go_on()
        row = self._connection.execute(*encode_ids(*query.sql())).fetchone()
        return row[0] or ""
