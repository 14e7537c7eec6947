"""Resuming begins nothing (rule 15): only a relay that the pause interrupted goes on, as far as it was to go."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState
from ac_desktop.practice.faults import WELL, Faults, Incoming
from ac_desktop.ui.main.banner_rules import Severity
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import PATIENCE, Harness, donors

SYNC_PATH = "contact/sync"


def rest(qtbot: QtBot, desk: Harness, window: MainWindow, connection: Connection) -> None:
    """Wait until nothing is under way any more."""
    qtbot.waitUntil(lambda: not window.bridge.is_busy)
    assert desk.services.engine.join(connection.id, PATIENCE)
    qtbot.waitUntil(lambda: not window.bridge.is_busy)
    window.refresh()


def pause(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_.pause.trigger()
    qtbot.waitUntil(lambda: window.state.connection_state is ConnectionState.PAUSED)


def resume(qtbot: QtBot, desk: Harness, window: MainWindow, connection: Connection) -> None:
    assert window.banner.notice is not None
    assert window.banner.notice.severity is Severity.PAUSED
    window.banner.buttons[0].click()
    qtbot.waitUntil(lambda: window.state.connection_state is ConnectionState.ACTIVE)
    rest(qtbot, desk, window, connection)


def at_the_eighth(desk: Harness, do: Callable[[], object]) -> None:
    """Do something while the eighth donor is being sent."""

    def schedule(incoming: Incoming) -> None:
        if incoming.path == SYNC_PATH and incoming.of_path == 8:
            do()

    desk.account.set_schedule(schedule)


def relay_until_paused(qtbot: QtBot, desk: Harness, window: MainWindow, connection: Connection) -> None:
    """Relay twelve donors, pause by the window while the eighth goes, and queue two more meanwhile."""
    desk.queue(connection, donors(12))
    window.refresh()
    at_the_eighth(desk, lambda: desk.services.pause_connection(connection.id))
    window.connection_bar.press_relay()
    qtbot.waitUntil(lambda: window.state.connection_state is ConnectionState.PAUSED, timeout=20_000)
    rest(qtbot, desk, window, connection)
    assert 0 < desk.counts(connection).sent < 12
    desk.queue(connection, donors(2, start=12))
    window.refresh()


def test_resuming_sends_nothing_where_nothing_was_under_way(
    qtbot: QtBot, desk: Harness, window: MainWindow, connection: Connection
) -> None:
    desk.queue(connection, donors(4))
    pause(qtbot, window)
    assert window.connection_bar.relay.text() == "Resume"
    resume(qtbot, desk, window, connection)
    assert desk.account.count() == 0
    assert desk.counts(connection).waiting == 4
    assert window.connection_bar.relay.text() == "Relay 4 donors"
    assert window.banner.notice is None


def test_resuming_goes_on_with_what_was_under_way_and_sweeps_up_no_newcomer(
    qtbot: QtBot, desk: Harness, window: MainWindow, connection: Connection
) -> None:
    relay_until_paused(qtbot, desk, window, connection)
    assert window.connection_bar.relay.text() == "Resume relaying"
    resume(qtbot, desk, window, connection)
    assert desk.emails_on_list() == {donor.email for donor in donors(12)}
    assert desk.counts(connection).waiting == 2


def test_a_pause_from_beside_interrupts_just_so(
    qtbot: QtBot, desk: Harness, window: MainWindow, connection: Connection
) -> None:
    desk.queue(connection, donors(12))
    at_the_eighth(desk, lambda: desk.services.connections.pause(connection.id, desk.clock.now()))
    window.refresh()
    window.connection_bar.press_relay()
    qtbot.waitUntil(lambda: window.state.connection_state is ConnectionState.PAUSED, timeout=20_000)
    rest(qtbot, desk, window, connection)
    assert desk.counts(connection).waiting
    resume(qtbot, desk, window, connection)
    assert desk.counts(connection).sent == 12


def test_after_a_restart_nothing_is_under_way(desk: Harness, connection: Connection) -> None:
    desk.queue(connection, donors(12))
    at_the_eighth(desk, lambda: desk.services.pause_connection(connection.id))
    sent = desk.relay(connection).sent
    assert desk.services.engine.progress(connection.id).is_interrupted
    desk.restart()
    assert not desk.services.engine.progress(connection.id).is_interrupted
    desk.services.resume_connection(connection.id)
    assert not desk.services.engine.is_running(connection.id)
    assert desk.counts(connection).sent == sent < 12


@pytest.mark.parametrize("between", ["paused again", "relayed", "inactive"])
def test_what_was_interrupted_is_forgotten_once_it_is_over(desk: Harness, connection: Connection, between: str) -> None:
    services = desk.services
    desk.queue(connection, donors(12))
    at_the_eighth(desk, lambda: services.pause_connection(connection.id))
    desk.relay(connection)
    services.resume_connection(connection.id)
    assert services.engine.join(connection.id, PATIENCE)
    desk.account.set_schedule(())
    desk.queue(connection, donors(9, start=12))
    if between == "relayed":
        desk.relay(connection)
    elif between == "inactive":
        desk.account.faults = Faults(refuse_everything=True)
        desk.relay(connection)
        desk.account.faults = WELL
        services.connections.reactivate(connection.id, desk.clock.now())
    services.pause_connection(connection.id)
    waiting = desk.counts(connection).waiting
    services.resume_connection(connection.id)
    assert not services.engine.is_running(connection.id)
    assert desk.counts(connection).waiting == waiting


def test_an_inactive_connection_stays_so_whatever_is_resumed(desk: Harness, connection: Connection) -> None:
    desk.account.faults = Faults(refuse_everything=True)
    desk.queue(connection, donors(9))
    desk.relay(connection)
    requests = desk.account.count()
    desk.services.pause_connection(connection.id)
    desk.services.resume_connection(connection.id)
    assert desk.now_is(connection).state is ConnectionState.INACTIVE
    assert not desk.services.engine.is_running(connection.id)
    assert desk.account.count() == requests
