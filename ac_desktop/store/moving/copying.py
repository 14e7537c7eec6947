"""Copies the rows of a queue's tables into those of another one, in chunks, with their new IDs."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from ac_desktop.store.moving.ids import MovedIds
from ac_desktop.store.moving.progress import MoveProgress, MoveStage, Report
from ac_desktop.store.moving.tables import STREAMED, MovedTable
from ac_desktop.store.ports import QueryToken, Sql

_CHUNK: Final = 10_000
Rows = Sequence[Any]
"""Rows whose values are in the order of a table's columns."""
Change = Callable[["Chunk"], Rows]
"""Returns the rows of a chunk as they are to be stored."""


class Chunk:
    """Some rows of a table, in the order of its columns, and the condition by which the source has them."""

    def __init__(self, columns: Sequence[str], rows: Rows, where: str, values: Sequence[object]) -> None:
        self.columns = columns
        self.rows = rows
        self.where = where
        self.values = values


class QueueCopy:
    """Copies tables within a transaction of each side."""

    def __init__(self, source: Sql, target: Sql, ids: MovedIds, report: Report, token: QueryToken) -> None:
        self._source = source
        self._target = target
        self._ids = ids
        self._report = report
        self._token = token
        self._done = 0
        self._total = 0

    def all_streamed(self, changes: dict[str, Change], leave_out: frozenset[str] = frozenset()) -> None:
        """Copy the long tables; `changes` has what is done to the rows of some. Raise QueryCancelledError."""
        tables = [table for table in STREAMED if table.name not in leave_out]
        self._total = sum(_count(self._source, table.name) for table in tables)
        for table in tables:
            self.table(table, changes.get(table.name))

    def table(self, table: MovedTable, change: Change | None = None, condition: str = "TRUE") -> None:
        """Copy a table's rows that fit a condition."""
        known = set(self._source.columns(table.name))
        columns = [name for name in self._target.columns(table.name) if name in known]
        selected = ", ".join(self._expressions(table).get(name, name) for name in columns)
        for where, values in self._chunks(table, condition):
            self._token.raise_if_cancelled()
            self._report(MoveProgress(MoveStage.COPYING, self._done, self._total))
            query = f"SELECT {selected} FROM {table.name} WHERE {where} ORDER BY {', '.join(table.key)}"
            rows: Rows = self._source.rows(query, values)
            self._done += len(rows)
            if change is not None:
                rows = change(Chunk(columns, rows, where, values))
            self._target.load(table.name, columns, rows)

    def _expressions(self, table: MovedTable) -> dict[str, str]:
        """Return what is read in place of some of a table's columns."""
        found = {column: self._ids.expression(column, of_table) for column, of_table in table.ids.items()}
        return {**found, **table.cleared}

    def _chunks(self, table: MovedTable, condition: str) -> Iterator[tuple[str, Sequence[object]]]:
        """Yield conditions of chunks of a table, with their values."""
        key = ", ".join(table.key)
        places = ", ".join("?" for _ in table.key)
        after: tuple[object, ...] = ()
        while True:
            rest = f"{condition} AND ({key}) > ({places})" if after else condition
            last = self._source.row(
                f"SELECT {key} FROM {table.name} WHERE {rest} ORDER BY {key} LIMIT 1 OFFSET {_CHUNK - 1}", after
            )
            if last is None:
                yield rest, after
                return
            through = tuple(last)
            yield f"{rest} AND ({key}) <= ({places})", (*after, *through)
            after = through


def changed_texts(ids: MovedIds) -> dict[str, Change]:
    """Return what is done to the rows with IDs in their texts."""

    def events(chunk: Chunk) -> Rows:
        place = chunk.columns.index("details")
        return [(*row[:place], ids.details(str(row[place])), *row[place + 1 :]) for row in map(tuple, chunk.rows)]

    def removed(chunk: Chunk) -> Rows:
        place, of_table = chunk.columns.index("kept"), chunk.columns.index("belongs_to")
        return [
            (*row[:place], ids.removed(str(row[of_table]), str(row[place])), *row[place + 1 :])
            for row in map(tuple, chunk.rows)
        ]

    return {"event": events, "bin": removed}


def _count(sql: Sql, table: str) -> int:
    found = sql.row(f"SELECT COUNT(*) AS number FROM {table}")
    return int(found["number"]) if found else 0
