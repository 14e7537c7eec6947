"""A watched folder as staff use it: files are saved there, and the window does the rest, or asks."""

import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from ac_desktop.automation_services import FOLDER_LOCK_NAME
from ac_desktop.importing.sources.watched_folder import DONE
from ac_desktop.model.connection import Connection
from ac_desktop.platform.file_lock import FileLock
from ac_desktop.store.history.notices import ActionCode
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.importing.sheet import ImportPageId
from ac_desktop.ui.importing.watching.watch_panel import WatchDialog
from ac_desktop.ui.main.main_window import MainWindow
from tests.anedot import DonationRow, donation_rows, write_export
from tests.harness import Harness

PATIENCE = 30_000


class Watching:
    """A window whose connection watches a folder; the tests check it instead of a timer."""

    def __init__(
        self, qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, folder: Path
    ) -> None:
        folder.mkdir()
        self.qtbot, self.harness, self.window, self.connection, self.folder = qtbot, harness, window, connection, folder
        harness.services.watched_folders.watch(connection.id, folder)
        self.watch = window.deferred.import_controller.folder_watch
        self.watch.begin()
        self.watch.stop()

    def look(self) -> None:
        self.watch.check_folders()
        self.until(lambda: not self.window.bridge.is_busy)

    def look_twice(self) -> None:
        self.look()
        self.look()

    def until(self, is_so: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(is_so()), timeout=PATIENCE)

    def message(self) -> str:
        return self.window.message_bar.text.text() if self.window.message_bar.isVisible() else ""

    def names(self) -> set[str]:
        done = self.folder / DONE
        return {path.name for path in done.iterdir()} if done.exists() else set()


@pytest.fixture
def watching(qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path) -> Watching:
    return Watching(qtbot, harness, window, connection, tmp_path / "exports")


def put_away(watching: Watching, name: str) -> bool:
    return {name, f"{name}.receipt.html"} <= watching.names()


def test_a_clear_export_is_queued_automatically_and_put_away_with_its_receipt(watching: Watching) -> None:
    write_export(watching.folder / "spring.csv", donation_rows(5))
    watching.look_twice()
    watching.until(watching.names)
    assert watching.names() == {"spring.csv", "spring.csv.receipt.html"}
    assert not (watching.folder / "spring.csv").exists()
    counts = watching.harness.counts(watching.connection)
    assert (counts.waiting, counts.sent) == (5, 0), "queued is not sent"
    receipt = (watching.folder / DONE / "spring.csv.receipt.html").read_text(encoding="utf-8")
    assert "5 rows = 0 sent + 5 waiting" in receipt
    watching.until(lambda: "“spring.csv” arrived in the watched folder and was queued: 5 rows" in watching.message())
    assert watching.window.panes_splitter.isVisible()
    assert not watching.window.deferred.sheet.isVisible()
    assert watching.harness.account.count() == 0


def test_a_folder_that_another_process_looks_at_is_left_to_it(watching: Watching) -> None:
    lock = FileLock(watching.harness.services.folder / FOLDER_LOCK_NAME)
    assert lock.acquire()
    write_export(watching.folder / "spring.csv", donation_rows(5))
    watching.look_twice()
    assert watching.harness.counts(watching.connection).rows == 0
    assert (watching.folder / "spring.csv").exists()

    lock.release()
    watching.look_twice()
    watching.until(watching.names)
    assert watching.harness.counts(watching.connection).waiting == 5


