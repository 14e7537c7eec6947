"""What runs by itself beside the window: on a thread of its own, once for a data folder, and ended before it closes."""

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.app import ServiceParts, build
from ac_desktop.automation.automation import Automation
from ac_desktop.automation.events import AutomationCode, AutomationEvent
from ac_desktop.automation.status import AutomationControl, NextAction
from ac_desktop.model.connection import Connection
from ac_desktop.model.schedule import DEFAULT_SCHEDULE
from ac_desktop.platform.file_lock import FileLock
from ac_desktop.services import Services
from ac_desktop.ui.automation.background import AutomationThread
from ac_desktop.ui.automation.turn_on_dialog import TurnOnDialog
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.window import open_window
from tests.harness import PATIENCE, Harness, donors
from tests.ui.conftest import HookCalls
from tests.unpaced import UnpacedLedger


@pytest.fixture
def services(harness: Harness, connection: Connection) -> Services:
    """Return services that live by the real clock, as a thread that waits on the virtual one would run through it."""
    assert connection.id
    harness.services.close()
    made = build(harness.folder, parts=ServiceParts(keys=harness.keys, rate_limit_store=UnpacedLedger()))
    harness.services = made
    return made


@pytest.fixture
def open_beside(qtbot: QtBot, services: Services, hook_calls: HookCalls) -> Iterator[Callable[[], MainWindow]]:
    """Open a window with the automation beside it, as the program does."""
    window = open_window(services, openers=hook_calls.openers())
    thread = AutomationThread(services, lambda _: window.bridge.something_changed())
    window.stop_automation = thread.close
    thread.start()
    yield lambda: window
    thread.close()
    services.engine.stop()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    window.deleteLater()


def arrive(harness: Harness, connection: Connection, count: int, *, start: int = 0) -> None:
    relays = harness.services.automatic_relays
    permit = relays.permit(connection.id)
    relays.cover(permit, harness.queue(connection, donors(count, start=start)))


def test_what_arrives_is_sent_once_the_person_has_turned_it_on(
    qtbot: QtBot, harness: Harness, connection: Connection, open_beside: Callable[[], MainWindow]
) -> None:
    window = open_beside()
    arrive(harness, connection, 2)
    window.connection_bar.automatic.click()
    qtbot.waitUntil(lambda: window.findChild(TurnOnDialog) is not None)
    assert not harness.account.log.requests()
    question = window.findChild(TurnOnDialog)
    assert question is not None
    question.turn_on.click()
    qtbot.waitUntil(window.connection_bar.automatic.isChecked)
    arrive(harness, connection, 3, start=2)
    qtbot.waitUntil(lambda: harness.counts(connection).sent == 3)
    assert harness.emails_on_list() == {f"donor{number}@example.org" for number in (2, 3, 4)}
    assert harness.counts(connection).waiting == 2
    qtbot.waitUntil(lambda: window.connection_bar.automatic_text.text().startswith("Last relay:"))


def test_closing_ends_it_before_the_relay_so_that_nothing_more_starts(
    qtbot: QtBot, harness: Harness, connection: Connection, open_beside: Callable[[], MainWindow]
) -> None:
    window, services = open_beside(), harness.services
    services.automatic_relays.turn_on(connection.id, services.clock.now())
    arrive(harness, connection, 40)
    qtbot.waitUntil(lambda: services.engine.is_running(connection.id))
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    sent = harness.counts(connection).sent
    arrive(harness, connection, 3, start=100)
    window.stop_automation()
    assert not services.engine.is_running(connection.id)
    assert harness.counts(connection).sent == sent
    assert harness.counts(connection).sending == 0


def test_beside_a_run_that_fetches_the_window_does_not(harness: Harness, services: Services) -> None:
    lock = FileLock(harness.folder / "automation.lock")
    assert lock.acquire()
    connection = services.connections.all()[0]
    services.anedot.accounts.remember(connection.id, "a1b2c3")
    services.schedules.choose(connection.id, DEFAULT_SCHEDULE, services.clock.now())
    codes: list[AutomationCode] = []
    stands_by = threading.Event()

    def note(event: AutomationEvent) -> None:
        codes.append(event.code)
        if event.code is AutomationCode.STANDBY:
            stands_by.set()

    thread = AutomationThread(services, note)
    thread.start()
    assert stands_by.wait(PATIENCE)
    thread.close()
    lock.release()
    assert codes == [AutomationCode.STARTED, AutomationCode.STANDBY, AutomationCode.STOPPED]
    assert services.schedules.last_look(connection.id) is None


def test_nothing_is_fetched_by_itself_before_a_person_chose_a_schedule_or_the_switch(services: Services) -> None:
    connection = services.connections.all()[0]
    services.anedot.accounts.remember(connection.id, "a1b2c3")
    codes: list[AutomationCode] = []

    def note(event: AutomationEvent) -> None:
        codes.append(event.code)

    automation = Automation(services, note, looks_at_folders=False, fetches_unasked=False)
    control = AutomationControl(services)
    automation.tick()
    assert control.status_in_window(connection.id).next is NextAction.NOTHING
    assert codes == []

    services.schedules.choose(connection.id, DEFAULT_SCHEDULE, services.clock.now())
    assert control.status_in_window(connection.id).next is NextAction.LOOK
    automation.tick()
    assert codes != []
