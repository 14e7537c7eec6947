"""Donors pushed once more."""

from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.queue.resend_dialog import ResendDialog
from tests.harness import Harness, donors
from tests.ui.held import hold


def test_push_says_how_many_go_again(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    harness.queue(connection, donors(3))
    hold(harness, connection, ReasonCode.UNSUBSCRIBED_UNDATED)
    harness.relay(connection)
    window.actions_.push.trigger()
    dialog = window.findChild(ResendDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.push.text() == "Put 0 donors &back in queue")
    assert not dialog.push.isEnabled()
    dialog.which.button(2).click()
    qtbot.waitUntil(lambda: dialog.push.text() == "Put 3 donors &back in queue")
    assert "1 held donor not included" in dialog.note.text()
    dialog.batch.setCurrentIndex(1)
    dialog.batch.activated.emit(1)
    qtbot.waitUntil(lambda: dialog.push.text() == "Put 0 donors &back in queue")
    dialog.batch.setCurrentIndex(0)
    dialog.by_date.click()
    qtbot.waitUntil(lambda: dialog.push.text() == "Put 3 donors &back in queue")
    with qtbot.waitSignal(dialog.pushed):
        dialog.push.click()
    assert harness.counts(connection).waiting == 3
    assert window.message_bar.text.text() == "3 donors put back in the queue."