def test_with_the_switch_on_what_was_clear_may_leave_by_itself_and_what_was_asked_about_not(watching: Watching) -> None:
    services = watching.harness.services
    services.automatic_relays.turn_on(watching.connection.id, watching.harness.clock.now())
    write_export(watching.folder / "spring.csv", donation_rows(5))
    watching.look_twice()
    watching.until(watching.names)
    assert services.automatic_relays.waiting(watching.connection.id) == 5
    watching.until(lambda: watching.message().endswith("Relay automatically is on."))
    watching.until(lambda: services.notices.last_action(watching.connection.id) is not None)
    last = services.notices.last_action(watching.connection.id)
    assert last is not None
    assert (last.code, last.details["file"], last.details["waiting"]) == (ActionCode.QUEUED, "spring.csv", "5")

    watching.window.deferred.import_controller.import_files(
        [write_export(watching.folder.parent / "summer.csv", donation_rows(7))]
    )
    flow = watching.window.deferred.flow
    watching.until(lambda: flow.state.stage is ImportStage.CHECKING and not flow.state.is_busy)
    flow.queue()
    watching.until(lambda: watching.harness.counts(watching.connection).waiting == 7 and not flow.is_open)
    assert services.automatic_relays.waiting(watching.connection.id) == 5


def test_the_same_file_again_brings_nothing_new(watching: Watching) -> None:
    for name in ("spring.csv", "spring (2).csv"):
        write_export(watching.folder / "spring.csv", donation_rows(5))
        watching.look_twice()
        watching.until(partial(put_away, watching, name))
    assert watching.harness.counts(watching.connection).waiting == 5


def test_an_unclear_export_waits_for_the_person_and_is_put_away_after_the_answer(watching: Watching) -> None:
    path = watching.folder / "odd.csv"
    path.write_text("Wer,Anders\nann@example.org,Ann\n", encoding="utf-8")
    watching.look_twice()
    watching.until(watching.message)
    assert "“odd.csv” arrived in the watched folder but wasn't queued." in watching.message()
    assert watching.harness.counts(watching.connection).rows == 0
    assert path.exists()
    assert not watching.window.deferred.sheet.isVisible(), "nobody is torn from their work"

    watching.window.message_bar.action_button.click()
    watching.until(
        lambda: watching.window.deferred.sheet.isVisible() and watching.window.deferred.sheet.page is ImportPageId.MATCH
    )
    watching.window.deferred.flow.cancel()
    watching.until(lambda: watching.window.deferred.flow.state.stage is ImportStage.IDLE)
    assert path.exists(), "what was not queued stays"


def test_a_row_that_needs_repair_is_asked_about_first(watching: Watching) -> None:
    path = write_export(watching.folder / "spring.csv", [*donation_rows(3), DonationRow(number=7, email="zoe@")])
    watching.look_twice()
    watching.until(watching.message)
    assert "Rows to fix: 1." in watching.message()
    assert watching.harness.counts(watching.connection).rows == 0

    watching.window.message_bar.action_button.click()
    watching.until(lambda: watching.window.deferred.flow.state.stage is ImportStage.CHECKING)
    watching.window.deferred.flow.queue()
    watching.until(lambda: watching.names() == {"spring.csv", "spring.csv.receipt.html"})
    assert not path.exists()
    assert watching.harness.counts(watching.connection).waiting == 3


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (
            "Membership Status",
            "limbo",
            "Check what these columns say before you add the file to the queue: Membership Status.",
        ),
        ("Email Opt In", "no", "Rows to fix: 1."),
        ("Email Opt In", "perhaps", "Rows to fix: 1."),
    ],
)
def test_a_doubt_about_a_status_or_consent_waits_for_the_person(
    watching: Watching, column: str, value: str, expected: str
) -> None:
    path = watching.folder / "members.csv"
    path.write_text(f"Email,{column}\nann@example.org,{value}\nbea@example.org,active\n", encoding="utf-8")
    watching.look_twice()
    watching.until(watching.message)
    assert expected in watching.message()
    assert watching.harness.counts(watching.connection).rows == 0

    watching.window.message_bar.action_button.click()
    watching.until(lambda: watching.window.deferred.flow.state.stage is ImportStage.CHECKING)
    watching.window.deferred.flow.queue()
    watching.until(lambda: watching.names() and not path.exists())
    assert not path.exists()


