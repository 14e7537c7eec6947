"""Statements and queries on a connection to PostgreSQL, in the store's own words, with rows by name."""

import re
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import psycopg

from ac_desktop.store.engines.postgres import loading
from ac_desktop.store.engines.postgres.kept_history import PostgresKeptHistory
from ac_desktop.store.engines.postgres.session import Connection
from ac_desktop.store.engines.postgres.values import list_value
from ac_desktop.store.office.place import SEEN_WITHIN
from ac_desktop.store.ports import Composed, Fragments, Row, Values

IS_SEEN: Final = f"owner.seen > extract(epoch FROM clock_timestamp()) - {SEEN_WITHIN}"
"""The condition that an owner is there: one that is not seen any more changes nothing."""
FRAGMENTS: Final = Fragments(
    list_value=list_value,
    in_list="= ANY(?)",
    numbered_list=(
        "(SELECT given.number - 1 AS place, given.value FROM unnest(?) WITH ORDINALITY AS given (value, number))"
    ),
    join_in_order="JOIN",
    looked_up="CROSS JOIN LATERAL (SELECT * FROM {table} WHERE id = {id} OFFSET 0) {name}",
    needs_index_order=True,
    joins_laterally=True,
    truncated="CAST(trunc(CAST({} AS double precision)) AS bigint)",
    without_index="{}",
    like="ILIKE",
    position="strpos({}, {})",
    word_table="record_words",
    waiting_owners="waiting_owner",
    claim_column="claim_token",
    after_change="current_setting('ac_desktop.changed', true) = 'yes'",
    editors=(
        "(SELECT json_agg(json_build_array(owner.id, owner.person, owner.workstation)"
        " ORDER BY owner.person, owner.workstation)::text"
        f" FROM editing JOIN owner ON owner.id = editing.owner WHERE editing.record_id = r.id AND {IS_SEEN})"
    ),
    without_case='lower({} COLLATE "C")',
)
PERSON: Final = "SELECT name FROM person WHERE login = session_user"
_PARTS: Final = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | ::\s*\w+ | (?P<place>\?) | :(?P<name>[a-z_]\w*)
    | (?P<not>\bNOT\s+)?\bIN\s*\(\s*\)""",
    re.VERBOSE | re.IGNORECASE,
)
"""Texts, names and casts, which stay as they are; the places of values; and lists of nothing."""


@lru_cache(maxsize=1024)
def translated(statement: str) -> tuple[str, tuple[str, ...]]:
    """Return a statement in PostgreSQL's own form, and the names of its values; none where they are in order."""
    names: dict[str, int] = {}
    places = 0

    def part(found: "re.Match[str]") -> str:
        nonlocal places
        if found["place"]:
            places += 1
            return f"${places}"
        if found["name"]:
            return f"${names.setdefault(found['name'], len(names) + 1)}"
        if found[0].rstrip().endswith(")"):
            return "<> ALL('{}')" if found["not"] else "= ANY('{}')"
        return found[0]

    return _PARTS.sub(part, statement), tuple(names)


def ready(query: Composed | str, values: Values) -> tuple[str, Sequence[object]]:
    """Return a query and its values in PostgreSQL's own form."""
    statement, values = (query, values) if isinstance(query, str) else query.sql()
    text, names = translated(statement)
    if isinstance(values, Mapping):
        return text, [values[name] for name in names]
    return text, values


class NamedRow:
    """A row whose values are read by the names of its columns; equal rows are equal keys."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: Mapping[str, int], values: Sequence[Any]) -> None:
        self._places = places
        self._values = tuple(values)

    def __getitem__(self, column: str) -> Any:  # noqa: ANN401  a column's own type
        return self._values[self._places[column]]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __hash__(self) -> int:
        return hash(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NamedRow) and self._values == other._values and self._places == other._places

    def keys(self) -> list[str]:
        """Return the names of the columns."""
        return list(self._places)


def _named_rows(cursor: "psycopg.Cursor[Any]") -> Callable[[Sequence[Any]], NamedRow]:
    places = {column.name: place for place, column in enumerate(cursor.description or ())}
    return lambda values: NamedRow(places, values)


def named_cursor(connection: Connection) -> "psycopg.Cursor[NamedRow]":
    """Return a cursor with rows by name."""
    return connection.cursor(row_factory=_named_rows)


def all_rows(connection: Connection, query: Composed | str, values: Values = ()) -> list[Row]:
    """Return a query's rows."""
    with named_cursor(connection) as cursor:
        cursor.execute(*ready(query, values))
        return list(cursor.fetchall()) if cursor.description else []


