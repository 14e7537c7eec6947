"""The connection's menu, behind the header's three dots and over its row in the sidebar, and what a toast undoes."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.ui.main.header.connection_menu import ConnectionMenu
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness, donors
from tests.ui.conftest import HookCalls

KEYS = Qt.Key
SAID_OF_MENUS = "This plugin does not support"
"""The offscreen platform says this of menus that are raised and take the keyboard."""


def choose_first(menu: ConnectionMenu) -> None:
    QTest.keyClick(menu, KEYS.Key_Down)
    QTest.keyClick(menu, KEYS.Key_Return)


@pytest.mark.qt_log_ignore(SAID_OF_MENUS, extend=True)
def test_the_three_dots_lead_to_the_settings_of_the_connection(
    window: MainWindow, hook_calls: HookCalls, connection: Connection
) -> None:
    more, menu = window.connection_bar.more, window.frame.connection_menu
    assert more.accessibleName() == "More about this connection"
    menu.aboutToShow.connect(lambda: QTimer.singleShot(0, menu, lambda: choose_first(menu)))
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert hook_calls.calls == [("edit", connection.id)]
    assert not menu.isVisible()


@pytest.mark.qt_log_ignore(SAID_OF_MENUS, extend=True)
def test_a_connection_of_the_sidebar_has_the_same_menu(
    window: MainWindow, harness: Harness, connection: Connection, hook_calls: HookCalls
) -> None:
    other = harness.connect("Monthly givers")
    window.refresh()
    assert window.current.connection_id == connection.id
    sidebar, menu = window.sidebar.list, window.frame.connection_menu
    sidebar.customContextMenuRequested.emit(sidebar.visualRect(window.sidebar.model.index(0)).center())
    assert menu.isVisible()
    assert window.current.connection_id == other.id, "the menu is about the connection below it"
    choose_first(menu)
    assert hook_calls.calls == [("edit", other.id)]


@pytest.mark.qt_log_ignore(SAID_OF_MENUS, extend=True)
def test_the_menu_key_opens_the_menu_of_the_row_in_focus(
    window: MainWindow, connection: Connection, hook_calls: HookCalls
) -> None:
    sidebar, menu = window.sidebar.list, window.frame.connection_menu
    sidebar.setCurrentIndex(window.sidebar.model.index(0))
    middle = sidebar.rect().center()
    assert sidebar.indexAt(middle).row() > 0, "Qt asks for the middle of the list"
    QApplication.sendEvent(sidebar, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, QPoint()))
    assert menu.isVisible()
    choose_first(menu)
    assert hook_calls.calls == [("edit", connection.id)]


def test_what_a_narrow_header_leaves_out_is_in_its_menu(window: MainWindow) -> None:
    bar, menu = window.connection_bar, window.frame.connection_menu
    window.resize(1240, 800)
    assert menu.facts == ""
    assert not bar.automatic.isHidden()
    window.resize(700, 700)
    assert menu.facts.startswith("127.0.0.1")
    assert menu.facts.endswith(" requests per second")
    assert "127.0.0.1" not in bar.facts.text()
    window.resize(500, 700)
    assert bar.automatic.isHidden()
    assert window.actions_.automatic in menu.actions()
    assert not bar.relay.isHidden()
    window.resize(1240, 800)
    assert menu.facts == ""
    assert not bar.automatic.isHidden()


def test_a_removal_is_undone_from_its_toast(
    qtbot: QtBot, window: MainWindow, harness: Harness, connection: Connection
) -> None:
    harness.queue(connection, donors(3))
    window.refresh()
    table, toast = window.queue.table, window.frame.toast
    qtbot.waitUntil(lambda: window.queue.model.rowCount() == 3)
    window.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    table.go_to(2)
    qtbot.waitUntil(lambda: table.selected_count() == 1)
    QTest.keyClick(table, KEYS.Key_Delete)
    qtbot.waitUntil(lambda: harness.counts(connection).waiting == 2)
    qtbot.waitUntil(toast.isVisible)
    assert toast.text.text() == "1 donor removed. To undo, press Ctrl+Z."
    assert toast.accessibleName() == toast.text.text()
    assert toast.action_button.text() == "Undo"
    QTest.mouseClick(toast.action_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: harness.counts(connection).waiting == 3)
    qtbot.waitUntil(lambda: toast.text.text() == "1 donor restored.")
    assert not toast.action_button.isVisible(), "what was restored is not undone again"
    assert not window.actions_.undo.isEnabled()
    toast.hide()
