"""The disk: full, slow, removed; a database that is locked, damaged or another program's. Nobody is lost or deleted.

What SQLite itself is asked for (durable commits, backups before a migration, read-only folders, every trouble's
sentence) is proved in `tests/store/test_trouble.py`, the schemas of the past in `tests/store/test_released.py`.
"""

import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ac_desktop.model.states import RecordState
from ac_desktop.practice.faults import Faults, Incoming
from ac_desktop.reporting.recovery_texts import moved_text
from ac_desktop.store.engines.sqlite.backups import newest_backup, restore
from ac_desktop.store.engines.sqlite.database import FILE_NAME, SUSPECT_NAME, SqliteDatabase
from ac_desktop.store.engines.sqlite.migrations import VERSION
from ac_desktop.store.engines.sqlite.recovery import open_database
from ac_desktop.store.errors import StoreError, StoreProblem
from tests.harness import Harness, donors
from tests.made_up import Store
from tests.store.plain_rows import plain
from tests.store.programs import Program
from tests.store.release import load, stored

ROOT = Path(__file__).parents[2]
DATED = re.compile(r"donors\.sqlite3\.(damaged|foreign|replaced)\.\d{8}-\d{6}(-\d+)?")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    made.mkdir(mode=0o700)
    return made


def opened_afresh(folder: Path) -> Path:
    """Open what cannot be opened; returns where the old file is now, after checking that a fresh one is there."""
    opened = open_database(folder)
    try:
        assert opened.moved is not None
        assert str(opened.moved.moved_to) in moved_text(opened.moved)
        assert plain(opened.database.row("SELECT COUNT(*) FROM record")) == (0,)
        assert plain(opened.database.row("PRAGMA integrity_check")) == ("ok",)
    finally:
        opened.database.close()
    moved_to = opened.moved.moved_to
    assert DATED.fullmatch(moved_to.name)
    assert moved_to.parent == folder
    return moved_to


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2 + 100]


def overwritten(content: bytes) -> bytes:
    return content[:100] + b"\xff" * (len(content) - 100)


def headless(content: bytes) -> bytes:
    return b"\x00" * 100 + content[100:]


def replaced_by_an_export(_: bytes) -> bytes:
    return b"email,phone\nannie@example.org,2252501301\n" * 200


