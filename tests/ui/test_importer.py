from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ac_desktop.exports.intake import Intake
from ac_desktop.exports.receipt import Receipt
from ac_desktop.model.connection import Connection
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.ui.importer.ask_page import AskPageDialog
from ac_desktop.ui.importer.importer import Receipts, Refused
from ac_desktop.ui.importer.receipts import account_text, receipt_sentence
from ac_desktop.ui.main_window import MainWindow
from tests.desk import Desk

HEADER = "Email,First Name,Last Name,Phone"
READING_MS = 30_000


def donor_file(folder: Path, name: str = "spring donors.csv", *rows: str) -> Path:
    path = folder / name
    made = rows or tuple(f"donor{number}@example.org,Annie,Dot,(225) 250-1301" for number in range(3))
    path.write_text("\n".join([HEADER, *made]) + "\n", encoding="utf-8")
    return path


def mime_of(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(window: MainWindow, mime: QMimeData) -> bool:
    enter = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, enter)
    covered = window.drop_sheet.isVisible()
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, event)
    return covered


def is_told(window: MainWindow, text: str) -> Callable[[], bool]:
    return lambda: not window.importer.is_reading and text in window.import_bar.text.text()


def test_dropped_files_are_queued_with_a_receipt(
    qtbot: QtBot, desk: Desk, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    path = donor_file(tmp_path, "a b.csv", "ann@example.org,Ann,Dot,", "bad@,Bea,Dot,", "ann@example.org,Annie,Dot,")
    assert drop(window, mime_of(path))
    assert window.drop_sheet.isHidden()
    assert "Reading a b.csv" in window.import_bar.text.text()
    qtbot.waitUntil(is_told(window, "rows"), timeout=READING_MS)
    assert window.import_bar.text.text() == "a b.csv: 3 rows: 1 waiting, 1 skipped, 1 held"
    assert desk.counts(connection).rows == 3
    qtbot.waitUntil(lambda: window.queue.tabs.tabText(0) == "All (3)")
    assert window.strip.relay.text() == "Relay 1 donor"
    assert desk.account.count() == 0
    qtbot.waitUntil(lambda: any("a b.csv, 3 rows" in line.text for line in window.log.model.lines()))
    window.import_bar.close_button.click()
    assert window.import_bar.isHidden()


def test_a_drag_without_files_is_not_welcome(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText("hello")
    assert not drop(window, mime)
    assert window.import_bar.isHidden()


def test_a_drag_that_leaves_uncovers_the_window(window: MainWindow, tmp_path: Path) -> None:
    mime = mime_of(donor_file(tmp_path))
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, enter)
    assert window.drop_sheet.geometry() == window.rect()
    window.drop_sheet.grab()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert window.drop_sheet.isHidden()


def test_a_file_that_cannot_be_taken_says_why(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("Colour,Size\nred,3\n", encoding="utf-8")
    with qtbot.waitSignal(
        window.importer.told, timeout=READING_MS, check_params_cb=lambda told: isinstance(told, Refused)
    ):
        window.conduct.take_files([path])
    assert "Nothing was queued" in window.import_bar.text.text()


def test_the_page_is_asked_for_once(qtbot: QtBot, desk: Desk, window: MainWindow, tmp_path: Path) -> None:
    chosen = desk.connect("Chosen pages", scope=Scope(ScopeKind.ONLY, ("spring",)))
    window.choose_connection(chosen.id)
    window.conduct.take_files([donor_file(tmp_path)])
    qtbot.waitUntil(lambda: window.findChild(AskPageDialog) is not None, timeout=READING_MS)
    dialog = window.findChild(AskPageDialog)
    assert dialog is not None
    assert dialog.page.accessibleName() == "Page ID"
    assert desk.counts(chosen).rows == 0
    dialog.page.setText("spring")
    with qtbot.waitSignal(
        window.importer.told, timeout=READING_MS, check_params_cb=lambda told: isinstance(told, Receipts)
    ):
        dialog.accept()
    assert desk.counts(chosen).waiting == 3


def test_without_a_connection_nothing_is_queued(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    for one in desk.services.connections.all():
        desk.services.connections.delete(one.id)
    window.refresh()
    assert "Set up a connection first" in window.drop_text()
    window.conduct.take_files([donor_file(tmp_path)])
    assert "Set up a connection first" in window.import_bar.text.text()


def test_files_after_files_wait_their_turn(
    qtbot: QtBot, desk: Desk, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    window.conduct.take_files([donor_file(tmp_path, "one.csv")])
    window.conduct.take_files([donor_file(tmp_path, "two.csv", "zoe@example.org,Zoe,Dot,")])
    qtbot.waitUntil(is_told(window, "two.csv: 1 row: 1 waiting"), timeout=READING_MS)
    assert desk.counts(connection).rows == 4


def test_cancel_stops_reading(
    qtbot: QtBot, desk: Desk, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    window.conduct.take_files([donor_file(tmp_path)])
    window.import_bar.cancel.click()
    qtbot.waitUntil(lambda: not window.importer.is_reading, timeout=READING_MS)
    assert desk.counts(connection).rows in {0, 3}
    qtbot.waitUntil(window.import_bar.cancel.isHidden)


def test_a_receipt_is_a_sentence_that_balances() -> None:
    receipt = Receipt(rows=340, waiting=298, skipped=12, held=30)
    intake = Intake(batch_id=1, file_name="donors.csv", recognised_as="", receipt=receipt)
    assert receipt_sentence(intake) == "donors.csv: 340 rows: 298 waiting, 12 skipped, 30 held"
    assert "does not add up" in account_text(Receipt(rows=3, waiting=1))
