"""Verify with ActiveCampaign, in the window."""

import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.practice.faults import Faults, Incoming
from ac_desktop.practice.records import MemberStatus
from ac_desktop.ui.dialogs.verify_dialog import VerifyDialog
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import PATIENCE, Harness, donors


def _opened(qtbot: QtBot, window: MainWindow) -> VerifyDialog:
    qtbot.waitUntil(window.actions_.verify.isEnabled)
    window.actions_.verify.trigger()
    dialog = window.findChild(VerifyDialog)
    assert dialog is not None
    return dialog


def _ended(qtbot: QtBot, dialog: VerifyDialog) -> None:
    qtbot.waitUntil(lambda: dialog.go.text() == "&Verify", timeout=30_000)


def test_it_names_who_is_not_there_to_copy_or_save(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    harness.queue(connection, donors(5))
    harness.relay(connection)
    left, gone = harness.account.contact("donor1@example.org"), harness.account.contact("donor3@example.org")
    assert left is not None
    assert gone is not None
    harness.account.set_status(left.id, "1", MemberStatus.UNSUBSCRIBED)
    harness.account.delete_contact(gone.id)
    dialog = _opened(qtbot, window)
    assert not dialog.copy_button.isVisible()

    dialog.go.click()
    _ended(qtbot, dialog)

    assert dialog.note.text() == (
        "On the list: 3 of 5 donors. Left or not active: 1. Not found: 1. Nothing was changed."
    )
    lines = [
        "First1 Last1  donor1@example.org  left the list or not active",
        "First3 Last3  donor3@example.org  not found on the list",
    ]
    assert dialog.donors.toPlainText().splitlines() == lines
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text().splitlines() == lines
    file = tmp_path / "gone.csv"
    dialog.save(str(file))
    assert file.read_text(encoding="utf-8-sig").splitlines()[:2] == [
        "Name,Email,On the list",
        "First1 Last1,donor1@example.org,left the list or not active",
    ]
    dialog.save(str(tmp_path / "nowhere" / "gone.csv"))
    assert "couldn't be saved" in dialog.note.text()
    window.actions_.privacy_mask.trigger()
    assert "donor1" not in dialog.donors.toPlainText()
    window.actions_.privacy_mask.trigger()
    dialog.close()


def test_all_there_is_said_and_nobody_sent_too(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    dialog = _opened(qtbot, window)
    dialog.go.click()
    _ended(qtbot, dialog)
    assert dialog.note.text() == "No donors were sent with this connection yet."
    harness.queue(connection, donors(3))
    harness.relay(connection)
    dialog.go.click()
    _ended(qtbot, dialog)
    assert dialog.note.text() == "Every sent donor is on the list: 3."
    assert not dialog.donors.isVisible()
    dialog.close()


def test_an_account_that_refuses_is_reported(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    harness.queue(connection, donors(3))
    harness.relay(connection)
    harness.account.faults = Faults(refuse_everything=True)
    dialog = _opened(qtbot, window)

    dialog.go.click()
    _ended(qtbot, dialog)

    assert dialog.note.text().startswith("ActiveCampaign rejected this API key.")
    dialog.close()


@pytest.mark.parametrize("by_closing", [True, False])
def test_it_stops_between_two_questions(
    qtbot: QtBot,
    harness: Harness,
    window: MainWindow,
    connection: Connection,
    by_closing: bool,  # noqa: FBT001
) -> None:
    harness.queue(connection, donors(250))
    harness.relay(connection, in_bulk=True)
    dialog = _opened(qtbot, window)

    def stop(_: Incoming) -> None:
        pressed = threading.Event()

        def press() -> None:
            dialog.go.click()
            pressed.set()

        window.bridge.call(press)
        assert pressed.wait(PATIENCE)

    asked = harness.account.count("contacts")
    if not by_closing:
        harness.account.set_schedule(stop)
    dialog.go.click()
    if by_closing:
        dialog.reject()
        qtbot.waitUntil(lambda: not window.bridge.is_busy)
        assert harness.account.count("contacts") <= asked + 1
    else:
        _ended(qtbot, dialog)
        assert dialog.note.text() == "Stopped. Found on the list so far: 100 of 250 donors."
        dialog.close()
