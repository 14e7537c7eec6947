"""A database's files are moved as one step: refused while somebody is at work, finished by whoever finds it begun."""

import errno
import json
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.private_files import Folder
from ac_desktop.reporting.recovery_texts import moved_text, restored_text
from ac_desktop.store.engines.sqlite import backups, file_move, recovery
from ac_desktop.store.engines.sqlite.backups import SqliteBackups, back_up, restore
from ac_desktop.store.engines.sqlite.database import FILE_NAME, SqliteDatabase
from ac_desktop.store.engines.sqlite.file_move import LOCK_NAME, FolderUse
from ac_desktop.store.engines.sqlite.migrations import VERSION
from ac_desktop.store.engines.sqlite.recovery import open_database
from ac_desktop.store.errors import StoreError, StoreProblem
from tests.store.engines.sqlite.recovery.data_folders import names, records

INTENT, NOTE = "moving.json", "moved.json"


def refuse_renames(monkeypatch: pytest.MonkeyPatch, beginning: str) -> None:
    """Refuse to rename files whose name begins so, as Windows does with files that somebody has open."""
    real = Path.rename

    def rename(self: Path, target: str | Path) -> Path:
        if self.name.startswith(beginning):
            raise PermissionError(errno.EACCES, "in use", str(self))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)


