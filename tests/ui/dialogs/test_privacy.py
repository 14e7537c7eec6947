"""What a person can set in the window about donors' data: for how long it is kept, and that one person is erased."""

import os
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.rules import KEEP_FOREVER
from ac_desktop.relay.housekeeping import Housekeeper
from ac_desktop.store.privacy.retention import DAY
from ac_desktop.ui.dialogs.erase_dialog import EraseDialog, ErasureRecordDialog
from ac_desktop.ui.dialogs.retention_dialog import ClockDialog, RetentionDialog
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness, donors

Dialog = TypeVar("Dialog", bound=QDialog)


def found(window: MainWindow, kind: type[Dialog]) -> Dialog:
    (dialog,) = window.findChildren(kind)
    return dialog


@pytest.fixture
def relayed(harness: Harness, connection: Connection, window: MainWindow, qtbot: QtBot) -> Connection:
    harness.queue(connection, donors(3))
    harness.relay(connection)
    window.refresh()
    qtbot.waitUntil(lambda: window.queue.model.rowCount() == 3)
    return connection


def test_the_days_are_set_and_what_is_older_goes_at_once(
    qtbot: QtBot, harness: Harness, relayed: Connection, window: MainWindow
) -> None:
    harness.clock.advance(31 * DAY)
    harness.services.seen_time.confirm(harness.clock.now())
    window.actions_.retention.trigger()
    dialog = found(window, RetentionDialog)
    assert dialog.days.value() == 90
    assert dialog.forget.isChecked()

    dialog.days.setValue(30)
    dialog.buttons.button(dialog.buttons.StandardButton.Save).click()

    qtbot.waitUntil(lambda: next(harness.services.record_reader.all_records(relayed.id)).donor.email == "")
    assert harness.services.retention.days() == 30
    qtbot.waitUntil(lambda: "deleted after the retention period" in _first_address(window))


def first_email(harness: Harness, connection: Connection) -> str:
    return next(harness.services.record_reader.all_records(connection.id)).donor.email


def test_a_clock_far_ahead_is_asked_about_and_nothing_goes_before_the_answer(
    qtbot: QtBot, harness: Harness, relayed: Connection, window: MainWindow
) -> None:
    qtbot.waitUntil(lambda: not window.bridge.is_busy)
    harness.clock.advance(200 * DAY)
    window.actions_.retention.trigger()
    found(window, RetentionDialog).buttons.button(QDialogButtonBox.StandardButton.Save).click()
    qtbot.waitUntil(lambda: "date is far ahead" in window.message_bar.text.text())
    assert first_email(harness, relayed)

    window.message_bar.action_button.click()
    dialog = found(window, ClockDialog)
    assert "The last date AC Desktop saw" in dialog.text.text()
    assert not dialog.is_right.isDefault()
    dialog.reject()
    assert first_email(harness, relayed)

    window.deferred.privacy_controller.doubt_clock(harness.services.seen_time.read(harness.clock.now()))
    window.message_bar.action_button.click()
    (again,) = [one for one in window.findChildren(ClockDialog) if one.isVisible()]
    again.is_right.click()
    qtbot.waitUntil(lambda: first_email(harness, relayed) == "")
    assert not harness.services.seen_time.read(harness.clock.now()).is_in_doubt


def test_the_housekeepers_doubt_is_reported_in_the_window(
    qtbot: QtBot, harness: Harness, relayed: Connection, window: MainWindow
) -> None:
    qtbot.waitUntil(lambda: not window.bridge.is_busy)
    services = harness.services
    harness.clock.advance(200 * DAY)
    housekeeper = Housekeeper(
        services.retention,
        services.seen_time,
        harness.clock.now,
        window.bridge.something_changed,
        lambda look: window.bridge.call(partial(window.deferred.privacy_controller.doubt_clock, look)),
    )
    housekeeper.start()
    qtbot.waitUntil(lambda: "date is far ahead" in window.message_bar.text.text())
    housekeeper.close()
    assert first_email(harness, relayed)


