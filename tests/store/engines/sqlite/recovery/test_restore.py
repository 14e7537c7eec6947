"""A backup comes back whole where nobody is at work, and one that is not sound, or of another program, is refused."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ac_desktop.store.engines.sqlite import backups, file_move
from ac_desktop.store.engines.sqlite.backups import restore
from ac_desktop.store.engines.sqlite.database import FILE_NAME
from ac_desktop.store.engines.sqlite.file_move import LOCK_NAME
from ac_desktop.store.engines.sqlite.migrations import VERSION
from ac_desktop.store.errors import StoreError, StoreProblem
from tests.made_up import Store
from tests.store.engines.sqlite.recovery.data_folders import names, records
from tests.store.programs import Program

READ_AND_WAIT = """
import sys
from pathlib import Path
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
database = SqliteDatabase(Path(sys.argv[1]))
print(database.row("SELECT COUNT(*) FROM record")[0], flush=True)
sys.stdin.readline()
database.close()
print("closed", flush=True)
sys.stdin.readline()
"""


def test_no_backup_comes_back_under_a_command_that_only_reads(
    folder: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "RESTORE_PATIENCE", 0.1)
    with Program(READ_AND_WAIT, folder) as reader:
        assert reader.line() == "50"
        before = names(folder)
        with pytest.raises(StoreError, match="Close it") as raised:
            restore(folder, backup)
        assert raised.value.trouble is StoreProblem.LOCKED
        assert names(folder) == before
        assert reader.ask("end") == "closed"

        assert restore(folder, backup) is not None
    assert records(folder) == 20


def test_a_backup_comes_back_with_what_is_still_in_its_log(folder: Path, tmp_path: Path) -> None:
    backup = folder / f"{FILE_NAME}.replaced.20260701-120000"
    with Store(tmp_path / "open") as store:
        store.fill(store.connect(), 30)
        for ending in ("", "-wal"):
            shutil.copy2(tmp_path / "open" / f"{FILE_NAME}{ending}", f"{backup}{ending}")

    restore(folder, backup)

    assert records(folder) == 30


def test_a_backup_of_a_newer_program_is_refused_with_both_numbers(folder: Path, backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as sql:
        sql.execute(f"PRAGMA user_version={VERSION + 6}")
    before = names(folder) | {LOCK_NAME}

    with pytest.raises(StoreError, match=f"Database version {VERSION + 6}, this program supports {VERSION}") as raised:
        restore(folder, backup)

    assert raised.value.trouble is StoreProblem.NEWER
    assert names(folder) == before
    assert records(folder) == 50


def test_another_programs_database_is_no_backup(folder: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "recipes")) as sql:
        sql.execute("CREATE TABLE recipes (name)")
    with pytest.raises(StoreError, match="isn't a valid AC Desktop backup"):
        restore(folder, tmp_path / "recipes")
    assert records(folder) == 50


@pytest.mark.parametrize("pages", [1, 20])
def test_a_backup_damaged_anywhere_is_no_sound_one(folder: Path, backup: Path, pages: int) -> None:
    content = bytearray(backup.read_bytes())
    content[-pages * 4096 :] = b"\xff" * pages * 4096
    backup.write_bytes(content)
    with pytest.raises(StoreError, match="isn't a valid AC Desktop backup"):
        restore(folder, backup)
    assert not (folder / file_move.ARRIVING_NAME).exists()
    assert records(folder) == 50


@pytest.mark.parametrize("error", ["SQLITE_FULL", "SQLITE_IOERR"])
def test_a_disk_that_is_full_is_reported_as_such(
    folder: Path, backup: Path, monkeypatch: pytest.MonkeyPatch, error: str
) -> None:
    def full(_: sqlite3.Connection, __: Path) -> None:
        failed = sqlite3.OperationalError("database or disk is full")
        failed.sqlite_errorname = error
        raise failed

    monkeypatch.setattr(backups, "copy_whole", full)
    with pytest.raises(
        StoreError, match="disk is full" if error == "SQLITE_FULL" else "isn't a valid AC Desktop backup"
    ):
        restore(folder, backup)
    assert records(folder) == 50
