"""Whoever shares the computer enters no data folder, and a link that they plant has nothing of theirs overwritten."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.fault_reports import FaultReports
from ac_desktop.practice_session import PracticeSession
from ac_desktop.reporting.report import ReportRow, write_report
from ac_desktop.store.engines.sqlite.database import FILE_NAME
from ac_desktop.store.engines.sqlite.owners import SqliteOwners
from ac_desktop.store.engines.sqlite.rate_limit_store import FILE_NAME as PACE_NAME
from ac_desktop.store.engines.sqlite.rate_limit_store import SqliteRateLimitStore
from ac_desktop.store.engines.sqlite.recovery import open_database
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base.window_settings import FILE_NAME as SETTINGS_NAME
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.dialogs.fault_dialog import CRASH_FILE, FaultNotifier
from ac_desktop.ui.importing.results.result_page import write_pdf
from ac_desktop.ui.log.text_block import TextBlock
from ac_desktop.ui.main.single_instance import InstanceAddress
from tests.made_up import Store, donor

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and links as Unix has them")
ROOT = Path(__file__).parents[2]


def console(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    ended = subprocess.run(
        [sys.executable, "-m", "ac_desktop", *arguments, "--data-dir", str(folder)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    with Store(made) as store:
        store.fill(store.connect(), 3)
    return made


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    """A file of the person's own, to which others plant links."""
    made = tmp_path / "precious.txt"
    made.write_text("precious", encoding="utf-8")
    return made


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def open_to_others(folder: Path, how: int) -> None:
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    folder.chmod(how)


# The data folder


@pytest.mark.parametrize("how", [0o777, 0o755, 0o750])
def test_a_data_folder_that_others_can_enter_is_closed_at_the_next_start(folder: Path, how: int) -> None:
    open_to_others(folder, how)

    assert console(folder, "status").returncode == 0

    assert mode(folder) == 0o700
    assert [path for path in folder.rglob("*") if mode(path) & 0o077] == []


def test_an_empty_folder_is_closed_and_taken(tmp_path: Path) -> None:
    made = tmp_path / "chosen"
    made.mkdir()
    made.chmod(0o777)
    assert console(made, "status").returncode == 0
    assert mode(made) == 0o700


@pytest.mark.parametrize("command", [["status"], ["restore", "--yes", "--backup"]])
def test_a_shared_folder_of_other_things_is_refused_and_stays_shared(
    tmp_path: Path, folder: Path, command: list[str]
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "budget.xlsx").write_bytes(b"")
    shared.chmod(0o755)
    if command[0] == "restore":
        command = [*command, str(folder / FILE_NAME)]

    ran = console(shared, *command)

    assert ran.returncode == 2
    assert "It contains files that aren't AC Desktop's" in ran.stderr
    assert "Choose an empty folder" in ran.stderr
    assert mode(shared) == 0o755
    assert [path.name for path in shared.iterdir()] == ["budget.xlsx"]


def test_a_folder_of_another_user_is_refused_with_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    with pytest.raises(StoreError, match=r"belongs to another user .* Choose a folder of your own"):
        open_database(folder)


def test_a_disk_that_keeps_nobody_out_is_refused_with_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    with pytest.raises(StoreError, match="Its disk doesn't let AC Desktop keep them out"):
        open_database(folder)


def test_a_link_that_was_planted_while_it_was_open_is_refused_by_name(folder: Path, precious: Path) -> None:
    (folder / "faults").symlink_to(precious.parent)
    folder.chmod(0o777)

    with pytest.raises(StoreError, match="One of them may have put") as raised:
        open_database(folder)

    assert str(folder / "faults") in str(raised.value)


# What is written at a name that others can foresee


def erase(path: Path, folder: Path) -> None:
    ended = console(folder, "erase", donor(2).email, "--yes", "--out", str(path))
    assert ended.returncode == 0, ended.stderr


