"""Measures what the store has beyond the plain way on and off by turns, in milliseconds of the processor.

`python -m tests.benchmarks.ours.machinery DATA_FOLDER TURNS`
"""

import json
import sys
from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Final
from unittest import mock

from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.ports import QueryToken
from ac_desktop.store.queries import record_sql
from ac_desktop.store.queries.record_query import RecordQuery, Sort, SortKey
from ac_desktop.store.queries.record_sql import RecordSql

_MS: Final = 1000
_FIRST: Final = 500
_ALL_IDS: Final = "SELECT id FROM record WHERE connection_id = 1 ORDER BY id"


def _one_text(database: SqliteDatabase) -> None:
    database.ids(_ALL_IDS)


def _rows(database: SqliteDatabase) -> None:
    array("q", [row["id"] for row in database.rows(_ALL_IDS)])


def _first_rows(database: SqliteDatabase, key: SortKey, *, by_index: bool = False) -> None:
    query = RecordQuery(1, sort=Sort(key, descending=True))
    with database.looking(QueryToken()) as reader:
        reader.ids(RecordSql(database.fragments).ids(query, (), by_index=by_index, first=_FIRST))


def _from_the_beginning(database: SqliteDatabase) -> None:
    with mock.patch.object(record_sql, "RISING", {}):
        _first_rows(database, SortKey.SOURCE)


Way = Callable[[SqliteDatabase], None]

MACHINES: Final[dict[str, tuple[Way, Way]]] = {
    "all IDs as one text": (_one_text, _rows),
    "by source, down, from the table's end": (partial(_first_rows, key=SortKey.SOURCE), _from_the_beginning),
    "by e-mail, from the table and not through the index": (
        partial(_first_rows, key=SortKey.EMAIL),
        partial(_first_rows, key=SortKey.EMAIL, by_index=True),
    ),
}


def main(folder: Path, turns: int) -> dict[str, tuple[float, float]]:
    """Return the medians of each machine, on and off."""
    database = SqliteDatabase(folder)
    spent: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in MACHINES}
    for _ in range(turns):
        for name, ways in MACHINES.items():
            for way, times in zip(ways, spent[name], strict=True):
                began = process_time()
                way(database)
                times.append((process_time() - began) * _MS)
    database.close()
    return {name: (median(on), median(off)) for name, (on, off) in spent.items()}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201  read by the figure
