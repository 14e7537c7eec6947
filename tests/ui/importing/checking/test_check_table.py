"""The rows of a file corrected by keyboard, as in a spreadsheet, and every correction undone and redone."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ac_desktop.model.states import RecordState
from ac_desktop.ui.importing.checking.check_model import CheckCol
from ac_desktop.ui.importing.sheet import ImportSheet
from tests.ui.importing.support import ImportHarness, donors_csv

ROWS = ("bad@,Ann,Dot,", "bea@example.org,Bea,Dot,", "cy@example.org,Cy,Dot,")
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def checked(importing: ImportHarness, folder: Path) -> ImportSheet:
    importing.take(donors_csv(folder, ROWS))
    importing.until_check()
    importing.sheet.check.table.setFocus()
    return importing.sheet


def put(sheet: ImportSheet, row: int, column: CheckCol) -> None:
    sheet.check.table.setCurrentIndex(sheet.check.model.index(row, column))


def place(sheet: ImportSheet) -> tuple[int, CheckCol]:
    index = sheet.check.table.currentIndex()
    return index.row(), CheckCol(index.column())


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, key, modifier)


def write(text: str) -> None:
    for letter in text:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QWidget)
        QTest.keyClicks(focus, letter)


def until_names(importing: ImportHarness, *names: str) -> None:
    importing.until(lambda: importing.cells(CheckCol.FIRST) == list(names) and not importing.flow.state.is_busy)


def test_typing_begins_to_edit_and_enter_goes_down(importing: ImportHarness, tmp_path: Path) -> None:
    sheet = checked(importing, tmp_path)
    put(sheet, 0, CheckCol.FIRST)
    write("Eve")
    press(Qt.Key.Key_Return)
    until_names(importing, "Eve", "Bea", "Cy")
    assert place(sheet) == (1, CheckCol.FIRST)
    assert QApplication.focusWidget() is sheet.check.table
    press(Qt.Key.Key_Return)
    assert place(sheet) == (2, CheckCol.FIRST)
    press(Qt.Key.Key_Return, SHIFT)
    assert place(sheet) == (1, CheckCol.FIRST)


def test_tab_commits_and_goes_right_and_leaves_at_the_end_of_the_row(importing: ImportHarness, tmp_path: Path) -> None:
    sheet = checked(importing, tmp_path)
    put(sheet, 1, CheckCol.FIRST)
    press(Qt.Key.Key_F2)
    write("trice")
    press(Qt.Key.Key_Tab)
    importing.until(lambda: place(sheet) == (1, CheckCol.LAST))
    press(Qt.Key.Key_Backtab)
    assert place(sheet) == (1, CheckCol.FIRST)
    put(sheet, 1, CheckCol.PAGE)
    press(Qt.Key.Key_Tab)
    assert place(sheet) == (1, CheckCol.PAGE)
    assert QApplication.focusWidget() is not sheet.check.table


def test_escape_leaves_the_cell_as_it_was(importing: ImportHarness, tmp_path: Path) -> None:
    sheet = checked(importing, tmp_path)
    put(sheet, 0, CheckCol.FIRST)
    write("Eve")
    press(Qt.Key.Key_Escape)
    importing.until(lambda: QApplication.focusWidget() is sheet.check.table)
    assert place(sheet) == (0, CheckCol.FIRST)
    assert importing.cells(CheckCol.FIRST) == ["Ann", "Bea", "Cy"]
    assert not importing.flow.state.is_edited


def test_corrections_are_undone_and_redone_step_by_step(importing: ImportHarness, tmp_path: Path) -> None:
    sheet = checked(importing, tmp_path)
    assert not sheet.check.undo.isEnabled()
    importing.type_into(0, CheckCol.EMAIL, "ann@example.org")
    importing.type_into(1, CheckCol.FIRST, "Eve")
    assert sheet.go_on.text() == "&Add 3 donors to queue"
    press(Qt.Key.Key_Z, CTRL)
    until_names(importing, "Ann", "Bea", "Cy")
    sheet.go_on.setFocus()
    press(Qt.Key.Key_Z, CTRL)
    importing.until(lambda: importing.cells(CheckCol.EMAIL)[0] == "bad@")
    importing.until(lambda: importing.cells(CheckCol.STATE) == ["To fix", "To send", "To send"])
    assert sheet.go_on.text() == "&Add 2 donors to queue"
    assert not sheet.check.undo.isEnabled()
    press(Qt.Key.Key_Y, CTRL)
    importing.until(lambda: importing.cells(CheckCol.STATE)[0] == "To send")
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    until_names(importing, "Ann", "Eve", "Cy")
    assert not sheet.check.redo.isEnabled()
    sheet.check.undo.click()
    until_names(importing, "Ann", "Bea", "Cy")
    importing.type_into(2, CheckCol.FIRST, "Zoe")
    assert not sheet.check.redo.isEnabled()


def test_undoing_restores_a_warning_that_the_correction_took_away(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ["ann@example.org,Ann,Dot,2.25E+09"]))
    importing.until_check()
    record = importing.sheet.check.model.record_at(0)
    assert record is not None
    assert record.warnings
    importing.type_into(0, CheckCol.FIRST, "Eve")
    importing.flow.corrections.undo()
    until_names(importing, "Ann")
    restored = importing.sheet.check.model.record_at(0)
    assert restored is not None
    assert (restored.donor, restored.state) == (record.donor, RecordState.WAITING)
    assert restored.warnings == record.warnings


def test_cells_are_copied_pasted_and_emptied_in_one_step_each(importing: ImportHarness, tmp_path: Path) -> None:
    sheet = checked(importing, tmp_path)
    put(sheet, 0, CheckCol.FIRST)
    press(Qt.Key.Key_Right, SHIFT)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "Ann\tDot\nBea\tDot"
    put(sheet, 1, CheckCol.FIRST)
    press(Qt.Key.Key_V, CTRL)
    until_names(importing, "Ann", "Ann", "Bea")
    press(Qt.Key.Key_Delete)
    until_names(importing, "Ann", "", "Bea")
    press(Qt.Key.Key_Z, CTRL)
    until_names(importing, "Ann", "Ann", "Bea")
    press(Qt.Key.Key_Z, CTRL)
    until_names(importing, "Ann", "Bea", "Cy")


def test_a_row_that_cannot_be_edited_is_not_pasted_over(importing: ImportHarness, tmp_path: Path) -> None:
    sheet = checked(importing, tmp_path)
    QApplication.clipboard().setText("99\tSkipped")
    put(sheet, 0, CheckCol.ROW)
    press(Qt.Key.Key_V, CTRL)
    assert importing.cells(CheckCol.ROW) == ["2", "3", "4"]
    assert not importing.flow.state.is_edited


def test_a_new_file_has_nothing_to_undo(importing: ImportHarness, tmp_path: Path) -> None:
    sheet = checked(importing, tmp_path)
    importing.type_into(1, CheckCol.FIRST, "Eve")
    assert sheet.check.undo.isEnabled()
    importing.flow.read_again(encoding="cp1252")
    importing.until(lambda: importing.flow.state.checked is not None and importing.flow.state.by_hand)
    assert not sheet.check.undo.isEnabled()
