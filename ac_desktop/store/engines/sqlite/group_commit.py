"""One transaction of several writers: each part is undone alone where it fails, and all wait for the disk once."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class GroupCommit:
    """A transaction that writers join one after the other; only whose turn it is may touch it, but `wait` may anybody.

    Where SQLite gives up the whole transaction, as when the disk is full, every writer is told.
    """

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql
        self._ended = threading.Event()
        self._error: BaseException | None = None
        sql.execute("BEGIN IMMEDIATE")

    @property
    def is_lost(self) -> bool:
        """Whether SQLite has given up the transaction."""
        return not self._sql.in_transaction

    @contextmanager
    def part(self) -> Iterator[sqlite3.Connection]:
        """Return the connection for one writer's part."""
        self._sql.execute("SAVEPOINT part")
        try:
            yield self._sql
        except BaseException as error:
            if not self.is_lost:
                self._sql.execute("ROLLBACK TO part")
                self._sql.execute("RELEASE part")
            else:
                self._error = error
            raise
        self._sql.execute("RELEASE part")

    def end(self) -> None:
        """Commit what all have written."""
        try:
            self._sql.commit()
        except sqlite3.Error as error:
            self._error = error
            self._sql.rollback()
        finally:
            self._ended.set()

    def wait(self) -> None:
        """Return when everything is durable. Where it is lost, raises what whoever lost it was told."""
        self._ended.wait()
        if self._error is not None:
            raise self._error
