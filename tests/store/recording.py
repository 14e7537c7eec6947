"""A database that compares the connections each transaction of the program writes about with those it names."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import ac_desktop
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.engines.sqlite.sql import SqliteSql
from ac_desktop.store.ports import NO_CONNECTION, Sql, WriteScope

PROGRAM: Final = str(Path(ac_desktop.__file__).parent)
ENGINES: Final = str(Path(PROGRAM, "store", "engines"))
OWN_COLUMN: Final = """
    SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND c.name = 'connection_id'
"""
OF_OTHERS: Final = {
    "connection": "{}.id",
    "correction": "(SELECT connection_id FROM batch WHERE id = {}.batch_id)",
    "edit": "(SELECT connection_id FROM record WHERE id = {}.record_id)",
}
CHANGES: Final = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}


def named_by(sql: Sql, scope: WriteScope) -> set[int]:
    """Return the connections that a scope names, as an engine with row locks would look them up."""
    found = set(scope.connections)
    if scope.every:
        found |= {row["id"] for row in sql.rows("SELECT id FROM connection")}
    if scope.account_of_connection is not None:
        found |= {
            row["id"]
            for row in sql.rows(
                "SELECT id FROM connection WHERE account = (SELECT account FROM connection WHERE id = ?)",
                (scope.account_of_connection,),
            )
        }
    if scope.batch is not None:
        found |= {row["id"] for row in sql.rows("SELECT connection_id AS id FROM batch WHERE id = ?", (scope.batch,))}
    for record_id in scope.records:
        query = "SELECT connection_id AS id FROM record WHERE id = ?"
        found |= {row["id"] for row in sql.rows(query, (record_id,))}
    return found


class RecordingDatabase(SqliteDatabase):
    """Raises AssertionError where the program writes about a connection that its transaction does not name."""

    def __init__(self, folder: Path) -> None:
        self._outer = threading.local()
        self.writers: set[str] = set()
        """The functions that have written, by module and name."""
        self.named: dict[str, set[int]] = {}
        """The connections that each of them named last."""
        super().__init__(folder)

    @contextmanager
    def writing(self, scope: WriteScope = NO_CONNECTION, *, staging: bool = False) -> Iterator[SqliteSql]:
        caller = sys._getframe(2).f_code
        with super().writing(scope, staging=staging) as sql:
            if not caller.co_filename.startswith(PROGRAM) or ENGINES in caller.co_filename:
                yield sql
                return
            who = f"{Path(caller.co_filename).stem}.{caller.co_name}"
            self.writers.add(who)
            named = self.named[who] = named_by(sql, scope)
            outer: set[int] | None = getattr(self._outer, "named", None)
            if outer is not None:
                assert named <= outer, f"{who} joins a transaction that does not name {named - outer}"
                yield sql
                return
            existing = named_by(sql, WriteScope(every=True))
            if sql.row("SELECT 1 FROM sqlite_temp_master WHERE name = 'written_connection'") is None:
                _watch(sql)
            sql.execute("DELETE FROM written_connection")
            self._outer.named = named
            try:
                yield sql
            finally:
                self._outer.named = None
            written = {row["id"] for row in sql.rows("SELECT DISTINCT id FROM written_connection")}
            assert written & existing <= named, f"{who} writes about {written & existing - named} without naming it"


def _watch(sql: SqliteSql) -> None:
    """Note every connection that is written about from now on, by triggers of this SQLite connection alone."""
    sql.execute("CREATE TEMP TABLE written_connection (id INTEGER)")
    own = dict.fromkeys((row["name"] for row in sql.rows(OWN_COLUMN)), "{}.connection_id")
    for table, key in {**own, **OF_OTHERS}.items():
        for change, row in CHANGES.items():
            note = f"INSERT INTO written_connection VALUES ({key.format(row)})"  # noqa: S608  names of our own
            sql.execute(f"CREATE TEMP TRIGGER {table}_{change} AFTER {change} ON main.{table} BEGIN {note}; END")
