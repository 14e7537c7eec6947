"""Numbers come out of SQLite's one text as they went in, in their order."""

import sqlite3
from array import array
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.store.engines.sqlite.id_codec import decode_ids, encode_ids

MANY = 20_000
"""More than are turned into numbers in one go."""


def through_sqlite(some: list[int]) -> "array[int]":
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE record (at INTEGER PRIMARY KEY, id INTEGER)")
        connection.executemany("INSERT INTO record (id) VALUES (?)", [(one,) for one in some])
        text, values = encode_ids("SELECT id FROM record WHERE at > ? ORDER BY at", (0,))
        return decode_ids(connection.execute(text, values).fetchone()[0])


@given(st.lists(st.integers(0, 2**63 - 1)))
def test_numbers_come_back_in_their_order(some: list[int]) -> None:
    assert through_sqlite(some).tolist() == some


def test_more_than_fit_in_one_go_come_back_too() -> None:
    some = [number * 7919 % MANY for number in range(MANY)]
    assert through_sqlite(some).tolist() == some


def test_no_text_holds_no_numbers() -> None:
    assert decode_ids(None).tolist() == decode_ids("").tolist() == []
