"""The SQLite file: opened, migrated, read by every thread and written by one at a time."""

import sqlite3
import threading
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.paths import make_data_folder
from ac_desktop.platform.private_files import create_private, refuse_link
from ac_desktop.store.backups import COMPANIONS, FILE_NAME
from ac_desktop.store.engines.sqlite.backups import APPLICATION_ID, back_up
from ac_desktop.store.engines.sqlite.fair_lock import FairLock
from ac_desktop.store.engines.sqlite.file_move import SUSPECT_NAME, FolderUse, refuse_unfinished
from ac_desktop.store.engines.sqlite.migrations import STEPS, VERSION
from ac_desktop.store.engines.sqlite.sql import (
    CACHE_KB,
    FRAGMENTS,
    SqliteReader,
    SqliteSql,
    all_ids,
    file_uri,
    store_error,
)
from ac_desktop.store.errors import StoreError, StoreProblem, disk_error
from ac_desktop.store.history.history import person
from ac_desktop.store.ports import NO_CONNECTION, Composed, Planned, QueryToken, Row, Values, WriteScope

if TYPE_CHECKING:
    from ac_desktop.store.privacy.anonymise import AddressMask
    from ac_desktop.store.privacy.erasure import WipedFiles

__all__ = ["APPLICATION_ID", "FILE_NAME", "SUSPECT_NAME", "SqliteDatabase"]

BUSY_TIMEOUT_MS: Final = 20_000
_SMALL_CACHE_KB: Final = 8_192

_WRITER_CACHE_KB: Final = 4 * 1024
"""Enough for what a claim and its outcome touch; more only fills up over a long relay, 40 bytes a donor."""

CLOSE_PATIENCE: Final = 30.0
"""Seconds in which running operations may end; a longer one keeps its connection until the process ends."""


