"""Before a file is queued, the Check page says which columns of statuses nobody reads, with their values."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ac_desktop.ui.base import privacy_mask
from ac_desktop.ui.importing.checking.check_model import CheckCol
from tests.ui.importing.support import ImportHarness, donors_csv

HEADER = "Email,Recurring Status,Email Opt In,Payment Status"
ROWS = ["ann@example.org,Active,No,Succeeded", "bea@example.org,Cancelled,Yes,Failed", "cy@example.org,Active,Yes,Paid"]


def lines(importing: ImportHarness) -> list[str]:
    return importing.sheet.check.unread.text.text().split("\n")


def test_the_notice_is_on_the_check_page_before_anything_is_queued(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ROWS, header=HEADER))
    importing.until_check()
    assert importing.harness.counts(importing.connection).rows == 0
    notice = importing.sheet.check.unread
    assert notice.isVisible()
    assert lines(importing) == ["The column Recurring Status isn't used. Its values are Active 2, Cancelled 1."]
    assert notice.area.accessibleDescription() == notice.text.text()
    assert notice.area.accessibleName()
    assert importing.cells(CheckCol.STATE) == ["To fix", "Skipped", "To send"]
    kinds = [importing.sheet.check.kinds.item(row).text().strip() for row in range(importing.sheet.check.kinds.count())]
    assert "marked “do not email” (1)" in kinds
    assert "not completed (1)" in kinds
    importing.queue()
    assert importing.harness.counts(importing.connection).waiting == 1


def test_a_file_without_such_columns_shows_no_notice(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ["ann@example.org,Ann,Dot,"]))
    importing.until_check()
    assert not importing.sheet.check.unread.isVisible()


def test_many_columns_scroll_and_the_keyboard_reaches_them(importing: ImportHarness, tmp_path: Path) -> None:
    names = [f"Kind {number} status" for number in range(30)]
    importing.take(
        donors_csv(tmp_path, ["ann@example.org," + ",".join("limbo" for _ in names)], header="Email," + ",".join(names))
    )
    importing.until_check()
    notice = importing.sheet.check.unread
    assert len(lines(importing)) == 30
    assert notice.height() < importing.sheet.check.height() / 3
    assert notice.area.focusPolicy() & Qt.FocusPolicy.TabFocus
    bar = notice.area.verticalScrollBar()
    assert bar.maximum() > 0
    notice.area.setFocus()
    reached = QApplication.focusWidget()
    assert reached is not None
    QTest.keyClick(reached, Qt.Key.Key_Down)
    assert bar.value() > 0


def test_addresses_among_the_values_are_masked(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ["ann@example.org,asked ann@example.org"], header="Email,Job status"))
    importing.until_check()
    assert "ann@example.org" in lines(importing)[0]
    privacy_mask.set_masked(on=True)
    try:
        importing.sheet.show_again()
        assert "ann@example.org" not in lines(importing)[0]
    finally:
        privacy_mask.set_masked(on=False)
