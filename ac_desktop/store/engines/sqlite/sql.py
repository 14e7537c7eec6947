"""Statements and queries on a connection to SQLite, with rows by name; what its errors mean for the donor database."""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path, PurePath
from typing import Any, Final
from urllib.parse import quote

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem, disk_full, is_full
from ac_desktop.store.history.history import person
from ac_desktop.store.ports import Composed, Fragments, QueryCancelledError, QueryToken, Row, Values

_BY_CODE: Final = {
    "SQLITE_FULL": StoreProblem.FULL,
    "SQLITE_READONLY": StoreProblem.READ_ONLY,
    "SQLITE_PERM": StoreProblem.READ_ONLY,
    "SQLITE_BUSY": StoreProblem.LOCKED,
    "SQLITE_LOCKED": StoreProblem.LOCKED,
    "SQLITE_CORRUPT": StoreProblem.DAMAGED,
    "SQLITE_NOTADB": StoreProblem.DAMAGED,
    "SQLITE_CANTOPEN": StoreProblem.UNREACHABLE,
    "SQLITE_IOERR": StoreProblem.UNREACHABLE,
}


def store_error(error: sqlite3.Error, path: Path) -> StoreError | None:
    """Return the problem behind an SQLite error, or None where it is a fault of our own."""
    code = getattr(error, "sqlite_errorname", "") or ""
    trouble = next((problem for name, problem in _BY_CODE.items() if code == name or code.startswith(f"{name}_")), None)
    if trouble is StoreProblem.UNREACHABLE and is_full(path):
        trouble = StoreProblem.FULL
    return _problem(trouble, path) if trouble else None


def _problem(trouble: StoreProblem, path: Path) -> StoreError:
    match trouble:
        case StoreProblem.FULL:
            return disk_full(path.parent)
        case StoreProblem.READ_ONLY:
            return StoreError(trouble, StoreMessage.FOLDER_READ_ONLY, folder=path.parent)
        case StoreProblem.LOCKED:
            return StoreError(trouble, StoreMessage.DATABASE_LOCKED, file=path)
        case StoreProblem.DAMAGED:
            return StoreError(trouble, StoreMessage.DATABASE_DAMAGED, file=path)
        case _:
            return StoreError(trouble, StoreMessage.DATABASE_UNREACHABLE, file=path)


def file_uri(path: PurePath, parameters: str) -> str:
    """Return the URI of a file with an absolute path.

    The server of a Windows share belongs to the path: SQLite refuses any authority but localhost, where `as_uri` puts
    it.
    """
    posix = quote(path.as_posix(), safe="/:")
    return f"file://{posix if posix.startswith('/') else f'/{posix}'}?{parameters}"


def _list_value(values: Iterable[object]) -> str:
    """Return a list as one value: SQLite takes some hundred places in a statement at most."""
    return json.dumps(list(values))


FRAGMENTS: Final = Fragments(
    list_value=_list_value,
    in_list="IN (SELECT value FROM json_each(?))",
    numbered_list="(SELECT key AS place, value FROM json_each(?))",
    join_in_order="CROSS JOIN",
    looked_up="CROSS JOIN {table} {name} ON {name}.id = {id}",
    needs_index_order=False,
    joins_laterally=False,
    truncated="CAST({} AS INTEGER)",
    without_index="+{}",
    like="LIKE",
    position="instr({}, {})",
    word_table=None,
    waiting_owners=None,
    claim_column=None,
    after_change="changes() > 0",
    editors="NULL",
    without_case="{} COLLATE NOCASE",
)


_ROWS_PER_STATEMENT: Final = 50
"""Rows loaded per statement: 753 values for records, below the limit of 999 of old versions; more saves no time."""


