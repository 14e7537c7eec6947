"""The Check page where there is little room: the rows keep it, in both languages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ac_desktop.language import Language
from ac_desktop.model.connection import Connection
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.translators import install_translators, remove_translators
from ac_desktop.ui.importing.checking.check_model import CheckCol
from ac_desktop.ui.importing.flow import ImportFlow
from ac_desktop.ui.importing.sheet import ImportSheet
from tests.harness import Harness
from tests.ui.importing.support import PATIENCE, ImportHarness, donors_csv

ROWS = tuple(f"donor{row}@gmial.com,Ann,Dot," for row in range(12))
MENU_BAR = 56
"""What a window of 800 pixels has above the sheet at twice the text size."""
LEAST_ROWS = 6
DIGITS_WHEN_NARROW = 95
"""So wide is a sheet that leaves the list of kinds no room, whatever the font."""


@contextmanager
def twice_as_large(application: QApplication, language: Language) -> Iterator[None]:
    font, large = application.font(), QFont(application.font())
    large.setPointSizeF(font.pointSizeF() * 2)
    application.setFont(large)
    translators = install_translators(application, language)
    try:
        yield
    finally:
        remove_translators(application, translators)
        application.setFont(font)


@contextmanager
def opened(qtbot: QtBot, harness: Harness, connection: Connection) -> Iterator[ImportHarness]:
    bridge = Bridge(harness.services.database)
    flow = ImportFlow(harness.services, bridge)
    sheet = ImportSheet(harness.services, bridge, flow)
    qtbot.addWidget(sheet)
    with qtbot.waitExposed(sheet):
        sheet.show()
    try:
        yield ImportHarness(qtbot, harness, connection, bridge, flow, sheet)
    finally:
        flow.close()
        qtbot.waitUntil(lambda: not bridge.is_busy, timeout=PATIENCE)
        bridge.close()


def _takes(sheet: ImportSheet, size: QSize) -> bool:
    """Whether the sheet takes a size: what was laid out for another page may hold it for a moment."""
    sheet.resize(size)
    return sheet.size() == size


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.SPANISH])
def test_six_rows_with_their_emails_fit_at_twice_the_text_size(
    qtbot: QtBot, qapp: QApplication, harness: Harness, connection: Connection, tmp_path: Path, language: Language
) -> None:
    with twice_as_large(qapp, language), opened(qtbot, harness, connection) as importing:
        sheet = importing.sheet
        importing.take(donors_csv(tmp_path, ROWS))
        importing.until_check()
        importing.until(sheet.check.alike.isVisible)
        qtbot.waitUntil(lambda: _takes(sheet, QSize(1240, 800 - MENU_BAR)))
        table = sheet.check.table
        qtbot.waitUntil(lambda: table.rowAt(table.viewport().height() - 1) >= LEAST_ROWS)
        table.setCurrentIndex(sheet.check.model.index(0, CheckCol.EMAIL))
        cell = table.visualRect(table.currentIndex())
        assert table.viewport().rect().contains(cell)
        assert sheet.check.kinds.isHidden() is sheet.check.kinds.box.isVisible()
        assert sheet.check.take_suggestion.isVisible()


def test_the_box_of_kinds_chooses_as_the_list_does(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, (*ROWS[:2], "bad@,Bea,Dot,")))
    importing.until_check()
    check = importing.sheet.check
    assert check.kinds.isVisible()
    assert check.only_problems.isVisible()
    assert check.kinds.box.isHidden()
    narrow = check.fontMetrics().horizontalAdvance("0") * DIGITS_WHEN_NARROW
    importing.until(lambda: _takes(importing.sheet, QSize(narrow, 700)))
    importing.until(check.kinds.isHidden)
    assert check.kinds.box.isVisible()
    assert check.compare.button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    box = check.kinds.box
    at = box.findText("To fix (1)")
    box.setCurrentIndex(at)
    box.activated.emit(at)
    importing.until(lambda: importing.cells(CheckCol.ROW) == ["4"])
    at = box.findText("With a problem")
    box.setCurrentIndex(at)
    box.activated.emit(at)
    importing.until(lambda: importing.cells(CheckCol.ROW) == ["2", "3", "4"])
    assert check.only_problems.isChecked()


def test_titles_and_cells_are_aligned(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ROWS))
    importing.until_check()
    check = importing.sheet.check
    parts = (check.alike, check.bar, check.table)

    def edges(of: Callable[[QRect], QPoint]) -> set[int]:
        return {one.mapTo(check, of(one.rect())).x() for one in parts}

    importing.until(lambda: len(edges(QRect.topLeft)) == len(edges(QRect.topRight)) == 1)
    title = check.model.headerData(CheckCol.ROW, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert title == Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
