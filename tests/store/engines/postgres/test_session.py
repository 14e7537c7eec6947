"""A process has four connections to the office's server at most, and goes on when the server is there again."""

import subprocess
import sys
import threading
from contextlib import ExitStack
from dataclasses import replace

import psycopg
import pytest

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.session import MOST_CONNECTIONS, is_beside_us
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.ports import QueryToken
from ac_desktop.store.queries.listing import Listing
from ac_desktop.store.queries.record_query import RecordQuery
from tests.postgres_server import PostgresServer, server

OURS = "SELECT COUNT(*) AS number FROM pg_stat_activity WHERE datname = current_database() AND usename IS NOT NULL"
NOBODY = "127.0.0.1", 1


def number(database: PostgresDatabase) -> int:
    found = database.row(OURS)
    assert found is not None
    return int(found["number"])


def problem(address: OfficeAddress) -> StoreError:
    with pytest.raises(StoreError) as caught:
        PostgresDatabase(address)
    assert address.password not in str(caught.value)
    return caught.value


def test_many_threads_share_four_connections(database: PostgresDatabase) -> None:
    most: list[int] = []
    threads = [threading.Thread(target=lambda: most.extend(number(database) for _ in range(10))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 120
    assert max(most) <= MOST_CONNECTIONS


def test_lists_that_have_been_read_hold_no_connection(database: PostgresDatabase) -> None:
    lists = [Listing(database).steps(RecordQuery(1), 0) for _ in range(2 * MOST_CONNECTIONS)]
    assert all(next(one).is_whole for one in lists)
    assert number(database) <= MOST_CONNECTIONS


def test_a_list_that_could_not_be_read_takes_no_connection_from_who_uses_it_next(database: PostgresDatabase) -> None:
    with ExitStack() as others:
        with database.looking(QueryToken()) as reader:
            with pytest.raises(psycopg.errors.DivisionByZero):
                reader.ids("SELECT 1 / 0 AS id")
            sql = others.enter_context(database.writing())
        sql.execute("INSERT INTO setting VALUES ('a', '1')")
    assert [row["value"] for row in database.rows("SELECT value FROM setting WHERE name = 'a'")] == ["1"]


def test_a_server_that_was_restarted_is_noticed_by_nobody_who_begins_something(database: PostgresDatabase) -> None:
    with database.writing() as sql:
        sql.execute("INSERT INTO setting VALUES ('a', '1')")
    server().crash()
    with database.writing() as sql:
        sql.execute("INSERT INTO setting VALUES ('b', '2')")
    server().restart()
    assert [row["name"] for row in database.rows("SELECT name FROM setting ORDER BY name")] == ["a", "b"]


def test_a_transaction_that_loses_its_server_is_not_done_and_says_that_the_server_is_away(
    database: PostgresDatabase,
) -> None:
    def write() -> None:
        with database.writing() as sql:
            sql.execute("INSERT INTO setting VALUES ('a', '1')")
            server().crash()
            sql.execute("INSERT INTO setting VALUES ('b', '2')")

    with pytest.raises(StoreError) as caught:
        write()
    assert caught.value.trouble is StoreProblem.AWAY
    assert database.rows("SELECT name FROM setting") == []


def test_who_cannot_be_reached_or_refuses_is_named(address: OfficeAddress) -> None:
    away = problem(replace(address, host="127.0.0.1", port=1))
    assert (away.trouble, away.message) == (StoreProblem.AWAY, StoreMessage.OFFICE_AWAY)
    assert "127.0.0.1:1" in str(away)
    wrong = problem(replace(address, password="not it"))
    assert (wrong.trouble, wrong.message) == (StoreProblem.REFUSED, StoreMessage.OFFICE_REFUSED)
    missing = problem(replace(address, database="nowhere"))
    assert (missing.trouble, missing.message) == (StoreProblem.FOREIGN, StoreMessage.OFFICE_NO_DATABASE)


def test_a_server_that_is_stopped_is_away_and_then_back() -> None:
    own = PostgresServer(is_small=True)
    database = PostgresDatabase(made(own))
    own.stop()
    for _ in range(2):
        with pytest.raises(StoreError) as caught:
            database.rows("SELECT 1")
        assert caught.value.trouble is StoreProblem.AWAY
    own.start()
    assert tuple(database.rows("SELECT 1")[0]) == (1,)
    database.close()
    own.close()


def made(own: PostgresServer) -> OfficeAddress:
    from ac_desktop.store.engines.postgres.schema.versions import create_schema

    address = own.create_database("office")
    create_schema(address)
    return address


def test_a_database_that_is_closed_refuses_and_leaves_no_connection(address: OfficeAddress) -> None:
    database, other = PostgresDatabase(address), PostgresDatabase(address)
    before = number(other)
    database.rows("SELECT 1")
    database.close()
    with pytest.raises(StoreError) as caught:
        database.rows("SELECT 1")
    assert caught.value.trouble is StoreProblem.CLOSED
    pause = threading.Event()
    while number(other) >= before:
        pause.wait(0.01)
    other.close()


@pytest.mark.parametrize(
    ("host", "is_beside"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("/run/postgresql", True),
        ("db.example.org", False),
        ("10.0.0.7", False),
        ("127.example.org", False),
        ("localhost.example.org", False),
    ],
)
def test_only_a_server_on_this_computer_may_do_without_a_certificate(host: str, *, is_beside: bool) -> None:
    assert is_beside_us(host) is is_beside


def test_what_the_driver_warns_of_is_not_printed() -> None:
    program = "import logging, ac_desktop.store.engines.postgres.session; logging.getLogger('psycopg').warning('lost')"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (ended.stdout, ended.stderr) == ("", "")
