"""While an office's server is away the window keeps typed donors, shows who waits, and goes on by itself."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.automation.automation import Automation
from ac_desktop.automation.events import AutomationCode, AutomationEvent
from ac_desktop.model.connection import Connection
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office.outbox import KnownConnection
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.opening import outbox_of
from ac_desktop.ui.dialogs.donor_form import AddDonorForm
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.single_instance import InstanceAddress
from ac_desktop.ui.main.window import open_window
from ac_desktop.ui.offline.offline_window import OfflineWindow
from ac_desktop.ui.offline.outbox_pane import OutboxPane
from tests.console.conftest import ROOT
from tests.made_up import Store
from tests.office.way import CutOffHarness
from tests.ui.conftest import HookCalls

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
AWAY = StoreError(StoreProblem.AWAY, StoreMessage.OFFICE_AWAY, server="db.example.org", detail="")
REFUSED = StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_NO_TLS, server="db.example.org")
OFFICE = OfficeAddress(host="127.0.0.1", port=1, database="office", user="ana", password="")


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[CutOffHarness]:
    with CutOffHarness(tmp_path / "data") as made:
        yield made
        made.way.reopen()
    made.close_way()


@pytest.fixture
def window(qtbot: QtBot, harness: CutOffHarness, hook_calls: HookCalls) -> Iterator[MainWindow]:
    harness.connect("Spring Appeal")
    made = open_window(harness.services, openers=hook_calls.openers())
    with qtbot.waitExposed(made):
        pass
    qtbot.waitUntil(lambda: made.state.connection is not None)
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())
    made.deleteLater()


def pane_of(window: MainWindow) -> OutboxPane | None:
    return window.findChild(OutboxPane)


def is_pane_shown(window: MainWindow) -> bool:
    pane = pane_of(window)
    return pane is not None and pane.isVisible()


def waiting(pane: OutboxPane) -> list[str]:
    return [pane.waiting.item(row).text().split(",")[0] for row in range(pane.waiting.count())]


def test_the_queue_makes_way_for_who_waits_until_the_server_is_back(
    qtbot: QtBot, harness: CutOffHarness, window: MainWindow
) -> None:
    events: list[AutomationEvent] = []
    automation = Automation(harness.services, events.append)
    automation.tick(looks=False)
    harness.way.cut()
    window.refresh()
    qtbot.waitUntil(lambda: is_pane_shown(window))
    pane = pane_of(window)
    assert pane is not None
    assert not window.queue.isVisible()
    assert "can't reach your office's server" in pane.why.text()

    pane.email.setText("annie@example.org")
    pane.save.click()
    assert pane.message.text() == "annie@example.org is waiting for the office."
    assert (pane.heading.text(), waiting(pane)) == ("Waiting for the office: 1", ["annie@example.org"])

    harness.way.reopen()
    automation.tick(looks=False)
    window.refresh()
    qtbot.waitUntil(lambda: not is_pane_shown(window))
    assert window.queue.isVisible()
    assert [event.code for event in events] == [AutomationCode.OUTBOX_PUSHED]
    (connection,) = harness.services.connections.all()
    assert harness.counts(connection).waiting == 1
    window.deferred.automation.show_event(events[0])
    assert window.message_bar.text.text() == "Donors who waited on this computer are in the office's queue now: 1."


def test_the_form_of_an_open_window_says_that_a_donor_waits_for_the_office(
    qtbot: QtBot, harness: CutOffHarness, window: MainWindow
) -> None:
    typed = harness.services.typed_donors
    assert typed is not None
    typed.visit()
    connection = window.state.connection
    assert connection is not None
    form = AddDonorForm(harness.services, window.bridge, connection, window)
    form.show()
    qtbot.waitUntil(lambda: not window.bridge.is_busy)
    harness.way.cut()

    form.email.setText("annie@example.org")
    form.save.click()
    qtbot.waitUntil(lambda: form.message.text() == "annie@example.org is waiting for the office.")

    assert [entry.donor.email for entry in typed.outbox.entries()] == ["annie@example.org"]
    form.close()


def test_a_watched_folder_waits_until_the_server_is_back(
    qtbot: QtBot, harness: CutOffHarness, window: MainWindow, tmp_path: Path
) -> None:
    connection = window.state.connection
    assert connection is not None
    folder = tmp_path / "exports"
    folder.mkdir()
    harness.services.watched_folders.watch(connection.id, folder)
    watch = window.deferred.import_controller.folder_watch
    watch.begin()
    (folder / "spring.csv").write_text("Email,First Name,Last Name\nannie@example.org,Annie,Dot\n", encoding="utf-8")
    harness.way.cut()
    for _ in range(4):
        watch.check_folders()
        qtbot.waitUntil(lambda: not window.bridge.is_busy)
    assert [path.name for path in folder.iterdir()] == ["spring.csv"]

    harness.way.reopen()

    def is_queued() -> bool:
        watch.check_folders()
        return harness.counts(connection).waiting == 1 and not (folder / "spring.csv").exists()

    qtbot.waitUntil(is_queued)


@pytest.fixture
def offline(tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[OfflineWindow, list[StoreError | None]]]:
    """An offline window, and what the next looks for the server end with."""
    with Store(tmp_path / "own") as store:
        connection: Connection = store.connect()
    outbox = outbox_of(tmp_path / "here", OFFICE)
    outbox.remember([KnownConnection(key_name="a key's name", connection=connection)])
    answers: list[StoreError | None] = []

    def reach() -> None:
        answer = answers.pop(0)
        if answer is not None:
            raise answer

    window = OfflineWindow(outbox, reach, AWAY)
    qtbot.addWidget(window)
    window.show()
    yield window, answers
    window.pane.email.clear()


def test_the_window_opens_without_the_server_and_gives_way_once_it_is_back(
    qtbot: QtBot, offline: tuple[OfflineWindow, list[StoreError | None]]
) -> None:
    window, answers = offline
    window.pane.email.setText("not an address")
    window.pane.save.click()
    assert waiting(window.pane) == []
    window.pane.email.setText("annie@example.org")
    window.pane.save.click()
    assert waiting(window.pane) == ["annie@example.org"]

    answers[:] = [AWAY, None]
    with qtbot.waitSignal(window.answered):
        window.try_now()
    assert window.isVisible()
    with qtbot.waitSignal(window.answered):
        window.try_now()
    assert (window.isVisible(), window.is_back, window.problem) == (False, True, None)


def test_the_window_stays_while_a_donor_is_typed_and_says_what_does_not_pass(
    qtbot: QtBot, offline: tuple[OfflineWindow, list[StoreError | None]]
) -> None:
    window, answers = offline
    window.pane.first.setText("Annie")
    answers[:] = [None, REFUSED]
    with qtbot.waitSignal(window.answered):
        window.try_now()
    assert (window.isVisible(), window.is_back) == (True, False)

    window.pane.first.clear()
    with qtbot.waitSignal(window.answered):
        window.try_now()
    assert (window.isVisible(), window.is_back, window.problem) == (False, False, REFUSED)


_LATER_START = """
import sys
from pathlib import Path
from ac_desktop.ui.main.single_instance import InstanceAddress

folder, *files = map(Path, sys.argv[1:])
sys.exit(InstanceAddress(folder, practice=False).acquire(files))
"""


def test_files_of_a_later_start_are_named_and_kept_until_the_server_is_back(
    qtbot: QtBot, tmp_path: Path, offline: tuple[OfflineWindow, list[StoreError | None]]
) -> None:
    window, _ = offline
    address = InstanceAddress(tmp_path / "folder", practice=False)
    assert address.acquire([])
    address.listen_and_keep(window.pane.show_files)
    spring, gala = tmp_path / "spring.csv", tmp_path / "gala.csv"
    try:
        for brought in ([spring], [spring, gala]):
            command = [sys.executable, "-c", _LATER_START, str(tmp_path / "folder"), *map(str, brought)]
            later = subprocess.Popen(command, cwd=ROOT)
            qtbot.waitUntil(lambda one=later: one.poll() is not None, timeout=20_000)  # type: ignore[misc]
            assert later.returncode == 0
        qtbot.waitUntil(lambda: "spring.csv, gala.csv" in window.pane.files.text())
        assert window.pane.files.isVisible()
        assert (address.kept_files(), address.kept_files()) == ([spring, gala], [])
    finally:
        address.release()
