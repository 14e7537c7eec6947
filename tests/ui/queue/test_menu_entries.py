"""Every entry of every menu of the queue acts on one donor, on several and on all, and none is forgotten."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.states import RecordState
from ac_desktop.ui.dialogs.erase_dialog import EraseDialog
from ac_desktop.ui.log.details import DetailsTab
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.queue.decide_dialog import DecideDialog
from ac_desktop.ui.queue.edit_dialog import EditDialog
from tests.harness import Harness, donors
from tests.ui.queue.full_queue import actions, select


def set_shown(qtbot: QtBot, window: MainWindow, number: int) -> None:
    """Show one failed donor, the four that failed, or all twelve; select them too."""
    window.queue.filter.clear()
    window.queue.tabs.choose(None if number == 12 else RecordState.FAILED)
    if number == 1:
        window.queue.filter.show_filter("donor1@example.org")
    qtbot.waitUntil(lambda: window.queue.model.rowCount() == number)
    select(window, window.queue.model.ids())


def reports_what_it_did(qtbot: QtBot, window: MainWindow, act: Callable[[], None]) -> None:
    with qtbot.waitSignal(window.deferred.queue_controller.bulk_actions.message, timeout=5_000):
        act()


def opens(kind: type[QDialog]) -> "Proof":
    def proof(qtbot: QtBot, window: MainWindow, act: Callable[[], None]) -> None:
        assert in_sight(window, kind) == []
        act()
        qtbot.waitUntil(lambda: len(in_sight(window, kind)) == 1)
        in_sight(window, kind)[0].close()

    return proof


def in_sight(window: MainWindow, kind: type[QDialog]) -> list[QDialog]:
    return [one for one in window.findChildren(kind) if one.isVisible()]


def copies(_qtbot: QtBot, _window: MainWindow, act: Callable[[], None]) -> None:
    QGuiApplication.clipboard().clear()
    act()
    assert QGuiApplication.clipboard().text()


def selects(qtbot: QtBot, window: MainWindow, act: Callable[[], None]) -> None:
    window.queue.table.clearSelection()
    act()
    qtbot.waitUntil(lambda: len(window.queue.table.selected_ids()) > 0)


def shows(tab: DetailsTab) -> "Proof":
    def proof(_qtbot: QtBot, window: MainWindow, act: Callable[[], None]) -> None:
        act()
        assert window.deferred.details.tabs.currentIndex() == tab

    return proof


def goes_to_the_log(_qtbot: QtBot, window: MainWindow, act: Callable[[], None]) -> None:
    window.actions_.log.setChecked(False)
    act()
    assert window.actions_.log.isChecked()


def pops_up(_qtbot: QtBot, window: MainWindow, act: Callable[[], None]) -> None:
    opened: list[bool] = []
    window.queue.table.columns_menu = lambda: PopsUp(opened)  # type: ignore[method-assign,assignment,return-value]
    act()
    assert opened == [True]


class PopsUp:
    def __init__(self, opened: list[bool]) -> None:
        self._opened = opened

    def popup(self, _at: QPoint) -> None:
        self._opened.append(True)


Proof = Callable[[QtBot, MainWindow, Callable[[], None]], None]
ROW_ENTRIES: dict[str, Proof] = {
    "Retry now": reports_what_it_did,
    "Retry from the start": reports_what_it_did,
    "&Edit donor": opens(EditDialog),
    "Hold": reports_what_it_did,
    "Release": reports_what_it_did,
    "Decide about": opens(DecideDialog),
    "Remove": reports_what_it_did,
    "Erase this donor": opens(EraseDialog),
    "Retry all with this reason": reports_what_it_did,
    "Select similar": selects,
    "Email of": copies,
    "{number} selected row": copies,
    "Requests as cURL": copies,
    "Error details for your admin": copies,
    "Show in log": goes_to_the_log,
    "Show source row": shows(DetailsTab.SOURCE),
    "Why wasn't this sent?": shows(DetailsTab.OVERVIEW),
    "Open contact in ActiveCampaign": lambda _qtbot, _window, act: act(),
}
TAB_ENTRIES: dict[str, Proof] = {
    "Retry {number} shown from": reports_what_it_did,
    "Retry {number} shown": reports_what_it_did,
    "Hold {number} shown": reports_what_it_did,
    "Release {number} shown": reports_what_it_did,
    "Remove {number} shown": reports_what_it_did,
    "Export {number} shown": opens(QFileDialog),
    "Export failed and held": opens(QFileDialog),
    "Select all {number} shown": selects,
    "Columns": pops_up,
}
NUMBERS = (1, 4, 12)


def entries_of(full: MainWindow, *, over_rows: bool) -> dict[str, QAction]:
    return actions(
        full.deferred.queue_controller.menu_of_selected()
        if over_rows
        else full.deferred.queue_controller.menu_of_shown()
    )


def acts(qtbot: QtBot, full: MainWindow, number: int, start: str, *, over_rows: bool) -> None:
    """Show so many donors, and trigger the entry that begins with this text; one that does not apply says why."""
    set_shown(qtbot, full, number)
    proof = (ROW_ENTRIES if over_rows else TAB_ENTRIES)[start]
    wanted = start.format(number=number)
    entry = next(action for text, action in entries_of(full, over_rows=over_rows).items() if text.startswith(wanted))
    if entry.isEnabled():
        proof(qtbot, full, entry.trigger)
    else:
        assert entry.toolTip() != entry.text().split("\t")[0], "what does not apply says why"


EVERY_ENTRY = (*((True, *one) for one in ROW_ENTRIES.items()), *((False, *one) for one in TAB_ENTRIES.items()))


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    ("over_rows", "start"),
    [(over_rows, start) for over_rows, start, proof in EVERY_ENTRY if proof is reports_what_it_did],
)
def test_every_entry_that_changes_donors_acts_on_one_several_and_all(
    qtbot: QtBot,
    full: MainWindow,
    number: int,
    start: str,
    over_rows: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    acts(qtbot, full, number, start, over_rows=over_rows)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_other_entry_acts_on_one_several_and_all(
    qtbot: QtBot, full: MainWindow, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """They change no donor, so one window shows them all."""
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    for over_rows, start, proof in EVERY_ENTRY:
        if proof is not reports_what_it_did:
            acts(qtbot, full, number, start, over_rows=over_rows)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_entry_of_a_menu_is_forgotten(qtbot: QtBot, full: MainWindow, number: int) -> None:
    set_shown(qtbot, full, number)
    for over_rows, proofs in ((True, ROW_ENTRIES), (False, TAB_ENTRIES)):
        starts = tuple(start.format(number=number) for start in proofs)
        entries = entries_of(full, over_rows=over_rows)
        assert [text for text in entries if not text.startswith(starts)] == []
        assert len(entries) == len(proofs)


def test_the_menu_of_the_log_leads_to_the_donor_and_copies_what_is_shown(
    qtbot: QtBot, harness: Harness, full: MainWindow, connection: Connection
) -> None:
    menu = full.deferred.queue_controller.menu_of_log()
    assert not actions(menu)["Copy this entry"].isEnabled()
    menu.deleteLater()
    harness.queue(connection, donors(2, start=50))
    harness.relay(connection)
    full.refresh()
    qtbot.waitUntil(lambda: full.deferred.log.go_to_record(13))
    board, number = QGuiApplication.clipboard(), full.deferred.log.table.model().rowCount()
    for entry, lines in (("Copy this entry", 1), (f"Copy {number} shown entries", number)):
        menu = full.deferred.queue_controller.menu_of_log()
        actions(menu)[entry].trigger()
        menu.deleteLater()
        assert len(board.text().splitlines()) == lines
        assert "donor50@example.org" in board.text()
    full.queue.tabs.choose(RecordState.FAILED)
    menu = full.deferred.queue_controller.menu_of_log()
    actions(menu)["Show request and response"].trigger()
    assert "donor50@example.org" in full.deferred.details.owner.text()
    actions(menu)["Go to the donor in the queue"].trigger()
    menu.deleteLater()
    qtbot.waitUntil(lambda: full.queue.table.current_id() == 13)
    full.actions_.privacy_mask.trigger()
    menu = full.deferred.queue_controller.menu_of_log()
    actions(menu)["Copy this entry"].trigger()
    menu.deleteLater()
    assert "donor50" not in board.text()
