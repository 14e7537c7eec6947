"""What may have been meant lies under the cell: Tab takes it, Esc closes it, Enter keeps what was typed."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.ui.base import privacy_mask
from ac_desktop.ui.importing.checking.check_model import CheckCol
from tests.ui.importing.support import ImportHarness, donors_csv

ROWS = ("ann@gmial.com,Ann,Dot,", '"bea@example,org",Bea,Dot,', "cy@example.org,Cy,Dot,")
PAGED = ("ann@example.org,Ann,Dot,spring-gala", "bea@example.org,Bea,Dot,walk", "cy@example.org,Cy,Dot,")
HEADER = "Email,First Name,Last Name,Page"


def checked(importing: ImportHarness, folder: Path, rows: tuple[str, ...] = ROWS, header: str = "") -> None:
    importing.take(donors_csv(folder, rows, header=header))
    importing.until_check()
    importing.until(lambda: not importing.bridge.is_busy)
    importing.sheet.check.table.setFocus()


def put(importing: ImportHarness, row: int, column: CheckCol) -> None:
    importing.sheet.check.table.setCurrentIndex(importing.sheet.check.model.index(row, column))


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, key)


def write(text: str) -> None:
    for letter in text:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QWidget)
        QTest.keyClicks(focus, letter)


def offered(importing: ImportHarness) -> tuple[str, ...]:
    return importing.sheet.check.suggestions.list.texts


def until_cell(importing: ImportHarness, row: int, column: CheckCol, text: str) -> None:
    importing.until(lambda: importing.cells(column)[row] == text and not importing.flow.state.is_busy)


def test_a_suggestion_lies_under_the_current_cell_and_tab_takes_it(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    table = importing.sheet.check.table
    put(importing, 0, CheckCol.EMAIL)
    assert offered(importing) == ("ann@gmail.com",)
    cell, shown = table.visualRect(table.currentIndex()), importing.sheet.check.suggestions.list.geometry()
    assert (shown.top(), shown.left()) == (cell.bottom() + 1, cell.left())
    press(Qt.Key.Key_Tab)
    until_cell(importing, 0, CheckCol.EMAIL, "ann@gmail.com")
    assert table.currentIndex().column() == CheckCol.EMAIL
    assert offered(importing) == ()
    press(Qt.Key.Key_Tab)
    assert table.currentIndex().column() == CheckCol.FIRST
    importing.sheet.check.undo.click()
    until_cell(importing, 0, CheckCol.EMAIL, "ann@gmial.com")


def test_a_comma_for_a_dot_is_offered_in_the_editor_and_tab_takes_it(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    put(importing, 1, CheckCol.EMAIL)
    press(Qt.Key.Key_F2)
    assert offered(importing) == ("bea@example.org",)
    press(Qt.Key.Key_Tab)
    until_cell(importing, 1, CheckCol.EMAIL, "bea@example.org")
    assert importing.cells(CheckCol.STATE)[1] == "To send"
    assert QApplication.focusWidget() is importing.sheet.check.table


def test_what_is_typed_is_offered_its_own_suggestion_and_enter_keeps_what_was_typed(
    importing: ImportHarness, tmp_path: Path
) -> None:
    checked(importing, tmp_path)
    put(importing, 2, CheckCol.EMAIL)
    assert offered(importing) == ()
    write("cy@yaho.com")
    assert offered(importing) == ("cy@yahoo.com",)
    press(Qt.Key.Key_Return)
    until_cell(importing, 2, CheckCol.EMAIL, "cy@yaho.com")


def test_escape_closes_the_suggestion_first_and_then_the_editor(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    put(importing, 2, CheckCol.EMAIL)
    write("cy@yaho.com")
    editor = QApplication.focusWidget()
    press(Qt.Key.Key_Escape)
    assert offered(importing) == ()
    assert QApplication.focusWidget() is editor
    press(Qt.Key.Key_Escape)
    importing.until(lambda: QApplication.focusWidget() is importing.sheet.check.table)
    assert importing.cells(CheckCol.EMAIL)[2] == "cy@example.org"
    put(importing, 0, CheckCol.EMAIL)
    press(Qt.Key.Key_Escape)
    assert offered(importing) == ()
    assert importing.sheet.isVisible()
    put(importing, 1, CheckCol.EMAIL)
    assert offered(importing) == ("bea@example.org",)


def test_a_suggestion_is_taken_by_a_click_and_hides_with_the_focus(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    put(importing, 0, CheckCol.EMAIL)
    importing.sheet.go_on.setFocus()
    assert offered(importing) == ()
    importing.sheet.check.table.setFocus()
    shown = importing.sheet.check.suggestions.list
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 8))
    until_cell(importing, 0, CheckCol.EMAIL, "ann@gmail.com")


def test_screen_readers_hear_of_it_and_the_privacy_mask_holds(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    put(importing, 0, CheckCol.EMAIL)
    shown = importing.sheet.check.suggestions.list
    assert shown.accessibleName() == "Suggestion: ann@gmail.com. Press Tab to use it, or Esc to close."
    privacy_mask.set_masked(on=True)
    try:
        put(importing, 1, CheckCol.EMAIL)
        assert "bea@example.org" not in shown.accessibleName()
    finally:
        privacy_mask.set_masked(on=False)


def test_the_known_pages_are_offered_in_the_cell_of_a_page(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path, PAGED, HEADER)
    put(importing, 2, CheckCol.PAGE)
    assert offered(importing) == ()
    press(Qt.Key.Key_F2)
    assert set(offered(importing)) == {"spring-gala", "walk"}
    assert importing.sheet.check.suggestions.list.marked == ""
    write("GAL")
    assert offered(importing) == ("spring-gala",)
    press(Qt.Key.Key_Tab)
    until_cell(importing, 2, CheckCol.PAGE, "spring-gala")


def test_arrows_choose_among_the_pages_and_another_page_can_be_typed(importing: ImportHarness, tmp_path: Path) -> None:
    importing.connection = importing.harness.connect("Chosen", scope=Scope(ScopeKind.ONLY, ("spring", "autumn")))
    checked(importing, tmp_path, (PAGED[2], "di@example.org,Di,Dot,spring"), HEADER)
    put(importing, 0, CheckCol.PAGE)
    press(Qt.Key.Key_F2)
    assert offered(importing) == ("spring", "autumn")
    for key, marked in ((Qt.Key.Key_Down, "spring"), (Qt.Key.Key_Down, "autumn"), (Qt.Key.Key_Up, "spring")):
        press(key)
        assert importing.sheet.check.suggestions.list.marked == marked
    press(Qt.Key.Key_Tab)
    until_cell(importing, 0, CheckCol.PAGE, "spring")
    assert importing.cells(CheckCol.STATE)[0] == "To send"
    put(importing, 1, CheckCol.PAGE)
    write("summer")
    assert offered(importing) == ()
    press(Qt.Key.Key_Return)
    until_cell(importing, 1, CheckCol.PAGE, "summer")
    assert importing.cells(CheckCol.STATE)[1] == "Skipped"


def test_a_new_page_is_kept_though_a_known_one_contains_it(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path, PAGED, HEADER)
    put(importing, 2, CheckCol.PAGE)
    write("gala")
    assert offered(importing) == ("spring-gala",)
    press(Qt.Key.Key_Return)
    until_cell(importing, 2, CheckCol.PAGE, "gala")


def test_the_editor_of_a_cell_is_named_as_its_column(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    put(importing, 0, CheckCol.PHONE)
    press(Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QWidget)
    assert editor.accessibleName() == "Phone"
    press(Qt.Key.Key_Escape)
