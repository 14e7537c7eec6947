"""What the window reports when it had to open on a fresh database, and the way back to a backup."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.store.backups import MovedDatabase, RestoredBackup
from ac_desktop.store.errors import StoreProblem
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.opening_notices import MovedDatabaseDialog, show_opening_notices
from tests.harness import Harness

BACKUP = Path("/data/donors.sqlite3.version-1.20260701-120000.backup")


def aside(backup: Path | None) -> MovedDatabase:
    return MovedDatabase(StoreProblem.DAMAGED, Path("/data/donors.sqlite3.damaged.20261123-120000"), backup)


def opened_notice(window: MainWindow, harness: Harness, backup: Path | None) -> MovedDatabaseDialog:
    dialog = show_opening_notices(window, replace(harness.services, moved_database=aside(backup)))
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def test_a_database_moved_aside_is_reported_with_its_place_and_the_window_goes_on(
    window: MainWindow, harness: Harness
) -> None:
    dialog = opened_notice(window, harness, None)
    assert "donors.sqlite3.damaged.20261123-120000" in dialog.text.text()
    assert "failures in a row" in dialog.text.text()
    assert len(dialog.buttons.buttons()) == 1

    dialog.go_on.click()

    assert dialog.wanted is None
    assert window.isVisible()


@pytest.mark.parametrize("restore", [False, True])
def test_a_backup_comes_back_only_where_the_person_says_so(
    qtbot: QtBot,
    window: MainWindow,
    harness: Harness,
    restore: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    dialog = opened_notice(window, harness, BACKUP)
    assert "2026-07-01" in dialog.restore.text()
    assert dialog.go_on.isDefault()

    (dialog.restore if restore else dialog.go_on).click()

    assert dialog.wanted == (BACKUP if restore else None)
    if restore:
        qtbot.waitUntil(lambda: not window.isVisible())
    else:
        assert window.isVisible()


def test_the_copy_made_before_an_update_is_reported(window: MainWindow, harness: Harness) -> None:
    harness.services.database.backup = BACKUP
    assert show_opening_notices(window, harness.services) is None
    assert str(BACKUP) in window.message_bar.text.text()


@pytest.mark.parametrize("kept", [None, Path("/data/donors.sqlite3.replaced.20261123-120000")])
def test_a_backup_that_an_earlier_start_brought_back_is_reported_once(
    window: MainWindow, harness: Harness, kept: Path | None
) -> None:
    note = harness.folder / "moved.json"
    note.write_text("{}", encoding="utf-8")
    services = replace(harness.services, restored_database=RestoredBackup(BACKUP, kept))

    assert show_opening_notices(window, services) is None

    assert str(BACKUP) in window.message_bar.text.text()
    assert kept is None or str(kept) in window.message_bar.text.text()
    assert not note.exists()


def test_what_was_moved_aside_is_reported_again_until_the_person_has_answered(
    window: MainWindow, harness: Harness
) -> None:
    note = harness.folder / "moved.json"
    note.write_text("{}", encoding="utf-8")
    dialog = opened_notice(window, harness, None)
    assert note.exists()

    dialog.go_on.click()

    assert not note.exists()


def test_an_ordinary_start_reports_nothing(window: MainWindow, harness: Harness) -> None:
    assert show_opening_notices(window, harness.services) is None
    assert not window.message_bar.isVisible()
