"""Many rows at once into a table of the office's database.

They go by COPY. Where COPY finds a value that does not fit, it writes the whole row into the server's log, so every
value is checked before.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from psycopg import sql

from ac_desktop.store.engines.postgres.session import SCHEMA, Connection

_COLUMNS: Final = """
    SELECT column_name, data_type, is_nullable = 'YES' OR column_default IS NOT NULL FROM information_schema.columns
    WHERE table_schema = $1 AND table_name = $2 AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
_NEXT_IDS: Final = """
    SELECT MIN(id), MAX(id) FROM (
        SELECT nextval((SELECT pg_get_serial_sequence($1, 'id')::regclass)) AS id FROM generate_series(1, $2)
    ) AS reserved
"""
"""The sequence is looked up once: for each ID it would take ten times as long as the ID."""
_TRIES: Final = 100
_MOST: Final = 1 << 63
_WHOLE: Final = "bigint"
_BLOCK: Final = 1_000
"""Rows written to the server at once."""
_NULL: Final = r"\N"
_ESCAPES: Final = (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r"), ("\0", "\ufffd"))
"""COPY's own characters, its escape first, and the one that the server cannot store."""

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
    """Insert rows, each with the values of `shared` as well, and with the IDs from `first_id` on.

    They are written block by block, so that the server stores one while the next is made.
    """
    if not rows:
        return
    for name, value in shared.items():
        _check(table, name, known, (value,))
    for name, values in zip(names, zip(*rows, strict=True), strict=True):
        _check(table, name, known, values)
    all_names = [*shared, *names]
    if first_id is not None:
        if "id" not in known:
            raise RuntimeError(f"Rows of {table} did not get the IDs from {first_id} on")
        all_names.append("id")
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(SCHEMA, table), sql.SQL(", ").join(map(sql.Identifier, all_names))
    )
    kinds = [known[name][0] for name in names]
    written_once = [_written(known[name][0], (value,))[0] for name, value in shared.items()]
    with connection.cursor() as cursor, cursor.copy(copy) as into:
        for at in range(0, len(rows), _BLOCK):
            block = rows[at : at + _BLOCK]
            columns: list[Sequence[str]] = [[value] * len(block) for value in written_once]
            columns += [_written(kind, values) for kind, values in zip(kinds, zip(*block, strict=True), strict=True)]
            if first_id is not None:
                columns.append(list(map(str, range(first_id + at, first_id + at + len(block)))))
            lines = "\n".join(map("\t".join, zip(*columns, strict=True)))
            into.write(f"{lines}\n".encode(errors="replace"))


def _check(table: str, name: str, known: Columns, values: Sequence[object]) -> None:
    """Raise TypeError or ValueError for values of a column that the server refuses."""
    kind, is_nullable = known[name]
    given = set(map(type, values)) - ({type(None)} if is_nullable else set())
    if not all(issubclass(one, _WRITERS[kind][0]) for one in given):
        raise TypeError(f"A value of {table}.{name} is no {kind}")
    if kind == _WHOLE:
        numbers: list[Any] = [value for value in values if value is not None]
        if numbers and (min(numbers) < -_MOST or max(numbers) >= _MOST):
            raise ValueError("A number has more than 64 bits")


def _written(kind: str, values: Sequence[object]) -> Sequence[str]:
    """Return values of a column as COPY reads them."""
    if None in values:
        given = iter(_written(kind, [value for value in values if value is not None]))
        return [_NULL if value is None else next(given) for value in values]
    return _WRITERS[kind][1](values) if values else []


def _texts(texts: Sequence[Any]) -> Sequence[str]:
    """Return texts as COPY reads them; what none of them has is seen of all at once."""
    together = "".join(texts)
    for character, written in _ESCAPES:
        if character in together:
            texts = [text.replace(character, written) for text in texts]
    return texts


def _numbers(numbers: Sequence[Any]) -> Sequence[str]:
    return [str(int(number)) for number in numbers]


def _fractions(numbers: Sequence[Any]) -> Sequence[str]:
    return [repr(float(number)) for number in numbers]


def _bytes(values: Sequence[Any]) -> Sequence[str]:
    return [rf"\\x{value.hex()}" for value in values]


_WRITERS: Final[Mapping[str, tuple[tuple[type, ...], Callable[[Sequence[Any]], Sequence[str]]]]] = {
    "text": ((str,), _texts),
    _WHOLE: ((int,), _numbers),
    "double precision": ((float, int), _fractions),
    "bytea": ((bytes,), _bytes),
}
"""What may be in a column of a type, and what writes it."""
