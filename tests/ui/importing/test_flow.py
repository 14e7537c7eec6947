from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.import_result import ImportResult
from ac_desktop.ui.base import formatting
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness, donors

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
    covered = window.drop_overlay.isVisible()
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, event)
    return covered


def until_check(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.deferred.flow.state.stage is ImportStage.CHECKING, timeout=READING_MS)


def queue(qtbot: QtBot, window: MainWindow) -> None:
    window.deferred.sheet.go_on.click()
    qtbot.waitUntil(lambda: window.deferred.flow.state.stage is ImportStage.RESULT, timeout=READING_MS)


def test_dropped_files_are_checked_and_queued_with_a_receipt(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    path = donor_file(tmp_path, "a b.csv", "ann@example.org,Ann,Dot,", "bad@,Bea,Dot,", "ann@example.org,Annie,Dot,")
    assert drop(window, mime_of(path))
    assert window.drop_overlay.isHidden()
    until_check(qtbot, window)
    assert window.deferred.sheet.isVisible()
    assert not window.panes_splitter.isVisible()
    window.refresh()
    assert not window.actions_.add_donor.isEnabled()
    assert harness.counts(connection).rows == 0
    queue(qtbot, window)
    receipt = window.deferred.flow.state.queued[0].result
    assert (receipt.rows, receipt.waiting, receipt.skipped, receipt.held) == (3, 1, 1, 1)
    assert harness.counts(connection).rows == 3
    qtbot.waitUntil(lambda: window.queue.tabs.tabText(0) == "All (3)")
    assert window.connection_bar.relay.text() == "Relay 1 donor"
    assert harness.account.count() == 0
    window.deferred.sheet.go_on.click()
    qtbot.waitUntil(lambda: any("a b.csv, 3 rows" in line.text for line in window.deferred.log.model.lines()))
    assert window.deferred.sheet.isHidden()
    assert window.panes_splitter.isVisible()
    assert window.actions_.add_donor.isEnabled()


def test_a_drag_without_files_is_not_welcome(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText("hello")
    assert not drop(window, mime)
    assert window.message_bar.isHidden()


def test_a_drag_that_leaves_uncovers_the_window(window: MainWindow, tmp_path: Path) -> None:
    mime = mime_of(donor_file(tmp_path))
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, enter)
    assert window.drop_overlay.geometry() == window.rect()
    window.drop_overlay.grab()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert window.drop_overlay.isHidden()


def test_a_file_that_cannot_be_taken_says_why(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("", encoding="utf-8")
    window.deferred.import_controller.import_files([path])
    qtbot.waitUntil(lambda: window.deferred.flow.state.stage is ImportStage.REFUSED, timeout=READING_MS)
    assert "Nothing was queued" in window.deferred.sheet.refusal.text()
    window.deferred.sheet.go_on.click()
    assert window.deferred.sheet.isHidden()


def test_without_a_connection_nothing_is_queued(window: MainWindow, harness: Harness, tmp_path: Path) -> None:
    for one in harness.services.connections.all():
        harness.services.connections.delete(one.id)
    window.refresh()
    assert "Create a connection first" in window.drop_text()
    window.deferred.import_controller.import_files([donor_file(tmp_path)])
    assert "Create a connection first" in window.message_bar.text.text()
    window.message_bar.close_button.click()
    assert window.message_bar.isHidden()


def test_files_dropped_while_others_are_checked_wait_their_turn(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    window.deferred.import_controller.import_files([donor_file(tmp_path, "one.csv")])
    until_check(qtbot, window)
    window.deferred.import_controller.import_files([donor_file(tmp_path, "two.csv", "zoe@example.org,Zoe,Dot,")])
    qtbot.waitUntil(lambda: window.deferred.flow.state.total == 2)
    window.deferred.sheet.go_on.click()
    qtbot.waitUntil(lambda: window.deferred.flow.state.number == 2, timeout=READING_MS)
    until_check(qtbot, window)
    queue(qtbot, window)
    assert harness.counts(connection).rows == 4


def test_rows_are_pasted(qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection) -> None:
    QGuiApplication.clipboard().setText("Email\tFirst Name\nann@example.org\tAnn\n")
    window.actions_.paste.trigger()
    until_check(qtbot, window)
    queue(qtbot, window)
    assert harness.counts(connection).waiting == 1


def test_a_relay_does_not_take_what_is_only_being_checked(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    harness.queue(connection, donors(1))
    window.deferred.import_controller.import_files([donor_file(tmp_path, "new.csv", "zoe@example.org,Zoe,Dot,")])
    until_check(qtbot, window)
    assert harness.services.queue.last_record(connection.id) == 1
    assert harness.relay(connection).sent == 1
    queue(qtbot, window)
    assert harness.counts(connection).waiting == 1


def test_a_receipt_is_a_sentence_that_balances() -> None:
    receipt = ImportResult(rows=340, waiting=298, skipped=12, held=30)
    assert formatting.import_result_text(receipt) == "340 rows: 298 waiting, 12 skipped, 30 held"
    assert "don't add up" in formatting.import_result_text(ImportResult(rows=3, waiting=1))


def test_failed_and_held_rows_are_written_corrected_and_dropped_back_in(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    window.deferred.import_controller.import_files(
        [donor_file(tmp_path, "spring.csv", "ann@,=Ann,Dot,", "bea@example.org,Bea,Dot,")]
    )
    until_check(qtbot, window)
    queue(qtbot, window)
    path = tmp_path / "to correct.csv"
    window.deferred.queue_controller.export.export_failed()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    qtbot.waitUntil(path.exists)
    text = path.read_text(encoding="utf-8-sig")
    assert "spring.csv" in text
    assert "'=Ann" in text
    path.write_text(text.replace("ann@", "ann@example.org"), encoding="utf-8-sig")
    window.deferred.import_controller.import_files([path])
    until_check(qtbot, window)
    preview = window.deferred.flow.state.preview
    assert preview is not None
    assert preview.recognised_as == "AC Desktop report"
    queue(qtbot, window)
    records = harness.services.record_reader.records(connection.id)
    assert (records[-1].donor.email, records[-1].donor.first_name) == ("ann@example.org", "=Ann")


def test_selection_and_place_stay_while_a_file_is_imported_and_the_relay_runs(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    harness.queue(connection, donors(60))
    window.refresh()
    table, model, count = window.queue.table, window.queue.model, window.queue.model.rowCount
    qtbot.waitUntil(lambda: count() == 60)
    table.selectRow(30)
    table.verticalScrollBar().setValue(28)
    before = table.selected_ids(), model.id_at(table.rowAt(0))
    harness.services.engine.start(connection.id)
    window.deferred.import_controller.import_files(
        [donor_file(tmp_path, "more.csv", *(f"more{at}@example.org,Bea,Dot," for at in range(40)))]
    )
    until_check(qtbot, window)
    queue(qtbot, window)
    window.deferred.sheet.go_on.click()
    assert harness.services.engine.join(connection.id, 60)
    window.refresh()
    qtbot.waitUntil(lambda: count() == 100, timeout=READING_MS)
    assert harness.counts(connection).sent >= 60
    assert (table.selected_ids(), model.id_at(table.rowAt(0))) == before
    assert before[0] == [31]
