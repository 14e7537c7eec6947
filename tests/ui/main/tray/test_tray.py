"""Closed, the program runs on in the tray where a person chose so; Quit ends it, and a notice shows the right place."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.tray.tray_notice import TrayNotice
from tests.harness import Harness
from tests.ui.window_states import window_state


class NotedTray(QSystemTrayIcon):
    """Notes what it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []

    def showMessage(self, title: str, *_more: object) -> None:  # noqa: N802  Qt's own name
        self.titles.append(title)

    def show(self) -> None:
        """Stay out of the system's tray."""


@pytest.fixture
def tray(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> NotedTray:
    """Return the tray of a desktop that has one; the offscreen platform has none."""
    made = NotedTray()
    notice = TrayNotice(made, window)
    notice.clicked.connect(window.come_forward)
    notice.connection_wanted.connect(window.choose_connection)
    notice.quit_wanted.connect(window.tray_running.quit)
    monkeypatch.setattr(window, "tray", notice)
    return made


@pytest.fixture(autouse=True)
def _quits_as_before() -> Iterator[None]:
    before = QApplication.quitOnLastWindowClosed()
    yield
    QApplication.setQuitOnLastWindowClosed(before)


def test_closing_ends_the_program_until_a_person_chooses_otherwise(window: MainWindow, tray: NotedTray) -> None:
    window.close()
    assert not window.tray_running.is_hidden
    assert tray.titles == []


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_closed_it_runs_on_says_so_once_and_comes_back(window: MainWindow, tray: NotedTray) -> None:
    window.settings.keeps_running = True
    for _ in range(2):
        window.close()
        assert not window.isVisible()
        assert window.tray_running.is_hidden
        assert not QApplication.quitOnLastWindowClosed()
        tray.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
        assert window.isVisible()
        assert QApplication.quitOnLastWindowClosed()
    assert tray.titles == ["AC Desktop keeps running"]
    window.actions_.quit.trigger()
    assert not window.isVisible()
    assert not window.tray_running.is_hidden


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_quit_in_the_menu_of_the_tray_ends_a_hidden_window(window: MainWindow, tray: NotedTray) -> None:
    window.settings.keeps_running = True
    window.close()
    assert tray.contextMenu() is window.tray.menu
    assert window.tray.menu is not None
    opened, quit_ = window.tray.menu.actions()
    opened.trigger()
    assert window.isVisible()
    window.close()
    quit_.trigger()
    assert not window.isVisible()
    assert not window.tray_running.is_hidden
    assert QApplication.quitOnLastWindowClosed()


def test_without_a_tray_closing_always_ends_the_program(window: MainWindow) -> None:
    assert not window.tray.is_there
    window.settings.keeps_running = True
    window.close()
    assert not window.tray_running.is_hidden


def test_the_menu_of_the_tray_does_not_open_the_window(qtbot: QtBot) -> None:
    tray = NotedTray()
    notice = TrayNotice(tray)
    with qtbot.assertNotEmitted(notice.clicked):
        tray.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    notice.hide()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_click_on_the_notice_shows_the_connection_that_became_inactive(
    window: MainWindow, harness: Harness, connection: Connection, tray: NotedTray
) -> None:
    other = harness.connect("Autumn")
    window.refresh()
    window.choose_connection(other.id)
    window.tray.show_state(window_state(ConnectionState.INACTIVE))
    assert tray.titles == ["A connection became inactive"]
    wanted: list[int] = []
    window.tray.connection_wanted.connect(wanted.append)
    tray.messageClicked.emit()
    assert wanted == [7]
    assert connection.id
