"""What the window says of donors is so: no promise that is not kept, no choice that does nothing, no row of nobody."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode, responsible_for, responsible_text, template
from ac_desktop.model.states import ConnectionState, Decision, RecordState, Responsible
from ac_desktop.practice.faults import WELL, Faults, Incoming, Outage
from ac_desktop.store.queries.record_query import Sort, SortKey
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.queue.columns import QueueColumn
from ac_desktop.ui.queue.decide_dialog import DecideDialog
from tests.harness import Harness, donors
from tests.ui.held import hold

PROMISES = (
    "we try", "we create", "try again", "tried again", "retried", "starts again", "by itself", "automatically",
)  # fmt: skip


@pytest.mark.parametrize("code", ReasonCode)
def test_no_reason_promises_what_depends_on_the_connection(code: ReasonCode) -> None:
    reported = f"{template(code)} {responsible_text(responsible_for(code))}".lower()
    assert [promise for promise in PROMISES if f" {promise}" in f" {reported}"] == []


def test_who_is_not_asked_for_help_is_promised_nothing() -> None:
    assert responsible_text(Responsible.WAIT) == "No one. This usually passes."


def test_the_inactive_banner_promises_no_further_attempt(
    harness: Harness, window: MainWindow, connection: Connection
) -> None:
    harness.queue(connection, donors(9))
    harness.account.faults = Faults(outage=Outage.ERROR_500)
    harness.relay(connection)
    window.refresh()
    assert window.state.connection_state is ConnectionState.INACTIVE
    assert window.banner.notice is not None
    text = window.banner.notice.text
    assert "ActiveCampaign had a server error (500)." in text
    assert "again" not in text
    assert "Nothing is sent until you reactivate the connection" in text


def decide_dialog(qtbot: QtBot, window: MainWindow, *numbers: int) -> DecideDialog:
    """Ask what becomes of some held donors."""
    window.refresh()
    window.queue.tabs.choose(RecordState.HELD)
    window.queue.table.go_to(numbers[0])
    window.deferred.queue_controller.decisions.decide(numbers)
    qtbot.waitUntil(lambda: window.findChild(DecideDialog) is not None)
    dialog = window.findChild(DecideDialog)
    assert dialog is not None
    return dialog


@pytest.mark.parametrize(
    ("code", "way"),
    [
        (ReasonCode.BAD_EMAIL, "correct the row"),
        (ReasonCode.NO_EMAIL, "correct the row"),
        (ReasonCode.HELD_BY_PERSON, "Release"),
    ],
)
def test_subscribing_again_is_not_offered_where_nobody_left_the_list(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, code: ReasonCode, way: str
) -> None:
    number = hold(harness, connection, code)
    dialog = decide_dialog(qtbot, window, number)
    assert set(dialog.choices) == {Decision.KEEP, Decision.SKIP}
    assert not dialog.why.isVisible()
    assert any(way in label.text() for label in dialog.findChildren(QLabel))
    dialog.choices[Decision.SKIP].setChecked(True)
    dialog.buttons.button(dialog.buttons.StandardButton.Ok).click()
    qtbot.waitUntil(lambda: harness.counts(connection).skipped == 1)


def test_subscribing_again_says_for_how_many_it_is(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    numbers = [hold(harness, connection, code) for code in (ReasonCode.BOUNCED, ReasonCode.BAD_EMAIL)]
    harness.queue(connection, donors(1))
    waiting = harness.services.queue.last_record(connection.id)
    dialog = decide_dialog(qtbot, window, *numbers, waiting)
    assert dialog.choices[Decision.RESUBSCRIBE].text().endswith(": 1 of 2")
    dialog.reject()


@pytest.mark.parametrize("how", ["all", "one", "undone"])
def test_removed_rows_leave_nothing_behind(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, how: str
) -> None:
    harness.queue(connection, donors(5))
    harness.account.faults = Faults(refuse_addresses=True)
    harness.relay(connection)
    harness.account.faults = WELL
    failed = harness.counts(connection).failed
    window.refresh()
    window.queue.tabs.choose(RecordState.FAILED)
    table, model = window.queue.table, window.queue.model
    table.selectAll() if how != "one" else table.selectRow(1)
    window.actions_.remove.trigger()
    left = failed - 1 if how == "one" else 0
    qtbot.waitUntil(lambda: harness.counts(connection).failed == left and not window.bridge.is_busy)
    window.refresh()
    qtbot.waitUntil(lambda: model.rowCount() == left)  # a table that was slow to read is read again a little later
    assert None not in {model.record_at(row) for row in range(model.rowCount())}
    if how == "undone":
        window.actions_.undo.trigger()
        qtbot.waitUntil(lambda: model.rowCount() == failed)


def tries_of(window: MainWindow) -> list[str]:
    model = window.queue.model
    return [str(model.index(row, QueueColumn.TRIES).data()) for row in range(model.rowCount())]


def refuse_key(incoming: Incoming) -> Faults:
    return Faults(refuse_everything=incoming.number <= 3)


def refuse_donor(incoming: Incoming) -> Faults:
    return Faults(refuse_addresses=incoming.path == "contact/sync")


@pytest.mark.parametrize(
    ("schedule", "rounds", "state"),
    [(refuse_key, 1, RecordState.SENT), (refuse_donor, 3, RecordState.FAILED)],
)
def test_tries_are_the_attempts_that_there_were(
    qtbot: QtBot,
    harness: Harness,
    window: MainWindow,
    connection: Connection,
    schedule: Callable[[Incoming], Faults],
    rounds: int,
    state: RecordState,
) -> None:
    harness.queue(connection, donors(1))
    number = harness.services.queue.last_record(connection.id)
    harness.account.set_schedule(schedule)
    for _ in range(rounds):
        harness.services.bulk_changes.retry([number], harness.clock.now())
        harness.relay(connection)
    (record,) = harness.services.record_reader.by_ids([number])
    attempts = harness.services.history.attempts_of(number)
    assert record.state is state
    assert len(attempts) >= 3
    window.refresh()
    qtbot.waitUntil(lambda: window.queue.model.rowCount() == 1)
    assert tries_of(window) == [str(len(attempts))]


def test_tries_of_a_bulk_relay_are_counted_and_sorted_by(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    harness.queue(connection, donors(3))
    harness.services.engine.start(connection.id, in_bulk=True)
    assert harness.services.engine.join(connection.id, 100)
    harness.queue(connection, donors(1, start=3))
    window.refresh()
    qtbot.waitUntil(lambda: window.queue.model.rowCount() == 4)
    shown = tries_of(window)
    attempts = [len(harness.services.history.attempts_of(number)) for number in window.queue.model.ids()]
    assert shown == [str(number) if number else "" for number in attempts]
    assert attempts[-1] == 0 < min(attempts[:-1])
    window.queue.table.sort_chosen.emit(Sort(SortKey.TRIES, descending=True))
    qtbot.waitUntil(lambda: not window.queue.reader.is_busy)
    assert tries_of(window) == sorted(shown, reverse=True)
