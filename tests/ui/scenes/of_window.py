"""The main window with each of its panes, tabs and menus, and the dialogs that are its own."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from ac_desktop.fault_reports import Fault
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import RecordState
from ac_desktop.practice.faults import Incoming
from ac_desktop.relay.reconciliation import Presence
from ac_desktop.relay.verification import NotThere, Verified
from ac_desktop.release_check import NewestRelease
from ac_desktop.store.agreed_time import TimeReading
from ac_desktop.store.backups import MovedDatabase
from ac_desktop.store.errors import StoreProblem
from ac_desktop.store.privacy.erasure import ErasureFindings, ErasureRecord
from ac_desktop.store.privacy.retention import DAY
from ac_desktop.ui.base import privacy_mask
from ac_desktop.ui.base.message_bar import ErrorMessage
from ac_desktop.ui.connection.dialogs import ConnectionDialogs
from ac_desktop.ui.dialogs.donor_form import AddDonorForm
from ac_desktop.ui.dialogs.erase_dialog import ErasureRecordDialog
from ac_desktop.ui.dialogs.fault_dialog import FaultDialog
from ac_desktop.ui.dialogs.help_dialog import open_help
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.dialogs.tour import Tour
from ac_desktop.ui.dialogs.update_dialog import UpdatesDialog
from ac_desktop.ui.dialogs.verify_dialog import VerifyDialog, VerifyFound
from ac_desktop.ui.log.details import DetailsTab
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.opening_notices import MovedDatabaseDialog
from ac_desktop.ui.main.window import open_window
from tests.benchmarks.made_up_store import fill
from tests.clock import START
from tests.harness import PATIENCE, Harness
from tests.ui.connection.support import UiHarness
from tests.ui.scenes.prepared import (
    decided,
    empty,
    five_causes,
    inactive,
    many,
    paused,
    relayed,
    sample,
    three_failures,
    unfit,
)
from tests.ui.scenes.stage import Scene, close_for_good, until

SIZE: Final = (1240, 800)
LARGE_SIZE: Final = (1600, 1200)
"""What a window at twice the font takes."""
NARROW_SIZE: Final = (640, 480)
LARGE_NARROW_SIZE: Final = (1280, 720)
KEPT_BACK_FROM: Final = 12
FEW: Final = 600

Prepare = Callable[[Harness, Connection], object]
Arrange = Callable[[MainWindow], None]


@contextmanager
def main_window(ui: UiHarness, connection_id: int = 0) -> Iterator[MainWindow]:
    """Open the main window over real services."""
    dialogs = ConnectionDialogs(ui.services)
    window = open_window(ui.services, openers=dialogs.openers())
    dialogs.bind(window.bridge, window.choose_connection, window)
    if connection_id:
        window.choose_connection(connection_id)
    window.resize(*(LARGE_SIZE if ui.is_large else SIZE))
    window.actions_.privacy_mask.setChecked(privacy_mask.is_masked())
    until(partial(_is_idle, window))
    try:
        yield window
    finally:
        for dialog in window.findChildren(QDialog):
            if dialog is not window.deferred.activity:
                close_for_good(dialog)
        if window.deferred.flow.is_open:
            window.deferred.flow.cancel()
            until(partial(_is_idle, window))
        ui.services.engine.stop()
        close_for_good(window)


def _is_idle(window: MainWindow) -> bool:
    return not window.queue.reader.is_busy and not window.bridge.is_busy


def _plain(prepare: Prepare, arrange: Arrange | None = None) -> Scene:
    """Show the window after something happened, as somebody arranged it."""

    @contextmanager
    def scene(ui: UiHarness) -> Iterator[QWidget]:
        connection = ui.harness.connect("Spring Appeal")
        prepare(ui.harness, connection)
        with main_window(ui, connection.id) as window:
            if arrange is not None:
                arrange(window)
                until(partial(_is_idle, window))
            yield window

    return scene


def few(arrange: Arrange) -> Scene:
    """Show the window over a few hundred donors in every state."""

    @contextmanager
    def scene(ui: UiHarness) -> Iterator[QWidget]:
        number = fill(ui.services.folder, FEW, url=ui.harness.server.url, now=ui.services.clock.now())
        with main_window(ui, number) as window:
            arrange(window)
            until(partial(_is_idle, window))
            yield window

    return scene


def _dialog(scene: Scene) -> Scene:
    """Return a scene of the dialog that another scene has opened over its window."""

    @contextmanager
    def opened(ui: UiHarness) -> Iterator[QWidget]:
        with scene(ui) as window:
            until(lambda: any(one.isVisible() for one in window.findChildren(QDialog)))
            shown = next(one for one in window.findChildren(QDialog) if one.isVisible())
            yield shown
            close_for_good(shown)

    return opened


def _show_decided(window: MainWindow) -> None:
    record = window.queue.model.record_at(0)
    assert record is not None
    window.deferred.details.show_record(record)
    window.deferred.details.open_tab(DetailsTab.HISTORY)


@contextmanager
def _relaying(ui: UiHarness) -> Iterator[QWidget]:
    """Show a relay under way: the account keeps one answer back until the scene is over."""
    connection, answer = ui.harness.connect("Spring Appeal"), threading.Event()
    sample(ui.harness, connection)

    def keep_back(incoming: Incoming) -> None:
        if incoming.number >= KEPT_BACK_FROM:
            answer.wait(PATIENCE)

    ui.harness.account.set_schedule(keep_back)
    with main_window(ui, connection.id) as window:
        window.connection_bar.press_relay()
        until(lambda: window.state.is_running and window.state.counts.sending and window.state.counts.sent)
        try:
            yield window
        finally:
            answer.set()


@contextmanager
def _ended(ui: UiHarness) -> Iterator[QWidget]:
    """Show how a relay ended, and what was done after it."""
    connection = ui.harness.connect("Spring Appeal")
    sample(ui.harness, connection)
    with main_window(ui, connection.id) as window:
        window.connection_bar.press_relay()
        until(lambda: not window.progress.isHidden() and not window.state.is_running)
        window.frame.toast.show_text(window.tr("Removed: 2"))
        yield window


@contextmanager
def _narrow(ui: UiHarness) -> Iterator[QWidget]:
    """Show a window with little space: no sidebar, no inspector, no log."""
    connection = ui.harness.connect("Spring Appeal")
    relayed(ui.harness, connection)
    with main_window(ui, connection.id) as window:
        window.resize(*(LARGE_NARROW_SIZE if ui.is_large else NARROW_SIZE))
        yield window


def _of(state: RecordState | None, tab: DetailsTab, *, all_rows: bool = False) -> Arrange:
    def arrange(window: MainWindow) -> None:
        window.queue.tabs.choose(state)
        until(partial(_is_idle, window))
        window.queue.table.selectRow(1)
        if all_rows:
            window.queue.table.selectAll()
        window.deferred.details.open_tab(tab)

    return arrange


def _sent_one(window: MainWindow) -> None:
    _of(RecordState.SENT, DetailsTab.OVERVIEW)(window)


def _chart(window: MainWindow) -> None:
    _sent_one(window)
    window.actions_.activity.setChecked(True)


def _look_for(text: str) -> Arrange:
    return lambda window: window.queue.filter.show_filter(text)


def _menu(build: Callable[[MainWindow], QMenu]) -> Scene:
    """Return a scene of a menu over the failed donors, which the offscreen platform builds but cannot open."""

    @contextmanager
    def scene(ui: UiHarness) -> Iterator[QWidget]:
        with few(_of(RecordState.FAILED, DetailsTab.OVERVIEW, all_rows=True))(ui) as window:
            assert isinstance(window, MainWindow)
            menu = build(window)
            if QGuiApplication.platformName() != "offscreen":
                menu.popup(window.mapToGlobal(window.rect().center()))
            yield menu
            close_for_good(menu)

    return scene


@contextmanager
def _connection_menu(ui: UiHarness) -> Iterator[QWidget]:
    """Show the menu behind the header's three dots, which is the window's own."""
    with few(_sent_one)(ui) as window:
        assert isinstance(window, MainWindow)
        yield window.frame.connection_menu


def _decide(window: MainWindow) -> None:
    _of(RecordState.HELD, DetailsTab.OVERVIEW)(window)
    window.deferred.queue_controller.decisions.decide(window.queue.table.selected_ids())


def _decide_first(window: MainWindow) -> None:
    window.queue.table.selectRow(0)
    window.deferred.queue_controller.decisions.decide(window.queue.table.selected_ids())


def _offer(window: MainWindow) -> None:
    window.connection_bar.relay.click()


def _fault(window: MainWindow) -> None:
    sentence = window.tr("This step went wrong through a fault in AC Desktop. Your donors are safe in the queue.")
    FaultDialog(Fault(sentence, "AC Desktop\n\nTraceback (most recent call last):\n  …"), Path(), window).open()


def _help(window: MainWindow) -> None:
    open_help(window, Topic.FIVE)


def _tour(window: MainWindow) -> None:
    window.deferred.help_controller.tour()


def _end_of_tour(window: MainWindow) -> None:
    _tour(window)
    tour = window.findChild(Tour)
    assert tour is not None
    while not tour.is_at_end:
        tour.next.click()


def _settings(at: int) -> Arrange:
    def arrange(window: MainWindow) -> None:
        window.deferred.settings_controller.open().list.setCurrentRow(at)

    return arrange


def _about(window: MainWindow) -> None:
    window.deferred.help_controller.about()


def _updates(window: MainWindow) -> None:
    dialog = UpdatesDialog("https://example.org/latest", window.bridge, window.settings, window)
    dialog.open()
    dialog.show_newest(NewestRelease("99.2.0", "https://example.org/99.2.0"))


def _set_aside(window: MainWindow) -> None:
    aside = MovedDatabase(StoreProblem.DAMAGED, Path("damaged.sqlite3"), Path("donors.20260802-1200.sqlite3"))
    MovedDatabaseDialog(aside, window).open()


def _retention(window: MainWindow) -> None:
    window.deferred.privacy_controller.set_retention()


def _clock(window: MainWindow) -> None:
    look = TimeReading(clock=START + 200 * DAY, last_seen=START)
    window.deferred.privacy_controller.doubt_clock(look)
    window.message_bar.action_button.click()


def _erase(window: MainWindow) -> None:
    window.queue.table.selectRow(0)
    window.deferred.privacy_controller.erase_chosen()


def _erasure_record(window: MainWindow) -> None:
    found = ErasureFindings(records=3, removed=1, attempts=4)
    record = ErasureRecord(number="5E0A11B2", email="annie@example.org", at=0.0, who="ann", found=found, places=2)
    ErasureRecordDialog(record, window).open()


def _watch(window: MainWindow) -> None:
    window.deferred.import_controller.watch()


def _verify(window: MainWindow) -> None:
    window.deferred.verify_controller.verify()


def _verified(window: MainWindow) -> None:
    window.deferred.verify_controller.verify()
    dialog = window.findChild(VerifyDialog)
    assert dialog is not None
    gone = (NotThere("ann@example.org", Presence.LEFT), NotThere("bea@example.org", Presence.MISSING))
    verified = Verified(sent=1204, there=1202, donors=gone)
    dialog.show_found(VerifyFound(verified, {"ann@example.org": "Ann Dot", "bea@example.org": "Bea Dot"}))


def _dragging(window: MainWindow) -> None:
    window.drop_overlay.show_over(window.drop_text())


def _refused(window: MainWindow) -> None:
    window.message_bar.show_message(ErrorMessage(window.tr("Create a connection first, then drop the files again.")))


@contextmanager
def _no_connection(ui: UiHarness) -> Iterator[QWidget]:
    with main_window(ui) as window:
        yield window


@contextmanager
def _discarding(ui: UiHarness) -> Iterator[QWidget]:
    connection = ui.harness.connect("Spring Appeal")
    with main_window(ui, connection.id) as window:
        window.deferred.import_controller.add_donor()
        form = window.findChild(AddDonorForm)
        assert form is not None
        form.email.setText("ann@example.org")
        form.reject()
        asked = form.findChild(QDialog, "discard")
        assert asked is not None
        yield asked


SCENES: Final[Mapping[str, Scene]] = {
    "window": few(_sent_one),
    "relayed": _plain(relayed),
    "ready": _plain(sample),
    "relaying": _relaying,
    "ended": _ended,
    "narrow": _narrow,
    "banner-amber": _plain(three_failures),
    "banner-red": _plain(inactive),
    "banner-red-mixed": _plain(five_causes),
    "paused": _plain(paused),
    "decided": _plain(decided, _show_decided),
    "failed": few(_of(RecordState.FAILED, DetailsTab.OVERVIEW, all_rows=True)),
    "answer": few(_of(RecordState.SENT, DetailsTab.OVERVIEW)),
    "attempts": few(_of(RecordState.SENT, DetailsTab.ATTEMPTS)),
    "source-row": few(_of(RecordState.HELD, DetailsTab.SOURCE)),
    "waiting": few(_of(RecordState.WAITING, DetailsTab.OVERVIEW)),
    "skipped": few(_of(RecordState.SKIPPED, DetailsTab.OVERVIEW)),
    "chart": few(_chart),
    "filtered": few(_look_for("annie state:failed")),
    "no-match": few(_look_for("smth")),
    "connection-menu": _connection_menu,
    "row-menu": _menu(lambda window: window.deferred.queue_controller.menu_of_selected()),
    "tab-menu": _menu(lambda window: window.deferred.queue_controller.menu_of_shown()),
    "log-menu": _menu(lambda window: window.deferred.queue_controller.menu_of_log()),
    "columns": _menu(lambda window: window.queue.table.columns_menu()),
    "decide": _dialog(few(_decide)),
    "decide-unfit": _dialog(_plain(unfit, _decide_first)),
    "offer": _dialog(_plain(many, _offer)),
    "fault": _dialog(_plain(empty, _fault)),
    "help": _dialog(_plain(empty, _help)),
    "tour": _dialog(_plain(empty, _tour)),
    "tour-end": _dialog(_plain(empty, _end_of_tour)),
    "settings": _dialog(_plain(empty, _settings(0))),
    "settings-notices": _dialog(_plain(empty, _settings(1))),
    "settings-data": _dialog(_plain(empty, _settings(2))),
    "settings-network": _dialog(_plain(empty, _settings(3))),
    "settings-updates": _dialog(_plain(empty, _settings(4))),
    "about": _dialog(_plain(empty, _about)),
    "updates": _dialog(_plain(empty, _updates)),
    "set-aside": _dialog(_plain(empty, _set_aside)),
    "retention": _dialog(_plain(empty, _retention)),
    "clock": _dialog(_plain(empty, _clock)),
    "erase": _dialog(few(_erase)),
    "erasure-record": _dialog(_plain(empty, _erasure_record)),
    "watch": _dialog(_plain(empty, _watch)),
    "verify": _dialog(_plain(empty, _verify)),
    "verified": _dialog(_plain(empty, _verified)),
    "dragging": _plain(empty, _dragging),
    "told": _plain(empty, _refused),
    "discard": _discarding,
    "empty": _plain(empty),
    "no-connection": _no_connection,
}

OF_THE_WHOLE_WINDOW: Final = frozenset({
    "window", "relayed", "ready", "relaying", "ended", "narrow",
    "banner-amber", "banner-red", "banner-red-mixed", "paused", "decided", "failed",
    "answer", "attempts", "source-row", "waiting", "skipped", "chart", "filtered", "no-match", "dragging", "told",
    "empty", "no-connection",
})  # fmt: skip
"""Scenes that show the main window itself, and no dialog or menu alone."""
