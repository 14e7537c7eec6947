from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.ui.base.bridge import Bridge
from tests.harness import Harness, donors
from tests.ui.dialogs.opened_donor_form import form_for


def test_save_and_next(qtbot: QtBot, harness: Harness, bridge: Bridge, connection: Connection) -> None:
    form = form_for(qtbot, harness, bridge, connection)
    form.email.setText(" Ann@Example.org ")
    form.first.setText("Ann")
    form.phone.setText("(225) 250-1301")
    with qtbot.waitSignal(form.saved):
        form.save.click()
    record = harness.services.record_reader.records(connection.id)[0]
    assert (record.donor.email, record.donor.phone) == ("ann@example.org", "2252501301")
    assert record.donor.first_name == "Ann"
    assert form.email.text() == ""
    assert form.email.hasFocus()
    assert "Ann, ann@example.org is waiting in the queue." in form.message.text()
    assert form.save.isEnabled()


def test_a_bad_address_is_reported_at_its_field_and_not_saved(
    qtbot: QtBot, harness: Harness, bridge: Bridge, connection: Connection
) -> None:
    form = form_for(qtbot, harness, bridge, connection)
    form.save.click()
    assert form.email.accessibleDescription() == "This row has no email address."
    form.email.setText("ann@")
    form.first.setFocus()
    form.save.click()
    assert "isn't a complete email address" in form.email.accessibleDescription()
    assert form.email.hasFocus()
    assert harness.counts(connection).rows == 0


def test_a_damaged_phone_is_reported_and_left_out(
    qtbot: QtBot, harness: Harness, bridge: Bridge, connection: Connection
) -> None:
    form = form_for(qtbot, harness, bridge, connection)
    form.email.setText("ann@example.org")
    form.phone.setText("2.25E+09")
    form.phone.editingFinished.emit()
    assert "shortened it" in form.phone.accessibleDescription()
    with qtbot.waitSignal(form.saved):
        form.save.click()
    assert harness.services.record_reader.records(connection.id)[0].donor.phone == ""


def test_the_pages_that_the_connection_knows_are_offered(qtbot: QtBot, harness: Harness, bridge: Bridge) -> None:
    connection = harness.connect("Chosen", scope=Scope(ScopeKind.ONLY, ("spring", "autumn")))
    form = form_for(qtbot, harness, bridge, connection)
    qtbot.waitUntil(lambda: form.page.pages == ("spring", "autumn"))


def test_a_connection_with_chosen_pages_asks_for_the_page(qtbot: QtBot, harness: Harness, bridge: Bridge) -> None:
    connection = harness.connect("Chosen", scope=Scope(ScopeKind.ONLY, ("spring",)))
    form = form_for(qtbot, harness, bridge, connection)
    form.email.setText("ann@example.org")
    form.save.click()
    assert form.page.hasFocus()
    assert harness.counts(connection).rows == 0
    form.page.setText("spring")
    with qtbot.waitSignal(form.saved):
        form.save.click()
    assert harness.counts(connection).waiting == 1
    assert form.page.text() == "spring"


def test_a_known_donor_is_queued_again_only_if_wished(
    qtbot: QtBot, harness: Harness, bridge: Bridge, connection: Connection
) -> None:
    harness.queue(connection, donors(1))
    form = form_for(qtbot, harness, bridge, connection)
    form.email.setText("Donor0@Example.org")
    form.save.click()
    qtbot.waitUntil(lambda: form.findChild(QMessageBox, "repeat") is not None)
    ask = form.findChild(QMessageBox, "repeat")
    assert ask is not None
    assert "already in the queue" in ask.text()
    ask.button(QMessageBox.StandardButton.Cancel).click()
    assert harness.counts(connection).waiting == 1
    assert form.email.text() == "Donor0@Example.org"
    harness.relay(connection)
    form.save.click()
    qtbot.waitUntil(lambda: any(box.isVisible() for box in form.findChildren(QMessageBox, "repeat")))
    (again,) = [box for box in form.findChildren(QMessageBox, "repeat") if box.isVisible()]
    assert "was sent on" in again.text()
    with qtbot.waitSignal(form.saved):
        again.button(QMessageBox.StandardButton.Yes).click()
    assert harness.counts(connection).waiting == 1


def test_escape_asks_only_if_something_was_typed(
    qtbot: QtBot, harness: Harness, bridge: Bridge, connection: Connection
) -> None:
    form = form_for(qtbot, harness, bridge, connection)
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert form.isHidden()
    form.show()
    form.last.setText("Dot")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isHidden()
    ask = form.findChild(QMessageBox, "discard")
    assert ask is not None
    ask.button(QMessageBox.StandardButton.Cancel).click()
    assert not form.isHidden()
    form.reject()
    again = [box for box in form.findChildren(QMessageBox, "discard") if box.isVisible()]
    again[0].button(QMessageBox.StandardButton.Discard).click()
    assert form.isHidden()
