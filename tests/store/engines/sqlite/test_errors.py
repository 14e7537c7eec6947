"""A problem of disk, folder or file is reported in a sentence, and nothing kept is lost by it."""

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.engines.sqlite import database as database_module
from ac_desktop.store.engines.sqlite.database import FILE_NAME, SqliteDatabase
from ac_desktop.store.engines.sqlite.sql import store_error
from ac_desktop.store.errors import StoreError, StoreProblem, disk_error, world_trouble
from tests.made_up import Store, new_record
from tests.store.plain_rows import plain
from tests.store.programs import Program
from tests.store.sqlite_file import everything, put_account, refused


def test_a_folder_that_cannot_be_there_is_reported_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    error = refused(tmp_path / "file" / "data")

    assert error.trouble is StoreProblem.UNREACHABLE
    assert str(tmp_path / "file" / "data") in str(error)


def test_a_database_file_that_is_a_folder_is_reported_in_a_sentence(folder: Path) -> None:
    (folder / FILE_NAME).mkdir(parents=True)

    assert refused(folder).trouble is StoreProblem.UNREACHABLE


READ_ONLY = """
import os, sys
from pathlib import Path
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.errors import StoreError
import encodings.idna
if os.geteuid() == 0:
    os.setgroups([])
    os.setegid(65534)
    os.seteuid(65534)
try:
    SqliteDatabase(Path(sys.argv[1]))
except StoreError as error:
    print(error.trouble.value, "|", error)
else:
    print("opened")
"""


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder of whoever runs the program: `tmp_path` lies which only its owner may read."""
    outer = Path(tempfile.mkdtemp(prefix="ac-desktop-test-"))
    outer.chmod(0o755)
    folder = outer / "data"
    folder.mkdir()
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(outer)


def seal(folder: Path) -> None:
    """Make a folder read-only, for its owner too, who runs the program."""
    if sys.platform == "win32":
        raise NotImplementedError
    for path in (*folder.iterdir(), folder):
        path.chmod(0o444 if path.is_file() else 0o555)
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions on Windows")
def test_a_read_only_folder_without_a_database_is_reported_in_a_sentence(read_only: Path) -> None:
    seal(read_only)

    with Program(READ_ONLY, read_only) as program:
        trouble, _, text = program.line().partition(" | ")

    assert trouble == StoreProblem.UNREACHABLE
    assert str(read_only) in text
    assert everything(read_only) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions on Windows")
def test_a_database_in_a_read_only_folder_is_reported_in_a_sentence_and_left_as_it_is(read_only: Path) -> None:
    SqliteDatabase(read_only).close()
    seal(read_only)
    before = everything(read_only)

    with Program(READ_ONLY, read_only) as program:
        trouble, _, text = program.line().partition(" | ")

    assert trouble == StoreProblem.READ_ONLY
    assert str(read_only) in text
    assert everything(read_only) == before


def test_a_full_disk_is_reported_and_nothing_of_the_transaction_stays(folder: Path) -> None:
    with Store(folder) as store:
        connection = store.connect()
        store.fill(connection, 3)
        pages = store.count("PRAGMA page_count")
        store.database.rows(f"PRAGMA max_page_count={pages + 2}")
        batch = store.count("SELECT MAX(id) FROM batch")

        with pytest.raises(StoreError, match="disk is full") as caught:
            store.queue.add(connection.id, batch, [new_record(row) for row in range(10, 2000)], 0.0)

        assert caught.value.trouble is StoreProblem.FULL
        assert store.count("SELECT COUNT(*) FROM record") == store.queue.counts(connection.id).rows == 3
        store.database.rows("PRAGMA max_page_count=1000000")
        store.fill(connection, 5)
        assert store.queue.counts(connection.id).rows == 8
        assert plain(store.database.row("PRAGMA integrity_check")) == ("ok",)


FILE_SIZE_LIMIT = """
import resource, signal, sys
from pathlib import Path
from ac_desktop.store.errors import StoreError
from tests.made_up import Store, new_record
store = Store(Path(sys.argv[1]))
connection = store.connect()
store.fill(connection, 3)
size = (Path(sys.argv[1]) / "donors.sqlite3-wal").stat().st_size
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, resource.RLIM_INFINITY))
try:
    store.fill(connection, 3000)
