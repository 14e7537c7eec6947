"""A field for an action page offers the known pages, and takes any other."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from ac_desktop.ui.base.parts.page_line import PageLine


@pytest.fixture
def line(qtbot: QtBot) -> PageLine:
    made = PageLine()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    made.offer(("spring-gala", "walk", "Autumn gala"))
    return made


def popup() -> QAbstractItemView:
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QAbstractItemView)
    return shown


def texts(shown: QAbstractItemView) -> list[str]:
    model = shown.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_down_key_lists_every_page_and_enter_takes_one(line: PageLine) -> None:
    line.setText("something else")
    edited: list[str] = []
    line.textEdited.connect(edited.append)
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert texts(popup()) == ["spring-gala", "walk", "Autumn gala"]
    QTest.keyClick(popup(), Qt.Key.Key_Down)
    QTest.keyClick(popup(), Qt.Key.Key_Down)
    QTest.keyClick(popup(), Qt.Key.Key_Return)
    assert line.text() == "walk"
    assert edited == ["walk"]
    assert QApplication.activePopupWidget() is None


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_is_typed_is_completed_from_the_middle_of_a_name(line: PageLine) -> None:
    QTest.keyClicks(line, "GALA")
    assert texts(popup()) == ["spring-gala", "Autumn gala"]
    QTest.keyClick(popup(), Qt.Key.Key_Escape)
    assert line.text() == "GALA"


def test_without_known_pages_it_is_a_plain_field(line: PageLine) -> None:
    line.offer(())
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert QApplication.activePopupWidget() is None
    assert not line.actions()[0].isVisible()
