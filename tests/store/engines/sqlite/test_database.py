"""The SQLite file: durable, private, migrated with care, and never harmed where it is not ours."""

import sqlite3
import sys
import threading
from pathlib import Path

import pytest

from ac_desktop.store.engines.sqlite import database as database_module
from ac_desktop.store.engines.sqlite.database import APPLICATION_ID, SqliteDatabase
from ac_desktop.store.engines.sqlite.migrations import VERSION
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.ports import Row
from tests.store.plain_rows import plain, plain_rows
from tests.store.sqlite_file import everything, put_account


def test_a_commit_is_durable_and_readers_never_wait(database: SqliteDatabase) -> None:
    assert plain(database.row("PRAGMA journal_mode")) == ("wal",)
    assert plain(database.row("PRAGMA synchronous")) == (2,), "FULL"
    assert plain(database.row("PRAGMA foreign_keys")) == (1,)
    assert plain(database.row("PRAGMA application_id")) == (APPLICATION_ID,)
    assert plain(database.row("PRAGMA user_version")) == (VERSION,)


@pytest.mark.skipif(sys.platform == "win32", reason="modes as Unix has them")
def test_what_is_kept_is_for_its_owner_alone(database: SqliteDatabase, folder: Path) -> None:
    with database.writing() as sql:
        put_account(sql)

    assert len(everything(folder)) == 3, "the file, its log and its index"
    for file in (folder, *folder.iterdir()):
        assert file.stat().st_mode & 0o077 == 0, file


def test_what_was_written_is_there_at_the_next_start(folder: Path) -> None:
    first = SqliteDatabase(folder)
    with first.writing() as sql:
        put_account(sql)
    first.close()

    second = SqliteDatabase(folder)
    assert plain_rows(second.rows("SELECT host, pace FROM account")) == [("acct.api-us1.com", 4)]
    second.close()


def test_an_error_undoes_the_whole_transaction(database: SqliteDatabase) -> None:
    def go_wrong() -> None:
        with database.writing() as sql:
            put_account(sql)
            with database.writing() as inner:
                put_account(inner, "inner.example.org")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        go_wrong()

    assert database.row("SELECT host FROM account") is None


def test_a_transaction_within_another_is_part_of_it(database: SqliteDatabase) -> None:
    with database.writing() as sql:
        put_account(sql)
        with database.writing() as inner:
            put_account(inner, "inner.example.org")
            assert inner is sql

    assert len(database.rows("SELECT host FROM account")) == 2


def test_what_is_written_within_another_transaction_is_undone_with_it(database: SqliteDatabase) -> None:
    def go_wrong() -> None:
        with database.writing() as sql:
            put_account(sql)
            with database.writing() as inner:
                put_account(inner, "inner.example.org")
            assert plain(database.row("SELECT COUNT(*) FROM account")) == (2,)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        go_wrong()

    assert database.row("SELECT host FROM account") is None


def test_a_commit_that_fails_is_undone_and_the_next_one_is_kept(database: SqliteDatabase) -> None:
    def leave_an_orphan() -> None:
        with database.writing() as sql:
            sql.execute("PRAGMA defer_foreign_keys=ON")
            sql.execute("INSERT INTO source_row (record_id, cells) VALUES (99, 'nobody')")

    with pytest.raises(sqlite3.IntegrityError):
        leave_an_orphan()
    with database.writing() as sql:
        put_account(sql)

    other = sqlite3.connect(database.path)
    assert other.execute("SELECT host FROM account").fetchall() == [("acct.api-us1.com",)]
    other.close()


def test_threads_read_and_write_on_connections_of_their_own(database: SqliteDatabase) -> None:
    begin = threading.Barrier(4)
    seen: list[int] = []

    def work(number: int) -> None:
        begin.wait()
        for at in range(10):
            with database.writing() as sql:
                put_account(sql, f"{number}-{at}.example.org")
        seen.append(len(database.rows("SELECT host FROM account WHERE host LIKE ?", (f"{number}-%",))))
        database.close_thread()
        database.close_thread()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [10] * 4
    assert len(database.rows("SELECT host FROM account")) == 40


def test_it_can_be_seen_that_somebody_has_written(database: SqliteDatabase, folder: Path) -> None:
    before = database.version_seen()
    database.rows("SELECT * FROM account")
    quiet = database.version_seen()
    other = SqliteDatabase(folder)
    with other.writing() as sql:
        put_account(sql, "other.example.org")
    other.close()

    assert quiet == before, "nobody has written"
    assert database.version_seen() != before


def test_threads_write_on_one_connection_and_each_reads_what_it_has_written(database: SqliteDatabase) -> None:
    written_by: set[sqlite3.Connection] = set()

    def write(number: int) -> None:
        with database.writing() as sql:
            put_account(sql, f"{number}.example.org")
            written_by.add(sql.connection)
            assert database.row("SELECT COUNT(*) FROM account") == sql.row("SELECT COUNT(*) FROM account")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert plain(database.row("SELECT COUNT(*) FROM account")) == (4,)
    assert len(written_by) == 1


def test_who_writes_apart_finds_its_temporary_tables(database: SqliteDatabase) -> None:
    database.rows("CREATE TEMP TABLE hosts AS SELECT 'temporary.example.org' AS host")

    with database.writing(staging=True) as sql:
        sql.execute("INSERT INTO account SELECT host, 5 FROM temp.hosts")

    assert plain(database.row("SELECT host FROM account")) == ("temporary.example.org",)


def is_closing(database: SqliteDatabase) -> bool:
    try:
        database.row("SELECT 1")
    except StoreError as error:
        return error.trouble is StoreProblem.CLOSED
    else:
        return False


@pytest.mark.parametrize("way", ["reads", "writes"])
def test_closing_waits_for_the_statement_that_another_thread_is_in(folder: Path, way: str) -> None:
    database = SqliteDatabase(folder)
    within, go_on = threading.Event(), threading.Event()
    seen: list[Row | None] = []

    def pause() -> int:
        within.set()
        assert go_on.wait(60)
        return 7

    def use() -> None:
        if way == "reads":
            database._connection().create_function("pause", 0, pause)
            seen.append(database.row("SELECT pause()"))
            return
        with database.writing() as sql:
            sql.connection.create_function("pause", 0, pause)
            seen.append(sql.row("SELECT pause()"))
            put_account(sql)

    user, closer = threading.Thread(target=use), threading.Thread(target=database.close)
    user.start()
    assert within.wait(60)
    closer.start()
    while not is_closing(database):
        pass
    assert closer.is_alive()
    go_on.set()
    user.join(60)
    closer.join(60)

    assert [plain(row) for row in seen] == [(7,)]
    again = SqliteDatabase(folder)
    assert plain(again.row("SELECT COUNT(*) FROM account")) == (0 if way == "reads" else 1,)
    again.close()


def test_what_never_ends_keeps_its_connection_and_does_not_hold_the_closing_for_ever(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "CLOSE_PATIENCE", 0.0)
    database = SqliteDatabase(folder)

    with database.writing() as sql:
        closer = threading.Thread(target=database.close)
        closer.start()
        closer.join(60)
        assert not closer.is_alive()
        put_account(sql)

    database.close()
    again = SqliteDatabase(folder)
    assert plain(again.row("SELECT COUNT(*) FROM account")) == (1,)
    again.close()
