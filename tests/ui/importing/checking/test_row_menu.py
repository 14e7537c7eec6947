"""The menu of the rows: by a right click and by the Menu key, with what can be done with the chosen cells."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from ac_desktop.ui.importing.checking.check_model import CheckCol
from tests.ui.importing.support import ImportHarness, donors_csv

ROWS = ("cy@gmial.com,Cy,Dot,", "ann@gmial.com,Ann,Dot,", "bea@example.org,Bea,Dot,")


def checked(importing: ImportHarness, folder: Path) -> None:
    importing.take(donors_csv(folder, ROWS))
    importing.until_check()
    importing.until(lambda: not importing.bridge.is_busy)
    importing.sheet.check.table.setFocus()


def entries(menu: QMenu) -> dict[str, QAction]:
    return {action.text().partition("\t")[0]: action for action in menu.actions() if not action.isSeparator()}


def choose(importing: ImportHarness, row: int, column: CheckCol, entry: str) -> None:
    check = importing.sheet.check
    check.table.setCurrentIndex(check.model.index(row, column))
    entries(check.row_menu.menu())[entry].trigger()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_key_opens_it_under_the_current_cell(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    table = importing.sheet.check.table
    index = importing.sheet.check.model.index(1, CheckCol.EMAIL)
    table.setCurrentIndex(index)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    with importing.qtbot.waitSignal(table.menu_wanted) as wanted:
        QApplication.sendEvent(table.viewport(), asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = list(entries(menu))
    menu.close()
    assert wanted.args == [table.viewport().mapToGlobal(table.visualRect(index).bottomLeft())]
    assert texts == [
        "Use ann@gmail.com", "Fix all 2 rows like this", "Copy", "Paste", "Clear 1 cell", "Undo", "Redo",
        "Sort by Email, ascending", "Sort by Email, descending", "Sort as in the file",
    ]  # fmt: skip


def test_the_rows_alike_are_fixed_from_the_menu_and_restored(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    choose(importing, 0, CheckCol.EMAIL, "Fix all 2 rows like this")
    importing.until(lambda: importing.cells(CheckCol.EMAIL)[:2] == ["cy@gmail.com", "ann@gmail.com"])
    importing.until(lambda: not importing.flow.state.is_busy)
    choose(importing, 0, CheckCol.EMAIL, "Undo")
    importing.until(lambda: importing.cells(CheckCol.EMAIL)[:2] == ["cy@gmial.com", "ann@gmial.com"])
    importing.until(lambda: not importing.flow.state.is_busy)
    choose(importing, 1, CheckCol.EMAIL, "Use ann@gmail.com")
    importing.until(lambda: importing.cells(CheckCol.EMAIL)[:2] == ["cy@gmial.com", "ann@gmail.com"])


def test_cells_are_copied_pasted_and_cleared(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    choose(importing, 0, CheckCol.FIRST, "Copy")
    assert QApplication.clipboard().text() == "Cy"
    choose(importing, 1, CheckCol.FIRST, "Paste")
    importing.until(lambda: importing.cells(CheckCol.FIRST) == ["Cy", "Cy", "Bea"])
    choose(importing, 2, CheckCol.FIRST, "Clear 1 cell")
    importing.until(lambda: importing.cells(CheckCol.FIRST) == ["Cy", "Cy", ""])


def test_rows_are_sorted_without_the_pointer(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    choose(importing, 0, CheckCol.FIRST, "Sort by First name, ascending")
    importing.until(lambda: importing.cells(CheckCol.ROW) == ["3", "4", "2"])
    choose(importing, 0, CheckCol.FIRST, "Sort by First name, descending")
    importing.until(lambda: importing.cells(CheckCol.ROW) == ["2", "4", "3"])
    choose(importing, 0, CheckCol.FIRST, "Sort as in the file")
    importing.until(lambda: importing.cells(CheckCol.ROW) == ["2", "3", "4"])


def test_what_does_not_apply_is_disabled(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    check = importing.sheet.check
    check.table.setCurrentIndex(check.model.index(2, CheckCol.ROW))
    found = entries(check.row_menu.menu())
    assert "Use bea@example.org" not in found
    assert not any("like this" in text for text in found)
    disabled = {text for text, action in found.items() if not action.isEnabled()}
    assert disabled >= {"Clear 1 cell", "Undo", "Redo", "Sort as in the file"}
    assert found["Copy"].isEnabled()
