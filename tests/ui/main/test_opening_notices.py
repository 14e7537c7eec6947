"""What the window tells when it had to open on a fresh database, and the way back to a backup."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.store.errors import StoreProblem
from ac_desktop.store.recovery.recovery import MovedDatabase, RestoredBackup
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.opening_notices import MovedDatabaseDialog, tell_how_it_opened
from tests.harness import Harness

BACKUP = Path("/data/donors.sqlite3.version-1.20260701-120000.backup")


def aside(backup: Path | None) -> MovedDatabase:
    return MovedDatabase(StoreProblem.DAMAGED, Path("/data/donors.sqlite3.damaged.20261123-120000"), backup)


def told(window: MainWindow, desk: Harness, backup: Path | None) -> MovedDatabaseDialog:
    dialog = tell_how_it_opened(window, replace(desk.services, moved=aside(backup)))
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def test_a_database_moved_aside_is_told_with_its_place_and_the_window_goes_on(
    window: MainWindow, desk: Harness
) -> None:
    dialog = told(window, desk, None)
    assert "donors.sqlite3.damaged.20261123-120000" in dialog.text.text()
    assert "failures in a row" in dialog.text.text()
    assert len(dialog.buttons.buttons()) == 1

    dialog.go_on.click()

    assert dialog.wanted is None
    assert window.isVisible()


@pytest.mark.parametrize("bring_back", [False, True])
def test_a_backup_comes_back_only_where_the_person_says_so(
    qtbot: QtBot,
    window: MainWindow,
    desk: Harness,
    bring_back: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    dialog = told(window, desk, BACKUP)
    assert "2026-07-01" in dialog.bring_back.text()
    assert dialog.go_on.isDefault()

    (dialog.bring_back if bring_back else dialog.go_on).click()

    assert dialog.wanted == (BACKUP if bring_back else None)
    if bring_back:
        qtbot.waitUntil(lambda: not window.isVisible())
    else:
        assert window.isVisible()


def test_the_copy_made_before_an_update_is_told(window: MainWindow, desk: Harness) -> None:
    desk.services.database.backup = BACKUP
    assert tell_how_it_opened(window, desk.services) is None
    assert str(BACKUP) in window.import_bar.text.text()


@pytest.mark.parametrize("kept", [None, Path("/data/donors.sqlite3.replaced.20261123-120000")])
def test_a_backup_that_an_earlier_start_brought_back_is_told_once(
    window: MainWindow, desk: Harness, kept: Path | None
) -> None:
    note = desk.folder / "moved.json"
    note.write_text("{}", encoding="utf-8")
    services = replace(desk.services, restored=RestoredBackup(BACKUP, kept))

    assert tell_how_it_opened(window, services) is None

    assert str(BACKUP) in window.import_bar.text.text()
    assert kept is None or str(kept) in window.import_bar.text.text()
    assert not note.exists()


def test_what_was_moved_aside_is_told_again_until_the_person_has_answered(window: MainWindow, desk: Harness) -> None:
    note = desk.folder / "moved.json"
    note.write_text("{}", encoding="utf-8")
    dialog = told(window, desk, None)
    assert note.exists()

    dialog.go_on.click()

    assert not note.exists()


def test_an_ordinary_start_tells_nothing(window: MainWindow, desk: Harness) -> None:
    assert tell_how_it_opened(window, desk.services) is None
    assert not window.import_bar.isVisible()
