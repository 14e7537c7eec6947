"""One transaction of several writers: each part is rolled back alone where it fails, and all wait for the disk once."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class GroupCommit:
    """A transaction that writers join in turn; only the lock's owner may use it, but any writer may `wait`.

    Where SQLite rolls back the whole transaction, as on a full disk, every writer gets the error.
    """

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql
        self._ended = threading.Event()
        self._error: BaseException | None = None
        sql.execute("BEGIN IMMEDIATE")

    @property
    def is_lost(self) -> bool:
        """Whether SQLite has rolled back the transaction."""
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
        """Commit all parts."""
        try:
            self._sql.commit()
        except sqlite3.Error as error:
            self._error = error
            self._sql.rollback()
        finally:
            self._ended.set()

    def wait(self) -> None:
        """Return when everything is durable. Raise the error that lost the transaction, if any."""
        self._ended.wait()
        if self._error is not None:
            raise self._error
