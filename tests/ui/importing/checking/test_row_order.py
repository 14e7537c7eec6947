"""Rows sorted by a click on a heading: they keep their numbers, and corrections are still undone."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ac_desktop.ui.importing.checking.check_model import CheckCol
from ac_desktop.ui.importing.comparison import CompareStage
from tests.ui.importing.support import ImportHarness, donors_csv

ROWS = ("cy@example.org,Cy,Dot,", "bad@,Bea,Dot,", "ann@example.org,Ann,Dot,")


def click(importing: ImportHarness, column: CheckCol) -> None:
    header = importing.sheet.check.table.horizontalHeader()
    importing.sheet.check.table.scrollTo(importing.sheet.check.model.index(0, column))
    at = header.viewport().rect().center()
    at.setX(header.sectionViewportPosition(column) + 12)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def until_rows(importing: ImportHarness, *rows: str) -> None:
    importing.until(lambda: importing.cells(CheckCol.ROW) == list(rows))


def test_a_heading_sorts_up_and_down_and_then_as_in_the_file(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ROWS))
    importing.until_check()
    header = importing.sheet.check.table.horizontalHeader()
    click(importing, CheckCol.EMAIL)
    until_rows(importing, "4", "3", "2")
    assert header.sortIndicatorSection() == CheckCol.EMAIL
    click(importing, CheckCol.EMAIL)
    until_rows(importing, "2", "3", "4")
    assert header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
    click(importing, CheckCol.FIRST)
    until_rows(importing, "4", "3", "2")
    click(importing, CheckCol.FIRST)
    click(importing, CheckCol.FIRST)
    until_rows(importing, "2", "3", "4")
    assert header.sortIndicatorSection() == -1


def test_what_is_to_be_fixed_comes_first_by_result(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ROWS))
    importing.until_check()
    click(importing, CheckCol.STATE)
    until_rows(importing, "3", "2", "4")
    assert not importing.sheet.check.table.selectionModel().hasSelection() or (
        len(importing.sheet.check.table.selectedIndexes()) == 1
    )


def test_a_corrected_row_stays_at_its_place_and_is_undone(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ROWS))
    importing.until_check()
    click(importing, CheckCol.EMAIL)
    until_rows(importing, "4", "3", "2")
    importing.type_into(1, CheckCol.EMAIL, "zoe@example.org")
    assert importing.cells(CheckCol.ROW) == ["4", "3", "2"]
    assert importing.cells(CheckCol.STATE) == ["To send"] * 3
    importing.sheet.check.undo.click()
    importing.until(lambda: importing.cells(CheckCol.EMAIL)[1] == "bad@")
    importing.sheet.check.redo.click()
    importing.until(lambda: importing.cells(CheckCol.EMAIL)[1] == "zoe@example.org")
    assert importing.cells(CheckCol.ROW) == ["4", "3", "2"]


def test_the_order_holds_for_other_kinds_of_rows_and_ends_with_the_file(
    importing: ImportHarness, tmp_path: Path
) -> None:
    importing.take(donors_csv(tmp_path, ROWS))
    importing.until_check()
    check = importing.sheet.check
    click(importing, CheckCol.EMAIL)
    until_rows(importing, "4", "3", "2")
    texts = [check.kinds.item(row).text() for row in range(check.kinds.count())]
    check.kinds.setCurrentRow(texts.index("To send (2)"))
    until_rows(importing, "4", "2")
    importing.sheet.cancel.click()
    importing.take(donors_csv(tmp_path, ROWS[:2], "other.csv"))
    until_rows(importing, "2", "3")
    assert check.table.horizontalHeader().sortIndicatorSection() == -1


def test_rows_that_compare_alike_are_sorted_too(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ROWS))
    importing.until_check()
    check = importing.sheet.check
    check.compare.button.click()
    importing.until(lambda: importing.flow.comparing.stage is CompareStage.DONE)
    texts = [check.kinds.item(row).text() for row in range(check.kinds.count())]
    check.kinds.setCurrentRow(texts.index("New in ActiveCampaign (2)"))
    until_rows(importing, "2", "4")
    click(importing, CheckCol.EMAIL)
    until_rows(importing, "4", "2")
    click(importing, CheckCol.COMPARED)
    assert check.table.horizontalHeader().sortIndicatorSection() == CheckCol.EMAIL
