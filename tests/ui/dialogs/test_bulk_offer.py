"""When many wait, the window offers bulk, says what differs, and relays as the person chooses."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.relay_texts import list_reading_text
from ac_desktop.ui.dialogs.bulk_offer_dialog import OfferDialog
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness, donors


def _offer(window: MainWindow, qtbot: QtBot) -> OfferDialog:
    window.connection_bar.relay.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(OfferDialog)))
    return window.findChildren(OfferDialog)[0]


@pytest.mark.parametrize("in_bulk", [False, True])
def test_many_are_relayed_the_way_the_person_chooses(
    qtbot: QtBot,
    harness: Harness,
    connection: Connection,
    window: MainWindow,
    in_bulk: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    harness.queue(connection, donors(520))
    window.refresh()
    dialog = _offer(window, qtbot)
    assert not harness.account.requests()
    assert list_reading_text() in {label.text() for label in dialog.findChildren(QLabel) if not label.isHidden()}

    (dialog.in_bulk if in_bulk else dialog.one_by_one).click()

    enough = 520 if in_bulk else 20
    qtbot.waitUntil(lambda: harness.counts(connection).sent >= enough, timeout=60_000)
    assert (harness.account.count("import/bulk_import") > 0) is in_bulk


def test_cancel_relays_nobody(qtbot: QtBot, harness: Harness, connection: Connection, window: MainWindow) -> None:
    harness.queue(connection, donors(520))
    window.refresh()
    _offer(window, qtbot).reject()
    assert not harness.services.engine.is_running(connection.id)
    assert not harness.account.requests()


def test_few_are_relayed_without_a_question(
    qtbot: QtBot, harness: Harness, connection: Connection, window: MainWindow
) -> None:
    harness.queue(connection, donors(3))
    window.refresh()
    window.connection_bar.relay.click()
    qtbot.waitUntil(lambda: harness.counts(connection).sent == 3, timeout=20_000)
    assert not window.findChildren(OfferDialog)