except StoreError as error:
    print(error.trouble.value)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.fill(connection, 2)
print(store.queue.counts(connection.id).rows, store.count("SELECT COUNT(*) FROM record"))
print(store.database.row("PRAGMA integrity_check")[0])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit for the size of files is Unix's")
def test_a_disk_that_takes_no_more_loses_nothing_that_was_kept(folder: Path) -> None:
    with Program(FILE_SIZE_LIMIT, folder) as program:
        reported = [program.line() for _ in range(3)]
        program.end()

    assert reported == [StoreProblem.UNREACHABLE, "5 5", "ok"]


def test_another_program_that_keeps_it_locked_is_reported_in_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_MS", 1)
    database = SqliteDatabase(folder)
    holder = sqlite3.connect(database.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    with pytest.raises(StoreError, match="locked") as caught, database.writing():
        pytest.fail("it was locked")

    assert caught.value.trouble is StoreProblem.LOCKED
    holder.rollback()
    holder.close()
    with database.writing() as sql:
        put_account(sql)
    database.close()


def test_a_fault_of_ours_is_not_blamed_on_the_world(database: SqliteDatabase) -> None:
    with pytest.raises(sqlite3.OperationalError):
        database.rows("SELECT nothing FROM nowhere")


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("SQLITE_FULL", StoreProblem.FULL),
        ("SQLITE_READONLY_DBMOVED", StoreProblem.READ_ONLY),
        ("SQLITE_PERM", StoreProblem.READ_ONLY),
        ("SQLITE_BUSY_SNAPSHOT", StoreProblem.LOCKED),
        ("SQLITE_LOCKED", StoreProblem.LOCKED),
        ("SQLITE_CORRUPT_VTAB", StoreProblem.DAMAGED),
        ("SQLITE_NOTADB", StoreProblem.DAMAGED),
        ("SQLITE_CANTOPEN_ISDIR", StoreProblem.UNREACHABLE),
        ("SQLITE_IOERR_WRITE", StoreProblem.UNREACHABLE),
        ("SQLITE_CONSTRAINT", None),
        ("SQLITE_FULLY_UNKNOWN", None),
        ("", None),
    ],
)
def test_every_trouble_of_the_world_has_its_sentence(name: str, trouble: StoreProblem | None, tmp_path: Path) -> None:
    error = sqlite3.OperationalError("made up")
    if name:
        error.sqlite_errorname = name

    refusal = store_error(error, tmp_path / FILE_NAME)

    assert (refusal.trouble if refusal else None) is trouble
    assert refusal is None or str(refusal).endswith(".") or str(refusal).endswith("continue.")


def nearly_full(_: Path) -> SimpleNamespace:
    return SimpleNamespace(free=1_000)


def test_a_disk_with_hardly_any_room_is_named_whatever_sqlite_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("made up")
    error.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    monkeypatch.setattr(shutil, "disk_usage", nearly_full)
    refusal = store_error(error, tmp_path / FILE_NAME)
    assert refusal is not None
    assert refusal.trouble is StoreProblem.FULL
    assert str(tmp_path) in str(refusal)
    assert disk_error(OSError(5, "Input/output error"), tmp_path / "owners").trouble is StoreProblem.FULL


def test_where_the_free_space_is_unknown_the_file_is_named(tmp_path: Path) -> None:
    gone = tmp_path / "gone" / FILE_NAME
    assert disk_error(OSError(5, "Input/output error"), gone).trouble is StoreProblem.UNREACHABLE
    assert disk_error(OSError(28, "No space left on device"), gone).trouble is StoreProblem.FULL


def test_the_store_s_own_trouble_is_the_world_s() -> None:
    trouble = StoreError(StoreProblem.LOCKED, StoreMessage.FOLDER_IN_USE)
    assert world_trouble(trouble) is trouble
    assert world_trouble(ValueError("ours")) is None