def test_a_status_that_is_plainly_well_asks_nobody(watching: Watching) -> None:
    path = watching.folder / "members.csv"
    path.write_text("Email,Membership Status\nann@example.org,Active\nbea@example.org,\n", encoding="utf-8")
    watching.look_twice()
    watching.until(watching.names)
    assert watching.harness.counts(watching.connection).waiting == 2


def test_every_file_of_a_zip_is_queued_before_it_is_put_away(watching: Watching, tmp_path: Path) -> None:
    one, two = write_export(tmp_path / "one.csv", donation_rows(2)), tmp_path / "two.csv"
    two.write_text("Email\nbea@example.org\n", encoding="utf-8")
    with zipfile.ZipFile(watching.folder / "both.zip", "w") as archive:
        archive.write(one, "one.csv")
        archive.write(two, "two.csv")
    watching.look_twice()
    watching.until(watching.names)
    receipt = (watching.folder / DONE / "both.zip.receipt.html").read_text(encoding="utf-8")
    assert "one.csv" in receipt
    assert "two.csv" in receipt
    assert watching.harness.counts(watching.connection).waiting == 3


def test_no_look_disturbs_a_person_who_imports(watching: Watching, tmp_path: Path) -> None:
    write_export(watching.folder / "spring.csv", donation_rows(5))
    watching.look()
    watching.window.deferred.flow.add_files(
        watching.connection.id, [write_export(tmp_path / "by hand.csv", donation_rows(2, start=50))]
    )
    watching.until(lambda: watching.window.deferred.flow.state.stage is ImportStage.CHECKING)
    watching.look()
    watching.window.deferred.flow.queue()
    watching.until(lambda: watching.window.deferred.flow.state.stage is ImportStage.RESULT)
    watching.look()
    assert watching.names() == set(), "the receipt stays on the screen as long as it is read"
    watching.window.deferred.flow.dismiss()
    watching.look()
    watching.until(watching.names)
    assert watching.harness.counts(watching.connection).waiting == 7


def test_a_folder_that_is_gone_is_reported_once(watching: Watching) -> None:
    watching.folder.rmdir()
    watching.look()
    assert "can't be read right now" in watching.message()
    watching.window.message_bar.hide()
    watching.look()
    assert watching.message() == ""
    watching.folder.mkdir()
    watching.look()
    watching.folder.rmdir()
    watching.look()
    assert "can't be read right now" in watching.message()


def test_a_deleted_connection_takes_nothing_more(watching: Watching) -> None:
    write_export(watching.folder / "spring.csv", donation_rows(5))
    watching.harness.services.remove_connection(watching.connection.id)
    watching.look_twice()
    assert watching.message() == ""
    assert (watching.folder / "spring.csv").exists()


def test_the_folder_is_chosen_and_taken_back_in_the_menu(watching: Watching, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for chosen in (other, None):
        watching.window.actions_.watch.trigger()
        dialog = watching.window.findChild(WatchDialog)
        assert isinstance(dialog, WatchDialog)
        if chosen is None:
            assert dialog.folder.text() == str(other)
            dialog.stop.click()
            assert not dialog.stop.isEnabled()
        else:
            dialog.take(str(chosen))
        dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()
        watching.until(lambda: watching.window.findChild(WatchDialog) is None)
        assert watching.harness.services.watched_folders.of(watching.connection.id) == chosen


def test_a_folder_can_be_typed(watching: Watching, tmp_path: Path) -> None:
    watching.window.actions_.watch.trigger()
    dialog = watching.window.findChild(WatchDialog)
    assert isinstance(dialog, WatchDialog)
    dialog.folder.clear()
    QTest.keyClicks(dialog.folder, f"{tmp_path} ")
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()
    watching.until(lambda: watching.window.findChild(WatchDialog) is None)
    assert watching.harness.services.watched_folders.of(watching.connection.id) == tmp_path
