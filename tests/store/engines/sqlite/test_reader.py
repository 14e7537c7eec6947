"""Numbers come out of SQLite's one text as they went in, in their order."""

import sqlite3
from array import array
from contextlib import closing
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.store.engines.sqlite import sql
from ac_desktop.store.engines.sqlite.sql import all_ids

MANY = 60_000


def through_sqlite(some: list[int]) -> "array[int]":
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE record (at INTEGER PRIMARY KEY, id INTEGER)")
        connection.executemany("INSERT INTO record (id) VALUES (?)", [(one,) for one in some])
        return all_ids(connection, "SELECT id FROM record WHERE at > ? ORDER BY at", (0,))


@given(st.lists(st.integers(0, 2**63 - 1)), st.integers(1, 60))
def test_numbers_come_back_in_their_order_whatever_is_decoded_at_a_time(some: list[int], part: int) -> None:
    with patch.object(sql, "PART", part):
        assert through_sqlite(some).tolist() == some


def test_very_many_come_back_too() -> None:
    some = [number * 7919 % MANY for number in range(MANY)]
    assert through_sqlite(some).tolist() == some


def test_a_query_without_rows_gives_no_numbers() -> None:
    assert through_sqlite([]).tolist() == []
