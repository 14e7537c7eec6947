"""Typed entry with the keyboard alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.ui.base.bridge import Bridge
from tests.harness import Harness, donors
from tests.ui.dialogs.opened_donor_form import form_for


def test_three_donors_by_keyboard_alone(qtbot: QtBot, harness: Harness, bridge: Bridge, connection: Connection) -> None:
    form = form_for(qtbot, harness, bridge, connection)
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
    records = harness.services.record_reader.records(connection.id)
    assert [record.donor.email for record in records] == [f"donor{number}@example.org" for number in range(3)]
    assert {(record.donor.page, record.donor.team) for record in records} == {("spring", "Team A")}
    assert records[2].donor.phone == "2252500002"
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert form.isHidden()


def test_it_shows_who_is_queued_and_who_was_sent(
    qtbot: QtBot, harness: Harness, bridge: Bridge, connection: Connection
) -> None:
    harness.queue(connection, donors(1))
    form = form_for(qtbot, harness, bridge, connection)
    QTest.keyClicks(form.email, "Donor0@example.org")
    qtbot.waitUntil(lambda: "already in the queue" in form.email.accessibleDescription())
    form.email.clear()
    harness.relay(connection)
    QTest.keyClicks(form.email, "donor0@example.or")
    qtbot.waitUntil(lambda: form.email.accessibleDescription() == "")
    QTest.keyClicks(form.email, "g")
    qtbot.waitUntil(lambda: "was sent on" in form.email.accessibleDescription())


def test_it_checks_while_one_types(qtbot: QtBot, harness: Harness, bridge: Bridge, connection: Connection) -> None:
    form = form_for(qtbot, harness, bridge, connection)
    QTest.keyClicks(form.email, "ann@gmial.com")
    qtbot.waitUntil(lambda: "Did you mean ann@gmail.com" in form.email.accessibleDescription())
    QTest.keyClicks(form.phone, "2.25E+09")
    qtbot.waitUntil(lambda: "shortened it" in form.phone.accessibleDescription())
