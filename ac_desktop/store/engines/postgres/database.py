"""The office's database: opened, read by every thread, and written by one at a time about each connection."""

import threading
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import psycopg

from ac_desktop.store.engines.postgres.errors import translated_errors
from ac_desktop.store.engines.postgres.listener import KeptPart, Listener
from ac_desktop.store.engines.postgres.loading import Columns
from ac_desktop.store.engines.postgres.locks import begin
from ac_desktop.store.engines.postgres.news import News, insert_statement
from ac_desktop.store.engines.postgres.one_trip import execute_at_once
from ac_desktop.store.engines.postgres.reading.reader import PostgresReader
from ac_desktop.store.engines.postgres.reading.window_reads import PostgresWindowReads
from ac_desktop.store.engines.postgres.schema.versions import check_program, check_schema
from ac_desktop.store.engines.postgres.server_time import ASK, ServerTime
from ac_desktop.store.engines.postgres.session import Connection, Session, checked
from ac_desktop.store.engines.postgres.sql import FRAGMENTS, PERSON, PostgresSql, all_ids, all_rows
from ac_desktop.store.engines.postgres.word_index import WordFiller
from ac_desktop.store.errors import StoreError
from ac_desktop.store.history.history import person
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.ports import NO_CONNECTION, Composed, Planned, QueryToken, Row, Values, WriteScope

if TYPE_CHECKING:
    from ac_desktop.store.office.place import OfficePresence
    from ac_desktop.store.privacy.anonymise import AddressMask
    from ac_desktop.store.privacy.erasure import WipedFiles

CLOSE_PATIENCE: Final = 30.0
"""Seconds in which running operations may end; the process's end closes what is left."""
_MAY_EMPTY: Final = "SELECT 1 AS may WHERE role_here() IN ('admin', 'relay')"
_Result = TypeVar("_Result")


