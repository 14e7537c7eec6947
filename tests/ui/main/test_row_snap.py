"""The last row of the queue is whole, whatever height window and log have."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness, donors


def drag(handle: QWidget, by: int) -> None:
    """Press on a handle, move the pointer and let go, as a person does."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    start = QPointF(handle.rect().center())
    end = start + QPointF(0, by)
    for kind, at, button, buttons in (
        (QEvent.Type.MouseButtonPress, start, left, left),
        (QEvent.Type.MouseMove, end, none, left),
        (QEvent.Type.MouseButtonRelease, end, left, none),
    ):
        place = handle.mapToGlobal(at)
        QApplication.sendEvent(handle, QMouseEvent(kind, at, place, button, buttons, Qt.KeyboardModifier.NoModifier))


def test_the_last_row_of_the_queue_is_whole(
    qtbot: QtBot, window: MainWindow, harness: Harness, connection: Connection
) -> None:
    harness.queue(connection, donors(60))
    window.refresh()
    table, splitter = window.queue.table, window.panes_splitter
    row = table.verticalHeader().defaultSectionSize()
    log = splitter.sizes()[1]

    def is_whole() -> bool:
        return table.viewport().height() % row == 0

    for height in (800, 741, 720, 767, 799, 800):
        window.resize(1240, height)
        qtbot.waitUntil(is_whole)
    assert abs(splitter.sizes()[1] - log) < 2 * row, "the log does not grow with every change"
    drag(splitter.handle(1), -(row + 7))
    qtbot.waitUntil(is_whole)
    larger = splitter.sizes()[1]
    assert larger > log
    window.actions_.log.trigger()
    qtbot.waitUntil(lambda: not window.deferred.log.table.isVisible())
    window.actions_.log.trigger()
    qtbot.waitUntil(lambda: window.deferred.log.table.isVisible() and is_whole())
    qtbot.waitUntil(lambda: abs(splitter.sizes()[1] - larger) <= row and is_whole())
