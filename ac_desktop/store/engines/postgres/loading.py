"""Many rows at once into a table of the office's database.

They go by COPY. Where COPY finds a value that does not fit, it writes the whole row into the server's log, so every
value is checked before.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from psycopg import sql
from psycopg.types.string import StrDumper

from ac_desktop.store.engines.postgres.session import SCHEMA, Connection
from ac_desktop.store.engines.postgres.values import storable_text

_COLUMNS: Final = """
    SELECT column_name, data_type, is_nullable = 'YES' OR column_default IS NOT NULL FROM information_schema.columns
    WHERE table_schema = $1 AND table_name = $2 AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
_NEXT_IDS: Final = """
    SELECT MIN(id), MAX(id) FROM (
        SELECT nextval(pg_get_serial_sequence($1, 'id')) AS id FROM generate_series(1, $2)
    ) AS reserved
"""
_TRIES: Final = 100
_TYPES: Final[Mapping[str, frozenset[type]]] = {
    "bigint": frozenset({int, bool}),
    "double precision": frozenset({float, int}),
    "text": frozenset({str}),
    "bytea": frozenset({bytes}),
}
_NONE: Final = type(None)
_MOST: Final = 1 << 63

Columns = Mapping[str, tuple[str, bool]]
"""The type of each column of a table and whether it may be NULL, by its name."""


def read_columns(connection: Connection, table: str) -> Columns:
    """Return the columns of a table, but for those that are generated from others."""
    return {name: (kind, nullable) for name, kind, nullable in connection.execute(_COLUMNS, (SCHEMA, table))}


def reserve_ids(connection: Connection, table: str, number: int) -> int:
    """Return the first of so many consecutive IDs that no other insert into the table gets.

    An insert between them takes one away; then others are taken, and the first ones remain unused.
    """
    for _ in range(_TRIES):
        found = connection.execute(_NEXT_IDS, (f"{SCHEMA}.{table}", number)).fetchone()
        if found is not None and found[1] - found[0] == number - 1:
            return int(found[0])
    raise RuntimeError(f"No {number} consecutive IDs of {table} were free")


def load(
    connection: Connection,
    table: str,
    known: Columns,
    names: Sequence[str],
    rows: Sequence[Sequence[object]],
    shared: Mapping[str, object],
    first_id: int | None,
) -> None:
    """Insert rows, each with the values of `shared` as well, and with the IDs from `first_id` on."""
    if not rows:
        return
    columns: list[Sequence[object]] = [_checked(table, name, known, (value,)) for name, value in shared.items()]
    columns = [[values[0]] * len(rows) for values in columns]
    columns += [
        _checked(table, name, known, values) for name, values in zip(names, zip(*rows, strict=True), strict=True)
    ]
    all_names = [*shared, *names]
    if first_id is not None:
        if "id" not in known:
            raise RuntimeError(f"Rows of {table} did not get the IDs from {first_id} on")
        columns.append(range(first_id, first_id + len(rows)))
        all_names.append("id")
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(SCHEMA, table), sql.SQL(", ").join(map(sql.Identifier, all_names))
    )
    with connection.cursor() as cursor:
        cursor.adapters.register_dumper(str, StrDumper)
        with cursor.copy(copy) as into:
            for row in zip(*columns, strict=True):
                into.write_row(row)


def _checked(table: str, name: str, known: Columns, values: Sequence[object]) -> Sequence[object]:
    """Return a column's values as the server takes them. Raise TypeError or ValueError for those it would refuse."""
    kind, is_nullable = known[name]
    allowed = _TYPES[kind] | {_NONE} if is_nullable else _TYPES[kind]
    found = set(map(type, values))
    if not found <= allowed:
        texts = [str(value) if isinstance(value, str) else value for value in values]
        if not set(map(type, texts)) <= allowed:
            raise TypeError(f"Values of {table}.{name} are {sorted(one.__name__ for one in found)}")
        values = texts
    if kind == "text":
        return [storable_text(value) if isinstance(value, str) else None for value in values]
    if kind == "bigint" and any(isinstance(value, int) and not -_MOST <= value < _MOST for value in values):
        raise ValueError(f"A value of {table}.{name} has more than 64 bits")
    return values