def report(path: Path, folder: Path) -> None:
    assert console(folder, "report", "Spring", "--out", str(path)).returncode == 0


def failed_rows(path: Path, _: Path) -> None:
    write_report(path, [ReportRow(email="annie@example.org")])


def pdf(path: Path, _: Path) -> None:
    write_pdf(path, "<p>A receipt</p>")


def block(path: Path, _: Path) -> None:
    TextBlock("Payload").save(str(path))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("write", [erase, report, failed_rows, pdf, block])
def test_a_report_or_receipt_takes_the_place_of_a_link_and_is_its_owners_alone(
    tmp_path: Path, folder: Path, precious: Path, write: Callable[[Path, Path], None]
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    saved.chmod(0o777)
    (saved / "receipt").symlink_to(precious)

    write(saved / "receipt", folder)

    assert precious.read_text(encoding="utf-8") == "precious"
    assert not (saved / "receipt").is_symlink()
    assert mode(saved / "receipt") == 0o600
    assert [path.name for path in saved.iterdir()] == ["receipt"]


def fault(folder: Path, plant: Callable[[Path], None]) -> None:
    faults = FaultReports(folder, lambda _: None)
    faults.folder.mkdir()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("time.strftime", lambda *_: "20261129-120000")
        plant(faults.folder / "fault-20261129-120000-1.txt")
        faults.report_text("a fault")


def crash(folder: Path, plant: Callable[[Path], None]) -> None:
    from PySide6.QtWidgets import QWidget

    faults = FaultReports(folder, lambda _: None)
    faults.folder.mkdir()
    plant(faults.folder / CRASH_FILE)
    teller = FaultNotifier(QWidget(), faults)
    teller.watch_crashes()
    teller.close()


def window_lock(folder: Path, plant: Callable[[Path], None]) -> None:
    plant(folder / "window.lock")
    place = InstanceAddress(folder, practice=False)
    assert place.acquire([])
    place.release()


def settings(folder: Path, plant: Callable[[Path], None]) -> None:
    plant(folder / SETTINGS_NAME)
    kept = WindowSettings(folder)
    kept.connection_id = 7
    kept.save()


def pace(folder: Path, plant: Callable[[Path], None]) -> None:
    plant(folder / PACE_NAME)
    SqliteRateLimitStore(folder).close()


def moving_lock(folder: Path, plant: Callable[[Path], None]) -> None:
    (folder / "moving.lock").unlink(missing_ok=True)
    plant(folder / "moving.lock")
    open_database(folder).database.close()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("write", [fault, crash, window_lock, settings, pace, moving_lock])
def test_nothing_in_the_data_folder_is_written_through_a_link(
    qtbot: QtBot, folder: Path, precious: Path, write: Callable[[Path, Callable[[Path], None]], None]
) -> None:
    assert qtbot is not None

    write(folder, lambda path: path.symlink_to(precious))

    assert precious.read_text(encoding="utf-8") == "precious"
    assert [path for path in folder.rglob("*") if path.is_symlink()] == []


def test_practice_begins_afresh_in_a_folder_of_its_own(folder: Path, precious: Path) -> None:
    (folder / "practice").symlink_to(precious.parent)
    PracticeSession(folder, lambda _, __, ___: pytest.fail("nothing is opened yet"))
    assert not (folder / "practice").is_symlink()
    assert precious.exists()


def test_a_link_in_the_place_of_a_folder_of_ours_is_refused(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("owners", "faults"):
        for path in (folder / name).glob("*"):
            path.unlink()
        if (folder / name).exists():
            (folder / name).rmdir()
        (folder / name).symlink_to(elsewhere)

    reported: list[str] = []
    FaultReports(folder, reported.append).report_text("a fault")
    with pytest.raises(StoreError, match="link"):
        SqliteOwners(folder)

    assert "couldn't be saved" in reported[0]
    assert list(elsewhere.iterdir()) == []
