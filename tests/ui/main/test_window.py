import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QPalette
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.reason_codes import Remedy
from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.practice.faults import WELL, Faults
from ac_desktop.store.ports import QueryToken
from ac_desktop.store.queries import listing
from ac_desktop.store.queries.record_query import RecordQuery, Sort, SortKey
from ac_desktop.ui.base.theme import Scheme, contrast
from ac_desktop.ui.base.visual.colors import is_dark
from ac_desktop.ui.dialogs.donor_form import AddDonorForm
from ac_desktop.ui.main.banner_rules import Severity
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.tray.tray_notice import TrayNotice
from ac_desktop.ui.main.window import open_window
from ac_desktop.ui.queue import pane
from ac_desktop.ui.queue.columns import QueueColumn
from tests.harness import Harness, donors
from tests.ui.conftest import HookCalls
from tests.ui.window_states import window_state


def shown(window: MainWindow) -> Severity | None:
    notice = window.banner.notice
    return notice.severity if notice else None


def switch_off(harness: Harness, connection: Connection, *, waiting: int = 9) -> None:
    harness.account.faults = Faults(refuse_everything=True)
    harness.queue(connection, donors(waiting))
    harness.relay(connection)
    harness.account.faults = WELL


def test_relay_puts_the_waiting_donors_onto_the_list(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    harness.queue(connection, donors(25))
    window.refresh()
    assert window.connection_bar.relay.text() == "Relay 25 donors"
    with qtbot.waitSignal(window.progress.ended, timeout=20_000):
        window.connection_bar.press_relay()
    assert len(harness.emails_on_list()) == 25
    qtbot.waitUntil(lambda: window.queue.tabs.tabText(5) == "Sent (25)")
    assert window.progress.text.text().startswith("Done: 25 sent")
    assert not window.connection_bar.relay.isEnabled()
    qtbot.waitUntil(lambda: window.deferred.log.model.rowCount() == 25 * 5 + 1)


def test_only_what_was_queued_at_the_click_is_relayed(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness.queue(connection, donors(3))
    window.refresh()
    started: list[tuple[int, int, bool]] = []
    monkeypatch.setattr(
        harness.services.engine, "start", lambda number, *, through, in_bulk: started.append((number, through, in_bulk))
    )
    window.connection_bar.press_relay()
    qtbot.waitUntil(lambda: bool(started))
    assert started == [(connection.id, harness.services.queue.last_record(connection.id), False)]


def test_the_failure_indicator_lights_and_the_fifth_failure_switches_off(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, hook_calls: HookCalls
) -> None:
    harness.account.faults = Faults(refuse_everything=True)
    harness.queue(connection, donors(9))
    window.refresh()
    window.connection_bar.press_relay()
    qtbot.waitUntil(lambda: window.state.connection_state is ConnectionState.INACTIVE, timeout=20_000)
    assert window.connection_bar.failure_indicator.lit == 5
    assert window.windowTitle().startswith("⚠ Inactive: Spring Appeal")
    notice = window.banner.notice
    assert notice is not None
    assert notice.severity is Severity.INACTIVE
    assert "9 donors" in notice.text
    assert window.connection_bar.relay.text() == "Test and reactivate…"
    assert window.actions_.reactivate.isVisible()
    window.banner.buttons[0].click()
    window.connection_bar.press_relay()
    assert hook_calls.calls == [("key", connection.id), ("reactivate", connection.id)]
    window.banner.buttons[2].click()
    qtbot.waitUntil(lambda: "Became inactive after 5" in newest_text(window))


def newest_text(window: MainWindow) -> str:
    """Return the log's line that came last: the test's clock stands still, so that times do not tell."""
    newest = window.deferred.log.model.newest()
    return newest.text if newest else ""


def test_inactive_is_shown_again_at_each_start(
    qtbot: QtBot, harness: Harness, connection: Connection, hook_calls: HookCalls
) -> None:
    switch_off(harness, connection)
    harness.restart()
    window = open_window(harness.services, openers=hook_calls.openers())
    assert shown(window) is Severity.INACTIVE
    assert "Inactive" in window.windowTitle()
    harness.services.connections.reactivate(connection.id, harness.clock.now())
    window.refresh()
    assert shown(window) is None
    assert window.windowTitle() == "AC Desktop"
    window.close()
    window.deleteLater()
    qtbot.waitUntil(lambda: not window.isVisible())


class FakeTray(QSystemTrayIcon):
    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def showMessage(self, title: str, text: str, *_more: object) -> None:  # noqa: N802  Qt's own name
        self.messages.append(f"{title}: {text}")

    def show(self) -> None:
        """Stay out of the system's tray."""


def test_the_tray_shows_once_until_it_happens_again(qtbot: QtBot) -> None:
    tray = FakeTray()
    notice = TrayNotice(tray)
    notice.show_state(window_state())
    assert tray.messages == []
    for _ in range(3):
        notice.show_state(window_state(ConnectionState.INACTIVE))
    assert len(tray.messages) == 1
    assert "Spring Appeal" in tray.messages[0]
    notice.show_state(window_state())
    notice.show_state(window_state(ConnectionState.INACTIVE))
    assert len(tray.messages) == 2
    notice.show_end("Done: 3 sent.")
    assert tray.messages[-1].endswith("Done: 3 sent.")
    notice.hide()
    with qtbot.waitSignal(notice.clicked):
        tray.messageClicked.emit()


def test_every_control_that_takes_the_focus_has_a_name(
    window: MainWindow, harness: Harness, connection: Connection
) -> None:
    switch_off(harness, connection)
    window.refresh()
    window.deferred.import_controller.add_donor()
    form = window.findChild(AddDonorForm)
    assert form is not None
    nameless = [
        widget
        for root in (window, form)
        for widget in root.findChildren(QWidget)
        if widget.window() is root and _is_nameless(widget)
    ]
    assert nameless == []
    form.close()


def _is_nameless(widget: QWidget) -> bool:
    if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or widget.isHidden() or widget.focusProxy():
        return False
    if widget.objectName().startswith("qt_"):
        return False
    interface = QAccessible.queryAccessibleInterface(widget)
    return not interface.text(QAccessible.Text.Name)


def test_r_retries_the_selected_donors(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    harness.account.faults = Faults(refuse_addresses=True)
    harness.queue(connection, donors(2))
    harness.relay(connection)
    harness.account.faults = WELL
    window.refresh()
    assert window.queue.tabs.tabText(4) == "Failed (2)"
    window.queue.tabs.choose(RecordState.FAILED)
    window.queue.table.selectAll()
    assert "2 selected donors" in window.actions_.retry.text()
    window.queue.table.setFocus()
    window.actions_.retry.trigger()
    qtbot.waitUntil(lambda: harness.counts(connection).waiting == 2)
    qtbot.waitUntil(lambda: window.queue.tabs.tabText(4) == "Failed")


def test_ctrl_l_goes_to_the_log_and_back(
    qtbot: QtBot, window: MainWindow, harness: Harness, connection: Connection
) -> None:
    harness.queue(connection, donors(3))
    harness.relay(connection)
    window.refresh()
    record = harness.services.record_reader.records(connection.id)[1]
    window.queue.go_to(record)
    qtbot.waitUntil(lambda: window.queue.table.current_id() == record.id)
    window.actions_.show_in_log.trigger()
    line = window.deferred.log.current_line()
    assert line is not None
    assert line.record_id == record.id
    assert record.donor.email in window.deferred.details.owner.text()
    window.queue.table.clearSelection()
    window.activateWindow()
    window.deferred.log.table.setFocus()
    if window.deferred.log.table.hasFocus():
        window.actions_.show_in_log.trigger()
        assert window.queue.table.selected_ids() == [record.id]


def test_each_tab_shows_its_own_and_is_reached_by_its_key(
    window: MainWindow, harness: Harness, connection: Connection
) -> None:
    harness.queue(connection, donors(3))
    window.refresh()
    assert window.actions_.tabs[1].shortcut().toString() == "Ctrl+2"
    assert window.actions_.tabs[1].text() == "Show Waiting"
    window.actions_.tabs[1].trigger()
    assert window.queue.tabs.state is RecordState.WAITING
    assert window.queue.model.rowCount() == 3
    window.actions_.tabs[4].trigger()
    assert window.queue.model.rowCount() == 0
    assert window.queue.table.accessibleDescription() == "✓ No failures."
    window.queue.table.grab()


def test_a_long_queue_is_read_off_the_main_thread(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pane, "LONG_QUEUE", 0)
    readers: list[threading.Thread] = []
    read = window.queue.listing.steps

    def noted(question: RecordQuery, first: int, look: QueryToken) -> Iterator[listing.IdBatch]:
        readers.append(threading.current_thread())
        yield from read(question, first, look)

    monkeypatch.setattr(window.queue.listing, "steps", noted)
    harness.queue(connection, donors(30))
    window.refresh()
    qtbot.waitUntil(lambda: window.queue.model.rowCount() == 30)
    assert readers
    assert threading.main_thread() not in readers


def test_the_first_rows_of_a_long_queue_are_shown_before_the_others(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pane, "LONG_QUEUE", 0)
    monkeypatch.setattr(pane, "FIRST_ROWS", 4)
    monkeypatch.setattr(listing, "LONG", 0)
    harness.queue(connection, donors(30))
    window.refresh()
    qtbot.waitUntil(lambda: window.queue.model.rowCount() == 30 and not window.queue.reader.is_busy)
    model, table = window.queue.model, window.queue.table
    shown: list[int] = []

    def choose_the_third() -> None:
        shown.append(model.rowCount())
        table.selectRow(2)
        table.clicked.emit(model.index(2, 0))

    model.modelReset.connect(choose_the_third)
    table.sort_chosen.emit(Sort(SortKey.EMAIL, descending=True))
    qtbot.waitUntil(lambda: window.queue.model.rowCount() == 30 and not window.queue.reader.is_busy)
    emails = [model.index(row, QueueColumn.EMAIL).data() for row in range(30)]
    assert shown == [4]
    assert emails == sorted(emails, reverse=True)
    assert table.selected_ids() == [model.id_at(2)]


def test_f6_walks_through_the_panes(window: MainWindow) -> None:
    window.activateWindow()
    seen = set()
    for _ in range(5):
        window.actions_.next_pane.trigger()
        focused = window.focusWidget()
        seen.add(focused.accessibleName())
    assert {"Donors in the queue", "Log", "Connections and states"} <= seen
    window.actions_.previous_pane.trigger()


def test_the_failure_indicator_opens_the_failed_donor(
    window: MainWindow, harness: Harness, connection: Connection
) -> None:
    switch_off(harness, connection, waiting=1)
    window.refresh()
    window.connection_bar.failure_indicator.click()
    assert window.queue.table.selected_ids() == [harness.services.record_reader.records(connection.id)[0].id]
    window.actions_.copy_email.trigger()
    assert QGuiApplication.clipboard().text() == "donor0@example.org"
    window.banner.remedy_wanted.emit(Remedy.OPEN_DONORS)


def test_another_connection_is_shown_with_its_own_queue(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    other = harness.connect("Autumn")
    harness.queue(other, donors(5))
    switch_off(harness, connection)
    window.refresh()
    rows = [window.sidebar.model.index(at) for at in range(window.sidebar.model.rowCount())]
    spoken = {row.data(Qt.ItemDataRole.AccessibleTextRole): row for row in rows}
    assert "Spring Appeal, Inactive · 9 waiting" in spoken
    assert [one.text() for one in window.connection_bar.chooser_menu().actions()] == [
        "Autumn (Active)",
        "Spring Appeal (Inactive)",
    ]
    with qtbot.waitSignal(window.sidebar.connection_chosen):
        window.sidebar.list.setCurrentIndex(spoken["Autumn, Active · 5 waiting"])
    assert window.queue.model.rowCount() == 5
    assert shown(window) is None
    assert "Inactive: Spring Appeal" in window.windowTitle()


def test_the_actions_ask_the_other_panes(window: MainWindow, hook_calls: HookCalls, connection: Connection) -> None:
    actions = window.actions_
    for action in (actions.new_connection, actions.edit, actions.replace_key, actions.choose_list, actions.test):
        action.trigger()
    asked = [("new", 0), *((name, connection.id) for name in ("edit", "key", "list", "test"))]
    assert hook_calls.calls == asked


def test_without_a_connection_the_window_says_how_to_begin(
    qtbot: QtBot, harness: Harness, hook_calls: HookCalls
) -> None:
    window = open_window(harness.services, practice=True, openers=hook_calls.openers())
    qtbot.addWidget(window)
    assert "To begin, connect ActiveCampaign" in window.queue.table.accessibleDescription()
    assert not window.actions_.import_files.isEnabled()
    assert shown(window) is Severity.PRACTICE
    assert window.windowTitle() == "Practice: AC Desktop"
    window.deferred.import_controller.add_donor()
    assert window.findChild(AddDonorForm) is None


def test_the_window_remembers_its_look(
    qtbot: QtBot, harness: Harness, connection: Connection, hook_calls: HookCalls
) -> None:
    other = harness.connect("Autumn")
    window = open_window(harness.services, openers=hook_calls.openers())
    window.choose_connection(other.id)
    window.queue.table.setColumnWidth(1, 222)
    window.actions_.schemes[Scheme.DARK].trigger()
    window.close()
    again = open_window(harness.services, openers=hook_calls.openers())
    qtbot.addWidget(again)
    qtbot.addWidget(window)
    assert again.state.connection is not None
    assert again.state.connection.id == other.id
    assert again.queue.table.columnWidth(1) == 222
    assert again.actions_.schemes[Scheme.DARK].isChecked()
    again.actions_.schemes[Scheme.SYSTEM].trigger()
    assert connection.id != other.id
    assert (Path(harness.folder) / "window.ini").exists()


def is_in(window: MainWindow, *, dark: bool) -> bool:
    return is_dark(window.palette()) is dark


def test_a_change_to_dark_reaches_every_part(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    switch_off(harness, connection)
    window.refresh()
    window.deferred.import_controller.import_files([tmp_path / "missing.csv"])
    for scheme in (Scheme.DARK, Scheme.LIGHT):
        window.actions_.schemes[scheme].trigger()
        dark = scheme is Scheme.DARK
        qtbot.waitUntil(partial(is_in, window, dark=dark))
        for part in (window.banner, window.message_bar, window.connection_bar.state):
            assert is_dark(part.palette()) is dark
            text = part.palette().color(QPalette.ColorRole.WindowText)
            assert contrast(text, part.palette().color(QPalette.ColorRole.Window)) >= 4.5
    window.actions_.schemes[Scheme.SYSTEM].trigger()


def test_closing_finishes_what_is_being_sent(
    qtbot: QtBot, harness: Harness, connection: Connection, hook_calls: HookCalls, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(harness.services, openers=hook_calls.openers())
    qtbot.addWidget(window)
    asked = threading.Event()
    monkeypatch.setattr(harness.services.engine, "is_running", lambda _number: True)
    monkeypatch.setattr(harness.services.engine, "stop", asked.set)
    assert connection.id
    assert not window.close()
    assert "stay in the queue" in window.progress.text.text()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert asked.is_set()
    monkeypatch.undo()
