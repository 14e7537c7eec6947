"""The queue as it is shown: causes as cards, filter, order, privacy mask, chart, and a name for every control."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.reason_codes import Remedy
from ac_desktop.model.states import RecordState
from ac_desktop.practice.faults import Faults
from ac_desktop.store.history.activity import LAST_HOURS
from ac_desktop.store.queue.decisions import Choices
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.queue import pane
from ac_desktop.ui.queue.columns import QueueColumn
from ac_desktop.ui.queue.decide_dialog import DecideDialog
from tests.harness import Harness, donors
from tests.ui.conftest import HookCalls
from tests.ui.queue.full_queue import select


def test_causes_are_cards_over_the_failed(
    qtbot: QtBot, harness: Harness, full: MainWindow, connection: Connection, hook_calls: HookCalls
) -> None:
    cards = full.queue.causes
    assert cards.isHidden()
    full.queue.tabs.choose(RecordState.FAILED)
    qtbot.waitUntil(lambda: len(cards.cards) == 2)
    assert [card.group.count for card in cards.cards] == [3, 1]
    key = cards.cards[1]
    assert key.remedy is Remedy.REPLACE_KEY
    key.remedy_wanted.emit(key.remedy)
    assert hook_calls.calls == [("key", connection.id)]
    cards.cards[0].show_wanted.emit(cards.cards[0].group.code)
    assert full.queue.model.rowCount() == 3
    full.queue.filter.clear()
    with qtbot.waitSignal(full.deferred.queue_controller.bulk_actions.message, timeout=5_000):
        cards.cards[0].retry_wanted.emit(cards.cards[0].group)
    qtbot.waitUntil(lambda: harness.counts(connection).failed == 1)
    qtbot.waitUntil(lambda: len(cards.cards) == 1)


def test_filter_and_the_way_back(qtbot: QtBot, full: MainWindow) -> None:
    full.activateWindow()
    full.actions_.find.trigger()
    edit = full.queue.filter.edit
    edit.setText("donor1@")
    qtbot.waitUntil(lambda: full.queue.model.rowCount() == 1)
    assert full.queue.filter.found.text() == "1 donor found"
    edit.setText("nobody here")
    qtbot.waitUntil(lambda: full.queue.model.rowCount() == 0)
    assert full.queue.table.accessibleDescription() == "No donors match “nobody here”. To clear the filter, press Esc."
    qtbot.keyClick(edit, Qt.Key.Key_Escape)  # type: ignore[no-untyped-call]
    assert full.queue.model.rowCount() == 12
    assert not full.queue.filter.text


@pytest.mark.parametrize("long_queue", [0, 10_000])
def test_a_click_on_a_head_sorts_up_down_and_as_queued(
    qtbot: QtBot, full: MainWindow, monkeypatch: pytest.MonkeyPatch, long_queue: int
) -> None:
    monkeypatch.setattr(pane, "LONG_QUEUE", long_queue)
    model, header = full.queue.model, full.queue.table.horizontalHeader()
    select(full, [2])
    header.sectionClicked.emit(QueueColumn.STATE)
    qtbot.waitUntil(lambda: model.id_at(11) == 6)
    assert full.queue.table.current_id() == 2
    header.sectionClicked.emit(QueueColumn.STATE)
    qtbot.waitUntil(lambda: model.id_at(0) == 6)
    full.refresh()
    qtbot.waitUntil(lambda: model.id_at(0) == 6)
    header.sectionClicked.emit(QueueColumn.STATE)
    qtbot.waitUntil(lambda: [model.id_at(row) for row in range(12)] == list(range(1, 13)))
    header.sectionClicked.emit(QueueColumn.DECIDE)


def test_a_tabs_order_is_remembered(full: MainWindow) -> None:
    full.queue.table.horizontalHeader().sectionClicked.emit(QueueColumn.EMAIL)
    full.queue.tabs.choose(RecordState.FAILED)
    assert full.queue.table.horizontalHeader().sortIndicatorSection() == -1
    full.queue.tabs.choose(None)
    assert full.queue.table.horizontalHeader().sortIndicatorSection() == QueueColumn.EMAIL
    assert [full.queue.model.id_at(row) for row in range(3)] == [1, 11, 12]


def test_the_privacy_mask_covers_names_and_addresses_everywhere(
    harness: Harness, full: MainWindow, connection: Connection
) -> None:
    harness.queue(connection, donors(1, start=50))
    harness.relay(connection)
    full.refresh()
    harness.account.faults = Faults(refuse_addresses=True)
    harness.relay(connection)
    full.actions_.privacy_mask.trigger()
    select(full, [13])
    full.deferred.details.show_record(harness.services.record_reader.record(13))
    shown = [
        str(full.queue.model.index(row, column).data(role) or "")
        for row in range(full.queue.model.rowCount())
        for column in QueueColumn
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    ]
    log = full.deferred.log.model
    shown += [str(log.index(row, column).data() or "") for row in range(log.rowCount()) for column in range(4)]
    shown += [block.text() for block in full.deferred.details.blocks] + [
        full.deferred.details.owner.text(),
        full.deferred.details.name.text(),
    ]
    shown += [
        full.connection_bar.failure_indicator.toolTip(),
        full.connection_bar.failure_indicator.accessibleDescription(),
        full.banner.accessibleDescription(),
    ]
    everything = "\n".join(shown)
    for part in ("donor50", "First50", "Last50", "2252500050", "@example.org", "donor3"):
        assert part not in everything
    full.actions_.privacy_mask.trigger()
    assert "donor50@example.org" in full.deferred.details.owner.text()


def test_every_control_of_the_queue_has_a_name(qtbot: QtBot, full: MainWindow) -> None:
    full.actions_.activity.setChecked(True)
    full.queue.tabs.choose(RecordState.FAILED)
    qtbot.waitUntil(lambda: bool(full.queue.causes.cards))
    full.queue.filter.show_filter("donor1@")
    dialog = DecideDialog(Choices(held=1, again=1), "", "", full)
    dialog.show()
    nameless = [widget for root in (full, dialog) for widget in root.findChildren(QWidget) if is_nameless(widget)]
    assert nameless == []
    dialog.close()


def is_nameless(widget: QWidget) -> bool:
    if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or not widget.isVisible() or widget.focusProxy():
        return False
    if widget.objectName().startswith("qt_"):
        return False
    return not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_the_chart_shows_its_figures_in_words(
    qtbot: QtBot, harness: Harness, full: MainWindow, connection: Connection
) -> None:
    harness.queue(connection, donors(4, start=80))
    harness.relay(connection)
    full.refresh()
    full.actions_.activity.setChecked(True)
    sent = harness.counts(connection).sent
    chart = full.deferred.activity.chart
    qtbot.waitUntil(lambda: f"{sent} sent" in chart.accessibleDescription())
    assert "Peak: " in chart.accessibleDescription()
    chart.grab()
    full.deferred.activity.spans[LAST_HOURS].setChecked(True)
    qtbot.waitUntil(lambda: f"Last 24 hours: {sent} sent" in chart.accessibleDescription())
    chart.grab()
