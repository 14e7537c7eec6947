"""The menu of the office, an invitation that is dropped on the window, and when the window closes for another queue."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.ui.base.message_bar import ErrorMessage, SuccessMessage
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.office.join_dialog import JoinDialog
from ac_desktop.ui.office.queue_change import ChangedQueue, made
from tests.anedot import donation_rows, write_export
from tests.ui.office.made_up_office import invitation_in, membership
from tests.ui.scenes.of_office import ADDRESS


def test_outside_an_office_one_can_share_and_join(window: MainWindow) -> None:
    actions = window.actions_
    assert actions.share_queue.isEnabled()
    assert actions.join_office.isEnabled()
    assert not actions.workstations.isEnabled()
    assert not actions.leave_office.isEnabled()


def test_an_invitation_that_is_dropped_is_for_joining_and_other_files_are_imported(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    file = invitation_in(tmp_path)
    assert "invitation" in window.drop_text([file])
    assert "invitation" not in window.drop_text([write_export(tmp_path / "a.csv", donation_rows(3))])

    window.import_dropped([file])

    dialog = window.findChild(JoinDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: "“ana”" in dialog.invited.text())
    dialog.reject()
    assert not window.deferred.flow.is_open


def test_the_window_closes_for_the_offices_queue_once_the_server_has_accepted(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.import_dropped([invitation_in(tmp_path)])
    dialog = window.findChild(JoinDialog)
    assert dialog is not None
    assert window.deferred.office_controller.change is None

    dialog.accepted_by_office.emit(ADDRESS, membership().workstation)
    dialog.accept()

    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.deferred.office_controller.change is not None


def test_nothing_closes_while_an_import_is_open(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.import_dropped([write_export(tmp_path / "a.csv", donation_rows(3))])
    qtbot.waitUntil(lambda: window.deferred.flow.is_open and not window.bridge.is_busy)

    window.import_dropped([invitation_in(tmp_path)])

    assert window.findChild(JoinDialog) is None
    assert "Finish or close the open import" in window.message_bar.text.text()
    window.deferred.flow.cancel()
    qtbot.waitUntil(lambda: not window.deferred.flow.is_open and not window.bridge.is_busy)


def test_a_change_that_fails_is_said_and_the_password_stays_the_one_that_is_known() -> None:
    def fails() -> ChangedQueue:
        raise StoreError(StoreProblem.LOCKED, StoreMessage.FOLDER_IN_USE)

    told, password = made(fails, "known")
    assert isinstance(told, ErrorMessage)
    assert "already working in this folder" in told.text
    assert password == "known"
    assert made(lambda: ChangedQueue("Done", "new"), None) == (SuccessMessage("Done"), "new")