@pytest.mark.parametrize("damage", [cut_short, overwritten, headless, replaced_by_an_export])
def test_a_damaged_database_is_moved_aside_and_the_program_starts(
    folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    with Store(folder) as store:
        store.fill(store.connect(), 50)
        store.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    damaged = damage((folder / FILE_NAME).read_bytes())
    (folder / FILE_NAME).write_bytes(damaged)

    assert opened_afresh(folder).read_bytes() == damaged

    with closing(open_database(folder).database) as database:
        assert plain(database.row("PRAGMA user_version")) == (VERSION,)


def test_its_log_goes_with_it_and_is_not_played_into_the_fresh_one(folder: Path) -> None:
    theirs = sqlite3.connect(folder / FILE_NAME)
    theirs.executescript("PRAGMA journal_mode=WAL; CREATE TABLE recipes (name); INSERT INTO recipes VALUES ('pie');")
    log = (folder / f"{FILE_NAME}-wal").read_bytes()
    assert log

    moved_to = opened_afresh(folder)

    assert Path(f"{moved_to}-wal").read_bytes() == log
    theirs.close()
    with closing(sqlite3.connect(moved_to)) as sql:
        assert sql.execute("SELECT name FROM recipes").fetchall() == [("pie",)]


def test_another_programs_database_is_moved_aside_unchanged(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as sql:
        sql.executescript("CREATE TABLE recipes (name); INSERT INTO recipes VALUES ('pie');")
    before = (folder / FILE_NAME).read_bytes()

    moved_to = opened_afresh(folder)

    assert moved_to.name.startswith(f"{FILE_NAME}.foreign.")
    assert moved_to.read_bytes() == before


def test_two_moved_aside_in_one_second_do_not_overwrite_each_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "strftime", lambda _: "20261123-120000")
    for content in (b"first" * 1000, b"second" * 1000):
        (folder / FILE_NAME).write_bytes(content)
        assert opened_afresh(folder).read_bytes() == content
    assert len(list(folder.glob("*.damaged.*"))) == 2


def damage_the_records(folder: Path) -> None:
    """Overwrite the first page of the records, as a bad sector would."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as sql:
        sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = sql.execute("PRAGMA page_size").fetchone()
        (page,) = sql.execute("SELECT rootpage FROM sqlite_master WHERE name = 'record'").fetchone()
    content = bytearray((folder / FILE_NAME).read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    (folder / FILE_NAME).write_bytes(content)


def test_damage_met_at_work_is_reported_and_the_next_start_moves_the_file_aside(folder: Path) -> None:
    with Store(folder) as store:
        store.fill(store.connect(), 50)
    damage_the_records(folder)
    with closing(open_database(folder).database) as database:
        with pytest.raises(StoreError, match="Restart AC Desktop") as raised:
            database.rows("SELECT * FROM record")
        assert raised.value.trouble is StoreProblem.DAMAGED

    assert opened_afresh(folder).name.startswith(f"{FILE_NAME}.damaged.")
    assert not (folder / SUSPECT_NAME).exists()


def test_a_database_under_suspicion_that_is_sound_stays(folder: Path) -> None:
    with Store(folder) as store:
        store.fill(store.connect(), 5)
    (folder / SUSPECT_NAME).touch()

    opened = open_database(folder)

    assert opened.moved is None
    assert plain(opened.database.row("SELECT COUNT(*) FROM record")) == (5,)
    assert not (folder / SUSPECT_NAME).exists()
    opened.database.close()


def test_a_file_another_process_of_ours_works_in_is_not_moved_from_under_it(folder: Path) -> None:
    with Store(folder) as store:
        store.fill(store.connect(), 50)
        (folder / SUSPECT_NAME).touch()
        damage_the_records(folder)

        with pytest.raises(StoreError) as raised:
            open_database(folder)

        assert raised.value.trouble is StoreProblem.DAMAGED
        assert not list(folder.glob("*.damaged.*"))
    opened_afresh(folder)


def test_a_newer_database_is_never_moved_aside(folder: Path) -> None:
    SqliteDatabase(folder).close()
    with closing(sqlite3.connect(folder / FILE_NAME)) as sql:
        sql.execute(f"PRAGMA user_version={VERSION + 1}")

    with pytest.raises(StoreError) as raised:
        open_database(folder)

    assert raised.value.trouble is StoreProblem.NEWER
    assert not [file for file in folder.iterdir() if DATED.fullmatch(file.name)]


def a_backup(folder: Path, day: str = "20260701") -> Path:
    """Create a backup of a filled database of the first version in the folder, as an update makes it."""
    made = load(stored(1), folder / "made")
    with closing(sqlite3.connect(made)) as sql:
        sql.execute("PRAGMA journal_mode=DELETE")
    backup = made.rename(folder / f"{FILE_NAME}.version-1.{day}-120000.backup")
    (folder / "made").rmdir()
    return backup


def test_the_newest_backup_is_offered_and_comes_back_only_when_asked_for(folder: Path) -> None:
    a_backup(folder, "20250101")
    backup = a_backup(folder)
    (folder / FILE_NAME).write_bytes(b"no database" * 1000)
    opened = open_database(folder)
    opened.database.close()
    assert opened.moved is not None
    assert opened.moved.backup == newest_backup(folder) == backup

    kept = restore(folder, backup)

    assert kept is not None
    assert kept.exists()
    assert DATED.fullmatch(kept.name)
    assert backup.exists()
    assert (folder / FILE_NAME).stat().st_mode & 0o077 == 0
    with Store(folder) as store:
        assert store.count("PRAGMA user_version") == VERSION
        assert [connection.name for connection in store.connections.all()] == ["Autumn (bulk)", "Spring", "Winter"]
        assert store.count("SELECT COUNT(*) FROM record") == 59


def test_a_backup_does_not_come_back_under_a_program_at_work_nor_where_it_is_unsound(folder: Path) -> None:
    backup = a_backup(folder)
    with Store(folder), pytest.raises(StoreError, match="Close it"):
        restore(folder, backup)
    before = (folder / FILE_NAME).read_bytes()
    backup.write_bytes(b"no database" * 1000)

    with pytest.raises(StoreError, match="isn't a valid AC Desktop backup"):
        restore(folder, backup)

    assert (folder / FILE_NAME).read_bytes() == before
    assert not list(folder.glob("*.replaced.*"))


def console(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "ac_desktop", *arguments, "--data-dir", str(folder)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_console_starts_says_where_the_file_is_and_brings_the_backup_back(folder: Path) -> None:
    a_backup(folder)
    (folder / FILE_NAME).write_bytes(b"no database" * 1000)

    first = console(folder, "status")
    asked = console(folder, "restore")
    restored = console(folder, "restore", "--yes")
    after = console(folder, "status")

    (moved_to,) = folder.glob("*.damaged.*")
    assert first.returncode == 0, first.stderr
    assert str(moved_to) in first.stderr
    assert "failures in a row" in first.stderr
    assert "backup from 2026-07-01" in first.stderr
    assert asked.returncode == 2
    assert "--yes" in asked.stderr
    assert restored.returncode == 0, restored.stderr
    assert "Spring" in after.stdout
    assert after.returncode == 0


def test_the_console_reports_a_backup_that_a_killed_restore_left_to_the_next_start(folder: Path) -> None:
    with Store(folder) as store:
        store.fill(store.connect(), 5)
    backup = a_backup(folder)
    restore(folder, backup)

    first, second = console(folder, "status"), console(folder, "status")

    (kept,) = folder.glob("*.replaced.*")
    assert first.returncode == 0, first.stderr
    assert f"The backup {backup} was restored. The previous database was saved as {kept}." in first.stderr
    assert second.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let go of an open file")
def test_a_database_that_vanishes_under_a_relay_stops_it_before_the_next_donor(tmp_path: Path) -> None:
    with Harness(tmp_path / "data") as harness:
        connection = harness.connect()
        harness.queue(connection, donors(60))
        file, elsewhere = harness.folder / FILE_NAME, tmp_path / "elsewhere.sqlite3"
        asked = threading.Lock()

        def take_away(incoming: Incoming) -> Faults | None:
            with asked:
                if incoming.number >= 20 and file.exists():
                    file.rename(elsewhere)
            return None

        harness.account.set_schedule(take_away)
        harness.relay(connection)
        trouble = harness.services.engine.progress(connection.id).trouble or ""
        requests = harness.account.count()
        elsewhere.rename(file)
        harness.account.set_schedule(())
        harness.restart()
        counts = harness.relay(connection)

        assert "is missing" in trouble
        assert requests <= 20 + 3 * harness.workers, "what was on its way ended, and nothing else began"
        assert counts.sent == 60
        assert harness.emails_on_list() == {donor.email for donor in donors(60)}


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from ac_desktop.app import ServiceParts, build
from ac_desktop.model.redact import Redactor
from ac_desktop.store.connections.keys import GivenKey, SessionKeys
from tests.unpaced import UnpacedLedger

folder, number = Path(sys.argv[1]), int(sys.argv[2])
redactor = Redactor()
keys = GivenKey(sys.stdin.readline().strip(), SessionKeys(redactor), redactor)
services = build(folder, parts=ServiceParts(keys=keys, rate_limit_store=UnpacedLedger(), offline=lambda _: False))
services.engine.subscribe(lambda: None)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = max(file.stat().st_size for file in folder.glob("donors.sqlite3*"))
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 150_000, resource.RLIM_INFINITY))
services.engine.start(number)
services.engine.join(number, 60)
print(services.engine.progress(number).trouble)
print(services.queue.counts(number).sent)
services.engine.stop()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit for the size of files is Unix's")
def test_a_disk_that_takes_no_more_stops_the_relay_and_nobody_is_lost(tmp_path: Path) -> None:
    with Harness(tmp_path / "data") as harness:
        connection = harness.connect()
        harness.queue(connection, donors(200))
        harness.services.close()
        with Program(FULL_DISK, harness.folder, str(connection.id)) as program:
            trouble = program.ask(harness.server.key)
            sent = int(program.line())
            program.end()
        known = len(harness.account.contacts())
        harness.services = harness.open()
        held_back = harness.counts(connection)
        counts = harness.relay(connection)

        assert "can't be opened" in trouble or "full" in trouble
        assert 0 < sent < 200
        assert held_back.rows == 200
        assert known - sent <= harness.workers, "at most what was on its way had arrived without being kept"
        assert counts.sent == 200
        assert harness.emails_on_list() == {donor.email for donor in donors(200)}
        assert plain(harness.services.database.row("PRAGMA integrity_check")) == ("ok",)


def test_a_slow_disk_is_waited_for_and_the_claim_stays_ours(folder: Path) -> None:
    with Store(folder) as store:
        connection = store.connect()
        store.fill(connection, 1)
        claim = store.claim(connection)
        slow = sqlite3.connect(folder / FILE_NAME, isolation_level=None, check_same_thread=False)
        slow.execute("BEGIN IMMEDIATE")
        begun = threading.Event()
        kept: list[bool] = []

        def write() -> None:
            begun.set()
            kept.append(store.queue.store_contact(claim, "17", now=1_795_000_100.0))
            store.database.close_thread()

        writer = threading.Thread(target=write)
        writer.start()
        begun.wait()
        slow.execute("UPDATE account SET pace = 3")
        slow.commit()
        slow.close()
        writer.join()

        assert kept == [True]
        (record,) = store.views.all_records(connection.id)
        assert (record.state, record.contact_id) == (RecordState.SENDING, "17")


def test_what_is_moved_aside_stays_its_owners_alone(folder: Path) -> None:
    (folder / FILE_NAME).write_bytes(b"no database" * 1000)
    (folder / FILE_NAME).chmod(0o600)
    moved_to = opened_afresh(folder)
    if os.name == "posix":
        for file in folder.iterdir():
            assert file.stat().st_mode & 0o077 == 0, file
    assert moved_to.exists()


def test_a_damaged_file_that_cannot_be_moved_is_reported_and_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / FILE_NAME).write_bytes(b"no database" * 1000)

    def held(_: Path, target: object) -> Path:
        raise PermissionError(13, f"in use: {target}")

    monkeypatch.setattr(Path, "rename", held)

    with pytest.raises(StoreError) as raised:
        open_database(folder)

    assert raised.value.trouble is StoreProblem.DAMAGED
    assert (folder / FILE_NAME).read_bytes() == b"no database" * 1000


def test_a_backup_that_is_not_there_changes_nothing(folder: Path) -> None:
    with pytest.raises(StoreError, match="isn't a valid AC Desktop backup"):
        restore(folder, folder / "nowhere.backup")
    assert list(folder.iterdir()) == []


def test_a_backup_comes_back_where_no_database_is(folder: Path) -> None:
    backup = a_backup(folder)
    assert restore(folder, backup) is None
    with Store(folder) as store:
        assert store.count("SELECT COUNT(*) FROM record") == 59
