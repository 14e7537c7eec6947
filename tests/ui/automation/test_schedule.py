"""The page of what runs by itself: a schedule is chosen and kept, and the switch is the header's."""

from datetime import time

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.schedule import DEFAULT_SCHEDULE, Schedule
from ac_desktop.ui.automation.automation_panel import AutomationDialog
from ac_desktop.ui.automation.turn_on_dialog import TurnOnDialog
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness


def open_page(window: MainWindow) -> AutomationDialog:
    window.actions_.automatic.trigger()
    found = window.findChild(AutomationDialog)
    assert found is not None
    return found


def save(qtbot: QtBot, window: MainWindow, dialog: AutomationDialog) -> None:
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()
    qtbot.waitUntil(lambda: window.findChild(AutomationDialog) is None)


def test_minutes_and_a_time_of_day_are_kept(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    schedules = harness.services.schedules
    page = open_page(window)
    assert page.panel.schedule == DEFAULT_SCHEDULE
    assert page.minutes.isVisible()
    assert not page.time.isVisible()
    page.minutes.setValue(45)
    save(qtbot, window, page)
    assert schedules.of(connection.id) == Schedule(every_minutes=45)
    page = open_page(window)
    assert page.minutes.value() == 45
    page.kind.setCurrentIndex(1)
    assert page.time.isVisible()
    assert not page.minutes.isVisible()
    page.time.setTime(QTime(7, 5))
    save(qtbot, window, page)
    assert schedules.of(connection.id) == Schedule(at=time(7, 5))
    page = open_page(window)
    assert page.time.time() == QTime(7, 5)
    page.reject()


def test_cancel_keeps_the_schedule(window: MainWindow, harness: Harness, connection: Connection) -> None:
    page = open_page(window)
    page.minutes.setValue(45)
    page.reject()
    assert harness.services.schedules.of(connection.id) == DEFAULT_SCHEDULE


def test_the_switch_of_the_page_asks_as_the_headers_does(
    qtbot: QtBot, window: MainWindow, harness: Harness, connection: Connection
) -> None:
    page = open_page(window)
    assert page.status.text() == "New donors wait until you click Relay."
    page.switch.click()
    assert not page.switch.isChecked()
    qtbot.waitUntil(lambda: window.findChild(TurnOnDialog) is not None)
    question = window.findChild(TurnOnDialog)
    assert question is not None
    question.turn_on.click()
    qtbot.waitUntil(page.switch.isChecked)
    assert harness.services.automatic_relays.switch(connection.id).is_on
    page.reject()
