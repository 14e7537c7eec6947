"""The outbox of a data folder that works on an office: a small SQLite file, private like the queue."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from ac_desktop.model.address import AccountAddress
from ac_desktop.model.connection import CircuitState, Connection, ConnectionSettings
from ac_desktop.model.donor import Donor, PhoneStyle
from ac_desktop.model.scope import Scope, ScopeKind, Team
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.paths import make_data_folder
from ac_desktop.platform.private_files import create_private
from ac_desktop.store.engines.sqlite.sql import store_error
from ac_desktop.store.errors import StoreError, StoreProblem, disk_error
from ac_desktop.store.office.outbox import OUTBOX_FILE, DiscardedEntry, KnownConnection, OutboxEntry

_BUSY_TIMEOUT: Final = 20.0
_SCHEMA: Final = """
    PRAGMA synchronous=FULL;
    PRAGMA secure_delete=ON;
    CREATE TABLE IF NOT EXISTS entry (
        number INTEGER PRIMARY KEY, office TEXT NOT NULL, token TEXT NOT NULL UNIQUE, key_name TEXT NOT NULL,
        connection_name TEXT NOT NULL, donor TEXT NOT NULL, typed_at REAL NOT NULL
    );
    CREATE TABLE IF NOT EXISTS known_connection (
        office TEXT NOT NULL, key_name TEXT NOT NULL, settings TEXT NOT NULL, PRIMARY KEY (office, key_name)
    );
    CREATE TABLE IF NOT EXISTS discarded (
        token TEXT PRIMARY KEY, office TEXT NOT NULL, key_name TEXT NOT NULL, connection_name TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS seen_erasure (office TEXT PRIMARY KEY, number INTEGER NOT NULL);
"""


class SqliteOutbox:
    """The entries for one office; those for another one that the folder worked on stay in the file.

    The file is made with its first row, and open only while it is used: any process of the folder may write.
    """

    def __init__(self, folder: Path, office: str) -> None:
        self._path = folder / OUTBOX_FILE
        self._office = office

    def add(self, entry: OutboxEntry) -> None:
        """Store an entry; it is durable on return."""
        with self._writing() as sql:
            sql.execute(
                "INSERT INTO entry (office, token, key_name, connection_name, donor, typed_at)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (token) DO NOTHING",
                (
                    self._office,
                    entry.token,
                    entry.key_name,
                    entry.connection_name,
                    json.dumps(asdict(entry.donor), ensure_ascii=False),
                    entry.typed_at,
                ),
            )

    def entries(self) -> list[OutboxEntry]:
        """Return the entries, the oldest first."""
        rows = self._rows(
            "SELECT token, key_name, connection_name, donor, typed_at FROM entry WHERE office = ? ORDER BY number"
        )
        return [
            OutboxEntry(
                token=token,
                key_name=key_name,
                connection_name=name,
                donor=Donor(**json.loads(donor)),
                typed_at=typed_at,
            )
            for token, key_name, name, donor, typed_at in rows
        ]

    def remove(self, tokens: Collection[str]) -> None:
        """Remove the entries that the office has, from what is left of deleted rows too."""
        with self._writing() as sql:
            sql.executemany("DELETE FROM entry WHERE token = ?", [(token,) for token in tokens])

    def discard(self, entries: Sequence[OutboxEntry]) -> None:
        """Remove entries that the office does not get, and remember that they were, in one transaction."""
        with self._writing() as sql:
            for one in entries:
                if sql.execute("DELETE FROM entry WHERE token = ?", (one.token,)).rowcount:
                    sql.execute(
                        "INSERT INTO discarded (token, office, key_name, connection_name) VALUES (?, ?, ?, ?)",
                        (one.token, self._office, one.key_name, one.connection_name),
                    )

    def discarded(self) -> list[DiscardedEntry]:
        """Return what was discarded and the office's log does not say yet."""
        rows = self._rows("SELECT token, key_name, connection_name FROM discarded WHERE office = ? ORDER BY rowid")
        return [DiscardedEntry(token=token, key_name=key_name, connection_name=name) for token, key_name, name in rows]

    def forget_discarded(self, tokens: Collection[str]) -> None:
        """Forget what the office's log says by now."""
        with self._writing() as sql:
            sql.executemany("DELETE FROM discarded WHERE token = ?", [(token,) for token in tokens])

    def seen_erasure(self) -> int:
        """Return the number of the office's latest erasure at the last contact."""
        rows = self._rows("SELECT number FROM seen_erasure WHERE office = ?")
        return int(rows[0][0]) if rows else 0

    def see_erasure(self, number: int) -> None:
        """Store the number of the office's latest erasure."""
        if number == self.seen_erasure():
            return
        with self._writing() as sql:
            sql.execute(
                "INSERT INTO seen_erasure (office, number) VALUES (?, ?)"
                " ON CONFLICT (office) DO UPDATE SET number = excluded.number",
                (self._office, number),
            )

    def remember(self, connections: Sequence[KnownConnection]) -> None:
        """Store the connections as the office has them; nothing is written where nothing changed."""
        known = {one.key_name: _settings_text(one.connection) for one in connections}
        if known == dict(self._rows("SELECT key_name, settings FROM known_connection WHERE office = ?")):
            return
        with self._writing() as sql:
            sql.execute("DELETE FROM known_connection WHERE office = ?", (self._office,))
            sql.executemany(
                "INSERT INTO known_connection (office, key_name, settings) VALUES (?, ?, ?)",
                [(self._office, key_name, settings) for key_name, settings in known.items()],
            )

    def connections(self) -> list[KnownConnection]:
        """Return the connections as the office last had them, by name."""
        rows = self._rows("SELECT key_name, settings FROM known_connection WHERE office = ?")
        found = [KnownConnection(key_name=key_name, connection=_connection(settings)) for key_name, settings in rows]
        return sorted(found, key=lambda one: one.connection.name.casefold())

    def _rows(self, query: str) -> list[Any]:
        with self._translated_errors():
            if not self._path.exists():
                return []
            with closing(self._connect()) as sql:
                return sql.execute(query, (self._office,)).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._translated_errors():
            make_data_folder(self._path.parent)
            create_private(self._path)
            with closing(self._connect()) as sql, sql:
                sql.execute("BEGIN IMMEDIATE")
                yield sql

    def _connect(self) -> sqlite3.Connection:
        sql = sqlite3.connect(self._path, timeout=_BUSY_TIMEOUT, isolation_level=None)
        try:
            sql.executescript(_SCHEMA)
        except sqlite3.Error:
            sql.close()
            raise
        return sql

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            problem = store_error(error, self._path)
            if problem is None:
                raise
            if problem.trouble is StoreProblem.FULL:
                raise problem from error
            raise StoreError(problem.trouble, StoreMessage.OUTBOX_UNUSABLE, file=self._path) from error
        except OSError as error:
            raise disk_error(error, self._path) from error


def _settings_text(connection: Connection) -> str:
    """Return what a donor is checked by, and nothing that changes with each relay."""
    settings = connection.settings
    team = settings.scope.team
    return json.dumps(
        {
            "id": connection.id,
            "name": settings.name,
            "base": settings.address.base,
            "list_id": settings.list_id,
            "list_name": settings.list_name,
            "scope_kind": settings.scope.kind.value,
            "scope_pages": settings.scope.pages,
            "team": [team.name, team.pages] if team else None,
            "phone_style": settings.phone_style.value,
        },
        ensure_ascii=False,
    )


def _connection(text: str) -> Connection:
    stored = json.loads(text)
    team = Team(stored["team"][0], tuple(stored["team"][1])) if stored["team"] else None
    return Connection(
        id=stored["id"],
        settings=ConnectionSettings(
            name=stored["name"],
            address=AccountAddress(stored["base"]),
            list_id=stored["list_id"],
            list_name=stored["list_name"],
            scope=Scope(ScopeKind(stored["scope_kind"]), tuple(stored["scope_pages"]), team),
            phone_style=PhoneStyle(stored["phone_style"]),
        ),
        circuit=CircuitState(),
    )