def all_ids(connection: Connection, query: Composed | str, values: Values = ()) -> "array[int]":
    """Return the column `id` of a query, in its order: as one value of bytes, which is the fewest to be sent."""
    text, given = ready(query, values)
    with connection.cursor(binary=True) as cursor:
        return ids_in(cursor.execute(ids_statement(text), given).fetchone())


def ids_statement(query: str) -> str:
    """Return the statement for the column `id` of a query as one value."""
    return f"SELECT string_agg(int8send(id), ''::bytea) FROM ({query}) AS found"


def ids_in(found: tuple[Any, ...] | None) -> "array[int]":
    """Return the IDs in that statement's row."""
    ids = array("q", found[0] if found is not None and found[0] is not None else b"")
    if sys.byteorder == "little":
        ids.byteswap()
    return ids


class PostgresSql:
    """The statements of one transaction, on its connection."""

    __slots__ = ("_columns", "connection", "has_written", "kept_history", "person")
    fragments: Final = FRAGMENTS

    def __init__(self, connection: Connection, columns: dict[str, loading.Columns], person: Callable[[], str]) -> None:
        """`columns` are those known of each table; others are added once they are read. `person` returns who writes."""
        self.connection = connection
        self.person = person
        self.kept_history = PostgresKeptHistory(connection, self._note_write)
        self._columns = columns
        self.has_written = False

    def execute(self, statement: str, values: Values = ()) -> int:
        """Execute a statement; return the number of rows it changed."""
        changed = self.connection.execute(*ready(statement, values)).rowcount
        self.has_written = self.has_written or changed != 0
        return changed

    def row(self, query: str, values: Values = ()) -> Row | None:
        """Return a query's first row, None without one."""
        found = all_rows(self.connection, query, values)
        return found[0] if found else None

    def rows(self, query: str, values: Values = ()) -> list[Row]:
        """Return a query's rows."""
        return all_rows(self.connection, query, values)

    def insert(self, statement: str, values: Values = ()) -> int:
        """Execute an INSERT of one row; return its `id`. Raise RuntimeError where it inserted none."""
        self.has_written = True
        inserted = self.row(f"{statement} RETURNING id", values)
        if inserted is None:
            raise RuntimeError("An insert returned no ID")
        return int(inserted["id"])

    def many(self, statement: str, values: Iterable[Values]) -> None:
        """Execute a statement once for each group of values, without waiting for each answer."""
        groups = [ready(statement, group)[1] for group in values]
        if groups:
            self.has_written = True
            with self.connection.cursor() as cursor:
                cursor.executemany(translated(statement)[0], groups)

    def update(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]], shared: Mapping[str, object]
    ) -> None:
        """Update rows by their IDs: each of `rows` is an ID and the values of `columns`; `shared` are those of all.

        No ID is given twice. It is one statement, so that triggers count the rows once for all.
        """
        if not rows:
            return
        self.has_written = True
        known, names = self._columns_of(table), ("id", *columns)
        places = ", ".join(f"${place}::{known[name][0]}[]" for place, name in enumerate(names, 1))
        changes = [f"{name} = given.{name}" for name in columns]
        changes += [f"{name} = ${place}" for place, name in enumerate(shared, len(names) + 1)]
        ids, *values = map(list, zip(*rows, strict=True))
        # The range is said as well: the server would rather read a whole table than find so many rows one by one.
        first, last = (f"${len(names) + len(shared) + place}" for place in (1, 2))
        self.connection.execute(
            f"UPDATE {table} SET {', '.join(changes)} FROM unnest({places}) AS given ({', '.join(names)})"
            f" WHERE {table}.id = given.id AND {table}.id BETWEEN {first} AND {last}",
            [ids, *values, *shared.values(), min(ids), max(ids)],
        )

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns, but for those that are generated from others."""
        return list(self._columns_of(table))

    def reserve_ids(self, table: str, count: int) -> int:
        """Return the first of so many consecutive IDs that no other insert into the table gets."""
        return loading.reserve_ids(self.connection, table, count)

    def load(
        self,
        table: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[object]],
        shared: Mapping[str, object] | None = None,
        *,
        first_id: int | None = None,
    ) -> None:
        """Insert many rows at once, each with the values of `shared`, by column, as well.

        With `first_id`, from `reserve_ids` in this transaction, they get the IDs from there on, in their order. Raise
        RuntimeError where others could have got them.
        """
        self.has_written = True
        known = self._columns_of(table)
        loading.load(self.connection, table, known, columns, rows, shared or {}, first_id)

    def _note_write(self) -> None:
        self.has_written = True

    def _columns_of(self, table: str) -> loading.Columns:
        known = self._columns.get(table)
        if known is None:
            known = self._columns[table] = loading.read_columns(self.connection, table)
        return known
