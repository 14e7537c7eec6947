"""An office's side of a move: a transaction of its own that lasts as long as the move."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.errors import translated_errors
from ac_desktop.store.engines.postgres.locks import lock_statement
from ac_desktop.store.engines.postgres.news import CHANNEL, insert_statement
from ac_desktop.store.engines.postgres.owners import PostgresOwners
from ac_desktop.store.engines.postgres.schema.versions import check_same_version, check_schema
from ac_desktop.store.engines.postgres.session import Connection, connect
from ac_desktop.store.engines.postgres.sql import PERSON, PostgresSql
from ac_desktop.store.history.history import person
from ac_desktop.store.moving.sides import MovedQueue
from ac_desktop.store.office.membership import OfficeMembership
from ac_desktop.store.office.roles import Role
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.ports import EVERY_CONNECTION, NO_CONNECTION, WriteScope

_ONE_AT_A_TIME: Final = 0x61632D64_6D6F7665
"""The key of the lock of a move: the next one waits until it is known what became of this one."""
_PATIENCE: Final = "5min"
"""The longest in which the other side may work without a statement here."""
_SORT_MEMORY: Final = "64MB"


class PostgresMove:
    """A transaction that is rolled back unless it is committed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.sql = PostgresSql(connection, {}, self._person)

    @property
    def is_admin(self) -> bool:
        """Whether this login is one of an administrator."""
        found = self.sql.row("SELECT role_here() AS role")
        return found is not None and found["role"] == Role.ADMIN

    @property
    def moved_out(self) -> str | None:
        """The ID of the move by which the office was closed; None where it is open."""
        found = self.sql.row("SELECT moved_out FROM office")
        return found["moved_out"] if found is not None else None

    def moved_in(self) -> list[MovedQueue]:
        """Return the queues that were moved in."""
        rows = self.sql.rows("SELECT id, key_names FROM moved_queue")
        return [MovedQueue(id=row["id"], key_names=tuple(json.loads(row["key_names"]))) for row in rows]

    def add_moved(self, queue: MovedQueue) -> None:
        """Remember a queue that is moved in; what is stored from now on keeps who has signed it before."""
        self.sql.execute("SELECT begin_move(?, ?)", (queue.id, json.dumps(list(queue.key_names))))

    def _person(self) -> str:
        found = self.sql.row(PERSON)
        return str(found["name"]) if found is not None else person()

    def lock(self, connection_ids: Sequence[int]) -> None:
        """Let writers about these connections wait until the end."""
        if connection_ids:
            self._connection.execute(lock_statement(WriteScope.of(*connection_ids)))

    def close_office(self, move_id: str) -> None:
        """Close the office: its queue is read-only from the commit on, and until then every writer waits."""
        self._connection.execute(lock_statement(EVERY_CONNECTION))
        self._connection.execute(lock_statement(NO_CONNECTION))
        self._connection.execute("SELECT close_office($1)", (move_id,))

    def reopen_office(self) -> None:
        """Let the office be written again, from the commit on."""
        self._connection.execute(lock_statement(EVERY_CONNECTION))
        self._connection.execute("SELECT reopen_office()")

    def commit(self) -> None:
        """Commit; other workstations are told."""
        self._connection.execute(f"{insert_statement(EVERY_CONNECTION)}; COMMIT", prepare=False)
        self._connection.execute("SELECT pg_notify($1, $2)", (CHANNEL, "moved"))


class PostgresOfficeQueue:
    """An office's queue, as one of its people."""

    def __init__(self, address: OfficeAddress, membership: OfficeMembership) -> None:
        self._address = address
        self._membership = membership

    @contextmanager
    def moving(self) -> Iterator[PostgresMove]:
        """Return a transaction; two moves wait for one another."""
        with translated_errors(self._address), connect(self._address) as connection:
            check_schema(connection, self._address)
            # What a newer program keeps in the office would stay behind.
            check_same_version(connection)
            connection.execute("BEGIN")
            connection.execute(f"SET LOCAL idle_in_transaction_session_timeout TO '{_PATIENCE}'")
            connection.execute(f"SET LOCAL work_mem TO '{_SORT_MEMORY}'")
            connection.execute("SELECT pg_advisory_xact_lock($1)", (_ONE_AT_A_TIME,))
            try:
                yield PostgresMove(connection)
            finally:
                # What was committed is not rolled back by this.
                connection.execute("ROLLBACK")

    @contextmanager
    def opened(self) -> Iterator[tuple[PostgresDatabase, PostgresOwners]]:
        """Return its database and this process as an owner, for what is done before a move."""
        database = PostgresDatabase(self._address)
        try:
            owners = PostgresOwners(database, self._membership.workstation, self._membership.person)
            try:
                yield database, owners
            finally:
                owners.close()
        finally:
            database.close()
