"""Several writers share one commit: durable for all before any goes on, and undone alone where a part fails."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.engines.sqlite.sql import SqliteSql
from ac_desktop.store.errors import StoreError, StoreProblem
from tests.store.engines.sqlite.test_fair_lock import start, wait_in_line
from tests.store.plain_rows import plain


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "data")
    yield made
    made.close()


def put(sql: SqliteSql, host: str) -> None:
    sql.execute("INSERT INTO account VALUES (?, 4)", (host,))


def kept(database: Database) -> set[str]:
    """Return what lies in the file, as another program sees it."""
    other = sqlite3.connect(database.path)
    try:
        return {host for (host,) in other.execute("SELECT host FROM account")}
    finally:
        other.close()


def lined_up(database: Database, *works: Callable[[], None]) -> list[str]:
    """Queue threads one after the other, then run them; return the transactions they made together."""
    reported: list[str] = []
    threads = []
    with database.writing() as sql:
        for place, work in enumerate(works, 1):
            threads.append(start(work))
            wait_in_line(database._writer_lock, place)
        sql.connection.set_trace_callback(reported.append)
    for thread in threads:
        thread.join()
    with database.writing() as sql:
        sql.connection.set_trace_callback(None)
    return [statement for statement in reported[1:] if statement in {"BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"}][:-1]


def joins(database: Database, host: str, seen: dict[str, bool]) -> Callable[[], None]:
    def work() -> None:
        with database.writing_in_group() as sql:
            put(sql, host)
        seen[host] = host in kept(database)

    return work


def fails(database: Database, host: str, statement: str, reported: list[Exception]) -> Callable[[], None]:
    def work() -> None:
        try:
            with database.writing_in_group() as sql:
                put(sql, host)
                sql.execute(statement)
        except sqlite3.Error as error:
            reported.append(error)

    return work


def test_those_who_line_up_share_one_commit_and_none_goes_on_before_it(database: Database) -> None:
    seen: dict[str, bool] = {}

    made = lined_up(database, *(joins(database, host, seen) for host in "abcd"))

    assert made == ["BEGIN IMMEDIATE", "COMMIT"]
    assert seen == dict.fromkeys("abcd", True)


def test_who_writes_alone_finds_the_shared_transaction_ended(database: Database) -> None:
    seen: dict[str, bool] = {}
    before: set[str] = set()

    def alone() -> None:
        with database.writing() as sql:
            before.update(kept(database))
            put(sql, "alone")

    made = lined_up(database, joins(database, "a", seen), alone, joins(database, "b", seen))

    assert made == ["BEGIN IMMEDIATE", "COMMIT"] * 3
    assert before == {"a"}
    assert kept(database) == {"a", "alone", "b"}


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_part_that_fails_is_undone_alone(database: Database, place: int) -> None:
    seen: dict[str, bool] = {}
    reported: list[Exception] = []
    works = [joins(database, host, seen) for host in "ab"]
    works.insert(place, fails(database, "c", "INSERT INTO account VALUES ('c', 4)", reported))

    made = lined_up(database, *works)

    assert made == ["BEGIN IMMEDIATE", "COMMIT"]
    assert [type(error) for error in reported] == [sqlite3.IntegrityError]
    assert (kept(database), seen) == ({"a", "b"}, {"a": True, "b": True})


def test_where_sqlite_gives_up_the_whole_transaction_everybody_is_informed(database: Database) -> None:
    seen: dict[str, bool] = {}
    reported: list[Exception] = []
    sound = "SELECT 1"
    gives_up = "INSERT OR ROLLBACK INTO account VALUES ('b', 4)"

    lined_up(
        database,
        fails(database, "a", sound, reported),
        fails(database, "b", gives_up, reported),
        joins(database, "c", seen),
    )

    assert [type(error) for error in reported] == [sqlite3.IntegrityError] * 2
    assert (kept(database), seen) == ({"c"}, {"c": True})


def test_a_commit_that_fails_is_reported_to_everybody(database: Database) -> None:
    reported: list[Exception] = []
    sound = "SELECT 1"
    with database.writing() as sql:
        sql.execute("CREATE TABLE later (host TEXT REFERENCES account (host) DEFERRABLE INITIALLY DEFERRED)")

    lined_up(
        database,
        fails(database, "a", sound, reported),
        fails(database, "b", "INSERT INTO later VALUES ('nobody')", reported),
    )

    assert [str(error) for error in reported] == ["FOREIGN KEY constraint failed"] * 2
    assert kept(database) == set()
    with database.writing_in_group() as sql:
        put(sql, "afterwards")
    assert kept(database) == {"afterwards"}


def test_what_is_written_within_a_part_belongs_to_it(database: Database) -> None:
    def work() -> None:
        with database.writing_in_group() as sql:
            put(sql, "outer")
            with database.writing() as inner, database.writing_in_group() as innermost:
                assert inner is innermost is sql
                put(inner, "inner")
            assert plain(database.row("SELECT COUNT(*) FROM account")) == (2,)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()

    assert kept(database) == set()


def test_everybody_is_informed_of_a_lost_transaction_also_where_its_error_was_put_into_words(
    database: Database,
) -> None:
    seen: dict[str, bool] = {}
    reported: list[Exception] = []

    def first() -> None:
        try:
            with database.writing_in_group() as sql:
                put(sql, "a")
        except StoreError as error:
            reported.append(error)

    def gives_up() -> None:
        try:
            with database.writing_in_group() as sql:
                try:
                    sql.execute("INSERT OR ROLLBACK INTO account VALUES ('a', 4)")
                except sqlite3.Error as error:
                    raise StoreError(StoreProblem.FULL, "The disk is full.") from error
        except StoreError as error:
            reported.append(error)

    lined_up(database, first, gives_up, joins(database, "c", seen))

    assert [str(error) for error in reported] == ["The disk is full."] * 2
    assert (kept(database), seen) == ({"c"}, {"c": True})
