"""The window with its own dialogs, as the program opens it, before there is any connection."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.ui.connection.dialogs import ConnectionDialogs
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.window import open_window
from tests.harness import Harness
from tests.ui.walks.person import Person

OFFSCREEN_SAYS = "This plugin does not support (raise|grabbing the keyboard)"
"""The offscreen platform says this of the list of file names that opens while one types."""
NATIVE = Qt.ApplicationAttribute.AA_DontUseNativeDialogs


@pytest.fixture(autouse=True)
def _qt_dialogs() -> Iterator[None]:
    """Make Qt show its own dialog for files: keys reach it on every system."""
    before = QCoreApplication.testAttribute(NATIVE)
    QCoreApplication.setAttribute(NATIVE, on=True)
    yield
    QCoreApplication.setAttribute(NATIVE, on=before)


@pytest.fixture
def window(qtbot: QtBot, harness: Harness) -> Iterator[MainWindow]:
    dialogs = ConnectionDialogs(harness.services)
    made = open_window(harness.services, openers=dialogs.openers())
    dialogs.bind(made.bridge, made.choose_connection, made)
    made.resize(1280, 720)
    with qtbot.waitExposed(made):
        pass
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    for open_dialog in made.findChildren(QWidget):
        if open_dialog.isWindow() and open_dialog.isVisible():
            open_dialog.close()
    harness.services.engine.stop()
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())
    made.deleteLater()


@pytest.fixture
def person(qtbot: QtBot, window: MainWindow) -> Person:
    assert window.isActiveWindow()
    return Person(qtbot, window)
