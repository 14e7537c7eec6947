"""The columns of the queue: a choice that is kept, the reason always in sight, one line or two for a donor."""

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMenu

from ac_desktop.model.states import RecordState
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.queue import columns
from ac_desktop.ui.queue.columns import QueueColumn
from ac_desktop.ui.queue.rows.row_cells import CellKind
from tests.harness import Harness


def shown(window: MainWindow) -> list[QueueColumn]:
    head = window.queue.table.head
    order = [head.logicalIndex(at) for at in range(head.count())]
    return [QueueColumn(one) for one in order if not head.isSectionHidden(one)]


def toggle(window: MainWindow, text: str) -> None:
    menu = window.queue.table.columns_menu()
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.deleteLater()


def test_a_choice_of_columns_and_their_widths_are_kept(harness: Harness, full: MainWindow) -> None:
    full.queue.table.setMinimumWidth(1400)
    full.queue.table.resize(1400, full.queue.table.height())
    assert shown(full) == list(columns.SHOWN)
    toggle(full, "Phone")
    toggle(full, "State")
    toggle(full, "One line per donor")
    full.queue.table.head.resizeSection(QueueColumn.DONOR, 234)
    full.queue.filters.choose_state(RecordState.FAILED)
    assert shown(full) == [*columns.SHOWN[1:], QueueColumn.PHONE]
    full.queue.keep_layout()
    full.settings.save()
    kept = WindowSettings(harness.services.folder)
    full.queue.table.arrange(QByteArray(), is_compact=False)
    assert shown(full) == list(columns.SHOWN)
    full.queue.table.arrange(kept.layout("queue-columns"), is_compact=kept.layout("queue-density") == b"one line")
    assert shown(full) == [*columns.SHOWN[1:], QueueColumn.PHONE]
    assert full.queue.table.columnWidth(QueueColumn.DONOR) == 234
    assert full.queue.table.is_compact


def test_donor_and_reason_cannot_be_hidden(full: MainWindow) -> None:
    menu = full.queue.table.columns_menu()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions() if action.text() and not action.isEnabled()] == [
        "Donor",
        "Reason",
    ]
    menu.deleteLater()


def test_columns_give_way_to_the_reason_and_come_back(full: MainWindow) -> None:
    table = full.queue.table
    for width, expected in (
        (900, list(columns.SHOWN)),
        (640, [one for one in columns.SHOWN if one is not QueueColumn.CHANGED]),
        (500, [QueueColumn.STATE, QueueColumn.DONOR, QueueColumn.REASON]),
        (900, list(columns.SHOWN)),
    ):
        table.resize(width, table.height())
        assert shown(full) == expected
        assert table.columnWidth(QueueColumn.REASON) > 24
    table.resize(500, table.height())
    full.queue.keep_layout()
    table.resize(900, table.height())
    table.arrange(full.settings.layout("queue-columns"), is_compact=False)
    assert shown(full) == list(columns.SHOWN)


def test_a_row_is_one_line_high_by_choice(full: MainWindow) -> None:
    two = full.queue.table.rowHeight(0)
    toggle(full, "One line per donor")
    assert full.queue.table.rowHeight(0) < two
    full.queue.table.grab()
    toggle(full, "One line per donor")
    assert full.queue.table.rowHeight(0) == two


def test_a_cell_holds_name_and_address_and_another_file_and_page(full: MainWindow) -> None:
    model = full.queue.model
    donor = model.cell(model.index(0, QueueColumn.DONOR))
    assert (donor.first, donor.second) == ("First0 Last0", "donor0@example.org")
    source = model.cell(model.index(0, QueueColumn.SOURCE))
    assert source.second.startswith("row 2")
    state = model.cell(model.index(0, QueueColumn.STATE))
    assert state.kind is CellKind.PILL
    assert state.label is not None
    assert state.label.word == "Failed"
    reason = model.cell(model.index(0, QueueColumn.REASON))
    assert reason.kind is CellKind.WRAPPED
    assert not reason.is_quiet