class PostgresDatabase:
    """An office's database on a PostgreSQL server.

    A thread reads on any connection of the process, and within its transaction on that of the transaction. Each
    transaction is durable before `writing` returns. Raise StoreError where the server, not the program, is at fault.
    """

    fragments: Final = FRAGMENTS

    def __init__(self, address: OfficeAddress) -> None:
        self.address = address
        self.backup: Path | None = None
        self._is_known = False
        self._session = Session(address, self._check)
        self._local = threading.local()
        self._columns: dict[str, Columns] = {}
        self._person: str | None = None
        self._words = WordFiller(self)
        self.server_time: Final = ServerTime(self._server_now, self._measure_soon)
        self.listener: Final = Listener(lambda: checked(address, self._check), self.server_time)
        self.window_reads: Final = PostgresWindowReads(address, self._read)
        self._news = News(self, lambda: self.listener)
        try:
            with self._translated_errors():
                self._on_a_connection(lambda _: None)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def writing(self, scope: WriteScope = NO_CONNECTION, *, staging: bool = False) -> Iterator[PostgresSql]:
        """Return the statements of a transaction that is committed and durable at the end, or rolled back.

        It begins with the lock on the connections of its scope, in the order of their IDs. Rows of an open batch, which
        nobody reads yet, are written beside other writers.
        """
        outer = self._writing_here
        if outer is not None:
            yield outer
            return
        with self._translated_errors():
            connection, _ = self._session.begun(lambda connection: begin(connection, scope, staging=staging))
            try:
                sql = self._local.writing = PostgresSql(connection, self._columns, self.person)
                try:
                    yield sql
                finally:
                    self._local.writing = None
                self._commit(sql, None if staging else scope)
            except BaseException:
                with suppress(psycopg.Error):
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._session.give_back(connection)

    def person(self) -> str:
        """Return the office's name of the person whose login this is, else the login name at this computer."""
        if self._person is None:
            found = self.row(PERSON)
            self._person = str(found["name"]) if found is not None else person()
        return self._person

    def may_empty(self) -> bool:
        """Whether this person's role may remove donors' data that is older than the retention period."""
        return self.row(_MAY_EMPTY) is not None

    @property
    def is_distant(self) -> bool:
        """Whether each statement costs a round trip over a network."""
        return True

    def at_once(self, *transactions: Planned) -> list[list[list[Row]]]:
        """Execute durable transactions in one round trip, with a notice to others where one is due.

        It is never repeated, as what was lost may have been its answer alone.
        """
        notice = self._news.due_notice()
        try:
            with self._translated_errors(), self._session.taken() as connection:
                results = execute_at_once(connection, transactions, notice)
        except BaseException:
            self._news.tell()
            raise
        if any(first for first, *_ in results):
            self._news.tell(is_told=bool(notice))
        return results

    def rows(self, query: Composed | str, values: Values = ()) -> list[Row]:
        """Return the rows of plain SQL or of a composed query, to be read by the names of their columns."""
        with self._translated_errors():
            if self.window_reads.are_here and self._writing_here is None:
                return self.window_reads.rows(query, values)
            return self._on_a_connection(lambda connection: all_rows(connection, query, values))

    def row(self, query: Composed | str, values: Values = ()) -> Row | None:
        """Return the first row, None without one."""
        found = self.rows(query, values)
        return found[0] if found else None

    def ids(self, query: Composed | str, values: Values = ()) -> "array[int]":
        """Return the column `id` of a query, in its order."""
        with self._translated_errors():
            if self.window_reads.are_here and self._writing_here is None:
                return self.window_reads.ids(query, values)
            return self._on_a_connection(lambda connection: all_ids(connection, query, values))

    @contextmanager
    def looking(self, token: QueryToken) -> Iterator[PostgresReader]:
        """Return a reader on a connection of its own, whose queries the token cancels."""
        self._words.wake()
        reader = PostgresReader(self._session, token)
        with self._translated_errors():
            try:
                with token.interrupting(reader.cancel):
                    yield reader
            finally:
                reader.close()

    def index_batch(self, batch_id: int) -> None:
        """Index the addresses and row hashes of a batch that is about to be closed, in chunks."""
        from ac_desktop.store.engines.postgres.batch_index import index_batch

        index_batch(self, batch_id)

    def version_seen(self) -> int:
        """Return a number that changes whenever another connection has written."""
        return self._news.number

    def presence(self) -> "OfficePresence":
        """Return who is in the office, as it was known a few seconds ago at most."""
        return replace(self._news.presence(), round_trip=self.server_time.round_trip)

    def when_changed(self, heard: Callable[[], None]) -> None:
        """Call `heard`, on another thread, soon after another process has written."""
        self._news.subscribe(heard)

    def expect_ordered_rows(self) -> None:
        """Do nothing: the server's caches are its own."""

    def compact(self) -> None:
        """Let the server use the space of deleted rows again, as far as this person's login may; nobody waits."""
        with self._translated_errors():
            self._on_a_connection(lambda connection: connection.execute("VACUUM"))

    def mask_texts(self, mask: "AddressMask", erasure: str, at: float) -> int:
        """Mask an address in the texts of every table, for an erasure record of this number; return how many were."""
        from ac_desktop.store.engines.postgres import traces

        return traces.mask_texts(self, mask, erasure, at)

    def wipe_files(self, mask: "AddressMask") -> "WipedFiles":
        """Erase a person from what is left of deleted rows, and look for the address everywhere."""
        from ac_desktop.store.engines.postgres import traces

        return traces.wipe_files(self, mask)

    def listen(self, channel: str, heard: Callable[[str], None]) -> None:
        """Call `heard` with the text of each notice of a channel, and with "" after each connecting."""
        with self._translated_errors():
            self.listener.listen(channel, heard)

    def keep(self, part: KeptPart) -> None:
        """Keep a part on the connection that stays open; it has begun on return."""
        with self._translated_errors():
            self.listener.keep(part)

    def leave(self, part: KeptPart) -> None:
        """Keep a part no longer; it has ended on return."""
        with self._translated_errors():
            self.listener.leave(part)

    def beat_now(self) -> None:
        """Prove the connection that stays open at once."""
        with self._translated_errors():
            self.listener.beat_now()

    def measure_time(self) -> None:
        """Measure the server's time anew, in one round trip."""
        self.server_time.measure(self._server_now)

    def close_thread(self) -> None:
        """Do nothing: no thread has a connection of its own."""

    def close(self) -> None:
        """Close the connections once what runs on them has ended; refuse new ones."""
        self._news.close()
        self.listener.close()
        self._words.close()
        self._session.close(CLOSE_PATIENCE)

    def _check(self, connection: Connection) -> None:
        """Raise StoreError where this program cannot work on the office, also once that was changed meanwhile."""
        if self._is_known:
            check_program(connection)
            return
        check_schema(connection, self.address)
        self._is_known = True

    def _server_now(self) -> float:
        found = self.row(ASK)
        return float(found["at"]) if found else 0.0

    def _measure_soon(self) -> None:
        self.listener.start()
        # The time is measured when the server is back.
        with suppress(StoreError, psycopg.Error):
            self.listener.beat_now()

    def _commit(self, sql: PostgresSql, scope: WriteScope | None) -> None:
        """Commit, in one round trip with the news of what was written about."""
        if scope is None or not sql.has_written:
            sql.connection.execute("COMMIT")
            return
        sql.connection.execute(f"{insert_statement(scope)}; COMMIT", prepare=False)
        self._news.tell()

    def _read(self, work: Callable[[Connection], _Result]) -> _Result:
        with self._translated_errors():
            return self._on_a_connection(work)

    def _on_a_connection(self, work: Callable[[Connection], _Result]) -> _Result:
        """Do some work on this thread's transaction, else on a connection that is free."""
        writing = self._writing_here
        if writing is not None:
            return work(writing.connection)
        connection, result = self._session.begun(work)
        self._session.give_back(connection)
        return result

    @property
    def _writing_here(self) -> PostgresSql | None:
        """The statements of this thread's transaction."""
        writing: PostgresSql | None = getattr(self._local, "writing", None)
        return writing

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        with translated_errors(self.address):
            yield