class SqliteDatabase:
    """The SQLite database in a data directory.

    Each thread reads on a connection of its own. Writers pass a fair lock and share one connection, as each would have
    to read again what another has changed; each transaction is durable before `writing` returns. Raise StoreError where
    the file, not the program, is at fault.
    """

    fragments: Final = FRAGMENTS

    def __init__(self, folder: Path, use: FolderUse | None = None) -> None:
        """Open the database; `use` is the caller's own lock on the folder, where it has one."""
        self.folder = folder
        self.path = folder / FILE_NAME
        self._local = threading.local()
        self._writer_lock = FairLock()
        self._connections: set[sqlite3.Connection] = set()
        self._connections_lock = threading.Lock()
        self._use_ended = threading.Condition()
        self._uses = 0
        self._is_closed = False
        self._identity: tuple[int, int] | None = None
        self.backup: Path | None = None
        """The copy made before this start migrated the database."""
        self._writer: sqlite3.Connection | None = None
        self._use: FolderUse | None = None
        try:
            with self._translated_errors():
                make_data_folder(folder)
                if use is None:
                    self._use = FolderUse(folder)
                refuse_unfinished(folder)
                self._create_private_file()
                self._migrate()
                self._identity = self._file_identity()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def writing(self, scope: WriteScope = NO_CONNECTION, *, staging: bool = False) -> Iterator[SqliteSql]:  # noqa: ARG002
        """Return the statements of a transaction that is committed and durable at the end, or rolled back.

        One writer at a time needs no lock on the connections in its scope.

        `staging` uses this thread's own connection, which has its temporary tables. It is for rows of an open batch,
        which nobody reads yet: they become durable with the transaction that closes the batch, and their foreign keys
        are not checked for each row.
        """
        with self._using(), self._writer_lock, self._translated_errors():
            if self._writing_here is not None:
                yield self._writing_here
                return
            self._check_still_there()
            connection = self._staging_connection() if staging else self._shared_writer()
            connection.execute("BEGIN IMMEDIATE")
            sql = self._local.writing = SqliteSql(connection)
            try:
                yield sql
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
            finally:
                self._local.writing = None

    def person(self) -> str:
        """Return the login name of the person at this computer."""
        return person()

    def may_empty(self) -> bool:
        """Whether this person may remove old data: the file is their own."""
        return True

    @property
    def is_distant(self) -> bool:
        """Whether each statement costs a round trip over a network: it is a file of this computer."""
        return False

    def at_once(self, *transactions: Planned) -> list[list[list[Row]]]:
        """Execute durable transactions one after the other, without a look at their results in between."""
        results = []
        for planned in transactions:
            with self.writing(planned.scope) as sql:
                results.append([sql.rows(statement, values) for statement, values in planned.statements])
        return results

    def rows(self, query: Composed | str, values: Values = ()) -> list[Row]:
        """Return the rows of plain SQL or of a composed query, to be read by the names of their columns."""
        sql, values = (query, values) if isinstance(query, str) else query.sql()
        with self._using(), self._translated_errors():
            return self._connection().execute(sql, values).fetchall()

    def row(self, query: Composed | str, values: Values = ()) -> Row | None:
        """Return the first row, None without one."""
        found = self.rows(query, values)
        return found[0] if found else None

    def index_batch(self, batch_id: int) -> None:
        """Index the addresses and row hashes of a batch that is about to be closed, in chunks."""
        from ac_desktop.store.engines.sqlite.batch_index import index_batch

        index_batch(self, batch_id)

    def checkpoint(self) -> None:
        """Write the log into the file and empty it, so that no old content is in it."""
        with self._using(), self._writer_lock, self._translated_errors():
            self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def compact(self) -> None:
        """Rewrite the file without its free pages; every writer waits meanwhile."""
        with self._using(), self._writer_lock, self._translated_errors():
            self._connection().execute("VACUUM")
        self.checkpoint()

    def mask_texts(self, mask: "AddressMask", erasure: str, at: float) -> int:  # noqa: ARG002  the caller keeps events
        """Mask an address in the texts of every table; return how many were changed."""
        from ac_desktop.store.engines.sqlite import traces

        return traces.mask_texts(self, mask)

    def wipe_files(self, mask: "AddressMask") -> "WipedFiles":
        """Erase a person from all copies and from what is left of deleted rows, and look for the address everywhere."""
        from ac_desktop.store.engines.sqlite import traces

        return traces.wipe_files(self, mask)

    def ids(self, query: Composed | str, values: Values = ()) -> "array[int]":
        """Return the column `id` of a query, in its order."""
        with self._using(), self._translated_errors():
            return all_ids(self._connection(), query, values)

    @contextmanager
    def looking(self, token: QueryToken) -> Iterator[SqliteReader]:
        """Return a reader on a read-only connection of its own, whose queries the token cancels."""
        with self._translated_errors():
            connection = sqlite3.connect(
                file_uri(self.path.absolute(), "mode=rw"),
                timeout=BUSY_TIMEOUT_MS / 1000,
                isolation_level=None,
                check_same_thread=False,
                uri=True,
            )
            connection.row_factory = sqlite3.Row
            try:
                connection.executescript(
                    f"PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-{CACHE_KB};"
                )
                with token.interrupting(connection.interrupt):
                    yield SqliteReader(connection, token)
            finally:
                connection.close()

    def version_seen(self) -> int:
        """Return a number that changes whenever another connection has written."""
        found = self.row("PRAGMA data_version")
        return int(found["data_version"]) if found else 0

    def when_changed(self, heard: Callable[[], None]) -> None:
        """Do nothing: a file sends no notices."""

    def expect_ordered_rows(self) -> None:
        """Use a small cache for this thread's connection, which is enough to write rows in order."""
        self.rows(f"PRAGMA cache_size=-{_SMALL_CACHE_KB}")

    def close_thread(self) -> None:
        """Close this thread's connection; called by a thread that ends."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            with self._connections_lock:
                self._connections.discard(connection)
            connection.close()
            self._local.connection = None

    def close(self) -> None:
        """Close every thread's connection once its running operations have ended; refuse new ones."""
        with self._use_ended:
            self._is_closed = True
            if not self._use_ended.wait_for(lambda: not self._uses, CLOSE_PATIENCE):
                return
        with self._connections_lock:
            connections, self._connections = self._connections, set()
            self._writer = None
        for connection in connections:
            connection.close()
        self._local = threading.local()
        if self._use is not None:
            self._use.close()

    @contextmanager
    def _using(self) -> Iterator[None]:
        """Keep the connections open meanwhile: SQLite crashes where one is closed during a statement."""
        depth: int = getattr(self._local, "depth", 0)
        if not depth:
            self._begin_use()
        self._local.depth = depth + 1
        try:
            yield
        finally:
            self._local.depth = depth
            if not depth:
                with self._use_ended:
                    self._uses -= 1
                    self._use_ended.notify_all()

    def _begin_use(self) -> None:
        with self._use_ended:
            if self._is_closed:
                raise StoreError(StoreProblem.CLOSED, StoreMessage.CLOSING)
            self._uses += 1

    @property
    def _writing_here(self) -> SqliteSql | None:
        """The statements of this thread's transaction."""
        writing: SqliteSql | None = getattr(self._local, "writing", None)
        return writing

    def _connection(self) -> sqlite3.Connection:
        """Return this thread's connection; within a transaction that of the transaction, to see what it has written."""
        writing = self._writing_here
        if writing is not None:
            return writing.connection
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
        return connection

    def _staging_connection(self) -> sqlite3.Connection:
        """Return this thread's connection, which writes only rows of open batches."""
        connection = self._connection()
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=OFF")
        return connection

    def _shared_writer(self) -> sqlite3.Connection:
        if self._writer is None:
            self._writer = self._connect()
            self._writer.execute(f"PRAGMA cache_size=-{_WRITER_CACHE_KB}")
        return self._writer

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        with self._connections_lock:
            self._connections.add(connection)
        connection.executescript(
            f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=4000; PRAGMA secure_delete=ON;"
        )
        return connection

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            problem = store_error(error, self.path)
            if problem is None:
                raise
            if problem.trouble is StoreProblem.DAMAGED and self._identity is not None:
                self._mark_suspect()
            raise problem from error
        except OSError as error:
            raise disk_error(error, self.folder) from error

    def _mark_suspect(self) -> None:
        with suppress(OSError):
            create_private(self.path.with_name(SUSPECT_NAME))

    def _file_identity(self) -> tuple[int, int] | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _check_still_there(self) -> None:
        """Raise StoreError where the file was moved or its disk removed: SQLite would write to a file nobody finds."""
        if self._identity is not None and self._file_identity() != self._identity:
            raise StoreError(StoreProblem.UNREACHABLE, StoreMessage.DATABASE_GONE, file=self.path)

    def _create_private_file(self) -> None:
        for ending in COMPANIONS:
            refuse_link(self.path.with_name(f"{FILE_NAME}{ending}"))
        create_private(self.path)

    def _migrate(self) -> None:
        version = self._checked_version()
        self._connection().execute("PRAGMA journal_mode=WAL")
        if 0 < version < VERSION:
            self._back_up(version)
        if version < VERSION:
            self._take_steps()

    def _take_steps(self) -> None:
        """Take the steps that are left in one transaction: a database is brought up to date whole or not at all."""
        with self.writing() as sql:
            version = self._checked_version()
            for step in STEPS[version:]:
                for statement in _statements(step):
                    sql.execute(statement)
            if version < VERSION:
                sql.execute(f"PRAGMA user_version={VERSION}")
                sql.execute(f"PRAGMA application_id={APPLICATION_ID}")

    def _checked_version(self) -> int:
        connection = self._connection()
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
        if application != APPLICATION_ID and (version or tables):
            raise StoreError(StoreProblem.FOREIGN, StoreMessage.DATABASE_FOREIGN, file=self.path)
        if version > VERSION:
            raise StoreError(StoreProblem.NEWER, StoreMessage.DATABASE_NEWER, found=version, known=VERSION)
        return version

    def _back_up(self, version: int) -> None:
        self.backup = back_up(self._connection(), self.folder, version)


def _statements(script: str) -> Iterator[str]:
    """Yield a script's statements, as `executescript` would commit the transaction it runs in."""
    statement = ""
    for part in script.split(";")[:-1]:
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
