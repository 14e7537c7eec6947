"""Cells that have to be fixed are marked differently from those that only have a warning."""

from pathlib import Path

from PySide6.QtCore import Qt

from ac_desktop.ui.base.cell_delegate import CellStyle
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.importing.checking.cell_marks import CellMark, mark_of
from ac_desktop.ui.importing.checking.check_model import CheckCol
from tests.ui.importing.support import ImportHarness, donors_csv

ODD = ("ann@gmial.com,Ann,Dot,2252501301", "bad@,Bea,Dot,2.25E+09", ",Cy,Dot,")


def style(importing: ImportHarness, row: int, column: CheckCol) -> CellStyle:
    model = importing.sheet.check.model
    return model.style(model.index(row, column))


def test_a_cell_to_fix_is_amber_and_has_a_flag(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ODD))
    importing.until_check()
    for row in (1, 2):
        assert style(importing, row, CheckCol.EMAIL).ground == current_colors().held.fill
        assert style(importing, row, CheckCol.EMAIL).icon is not None
        assert style(importing, row, CheckCol.FIRST).icon is None


def test_a_cell_with_a_warning_has_a_triangle_alone(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ODD))
    importing.until_check()
    for row, column in ((0, CheckCol.EMAIL), (1, CheckCol.PHONE)):
        assert style(importing, row, column).icon is not None
        assert style(importing, row, column).ground is None
    records = [importing.sheet.check.model.record_at(row) for row in range(3)]
    marks = [(mark_of(one, "email"), mark_of(one, "phone")) for one in records if one is not None]
    assert marks == [(CellMark.WARNING, None), (CellMark.TO_FIX, CellMark.WARNING), (CellMark.TO_FIX, None)]


def test_a_marked_cell_says_why(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ODD))
    importing.until_check()
    model = importing.sheet.check.model
    role = Qt.ItemDataRole.AccessibleTextRole
    assert "This row has no email address" in str(model.data(model.index(2, CheckCol.EMAIL), role))
    assert model.data(model.index(2, CheckCol.FIRST), role) == "First name: Cy"


def test_the_result_is_a_pill(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ODD))
    importing.until_check()
    model = importing.sheet.check.model
    labels = [model.label(model.index(row, CheckCol.STATE)) for row in range(3)]
    assert [one.word for one in labels if one is not None] == ["To send", "To fix", "To fix"]
    assert model.label(model.index(0, CheckCol.EMAIL)) is None
