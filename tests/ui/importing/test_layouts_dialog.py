"""The known layouts in the window: what was matched once is listed, renamed, exported as a profile and removed."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox

from ac_desktop.platform.paths import config_folder
from ac_desktop.ui.importing.checking.check_model import CheckCol
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.importing.layouts_dialog import LayoutCol, LayoutsDialog
from tests.ui.importing.support import ImportHarness, donors_csv

HEADER = "Reach them at,Given Name,Recurring Status"
ROWS = ["ann@example.org,Ann,Active", "bea@example.org,Bea,Limbo"]


def match(importing: ImportHarness, path: Path) -> None:
    """Agree with the column that is proposed, and leave the import."""
    importing.take(path)
    importing.until_stage(ImportStage.ASKING)
    importing.sheet.go_on.click()
    importing.until_check()
    importing.sheet.cancel.click()
    importing.until_stage(ImportStage.IDLE)
    importing.until(lambda: not importing.bridge.is_busy)


@pytest.fixture
def dialog(importing: ImportHarness, tmp_path: Path) -> Iterator[LayoutsDialog]:
    match(importing, donors_csv(tmp_path, ROWS, "club.csv", header=HEADER))
    other = donors_csv(tmp_path, ["cy@example.org,Cy"], "other.csv", header="Mine,Given Name")
    match(importing, other)
    made = LayoutsDialog(importing.harness.services, importing.bridge)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    importing.qtbot.addWidget(made)
    with importing.qtbot.waitExposed(made):
        made.show()
    importing.until(lambda: made.model.rowCount() == 2)
    yield made
    importing.until(lambda: not importing.bridge.is_busy)


def shown(dialog: LayoutsDialog, column: LayoutCol) -> list[object]:
    model = dialog.model
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


def test_what_was_matched_is_listed_under_the_names_of_the_files(dialog: LayoutsDialog) -> None:
    assert shown(dialog, LayoutCol.NAME) == ["club", "other"]
    assert shown(dialog, LayoutCol.COLUMNS)[0] == "Email: Reach them at · First name: Given Name"
    assert dialog.table.accessibleName()
    assert dialog.current is not None
    assert dialog.current.name == "club"


def test_a_layout_is_renamed_in_its_cell(importing: ImportHarness, dialog: LayoutsDialog) -> None:
    dialog.rename.click()
    editor = dialog.table.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, "Zebra club")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    importing.until(lambda: shown(dialog, LayoutCol.NAME) == ["other", "Zebra club"])
    assert dialog.current is not None
    assert dialog.current.name == "Zebra club", "the focus stays on it"
    dialog.model.setData(dialog.model.index(1, LayoutCol.NAME), "OTHER")
    importing.until(dialog.message.text)
    assert "“OTHER” can't be the name" in dialog.message.text()
    assert [one.name for one in importing.harness.services.layouts.all()] == ["other", "Zebra club"]


def test_a_removed_layout_is_asked_about_again(importing: ImportHarness, dialog: LayoutsDialog, tmp_path: Path) -> None:
    again = donors_csv(tmp_path, ROWS, "again.csv", header=HEADER)
    importing.take(again)
    importing.until_check()
    assert importing.cells(CheckCol.EMAIL) == ["ann@example.org", "bea@example.org"]
    text = importing.sheet.check.unread.text.text()
    assert "Recurring Status" in text, "a remembered layout hides no status that is not read"
    assert "Limbo 1" in text
    importing.sheet.cancel.click()
    importing.until_stage(ImportStage.IDLE)
    dialog.remove.click()
    question = dialog.findChild(QMessageBox)
    assert question is not None
    assert "“club”" in question.text()
    question.button(QMessageBox.StandardButton.Discard).click()
    importing.until(lambda: shown(dialog, LayoutCol.NAME) == ["other"])
    importing.take(again)
    importing.until_stage(ImportStage.ASKING)


def test_an_exported_layout_is_a_profile_that_is_used(
    importing: ImportHarness, dialog: LayoutsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(tmp_path / "home"))
    folder = config_folder() / "profiles"
    assert folder.is_relative_to(tmp_path)
    folder.mkdir(parents=True)
    known = dialog.current
    assert known is not None
    dialog.export_to(known, str(folder / "club.toml"))
    importing.until(dialog.message.text)
    assert f"copy it there into {folder}" in dialog.message.text()
    profile = tomllib.loads((folder / "club.toml").read_text(encoding="utf-8"))
    assert (profile["label"], profile["columns"]["email"]) == ("club", ["Reach them at"])
    importing.harness.services.layouts.remove(known.fingerprint)
    importing.take(donors_csv(tmp_path, ROWS, "again.csv", header=HEADER))
    importing.until_check()
    assert importing.flow.state.preview is not None
    assert importing.flow.state.preview.recognised_as == "club"
    assert importing.cells(CheckCol.FIRST) == ["Ann", "Bea"]


def test_a_file_that_cannot_be_written_gets_a_sentence(
    importing: ImportHarness, dialog: LayoutsDialog, tmp_path: Path
) -> None:
    assert dialog.current is not None
    dialog.export_to(dialog.current, str(tmp_path / "no" / "such" / "club.toml"))
    importing.until(dialog.message.text)
    assert "couldn't be saved" in dialog.message.text()


def test_without_any_layout_the_dialog_says_so(importing: ImportHarness) -> None:
    dialog = LayoutsDialog(importing.harness.services, importing.bridge)
    importing.qtbot.addWidget(dialog)
    importing.until(dialog.message.text)
    assert "No layout is known yet" in dialog.message.text()
    assert not any(button.isEnabled() for button in (dialog.rename, dialog.export, dialog.remove))