def test_a_start_waits_for_whoever_moves_files_and_does_not_wait_for_ever(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use = FolderUse(folder, alone=True)
    waits = threading.Event()
    real = threading.Event

    class Waited(real):  # type: ignore[misc, valid-type]
        def wait(self, timeout: float | None = None) -> bool:
            waits.set()
            return bool(super().wait(timeout))

    found: list[int] = []
    with monkeypatch.context() as patched:
        patched.setattr(threading, "Event", Waited)
        starter = threading.Thread(target=lambda: found.append(records(folder)))
        starter.start()
        waits.wait()
        use.close()
        starter.join()
    assert found == [50]

    monkeypatch.setattr(file_move, "PATIENCE", 0.0)
    with FolderUse(folder, alone=True), pytest.raises(StoreError, match="already working in this folder"):
        SqliteDatabase(folder)


def test_a_folder_whose_lock_cannot_be_made_is_left_to_sqlite_to_report(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(file_move, "open_private", refused)
    FolderUse(folder).close()
    with pytest.raises(PermissionError):
        FolderUse(folder, alone=True)


def test_a_lock_that_fails_is_reported_and_let_go_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: int, *, shared: bool) -> bool:
        raise OSError(errno.ENOLCK, f"No locks available, {shared}")

    monkeypatch.setattr(file_move, "try_lock", fails)
    with pytest.raises(StoreError, match="No locks available"):
        SqliteDatabase(folder)


def test_a_database_that_cannot_be_moved_stays_with_nothing_beside_it(
    folder: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = names(folder) | {LOCK_NAME}
    refuse_renames(monkeypatch, FILE_NAME)

    with pytest.raises(StoreError, match=r"Another program has locked the donor database .*donors\.sqlite3"):
        restore(folder, backup)

    assert names(folder) == before
    monkeypatch.undo()
    assert records(folder) == 50


@pytest.fixture
def halved(folder: Path, backup: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which a backup could not take the place of the database, which was moved already."""
    refuse_renames(monkeypatch, file_move.ARRIVING_NAME)
    with pytest.raises(StoreError) as raised:
        restore(folder, backup)
    monkeypatch.undo()
    (kept,) = folder.glob(f"{FILE_NAME}.replaced.*")
    for path in (kept, folder / FILE_NAME, backup):
        assert str(path) in str(raised.value)
    assert raised.value.trouble is StoreProblem.UNFINISHED
    yield folder
    assert not names(folder) & {INTENT, NOTE, file_move.ARRIVING_NAME}


def test_what_was_begun_is_finished_by_the_next_start_which_says_so_until_it_was_shown(halved: Path) -> None:
    with pytest.raises(StoreError) as raised:
        SqliteDatabase(halved)
    assert raised.value.trouble is StoreProblem.UNFINISHED

    for _ in range(2):
        opened = open_database(halved)
        opened.database.close()
        assert opened.moved is None
        assert opened.restored is not None
        assert opened.restored.previous is not None
        assert str(opened.restored.previous) in restored_text(opened.restored)
    SqliteBackups(halved).mark_reported()
    opened = open_database(halved)
    opened.database.close()
    assert opened.restored is None
    assert records(halved) == 20


def test_a_start_that_cannot_finish_it_says_where_all_lies_and_begins_no_queue(
    halved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_renames(monkeypatch, file_move.ARRIVING_NAME)
    with pytest.raises(StoreError, match="couldn't finish"):
        open_database(halved)
    monkeypatch.undo()
    assert not (halved / FILE_NAME).exists()
    assert records(halved) == 20
    SqliteBackups(halved).mark_reported()


def test_a_second_restore_finishes_the_first_one_before(halved: Path, backup: Path) -> None:
    kept = restore(halved, backup)
    assert kept is not None
    assert len(list(halved.glob(f"{FILE_NAME}.replaced.*"))) == 2
    assert records(halved) == 20
    SqliteBackups(halved).mark_reported()


def test_what_was_done_before_it_could_be_noted_is_noted_by_the_next_start(halved: Path) -> None:
    (halved / file_move.ARRIVING_NAME).rename(halved / FILE_NAME)
    opened = open_database(halved)
    opened.database.close()
    assert opened.restored is not None
    assert records(halved) == 20
    SqliteBackups(halved).mark_reported()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows renames no database that is open")
def test_a_database_that_cannot_be_moved_aside_whole_is_moved_by_the_next_start(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(folder / FILE_NAME) as theirs:
        theirs.execute("PRAGMA application_id=7")
        theirs.execute("CREATE TABLE recipes (name)")
        theirs.commit()
        refuse_renames(monkeypatch, f"{FILE_NAME}-")
        with pytest.raises(StoreError, match="couldn't finish moving") as raised:
            open_database(folder)
        monkeypatch.undo()
        (moved,) = folder.glob(f"{FILE_NAME}.foreign.*")
        assert str(moved) in str(raised.value)

        opened = open_database(folder)
        opened.database.close()

        assert opened.moved is not None
        assert opened.moved.moved_to == moved
        assert Path(f"{moved}-wal").stat().st_size
    theirs.close()
    with closing(sqlite3.connect(moved)) as sql:
        assert sql.execute("SELECT COUNT(*) FROM recipes").fetchone() == (0,)


def test_a_database_that_a_newer_program_brought_meanwhile_is_not_moved_aside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubles = [StoreProblem.DAMAGED, StoreProblem.NEWER]

    def changing(*_: object) -> SqliteDatabase:
        raise StoreError(troubles.pop(0), StoreMessage.FOLDER_IN_USE)

    monkeypatch.setattr(recovery, "_open_sound", changing)
    with pytest.raises(StoreError) as raised:
        open_database(folder)
    assert raised.value.trouble is StoreProblem.NEWER
    assert (folder / FILE_NAME).exists()


def test_what_was_begun_never_overwrites_a_database_that_has_come_meanwhile(halved: Path) -> None:
    with closing(sqlite3.connect(halved / FILE_NAME)) as sql:
        sql.execute("CREATE TABLE newer (name)")
    with pytest.raises(StoreError, match="couldn't finish"):
        open_database(halved)
    (halved / FILE_NAME).unlink()
    assert records(halved) == 20
    SqliteBackups(halved).mark_reported()


@pytest.mark.parametrize(
    "expected",
    [
        b"no JSON",
        b"[]",
        json.dumps({"why": "damaged", "moved_to": "../elsewhere", "backup": ""}).encode(),
        json.dumps({"why": "damaged", "moved_to": f"{FILE_NAME}.damaged/../../elsewhere", "backup": ""}).encode(),
        json.dumps({"why": "unheard of", "moved_to": f"{FILE_NAME}.damaged.1", "backup": ""}).encode(),
    ],
)
@pytest.mark.parametrize("name", [INTENT, NOTE])
def test_what_is_written_down_and_not_understood_changes_nothing(folder: Path, name: str, expected: bytes) -> None:
    (folder / name).write_bytes(expected)
    before = names(folder)

    with pytest.raises(StoreError, match="can't read") as refused:
        open_database(folder)

    assert str(folder / name) in str(refused.value)
    assert names(folder) == before


def test_what_cannot_be_read_at_all_is_reported(folder: Path) -> None:
    (folder / NOTE).mkdir()
    with pytest.raises(StoreError, match="can't be used"):
        open_database(folder)


def test_a_database_that_has_gone_is_reported_before_a_queue_is_begun_anew(folder: Path, backup: Path) -> None:
    (folder / FILE_NAME).unlink()
    assert restore(folder, backup) is None
    opened = open_database(folder)
    opened.database.close()
    assert opened.restored is not None
    assert str(backup) in restored_text(opened.restored)
    SqliteBackups(folder).mark_reported()
    (folder / FILE_NAME).unlink()
    (folder / f"{FILE_NAME}-wal").write_bytes(b"the last that was written")

    with pytest.raises(StoreError, match="missing"):
        recovery._opened(folder)
    opened = open_database(folder)
    opened.database.close()

    assert opened.moved is not None
    assert opened.moved.trouble is StoreProblem.MISSING
    assert opened.moved.backup == backup
    assert str(folder) in moved_text(opened.moved)
    (log,) = folder.glob(f"{FILE_NAME}.missing.*-wal")
    assert log.read_bytes() == b"the last that was written"


def test_a_first_start_reports_nothing(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir(mode=0o700)
    opened = open_database(tmp_path / "first")
    opened.database.close()
    assert opened.moved is None
    assert opened.restored is None


def test_a_database_cut_to_nothing_is_reported_before_a_queue_is_begun_anew(folder: Path) -> None:
    (folder / FILE_NAME).write_bytes(b"")
    opened = open_database(folder)
    opened.database.close()
    assert opened.moved is not None
    assert opened.moved.trouble is StoreProblem.MISSING


def test_a_disk_without_room_for_the_intent_changes_nothing(
    folder: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = names(folder) | {LOCK_NAME}
    monkeypatch.setattr(Folder, "write", full)
    with pytest.raises(StoreError, match="The disk is full"):
        restore(folder, backup)
    assert names(folder) == before
    assert records(folder) == 50


def test_what_is_left_of_copies_goes_with_the_next_start_unless_one_is_being_made(folder: Path) -> None:
    from filelock import FileLock

    left = {
        file_move.ARRIVING_NAME,
        backups.BACKUP_PART,
        f"{backups.BACKUP_PART}-journal",
        ".moving.json.0123456789ab.part",
    }
    for name in left:
        (folder / name).write_bytes(b"half")
    with FileLock(folder / backups.BACKUP_LOCK):
        assert records(folder) == 50
    assert names(folder) & left == {backups.BACKUP_PART, f"{backups.BACKUP_PART}-journal"}

    assert records(folder) == 50
    assert not names(folder) & left


def test_an_update_that_was_killed_after_its_backup_makes_no_second_one(folder: Path, backup: Path) -> None:
    backup.unlink()
    with closing(sqlite3.connect(folder / FILE_NAME)) as sql:
        made = [back_up(sql, folder, VERSION) for _ in range(3)]
        assert back_up(sql, folder, VERSION - 1) is None, "another process has brought it up to date meanwhile"
    assert len(set(made)) == 1
    assert list(folder.glob("*.backup")) == [made[0]]
    assert not names(folder) & {backups.BACKUP_PART}


@pytest.mark.not_under_wine("says that it made a symbolic link, and makes none")
def test_the_files_of_a_database_are_no_links(folder: Path, tmp_path: Path) -> None:
    (folder / FILE_NAME).rename(tmp_path / "elsewhere")
    (folder / FILE_NAME).symlink_to(tmp_path / "elsewhere")

    with pytest.raises(StoreError, match="is a link to another place"):
        open_database(folder)
