"""The window's frame: one accented button, few clicks, the order of the Tab key, and what a narrow one leaves out."""

import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.reason_codes import Remedy
from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.practice.faults import Faults
from ac_desktop.practice.web_page import FAULTS
from ac_desktop.ui.base.parts.primary_button import PrimaryButton
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.main.help_controller import PRACTICE_FAULTS, HelpController
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.window import open_window
from tests.harness import Harness, donors
from tests.ui.conftest import HookCalls
from tests.ui.seen import in_sight

READING_MS = 30_000
LIST = Qt.ItemDataRole.AccessibleTextRole


class Clicks:
    """Counts the clicks of a job."""

    def __init__(self) -> None:
        self.number = 0

    def on(self, button: QAbstractButton) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        self.number += 1
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def accented(window: MainWindow) -> list[str]:
    buttons = [one for one in in_sight(window) if isinstance(one, QPushButton)]
    return [one.text() for one in buttons if isinstance(one, PrimaryButton) or one.isDefault()]


def in_a_row(window: MainWindow) -> set[int]:
    return {one.record_id for one in window.state.streak}


def spoken(window: MainWindow) -> list[str]:
    model = window.sidebar.model
    return [str(model.index(at).data(LIST)) for at in range(model.rowCount())]


def import_file(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    path = folder / "walkathon.csv"
    rows = (f"donor{number}@example.org,First{number}" for number in range(3))
    path.write_text("\n".join(["Email,First Name", *rows]) + "\n", encoding="utf-8")
    window.deferred.import_controller.import_files([path])
    flow = window.deferred.flow
    qtbot.waitUntil(lambda: flow.state.stage is ImportStage.CHECKING, timeout=READING_MS)


def test_a_dropped_file_is_imported_and_relayed_with_two_clicks(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    assert connection.id
    clicks = Clicks()
    import_file(qtbot, window, tmp_path)
    assert accented(window) == ["&Add 3 donors to queue"], "the sheet has the only accented button"
    clicks.on(window.deferred.sheet.go_on)
    qtbot.waitUntil(lambda: window.connection_bar.relay.text() == "Relay 3 donors", timeout=READING_MS)
    notice = window.deferred.import_notice
    assert notice.isVisible()
    assert notice.title.text() == "walkathon.csv is in the queue"
    assert "3 rows: 3 waiting" in notice.text.text()
    assert accented(window) == ["Relay 3 donors"]
    with qtbot.waitSignal(window.progress.ended, timeout=READING_MS):
        clicks.on(window.connection_bar.relay)
    assert len(harness.emails_on_list()) == 3
    assert clicks.number == 2
    assert not notice.isVisible(), "the end of the relay has its place"


def test_the_notice_after_an_import_opens_its_result_and_undoes_it(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    import_file(qtbot, window, tmp_path)
    window.deferred.sheet.go_on.click()
    notice = window.deferred.import_notice
    qtbot.waitUntil(notice.isVisible, timeout=READING_MS)
    Clicks().on(notice.undo)
    qtbot.waitUntil(lambda: harness.counts(connection).waiting == 0)
    qtbot.waitUntil(lambda: "3 donors removed from the queue" in notice.text.text())
    Clicks().on(notice.result)
    assert window.deferred.sheet.isVisible()
    assert not window.details_splitter.isVisible()
    window.deferred.sheet.go_on.click()
    assert not window.deferred.sheet.isVisible()
    assert not notice.isVisible()


def test_the_other_daily_jobs_take_few_clicks(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, hook_calls: HookCalls
) -> None:
    """Reactivating, adding a donor and looking up a failure take one click each."""
    harness.queue(connection, donors(9))
    harness.account.faults = Faults(refuse_everything=True)
    harness.relay(connection)
    window.refresh()
    reactivate = Clicks()
    reactivate.on(window.connection_bar.relay)
    assert (hook_calls.calls, reactivate.number) == ([("reactivate", connection.id)], 1)
    add = Clicks()
    tool = window.tool_bar.widgetForAction(window.actions_.add_donor)
    assert isinstance(tool, QAbstractButton)
    add.on(tool)
    assert add.number == 1
    form = next(one for one in window.findChildren(QWidget) if type(one).__name__ == "AddDonorForm")
    form.close()
    why = Clicks()
    qtbot.waitUntil(window.banner.buttons[1].isVisible)
    why.on(window.banner.buttons[1])
    assert window.banner.buttons[1].remedy is Remedy.OPEN_DONORS
    assert set(window.queue.table.selected_ids()) == in_a_row(window)
    assert why.number == 1
    qtbot.waitUntil(lambda: not window.bridge.is_busy)


def test_every_donor_that_failed_in_a_row_is_selected(
    window: MainWindow, harness: Harness, connection: Connection
) -> None:
    harness.account.faults = Faults(refuse_everything=True)
    harness.queue(connection, donors(9))
    harness.relay(connection)
    window.refresh()
    window.queue.tabs.choose(RecordState.SENT)
    window.connection_bar.failure_indicator.click()
    assert len(in_a_row(window)) > 1
    assert set(window.queue.table.selected_ids()) == in_a_row(window)


def test_the_sidebar_shows_connections_with_the_states_of_the_chosen_one(
    window: MainWindow, harness: Harness, connection: Connection
) -> None:
    harness.connect("Monthly givers")
    harness.queue(connection, donors(3))
    window.refresh()
    assert spoken(window) == [
        "Monthly givers, Active · nothing waiting",
        "Spring Appeal, Active · 3 waiting",
        "All donors, 3",
        "Waiting, 3",
        "Sending, 0",
        "Held, 0",
        "Failed, 0",
        "Sent, 0",
        "Skipped, 0",
    ]
    window.sidebar.list.setCurrentIndex(window.sidebar.model.index(3))
    assert window.queue.tabs.state is RecordState.WAITING
    window.actions_.tabs[4].trigger()
    assert window.sidebar.model.row_at(window.sidebar.list.currentIndex()).is_chosen  # type: ignore[union-attr]
    assert window.sidebar.list.currentIndex().data() == "Failed"


def test_counts_that_change_keep_the_rows_of_the_sidebar(
    window: MainWindow, harness: Harness, connection: Connection
) -> None:
    resets: list[bool] = []
    window.sidebar.model.modelReset.connect(lambda: resets.append(True))
    harness.queue(connection, donors(3))
    window.refresh()
    assert "Waiting, 3" in spoken(window)
    assert resets == []


def test_the_tab_key_goes_from_part_to_part_in_the_order_of_reading(
    window: MainWindow, harness: Harness, connection: Connection
) -> None:
    harness.queue(connection, donors(3))
    window.refresh()
    order: list[QWidget] = []
    widget: QWidget | None = window.sidebar.list
    while widget is not None and widget not in order:
        order.append(widget)
        widget = widget.nextInFocusChain()
    parts = (
        window.sidebar.list,
        window.tool_bar,
        window.connection_bar.relay,
        window.connection_bar.automatic,
        window.banner,
        window.message_bar.close_button,
        window.progress.close_button,
        window.queue.table,
        window.deferred.log.table,
        window.deferred.details.tabBar(),
    )
    places = [order.index(one) for one in parts]
    assert places == sorted(places)


def test_no_letter_of_a_menu_is_taken_twice(window: MainWindow) -> None:
    of_menus = [_letter(action.text()) for action in window.menuBar().actions()]
    of_parts = [
        _letter(one.text())
        for one in in_sight(window)
        if isinstance(one, QAbstractButton) or (isinstance(one, QLabel) and one.buddy() is not None)
    ]
    taken = Counter(letter for letter in (*of_menus, *of_parts) if letter)
    assert [letter for letter, number in taken.items() if number > 1] == []


def _letter(text: str) -> str:
    found = re.search(r"&(\w)", text)
    return found[1].lower() if found else ""


@pytest.mark.parametrize(
    ("size", "sidebar", "inspector", "log"),
    [
        ((1280, 720), True, True, True),
        ((1240, 800), True, True, True),
        ((800, 700), True, False, True),
        ((600, 420), False, False, False),
    ],
)
def test_a_narrow_window_leaves_parts_out_in_order(
    window: MainWindow, size: tuple[int, int], *, sidebar: bool, inspector: bool, log: bool
) -> None:
    window.resize(*size)
    assert (window.width(), window.height()) == size
    frame = window.frame
    assert frame.sidebar.isVisible() is sidebar
    assert frame.inspector_slot.isVisible() is inspector
    assert frame.is_log_open is log, "else its bar alone is shown"
    bar = window.connection_bar
    for part in (bar.relay, bar.state, bar.failure_indicator, bar.failures_text):
        assert part.isVisible(), "never left out"
        assert window.rect().contains(part.mapTo(window, part.rect().bottomRight()))
    assert bar.chooser.isVisible() is not sidebar


def test_the_inspector_of_a_narrow_window_is_a_page_over_the_queue(
    window: MainWindow, harness: Harness, connection: Connection
) -> None:
    harness.queue(connection, donors(3))
    window.refresh()
    window.resize(800, 700)
    assert not window.actions_.details.isChecked()
    window.queue.table.activated.emit(window.queue.model.index(0, 0))
    assert window.frame.inspector_slot.isVisible()
    assert not window.panes_splitter.isVisible()
    window.actions_.details.setChecked(False)
    assert window.panes_splitter.isVisible()
    window.resize(1280, 720)
    assert window.frame.inspector_slot.isVisible(), "a wide window has it beside the queue again"


def test_no_window_is_larger_than_its_screen(window: MainWindow) -> None:
    room = QGuiApplication.primaryScreen().availableSize()
    window.resize(5000, 5000)
    assert window.minimumSizeHint().boundedTo(room) == window.minimumSizeHint()


def test_ctrl_r_relays_and_says_what_it_does(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    assert not window.actions_.relay.isEnabled()
    assert window.connection_bar.relay.toolTip() == "Nothing is waiting. Import a file or add a donor."
    harness.queue(connection, donors(2))
    window.refresh()
    assert window.actions_.relay.text() == "Relay 2 donors"
    assert window.actions_.relay.shortcut().toString() == "Ctrl+R"
    with qtbot.waitSignal(window.progress.ended, timeout=READING_MS):
        window.actions_.relay.trigger()
    assert window.state.connection_state is ConnectionState.ACTIVE


def test_a_first_start_offers_a_connection_and_the_practice_account(
    qtbot: QtBot, harness: Harness, hook_calls: HookCalls
) -> None:
    window = open_window(harness.services, openers=hook_calls.openers())
    qtbot.addWidget(window)
    assert window.frame.first_start.isVisible()
    assert accented(window) == ["New connection"]
    Clicks().on(window.frame.first_start.state.primary)
    assert hook_calls.calls == [("new", 0)]


def test_practice_mode_leads_to_its_page_of_faults(
    qtbot: QtBot, harness: Harness, connection: Connection, hook_calls: HookCalls
) -> None:
    assert connection.id
    window = open_window(harness.services, practice=True, openers=hook_calls.openers())
    qtbot.addWidget(window)
    opened: list[str] = []
    assert window.actions_.make_it_fail.isVisible()
    controller = HelpController(window.message_bar, window.current, window.actions_, window, open_page=opened.append)
    controller.make_it_fail()
    assert PRACTICE_FAULTS == FAULTS
    assert opened == [f"{harness.server.url}{FAULTS}"]
