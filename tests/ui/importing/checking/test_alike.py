"""Rows with the same typing error are fixed with one press, and restored with one undo."""

from pathlib import Path

from ac_desktop.ui.importing.checking.check_model import CheckCol
from tests.ui.importing.support import ImportHarness, donors_csv

MISTYPED = tuple(f"donor{row}@gmial.com,Ann,Dot," for row in range(12))
ROWS = (*MISTYPED, "bea@example.org,Bea,Dot,", "cy@yaho.com,Cy,Dot,", "di@yaho.com,Di,Dot,")


def checked(importing: ImportHarness, folder: Path, rows: tuple[str, ...] = ROWS) -> None:
    importing.take(donors_csv(folder, rows))
    importing.until_check()
    importing.until(lambda: not importing.bridge.is_busy)


def domains(importing: ImportHarness) -> list[str]:
    return [str(one).partition("@")[2] for one in importing.cells(CheckCol.EMAIL)]


def test_the_most_frequent_error_is_offered_first(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    notice = importing.sheet.check.alike
    assert notice.isVisible()
    assert notice.title.text() == "“gmial.com” in 12 rows. Did you mean “gmail.com”?"
    assert notice.fix.text() == "Fix all 12"


def test_all_are_fixed_by_one_press_and_restored_by_one_undo(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    before = domains(importing)
    importing.sheet.check.alike.fix.click()
    importing.until(lambda: domains(importing)[:12] == ["gmail.com"] * 12 and not importing.flow.state.is_busy)
    assert domains(importing)[12:] == ["example.org", "yaho.com", "yaho.com"]
    importing.until(lambda: "yaho.com" in importing.sheet.check.alike.title.text())
    importing.sheet.check.undo.click()
    importing.until(lambda: domains(importing) == before and not importing.flow.state.is_busy)
    assert not importing.sheet.check.undo.isEnabled()
    importing.until(lambda: "gmial.com" in importing.sheet.check.alike.title.text())


def test_an_error_that_is_left_is_not_offered_again(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path)
    notice = importing.sheet.check.alike
    notice.leave.click()
    assert "yaho.com" in notice.title.text()
    notice.leave.click()
    assert notice.isHidden()
    importing.type_into(12, CheckCol.FIRST, "Eve")
    importing.until(lambda: not importing.bridge.is_busy)
    assert notice.isHidden()
    assert domains(importing)[0] == "gmial.com"


def test_a_single_row_is_not_offered(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path, ROWS[:1])
    assert importing.sheet.check.alike.isHidden()
    assert importing.sheet.check.take_suggestion.isVisible()


def test_rows_left_out_as_duplicates_are_fixed_with_the_others(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path, (ROWS[0], ROWS[0], ROWS[1]))
    states = importing.cells(CheckCol.STATE)
    assert "Skipped" in states
    importing.sheet.check.alike.fix.click()
    importing.until(lambda: domains(importing) == ["gmail.com"] * 3 and not importing.flow.state.is_busy)
    assert importing.cells(CheckCol.STATE) == states


def test_held_rows_with_a_comma_for_a_dot_are_offered_too(importing: ImportHarness, tmp_path: Path) -> None:
    checked(importing, tmp_path, tuple(f'"donor{row}@example,org",Ann,Dot,' for row in range(3)))
    assert importing.cells(CheckCol.STATE) == ["To fix"] * 3
    assert domains(importing) == ["example,org"] * 3
    notice = importing.sheet.check.alike
    assert notice.title.text() == "“example,org” in 3 rows. Did you mean “example.org”?"
    assert notice.explanation.text() == "AC Desktop holds these donors until you fix the email."
    notice.fix.click()
    importing.until(lambda: importing.cells(CheckCol.STATE) == ["To send"] * 3)
    assert domains(importing) == ["example.org"] * 3
