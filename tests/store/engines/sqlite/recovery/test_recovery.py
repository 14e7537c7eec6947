"""A database is moved aside once, by whoever comes first, and never half; a backup comes back whole or not at all."""

import errno
import shutil
from pathlib import Path

import pytest

from ac_desktop.store.backups import backup_day
from ac_desktop.store.engines.sqlite import recovery
from ac_desktop.store.engines.sqlite.backups import SqliteBackups, restore
from ac_desktop.store.engines.sqlite.database import FILE_NAME
from ac_desktop.store.engines.sqlite.file_move import FolderUse
from ac_desktop.store.engines.sqlite.recovery import open_database
from ac_desktop.store.errors import StoreError, StoreProblem
from tests.made_up import Store

DAMAGED = b"no database" * 1000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    made.mkdir(mode=0o700)
    return made


def test_a_backup_comes_into_a_folder_without_a_database_and_a_missing_one_changes_nothing(folder: Path) -> None:
    with Store(folder) as store:
        store.fill(store.connect(), 3)
    backup = folder / f"{FILE_NAME}.version-1.20260701-120000.backup"
    shutil.move(folder / FILE_NAME, backup)

    assert backup_day(backup) == "2026-07-01"
    assert restore(folder, backup) is None

    with Store(folder) as store:
        assert store.count("SELECT COUNT(*) FROM record") == 3
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(StoreError, match="isn't a valid AC Desktop backup"):
        restore(folder, folder / f"{FILE_NAME}.version-1.20260701-120001.backup")
    assert (folder / FILE_NAME).read_bytes() == before


def test_a_damaged_database_that_cannot_be_moved_is_reported_as_damaged_and_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / FILE_NAME).write_bytes(DAMAGED)

    def refused(_: Path, __: object) -> Path:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(StoreError) as raised:
        open_database(folder)
    assert raised.value.trouble is StoreProblem.DAMAGED
    assert (folder / FILE_NAME).read_bytes() == DAMAGED


def test_who_waits_while_another_process_moves_the_damaged_file_opens_the_fresh_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / FILE_NAME).write_bytes(DAMAGED)

    def another_was_first(where: Path, *, alone: bool) -> FolderUse:
        monkeypatch.setattr(recovery, "FolderUse", FolderUse)
        opened = open_database(where)
        opened.database.close()
        assert opened.moved is not None
        SqliteBackups(where).mark_reported()
        return FolderUse(where, alone=alone)

    monkeypatch.setattr(recovery, "FolderUse", another_was_first)
    opened = open_database(folder)
    opened.database.close()

    assert opened.moved is None
    assert len(list(folder.glob("*.damaged.*"))) == 1
