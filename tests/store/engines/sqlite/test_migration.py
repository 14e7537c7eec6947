"""An older database is migrated as a whole, once, and after a backup."""

import sqlite3
import sys
from pathlib import Path

import pytest

from ac_desktop.store.engines.sqlite import database as database_module
from ac_desktop.store.engines.sqlite.database import FILE_NAME, SqliteDatabase
from ac_desktop.store.engines.sqlite.migrations import STEPS, VERSION
from tests.made_up import Store
from tests.store.plain_rows import plain, plain_rows
from tests.store.programs import Program

NEXT = (*STEPS, "CREATE TABLE extra (id INTEGER PRIMARY KEY); INSERT INTO account VALUES ('new.example.org', 3);")


def with_steps(monkeypatch: pytest.MonkeyPatch, *steps: str) -> None:
    monkeypatch.setattr(database_module, "STEPS", steps)
    monkeypatch.setattr(database_module, "VERSION", len(steps))


def test_before_a_migration_a_backup_is_made_that_only_its_owner_reads(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(folder) as store:
        store.fill(store.connect(), 7)
    with_steps(monkeypatch, *NEXT)

    SqliteDatabase(folder).close()

    (backup,) = folder.glob("*.backup")
    assert backup.name.startswith(f"{FILE_NAME}.version-{VERSION}.")
    assert sys.platform == "win32" or backup.stat().st_mode & 0o077 == 0
    old, new = sqlite3.connect(backup), sqlite3.connect(folder / FILE_NAME)
    for sql, version in ((old, VERSION), (new, VERSION + 1)):
        assert sql.execute("PRAGMA user_version").fetchone() == (version,)
        assert sql.execute("SELECT COUNT(*) FROM record").fetchone() == (7,)
        assert sql.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        sql.close()


def test_a_database_that_is_up_to_date_is_not_backed_up(folder: Path) -> None:
    SqliteDatabase(folder).close()
    SqliteDatabase(folder).close()

    assert list(folder.glob("*.backup")) == []


def test_a_step_that_fails_is_undone_as_a_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SqliteDatabase(folder).close()
    with monkeypatch.context() as patch:
        with_steps(patch, *STEPS, "CREATE TABLE extra (id INTEGER); INSERT INTO no_such_table VALUES (1);")
        with pytest.raises(sqlite3.OperationalError, match="no_such_table"):
            SqliteDatabase(folder)

    database = SqliteDatabase(folder)
    assert plain(database.row("PRAGMA user_version")) == (VERSION,)
    assert database.row("SELECT name FROM sqlite_master WHERE name = 'extra'") is None
    database.close()


def test_a_step_is_applied_once_though_two_programs_start_together(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SqliteDatabase(folder).close()
    with_steps(
        monkeypatch,
        *STEPS,
        "INSERT INTO account VALUES ('new.example.org', 1) ON CONFLICT DO UPDATE SET pace = pace + 1;",
    )
    back_up = SqliteDatabase._back_up
    rivals: list[SqliteDatabase] = []

    def while_a_rival_does_it(self: SqliteDatabase, version: int) -> None:
        back_up(self, version)
        if not rivals:
            rivals.append(self)
            SqliteDatabase(folder).close()

    monkeypatch.setattr(SqliteDatabase, "_back_up", while_a_rival_does_it)

    database = SqliteDatabase(folder)

    assert plain(database.row("PRAGMA user_version")) == (VERSION + 1,)
    assert plain_rows(database.rows("SELECT pace FROM account")) == [(1,)]
    database.close()


FIRST_START = """
import sys
from pathlib import Path
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
print("ready", flush=True)
sys.stdin.readline()
database = SqliteDatabase(Path(sys.argv[1]))
print(database.row("PRAGMA user_version")[0], flush=True)
"""


def test_programs_that_make_the_database_at_the_same_moment_all_get_it(folder: Path) -> None:
    programs = [Program(FIRST_START, folder) for _ in range(4)]
    for program in programs:
        assert program.line() == "ready"
    reported = [program.ask("go") for program in programs]
    for program in programs:
        program.end()

    assert reported == [str(VERSION)] * 4