class SqliteSql:
    """The statements of one transaction, on its connection."""

    __slots__ = ("connection",)
    fragments: Final = FRAGMENTS
    kept_history: Final = None

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def person(self) -> str:
        """Return the login name of the person at this computer."""
        return person()

    def execute(self, statement: str, values: Values = ()) -> int:
        """Execute a statement; return the number of rows it changed."""
        return self.connection.execute(statement, values).rowcount

    def row(self, query: str, values: Values = ()) -> Row | None:
        """Return a query's first row, None without one."""
        found: Row | None = self.connection.execute(query, values).fetchone()
        return found

    def rows(self, query: str, values: Values = ()) -> list[Row]:
        """Return a query's rows."""
        return self.connection.execute(query, values).fetchall()

    def insert(self, statement: str, values: Values = ()) -> int:
        """Execute an INSERT of one row; return its `id`. Raise RuntimeError where it inserted none."""
        inserted = self.connection.execute(statement, values)
        if inserted.rowcount != 1 or inserted.lastrowid is None:
            raise RuntimeError("An insert returned no ID")
        return inserted.lastrowid

    def many(self, statement: str, values: Iterable[Values]) -> None:
        """Execute a statement once for each group of values."""
        self.connection.executemany(statement, values)

    def update(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]], shared: Mapping[str, object]
    ) -> None:
        """Update rows by their IDs: each of `rows` is an ID and the values of `columns`; `shared` are those of all.

        No ID is given twice.
        """
        names = ", ".join(f"{name} = ?" for name in (*columns, *shared))
        values = tuple(shared.values())
        self.many(f"UPDATE {table} SET {names} WHERE id = ?", ((*given, *values, number) for number, *given in rows))

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns, but for those that are generated from others."""
        return [row["name"] for row in self.rows(f"PRAGMA table_info({table})")]

    def reserve_ids(self, table: str, count: int) -> int:  # noqa: ARG002  no other connection writes meanwhile
        """Return the first of so many consecutive IDs that no other insert into the table gets."""
        found = self.row("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        return 1 if found is None else int(found["seq"]) + 1

    def load(
        self,
        table: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[object]],
        shared: Mapping[str, object] | None = None,
        *,
        first_id: int | None = None,
    ) -> None:
        """Insert many rows, dozens in one statement, each with the values of `shared`, by column, as well.

        With `first_id`, from `reserve_ids` in this transaction, they get the IDs from there on, in their order. SQLite
        counts on from there by itself, which costs no value a row. Raise RuntimeError where it did not.
        """
        names, values = tuple(shared or ()), tuple((shared or {}).values())
        columns_of_both = ", ".join((*names, *columns))
        insert = f"INSERT INTO {table} ({columns_of_both}) SELECT {', '.join([*'?' * len(names), '*'])} FROM (VALUES "
        one = f"({', '.join('?' * len(columns))})"
        whole = len(rows) // _ROWS_PER_STATEMENT * _ROWS_PER_STATEMENT
        self.many(
            f"{insert}{', '.join([one] * _ROWS_PER_STATEMENT)})",
            (
                (*values, *chain.from_iterable(rows[at : at + _ROWS_PER_STATEMENT]))
                for at in range(0, whole, _ROWS_PER_STATEMENT)
            ),
        )
        self.many(f"{insert}{one})", ((*values, *row) for row in rows[whole:]))
        if first_id is not None and self.reserve_ids(table, 1) != first_id + len(rows):
            raise RuntimeError(f"Rows of {table} did not get the IDs from {first_id} on")


PART: Final = 100_000
"""Characters of a JSON array that are decoded at a time."""
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
    return _numbers_in(found[0])


def _numbers_in(text: str) -> "array[int]":
    """Return the numbers of a JSON array, decoded in parts: that of a million at once stops all threads for 50 ms."""
    numbers = array("q")
    begin, end = 1, len(text) - 1
    while begin < end:
        stop = text.find(",", begin + PART, end)
        stop = end if stop < 0 else stop
        numbers.extend(json.loads(f"[{text[begin:stop]}]"))
        begin = stop + 1
    return numbers


def _statement(query: Composed | str, values: Values) -> tuple[str, Values]:
    return (query, values) if isinstance(query, str) else query.sql()
