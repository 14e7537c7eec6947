"""What is dropped is copied, never moved: a file manager deletes the source of what was moved."""

import multiprocessing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.main.main_window import MainWindow
from tests.ui.importing.test_flow import READING_MS, donor_file, mime_of

COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction
PROPOSES_A_MOVE = Qt.KeyboardModifier.ShiftModifier


def dragged(window: MainWindow, path: Path, actions: Qt.DropAction) -> list[QDropEvent]:
    """Drag a file over the window and drop it, as a file manager does that proposes a move."""
    mime, button = mime_of(path), Qt.MouseButton.LeftButton
    events: list[QDropEvent] = [
        QDragEnterEvent(QPoint(50, 50), actions, mime, button, PROPOSES_A_MOVE),
        QDragMoveEvent(QPoint(60, 60), actions, mime, button, PROPOSES_A_MOVE),
        QDropEvent(QPointF(60, 60), actions, mime, button, PROPOSES_A_MOVE),
    ]
    for event in events:
        event.ignore()
        QApplication.sendEvent(window, event)
    return events


@pytest.mark.parametrize("actions", [COPY | MOVE, COPY | MOVE | Qt.DropAction.LinkAction, COPY])
def test_a_file_that_is_proposed_to_be_moved_is_copied(
    qtbot: QtBot, window: MainWindow, connection: Connection, tmp_path: Path, actions: Qt.DropAction
) -> None:
    path = donor_file(tmp_path)
    events = dragged(window, path, actions)
    assert connection.id
    assert [(event.isAccepted(), event.dropAction()) for event in events] == [(True, COPY)] * 3
    qtbot.waitUntil(lambda: window.deferred.flow.state.stage is ImportStage.CHECKING, timeout=READING_MS)
    window.deferred.flow.cancel()
    qtbot.waitUntil(lambda: not window.bridge.is_busy)
    assert path.exists()


def test_a_file_that_can_only_be_moved_is_refused(window: MainWindow, connection: Connection, tmp_path: Path) -> None:
    events = dragged(window, donor_file(tmp_path), MOVE)
    assert connection.id
    assert [event.isAccepted() for event in events] == [False] * 3
    assert window.drop_overlay.isHidden()
    assert window.deferred.flow.state.stage is ImportStage.IDLE


def test_a_reader_is_prepared_while_files_hover_and_ends_with_the_window(
    qtbot: QtBot, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    assert connection.id
    mime = mime_of(donor_file(tmp_path))
    enter = QDragEnterEvent(QPoint(50, 50), COPY, mime, Qt.MouseButton.LeftButton, PROPOSES_A_MOVE)
    assert multiprocessing.active_children() == []
    QApplication.sendEvent(window, enter)
    qtbot.waitUntil(lambda: not window.bridge.is_busy)
    assert [child.name for child in multiprocessing.active_children()] == ["reader"]
    window.close()
    assert multiprocessing.active_children() == []
