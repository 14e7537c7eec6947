"""Searching the rows of a file: from one row found to the next, by keys, while the counts stay live."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ac_desktop.ui.importing.checking.check_model import CheckCol
from ac_desktop.ui.importing.checking.row_search import RowSearch
from tests.ui.importing.support import ImportHarness, donors_csv

ROWS = (
    "ann@example.org,Ann,Dot,",
    "bea@example.org,Bea,Núñez,",
    "bad@,Cy,Dot,2252501301",
    "di@example.org,Di,Nunn,",
    "eve@example.org,Eve,Dot,",
)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def searching(importing: ImportHarness, folder: Path, text: str) -> RowSearch:
    importing.take(donors_csv(folder, ROWS))
    importing.until_check()
    check = importing.sheet.check
    check.table.setFocus()
    QTest.keyClick(check.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is check.search.field
    QTest.keyClicks(check.search.field, text)
    importing.until(check.search.found.isVisible)
    return check.search


def place(importing: ImportHarness) -> tuple[int, CheckCol]:
    index = importing.sheet.check.table.currentIndex()
    return index.row(), CheckCol(index.column())


def test_ctrl_f_searches_and_enter_goes_from_row_to_row(importing: ImportHarness, tmp_path: Path) -> None:
    search = searching(importing, tmp_path, "dot")
    assert place(importing) == (0, CheckCol.LAST)
    assert search.found.text() == "1 of 3"
    for wanted, number in ((2, "2 of 3"), (4, "3 of 3"), (0, "1 of 3")):
        QTest.keyClick(search.field, Qt.Key.Key_Return)
        assert place(importing) == (wanted, CheckCol.LAST)
        assert search.found.text() == number
    QTest.keyClick(search.field, Qt.Key.Key_Return, SHIFT)
    assert place(importing) == (4, CheckCol.LAST)


def test_f3_goes_on_from_the_row_under_the_cursor(importing: ImportHarness, tmp_path: Path) -> None:
    search, table = searching(importing, tmp_path, "dot"), importing.sheet.check.table
    QTest.keyClick(search.field, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is table
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert search.found.text() == "3 rows found"
    QTest.keyClick(table, Qt.Key.Key_F3)
    assert place(importing)[0] == 2
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_F3, SHIFT)
    assert place(importing)[0] == 2


def test_the_cell_that_has_the_text_is_the_current_one(importing: ImportHarness, tmp_path: Path) -> None:
    search = searching(importing, tmp_path, "NÚÑEZ")
    assert place(importing) == (1, CheckCol.LAST)
    search.field.setText("225250")
    importing.until(lambda: place(importing) == (2, CheckCol.PHONE))
    search.field.setText("6")
    importing.until(lambda: place(importing) == (4, CheckCol.ROW))


def test_a_text_that_no_row_has_is_reported_and_escape_clears_it(importing: ImportHarness, tmp_path: Path) -> None:
    search = searching(importing, tmp_path, "nobody")
    assert search.found.text() == "No rows found"
    assert not search.next.isVisible()
    QTest.keyClick(search.field, Qt.Key.Key_Escape)
    assert search.field.text() == ""
    assert not search.found.isVisible()
    assert QApplication.focusWidget() is importing.sheet.check.table
    assert importing.sheet.isVisible()


def test_the_rows_found_follow_a_correction_and_its_undo(importing: ImportHarness, tmp_path: Path) -> None:
    search = searching(importing, tmp_path, "dot")
    importing.type_into(2, CheckCol.LAST, "Day")
    importing.until(lambda: search.found.text() == "2 rows found")
    assert importing.sheet.check.message.text() == "Rows: 5. To send: 4. To fix: 1. Skipped: 0."
    importing.sheet.check.undo.click()
    importing.until(lambda: "3" in search.found.text())


def test_only_rows_shown_are_found(importing: ImportHarness, tmp_path: Path) -> None:
    search = searching(importing, tmp_path, "dot")
    importing.sheet.check.only_problems.click()
    importing.until(lambda: importing.cells(CheckCol.ROW) == ["4"])
    importing.until(lambda: search.found.text() == "1 of 1")


def test_another_file_is_not_searched(importing: ImportHarness, tmp_path: Path) -> None:
    search = searching(importing, tmp_path, "dot")
    importing.sheet.cancel.click()
    importing.take(donors_csv(tmp_path, ROWS[:2], "other.csv"))
    importing.until(lambda: importing.cells(CheckCol.FIRST) == ["Ann", "Bea"])
    assert search.field.text() == ""
    assert not search.found.isVisible()
