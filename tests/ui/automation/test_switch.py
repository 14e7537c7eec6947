"""The switch in the header: nothing goes by itself before a person has confirmed what it does."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.automation.automation import Automation
from ac_desktop.model.connection import Connection
from ac_desktop.store.history.history import EventKind
from ac_desktop.store.history.notices import ActionCode
from ac_desktop.ui.automation.turn_on_dialog import TurnOnDialog
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import PATIENCE, Harness, donors


@pytest.fixture
def automation(harness: Harness) -> Automation:
    return Automation(harness.services, looks_at_folders=False)


def run(harness: Harness, automation: Automation, connection: Connection) -> None:
    """Relay everything that may go by itself."""
    automation.tick()
    assert harness.services.engine.join(connection.id, PATIENCE)
    automation.tick()


def arrive(harness: Harness, connection: Connection, numbers: range) -> None:
    """Queue donors as a file does that arrives in a watched folder."""
    services = harness.services
    permit = services.automatic_relays.permit(connection.id)
    batch_id = harness.queue(connection, donors(len(numbers), start=numbers.start))
    services.automatic_relays.cover(permit, batch_id)


def ask(qtbot: QtBot, window: MainWindow) -> TurnOnDialog:
    window.refresh()
    window.connection_bar.automatic.click()
    qtbot.waitUntil(lambda: window.findChild(TurnOnDialog) is not None)
    found = window.findChild(TurnOnDialog)
    assert found is not None
    return found


def turn_on(qtbot: QtBot, window: MainWindow, *, with_waiting: bool = False) -> None:
    dialog = ask(qtbot, window)
    dialog.with_waiting.setChecked(with_waiting)
    dialog.turn_on.click()
    qtbot.waitUntil(window.connection_bar.automatic.isChecked)
    qtbot.waitUntil(lambda: window.findChild(TurnOnDialog) is None)


def test_nothing_leaves_before_a_person_has_turned_it_on(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, automation: Automation
) -> None:
    arrive(harness, connection, range(3))
    run(harness, automation, connection)
    dialog = ask(qtbot, window)
    assert not window.connection_bar.automatic.isChecked()
    run(harness, automation, connection)
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(TurnOnDialog) is None)
    run(harness, automation, connection)
    assert not harness.services.automatic_relays.switch(connection.id).is_on
    assert not harness.account.log.requests()


def test_what_waits_already_goes_only_where_the_person_says_so(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, automation: Automation
) -> None:
    harness.queue(connection, donors(3))
    turn_on(qtbot, window)
    run(harness, automation, connection)
    assert harness.emails_on_list() == set()
    arrive(harness, connection, range(3, 5))
    run(harness, automation, connection)
    assert harness.emails_on_list() == {"donor3@example.org", "donor4@example.org"}


def test_with_what_waits_already_all_of_it_goes(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, automation: Automation
) -> None:
    harness.queue(connection, donors(3))
    turn_on(qtbot, window, with_waiting=True)
    run(harness, automation, connection)
    assert len(harness.emails_on_list()) == 3


def test_turned_off_nothing_goes_any_more(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, automation: Automation
) -> None:
    turn_on(qtbot, window)
    window.connection_bar.automatic.click()
    qtbot.waitUntil(lambda: not window.connection_bar.automatic.isChecked() and not window.bridge.is_busy)
    arrive(harness, connection, range(2))
    run(harness, automation, connection)
    assert harness.emails_on_list() == set()
    kinds = [event.kind for event in harness.services.history.events(connection.id)]
    assert kinds[-2:] == [EventKind.AUTOMATIC_ON, EventKind.AUTOMATIC_OFF]


def test_the_question_names_the_sources_and_why_nothing_goes(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    harness.services.watched_folders.watch(connection.id, tmp_path)
    harness.services.pause_connection(connection.id)
    dialog = ask(qtbot, window)
    texts = " ".join(label.text() for label in dialog.findChildren(type(window.connection_bar.failures_text)))
    assert str(tmp_path) in texts
    assert "This connection is paused" in texts
    assert not dialog.with_waiting.isVisible()
    dialog.reject()


def test_the_header_says_what_was_done_last_and_what_comes_next(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    bar, services = window.connection_bar, harness.services
    window.refresh()
    assert bar.automatic.isVisible()
    assert not bar.automatic_text.isVisible()
    services.watched_folders.watch(connection.id, tmp_path)
    turn_on(qtbot, window)
    assert bar.automatic_text.text() == "Next: new files in the watched folder."
    services.notices.record_action(connection.id, ActionCode.QUEUED, harness.clock.now(), source="folder", waiting="2")
    window.refresh()
    assert bar.automatic_text.text().startswith("2 donors queued at")
    services.pause_connection(connection.id)
    window.refresh()
    assert bar.automatic_text.text().endswith("The connection is paused, so nothing is sent.")
