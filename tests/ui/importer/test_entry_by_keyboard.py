"""Typed entry with the keyboard alone, repair in place, and pushing unsent."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.store.records import BatchSource, NewRecord
from ac_desktop.ui.bridge import Bridge
from ac_desktop.ui.entry.form import AddDonorForm
from ac_desktop.ui.main_window import MainWindow
from ac_desktop.ui.push.dialog import PushDialog
from ac_desktop.ui.repair.dialog import RepairDialog
from tests.desk import Desk, donors


@pytest.fixture
def bridge(desk: Desk, qtbot: QtBot) -> Iterator[Bridge]:
    made = Bridge(desk.services.database)
    yield made
    qtbot.waitUntil(lambda: not made.is_busy)
    made.close()


def form_for(qtbot: QtBot, desk: Desk, bridge: Bridge, connection: Connection) -> AddDonorForm:
    form = AddDonorForm(desk.services, bridge, connection)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    return form


def hold(desk: Desk, connection: Connection, code: ReasonCode = ReasonCode.BAD_EMAIL) -> int:
    """Queue a held record; gives its number."""
    why = reason(code, email="ann@", list="Donors")
    queue, now = desk.services.queue, desk.clock.now()
    batch_id = queue.open_batch(connection.id, BatchSource(kind="file", file_name="a.csv", header=("Email",)), now)
    email = "ann@" if code is ReasonCode.BAD_EMAIL else "ann@example.org"
    donor = Donor(email=email, first_name="Ann")
    queue.add(connection.id, batch_id, [NewRecord(row=2, donor=donor, state=RecordState.HELD, reason=why, cells=(email,))], now)  # fmt: skip  # noqa: E501
    queue.close_batch(batch_id)
    return queue.last_record(connection.id)


def test_three_donors_by_keyboard_alone(qtbot: QtBot, desk: Desk, bridge: Bridge, connection: Connection) -> None:
    form = form_for(qtbot, desk, bridge, connection)
    form.email.setFocus()
    for number in range(3):
        for text in (f"Donor{number}@Example.org", f"First{number}", f"Last{number}", f"225250000{number}", "spring"):
            focused = QApplication.focusWidget()
            assert focused is not None
            if not (number and text == "spring"):
                QTest.keyClicks(focused, text)
            QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert form.team.hasFocus()
        QTest.keyClicks(form.team, "" if number else "Team A")
        with qtbot.waitSignal(form.saved):
            QTest.keyClick(form.team, Qt.Key.Key_Return)
        assert form.email.hasFocus()
        assert form.email.text() == ""
    records = desk.services.views.records(connection.id)
    assert [record.donor.email for record in records] == [f"donor{number}@example.org" for number in range(3)]
    assert {(record.donor.page, record.donor.team) for record in records} == {("spring", "Team A")}
    assert records[2].donor.phone == "2252500002"
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert form.isHidden()


def test_it_tells_who_is_queued_and_who_was_sent(
    qtbot: QtBot, desk: Desk, bridge: Bridge, connection: Connection
) -> None:
    desk.queue(connection, donors(1))
    form = form_for(qtbot, desk, bridge, connection)
    QTest.keyClicks(form.email, "Donor0@example.org")
    qtbot.waitUntil(lambda: "already in the queue" in form.email.accessibleDescription())
    form.email.clear()
    desk.relay(connection)
    QTest.keyClicks(form.email, "donor0@example.or")
    qtbot.waitUntil(lambda: form.email.accessibleDescription() == "")
    QTest.keyClicks(form.email, "g")
    qtbot.waitUntil(lambda: "was sent on" in form.email.accessibleDescription())


def test_it_checks_while_one_types(qtbot: QtBot, desk: Desk, bridge: Bridge, connection: Connection) -> None:
    form = form_for(qtbot, desk, bridge, connection)
    QTest.keyClicks(form.email, "ann@gmial.com")
    qtbot.waitUntil(lambda: "Is ann@gmail.com meant" in form.email.accessibleDescription())
    QTest.keyClicks(form.phone, "2.25E+09")
    qtbot.waitUntil(lambda: "shortened it" in form.phone.accessibleDescription())


def test_a_held_record_is_corrected_in_place(
    qtbot: QtBot, desk: Desk, window: MainWindow, connection: Connection
) -> None:
    number = hold(desk, connection)
    window.refresh()
    record = desk.services.views.record(number)
    assert record is not None
    window.queue.go_to(record)
    assert window.actions_.repair.isEnabled()
    window.actions_.repair.trigger()
    dialog = window.findChild(RepairDialog)
    assert dialog is not None
    assert "not a complete" in dialog.fields["email"].error
    dialog.save.click()
    assert dialog.isVisible()
    assert "Email: ann@" in dialog.history.toPlainText()
    dialog.lines["email"].clear()
    QTest.keyClicks(dialog.lines["email"], "ann@example.org")
    assert dialog.fields["email"].error == ""
    with qtbot.waitSignal(dialog.repaired):
        QTest.keyClick(dialog.lines["email"], Qt.Key.Key_Return)
    after = desk.services.views.record(number)
    assert after is not None
    assert (after.state, after.donor.email) == (RecordState.WAITING, "ann@example.org")
    (edit,) = desk.services.repairs.of(number)
    assert (edit.old, edit.new) == ("ann@", "ann@example.org")
    assert desk.relay(connection).sent == 1


def test_a_correction_is_not_lost_without_a_question(
    qtbot: QtBot, desk: Desk, bridge: Bridge, connection: Connection
) -> None:
    number = hold(desk, connection, ReasonCode.UNSUBSCRIBED_UNDATED)
    record = desk.services.views.record(number)
    assert record is not None
    dialog = RepairDialog(desk.services, bridge, record, connection)
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
    after = desk.services.views.record(number)
    assert after is not None
    assert (after.state, after.donor.last_name) == (RecordState.HELD, "Dot")


def test_push_says_how_many_go_again(qtbot: QtBot, desk: Desk, window: MainWindow, connection: Connection) -> None:
    desk.queue(connection, donors(3))
    hold(desk, connection, ReasonCode.UNSUBSCRIBED_UNDATED)
    desk.relay(connection)
    window.actions_.push.trigger()
    dialog = window.findChild(PushDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.push.text() == "&Push 0 donors")
    assert not dialog.push.isEnabled()
    dialog.which.button(2).click()
    qtbot.waitUntil(lambda: dialog.push.text() == "&Push 3 donors")
    assert "1 held donor left alone" in dialog.note.text()
    dialog.batch.setCurrentIndex(1)
    dialog.batch.activated.emit(1)
    qtbot.waitUntil(lambda: dialog.push.text() == "&Push 0 donors")
    dialog.batch.setCurrentIndex(0)
    dialog.by_date.click()
    qtbot.waitUntil(lambda: dialog.push.text() == "&Push 3 donors")
    with qtbot.waitSignal(dialog.pushed):
        dialog.push.click()
    assert desk.counts(connection).waiting == 3
    assert window.import_bar.text.text() == "3 donors wait again."