def test_old_removed_donors_stay_where_the_clock_is_doubted(
    qtbot: QtBot, harness: Harness, relayed: Connection, window: MainWindow
) -> None:
    qtbot.waitUntil(lambda: not window.bridge.is_busy)
    ids = [record.id for record in harness.services.record_reader.all_records(relayed.id)]
    removal, _ = harness.services.bulk_changes.remove(ids, harness.clock.now())
    harness.clock.advance(200 * DAY)

    window.deferred.queue_controller.bulk_actions.purge()
    qtbot.waitUntil(lambda: not window.bridge.is_busy)

    assert harness.services.bulk_changes.restore(removal, harness.clock.now()) == 3


def _first_address(window: MainWindow) -> str:
    model = window.queue.model
    return " ".join(str(model.index(0, at).data()) for at in range(model.columnCount()))


def test_keeping_for_ever_is_a_choice(qtbot: QtBot, harness: Harness, window: MainWindow) -> None:
    window.actions_.retention.trigger()
    dialog = found(window, RetentionDialog)
    dialog.forget.setChecked(False)
    assert not dialog.days.isEnabled()

    dialog.buttons.button(dialog.buttons.StandardButton.Save).click()

    qtbot.waitUntil(lambda: harness.services.retention.days() == KEEP_FOREVER)


def test_a_donor_is_erased_only_after_what_goes_was_shown(
    qtbot: QtBot, harness: Harness, relayed: Connection, window: MainWindow, tmp_path: Path
) -> None:
    window.queue.table.selectRow(0)
    window.actions_.erase.trigger()
    dialog = found(window, EraseDialog)
    address = dialog.email.text()
    assert address.startswith("donor")
    qtbot.waitUntil(dialog.erase.isEnabled)
    assert "1 in the queue" in dialog.note.text()
    assert not dialog.erase.isDefault()

    dialog.erase.click()

    qtbot.waitUntil(lambda: bool(window.findChildren(ErasureRecordDialog)))
    receipt = found(window, ErasureRecordDialog)
    receipt.copy_button.click()
    assert address in QGuiApplication.clipboard().text()
    receipt.save(str(tmp_path / "receipt.txt"))
    assert (tmp_path / "receipt.txt").read_text(encoding="utf-8") == receipt.text.toPlainText()
    if os.name == "posix":
        assert (tmp_path / "receipt.txt").stat().st_mode & 0o077 == 0
    receipt.save(str(tmp_path / "nowhere" / "receipt.txt"))
    assert "couldn't be saved" in receipt.note.text()
    emails = {record.donor.email for record in harness.services.record_reader.all_records(relayed.id)}
    assert emails == {"", *(donor.email for donor in donors(3))} - {address}


def test_an_incomplete_or_unknown_address_says_so(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_.erase.trigger()
    dialog = found(window, EraseDialog)
    assert "full email address" in dialog.note.text()
    assert not dialog.erase.isEnabled()

    dialog.email.setText("Nobody@Example.org ")

    assert dialog.address == "nobody@example.org"
    qtbot.waitUntil(dialog.erase.isEnabled)
    assert "No donor has this address" in dialog.note.text()


def test_who_is_being_relayed_is_not_erased_and_the_dialog_says_so(
    qtbot: QtBot, harness: Harness, connection: Connection, window: MainWindow
) -> None:
    harness.queue(connection, donors(1))
    harness.services.queue.claim(connection.id, harness.clock.now())
    window.actions_.erase.trigger()
    dialog = found(window, EraseDialog)
    dialog.email.setText(donors(1)[0].email)
    qtbot.waitUntil(dialog.erase.isEnabled)

    dialog.erase.click()

    qtbot.waitUntil(lambda: "being sent right now" in dialog.note.text())
    assert dialog.isVisible()
    assert dialog.erase.isEnabled()


@pytest.mark.usefixtures("relayed")
def test_the_row_menu_offers_it_for_whose_data_is_there(window: MainWindow) -> None:
    window.queue.table.selectRow(1)
    menu = window.deferred.queue_controller.menu_of_selected()
    (offer,) = [action for action in menu.actions() if "Erase this donor" in action.text()]
    assert offer.isEnabled()

    offer.trigger()

    assert found(window, EraseDialog).address
    menu.deleteLater()
