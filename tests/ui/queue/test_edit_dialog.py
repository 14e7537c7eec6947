"""A held record, corrected in place."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.store.queue.corrections import EditedRecord
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.queue.edit_dialog import EditDialog
from tests.harness import Harness
from tests.ui.held import hold


def test_a_held_record_is_corrected_in_place(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    number = hold(harness, connection)
    window.refresh()
    record = harness.services.record_reader.record(number)
    assert record is not None
    window.queue.go_to(record)
    assert window.actions_.repair.isEnabled()
    window.actions_.repair.trigger()
    dialog = window.findChild(EditDialog)
    assert dialog is not None
    assert "isn't a complete" in dialog.fields["email"].error
    dialog.save.click()
    assert dialog.isVisible()
    assert "Email: ann@" in dialog.history.toPlainText()
    dialog.lines["email"].clear()
    QTest.keyClicks(dialog.lines["email"], "ann@example.org")
    assert dialog.fields["email"].error == ""
    with qtbot.waitSignal(dialog.repaired):
        QTest.keyClick(dialog.lines["email"], Qt.Key.Key_Return)
    after = harness.services.record_reader.record(number)
    assert after is not None
    assert (after.state, after.donor.email) == (RecordState.WAITING, "ann@example.org")
    (edit,) = harness.services.record_edits.of(number)
    assert (edit.old, edit.new) == ("ann@", "ann@example.org")
    assert harness.relay(connection).sent == 1


def test_a_correction_is_not_lost_without_a_question(
    qtbot: QtBot, harness: Harness, bridge: Bridge, connection: Connection
) -> None:
    number = hold(harness, connection, ReasonCode.UNSUBSCRIBED_UNDATED)
    record = harness.services.record_reader.record(number)
    assert record is not None
    dialog = EditDialog(harness.services, bridge, record, connection)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.fields["email"].error == ""
    QTest.keyClicks(dialog.lines["last_name"], "Dot")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    ask = dialog.findChild(QMessageBox, "discard")
    assert ask is not None
    ask.button(QMessageBox.StandardButton.Cancel).click()
    with qtbot.waitSignal(dialog.repaired):
        dialog.save.click()
    after = harness.services.record_reader.record(number)
    assert after is not None
    assert (after.state, after.donor.last_name) == (RecordState.HELD, "Dot")


def test_who_saves_second_is_told_who_was_first_and_overwrites_nothing(
    qtbot: QtBot, harness: Harness, bridge: Bridge, connection: Connection
) -> None:
    number = hold(harness, connection)
    record = harness.services.record_reader.record(number)
    assert record is not None
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = EditDialog(harness.services, bridge, record, connection, parent)
    dialog.open()
    donor = replace(record.donor, email="ana@example.org")
    first = EditedRecord(donor=donor, state=RecordState.WAITING, reason=None, warnings=None)
    now = harness.clock.now() + 1
    assert harness.services.record_edits.store(record, first, connection.settings.scope, now)
    (edit,) = harness.services.record_edits.of(number)

    dialog.lines["email"].setText("ben@example.org")
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(dialog.message.text()))

    assert f"“{edit.who}” changed this donor" in dialog.message.text()
    assert dialog.isVisible()
    after = harness.services.record_reader.record(number)
    assert after is not None
    assert after.donor.email == "ana@example.org"
    dialog.done(0)
