"""A look at the office's database can be cancelled, and nothing else is."""

import threading
from array import array

import pytest

from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.ports import QueryCancelledError, QueryToken

ENDLESS = "SELECT COUNT(*) FROM generate_series(1, 1000000000000) AS one"


def test_a_look_is_cancelled_while_it_runs_and_others_go_on(database: PostgresDatabase) -> None:
    token = QueryToken()
    threading.Timer(0.1, token.cancel).start()
    with pytest.raises(QueryCancelledError), database.looking(token) as reader:
        reader.rows(ENDLESS)
    for _ in range(10):
        assert tuple(database.rows("SELECT 1")[0]) == (1,)


def test_a_look_under_a_cancelled_token_does_not_begin(database: PostgresDatabase) -> None:
    token = QueryToken()
    token.cancel()
    with pytest.raises(QueryCancelledError), database.looking(token) as reader:
        reader.ids("SELECT 1 AS id")


def test_ids_come_in_their_order(database: PostgresDatabase) -> None:
    with database.looking(QueryToken()) as reader:
        assert reader.ids("SELECT n AS id FROM generate_series(-2, 2) AS n ORDER BY n DESC") == array(
            "q", [2, 1, 0, -1, -2]
        )
        assert reader.ids("SELECT 1 AS id WHERE FALSE") == array("q")
        assert [tuple(row) for row in reader.rows("SELECT ? AS a", ("x",))] == [("x",)]
