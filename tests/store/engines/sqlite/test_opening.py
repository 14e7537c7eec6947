"""What is opened as the donor database, and what is refused and left as it is."""

import sqlite3
from pathlib import Path

import pytest

from ac_desktop.store.engines.sqlite.database import FILE_NAME, SqliteDatabase
from ac_desktop.store.engines.sqlite.migrations import VERSION
from ac_desktop.store.errors import StoreError, StoreProblem
from tests.made_up import Store
from tests.store.plain_rows import plain
from tests.store.sqlite_file import everything, refused


def test_an_empty_file_is_made_a_database(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / FILE_NAME).touch()

    database = SqliteDatabase(folder)
    assert plain(database.row("PRAGMA user_version")) == (VERSION,)
    database.close()


def test_a_newer_database_is_refused_with_both_numbers_and_left_as_it_is(folder: Path) -> None:
    SqliteDatabase(folder).close()
    sql = sqlite3.connect(folder / FILE_NAME)
    sql.execute(f"PRAGMA user_version={VERSION + 6}")
    sql.close()
    before = everything(folder)

    error = refused(folder)

    assert error.trouble is StoreProblem.NEWER
    assert f"Database version {VERSION + 6}" in str(error)
    assert f"supports {VERSION}.)" in str(error)
    assert everything(folder) == before


@pytest.mark.parametrize("version", [0, 1, 9])
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_another_programs_database_is_refused_and_left_as_it_is(folder: Path, version: int, mode: str) -> None:
    folder.mkdir(parents=True)
    sql = sqlite3.connect(folder / FILE_NAME)
    sql.executescript(f"PRAGMA journal_mode={mode}; CREATE TABLE recipes (name TEXT); PRAGMA user_version={version};")
    sql.close()
    before = everything(folder)

    error = refused(folder)

    assert error.trouble is StoreProblem.FOREIGN
    assert FILE_NAME in str(error)
    assert everything(folder) == before


def test_another_program_at_work_in_its_database_is_not_disturbed(folder: Path) -> None:
    folder.mkdir(parents=True)
    theirs = sqlite3.connect(folder / FILE_NAME)
    theirs.executescript(
        "PRAGMA journal_mode=WAL; CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('pie');"
    )
    before = (folder / FILE_NAME).read_bytes()

    assert refused(folder).trouble is StoreProblem.FOREIGN

    assert (folder / FILE_NAME).read_bytes() == before
    assert theirs.execute("SELECT name FROM recipes").fetchall() == [("pie",)]
    theirs.close()


@pytest.mark.parametrize(
    "content", [b"email,phone\nannie@example.org,2252501301\n" * 200, b"\x00" * 5000, b"SQLite format 3"]
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / FILE_NAME).write_bytes(content)

    error = refused(folder)

    assert error.trouble is StoreProblem.DAMAGED
    assert FILE_NAME in str(error)
    assert everything(folder) == {FILE_NAME: content}


def test_a_database_damaged_in_the_middle_is_reported_in_a_sentence(folder: Path) -> None:
    with Store(folder) as store:
        store.fill(store.connect(), 500)
    content = bytearray((folder / FILE_NAME).read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    (folder / FILE_NAME).write_bytes(content)

    with pytest.raises(StoreError) as caught:
        SqliteDatabase(folder).rows("SELECT * FROM record")

    assert caught.value.trouble is StoreProblem.DAMAGED
