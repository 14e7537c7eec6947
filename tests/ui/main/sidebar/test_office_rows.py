"""The sidebar shows the office's workstations: who is there, who relays, and since when others are gone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ac_desktop.model.states import ConnectionState
from ac_desktop.relay.progress import Progress
from ac_desktop.store.office.place import OfficePlace, OfficePresence, SeenWorkstation
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.window_state import ConnectionOverview, WindowState
from ac_desktop.ui.main.sidebar.office_block import MOST_ROWS, OfficeBlock
from ac_desktop.ui.main.sidebar.rows import ConnectionRow, office_rows, sidebar_rows
from tests.ui.window_states import NOW, connection, window_state

FRONT = SeenWorkstation("Front desk", "Ann")
ACCOUNTING = SeenWorkstation("Accounting", "Ben", relaying=(7,))
BACK = SeenWorkstation("Back office", "Cleo", offline_since=NOW - 900)
LONG_GONE = SeenWorkstation("Archive", "Dana", offline_since=NOW - 90_000)
LIBRARY = SeenWorkstation("Library", "Emil")


def place(*workstations: SeenWorkstation) -> OfficePlace:
    return OfficePlace("River Trust", "Front desk", "Ann", OfficePresence("River Trust", workstations))


def state_in(
    office: OfficePlace,
    *,
    progress: Progress | None = None,
    waiting: int = 0,
    state: ConnectionState = ConnectionState.ACTIVE,
) -> WindowState:
    made = connection(state)
    overview = ConnectionOverview(made, waiting=waiting, progress=progress)
    return replace(window_state(), connections=(made,), connection=made, overviews=(overview,), office=office)


def lines(*workstations: SeenWorkstation, progress: Progress | None = None) -> list[tuple[str, str]]:
    office = place(*workstations)
    return [(row.name, row.line) for row in office_rows(state_in(office, progress=progress), office)]


def test_each_workstation_says_who_is_there_and_what_they_do_this_one_first() -> None:
    since = formatting.when(NOW - 900, NOW)
    before = formatting.when(NOW - 90_000, NOW)
    assert lines(LONG_GONE, ACCOUNTING, BACK, FRONT, LIBRARY) == [
        ("Front desk", "Ann (you) · watching"),
        ("Accounting", "Ben · relaying"),
        ("Library", "Emil · watching"),
        ("Back office", f"Cleo · offline, {since}"),
        ("Archive", f"Dana · offline, {before}"),
    ]


def test_a_relay_that_begins_here_is_shown_at_once() -> None:
    assert lines(FRONT, progress=Progress(running=True)) == [("Front desk", "Ann (you) · relaying")]


def test_a_connection_that_another_one_relays_says_who_does() -> None:
    office = place(FRONT, ACCOUNTING)
    (row,) = sidebar_rows(state_in(office, waiting=102), (), None)
    assert isinstance(row, ConnectionRow)
    assert row.line == "Ben relays · 102 waiting"
    (row,) = sidebar_rows(state_in(place(FRONT, BACK)), (), None)
    assert isinstance(row, ConnectionRow)
    assert row.line == "Active · nothing waiting"


def test_an_inactive_connection_says_so_also_where_a_service_has_it() -> None:
    (row,) = sidebar_rows(state_in(place(FRONT, ACCOUNTING), waiting=1, state=ConnectionState.INACTIVE), (), None)
    assert isinstance(row, ConnectionRow)
    assert row.line == "Inactive · 1 waiting"


@pytest.fixture
def block(qtbot: QtBot) -> OfficeBlock:
    made = OfficeBlock()
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.show()
    return made


def show(block: OfficeBlock, *workstations: SeenWorkstation) -> None:
    office = place(*workstations)
    block.show_place(office, office_rows(state_in(office), office))


def test_the_block_keeps_its_rows_while_they_only_say_something_else(qtbot: QtBot, block: OfficeBlock) -> None:
    show(block, FRONT, ACCOUNTING)
    with qtbot.waitSignal(block.model.dataChanged), qtbot.assertNotEmitted(block.model.modelReset):
        show(block, FRONT, replace(ACCOUNTING, relaying=()))
    with qtbot.waitSignal(block.model.modelReset):
        show(block, FRONT, ACCOUNTING, BACK)
    spoken = [block.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert spoken == ["Front desk, Ann (you) · watching", "Accounting, Ben · relaying"]


def test_what_others_do_is_not_shown_while_the_server_is_away(block: OfficeBlock) -> None:
    show(block, FRONT, ACCOUNTING)
    assert block.list.isVisible()
    block.show_reached(is_reached=False)
    assert not block.list.isVisible()
    show(block, FRONT, ACCOUNTING, BACK)
    assert not block.list.isVisible()
    block.show_reached(is_reached=True)
    assert block.list.isVisible()


def test_a_large_office_leaves_space_for_the_connections(block: OfficeBlock) -> None:
    everyone = [SeenWorkstation(f"Desk {number}", "Ben") for number in range(40)]
    show(block, FRONT, *everyone)
    assert block.list.sizeHint().height() == sum(map(block.list.sizeHintForRow, range(MOST_ROWS))) + 2


def test_the_keyboard_opens_the_workstations_from_a_row(qtbot: QtBot, block: OfficeBlock) -> None:
    show(block, FRONT, ACCOUNTING)
    block.list.setFocus()
    with qtbot.waitSignal(block.workstations_wanted):
        qtbot.keyClick(block.list, Qt.Key.Key_Down)  # type: ignore[no-untyped-call]
        qtbot.keyClick(block.list, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
