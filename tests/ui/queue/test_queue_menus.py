import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.redact import MASK
from ac_desktop.model.states import Decision, RecordState
from ac_desktop.practice.faults import Faults
from ac_desktop.store.history.activity import LAST_DAYS
from ac_desktop.store.queue.decisions import Choices
from ac_desktop.ui.dialogs.erase_dialog import EraseDialog
from ac_desktop.ui.log.details import DetailsTab
from ac_desktop.ui.main.banner_rules import Remedy
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.queue import pane
from ac_desktop.ui.queue.columns import QueueColumn
from ac_desktop.ui.queue.decide_dialog import DecideDialog
from ac_desktop.ui.queue.edit_dialog import EditDialog
from tests.harness import Harness, donors
from tests.ui.conftest import HookCalls


def put(harness: Harness, numbers: Iterable[int], state: RecordState, code: ReasonCode, **values: object) -> None:
    with harness.services.database.writing() as sql:
        sql.executemany(
            "UPDATE record SET state = ?, reason = ? WHERE id = ?",
            ((state.value, reason(code, **values).to_json(), number) for number in numbers),
        )


def select(window: MainWindow, numbers: Iterable[int]) -> None:
    table, model = window.queue.table, window.queue.model
    table.clearSelection()
    window.queue._refresh_table()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for number in numbers:
        row = model.row_of(number)
        assert row is not None
        table.selectionModel().setCurrentIndex(model.index(row, 0), flags)


def actions(menu: QMenu) -> dict[str, QAction]:
    found = {}
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            found.update(actions(below))
        elif action.text():
            found[action.text().split("\t")[0]] = action
    return found


def choose(window: MainWindow, start: str) -> None:
    menu = window.queue_conduct.menu_of_selected()
    _trigger(menu, start)


def choose_shown(window: MainWindow, start: str) -> None:
    _trigger(window.queue_conduct.menu_of_shown(), start)


def _trigger(menu: QMenu, start: str) -> None:
    action = next(action for text, action in actions(menu).items() if text.startswith(start))
    assert action.isEnabled(), action.toolTip()
    action.trigger()
    menu.deleteLater()


@pytest.fixture
def full(harness: Harness, window: MainWindow, connection: Connection) -> MainWindow:
    """Six waiting, three failed for one cause, one for another, one held by consent, one skipped."""
    harness.queue(connection, donors(12))
    put(harness, (1, 2, 3), RecordState.FAILED, ReasonCode.DONOR_REFUSED, detail="no such mailbox")
    put(harness, (4,), RecordState.FAILED, ReasonCode.KEY_REFUSED)
    put(harness, (5,), RecordState.HELD, ReasonCode.UNSUBSCRIBED_UNDATED, list="Donors")
    put(harness, (6,), RecordState.SKIPPED, ReasonCode.DUPLICATE_ROW, row=7)
    window.refresh()
    return window


SETS = [([1], "1 selected donor"), ([1, 2, 3], "3 selected donors"), (list(range(1, 13)), "12 selected donors")]


@pytest.mark.parametrize(("numbers", "label"), SETS)
@pytest.mark.parametrize(
    ("entry", "state"),
    [
        ("Retry now", RecordState.WAITING),
        ("Retry from the start", RecordState.WAITING),
        ("Hold", RecordState.HELD),
    ],
)
def test_row_actions_on_one_several_and_all(
    qtbot: QtBot, harness: Harness, full: MainWindow, numbers: list[int], label: str, entry: str, state: RecordState
) -> None:
    select(full, numbers)
    texts = [text for text in actions(full.queue_conduct.menu_of_selected()) if text.startswith(entry)]
    assert label in texts[0]
    with qtbot.waitSignal(full.queue_conduct.deeds.told, timeout=5_000):
        choose(full, entry)
    fitting = [number for number in numbers if number not in {5, 6}]
    for number in fitting:
        record = harness.services.views.record(number)
        assert record is not None
        assert record.state is state
    left = harness.services.views.record(6)
    assert left is not None
    assert left.state is RecordState.SKIPPED


@pytest.mark.parametrize(("numbers", "label"), SETS)
def test_remove_and_undo(
    qtbot: QtBot, harness: Harness, full: MainWindow, connection: Connection, numbers: list[int], label: str
) -> None:
    before = harness.counts(connection)
    select(full, numbers)
    assert label in next(t for t in actions(full.queue_conduct.menu_of_selected()) if t.startswith("Remove"))
    with qtbot.waitSignal(full.queue_conduct.deeds.told, timeout=5_000):
        full.actions_.remove.trigger()
    assert harness.counts(connection).rows == 12 - len(numbers)
    assert f"bring back {len(numbers)} donor" in full.actions_.undo.text()
    with qtbot.waitSignal(full.queue_conduct.deeds.told, timeout=5_000):
        full.actions_.undo.trigger()
    assert harness.counts(connection) == before
    assert not full.actions_.undo.isEnabled()


@pytest.mark.parametrize("entry", ["Retry 4 shown", "Retry 4 shown from the start", "Hold 4 shown", "Remove 4 shown"])
def test_tab_actions_take_what_was_shown_when_the_menu_opened(
    qtbot: QtBot, harness: Harness, full: MainWindow, connection: Connection, entry: str
) -> None:
    full.queue.tabs.choose(RecordState.FAILED)
    menu = full.queue_conduct.menu_of_shown()
    put(harness, (12,), RecordState.FAILED, ReasonCode.DONOR_REFUSED, detail="newcomer")
    full.refresh()
    with qtbot.waitSignal(full.queue_conduct.deeds.told, timeout=5_000):
        actions(menu)[entry].trigger()
    menu.deleteLater()
    assert harness.counts(connection).failed == 1
    newcomer = harness.services.views.record(12)
    assert newcomer is not None
    assert newcomer.state is RecordState.FAILED


def test_release_lets_only_those_go_that_a_person_held(
    qtbot: QtBot, harness: Harness, full: MainWindow, connection: Connection
) -> None:
    put(harness, (7, 8), RecordState.HELD, ReasonCode.HELD_BY_PERSON, person="ann")
    full.refresh()
    full.queue.tabs.choose(RecordState.HELD)
    with qtbot.waitSignal(full.queue_conduct.deeds.told, timeout=5_000) as reported:
        choose_shown(full, "Release 3 shown")
    assert reported.args
    assert "1 were left as they are" in reported.args[0]
    assert harness.counts(connection).held == 1


def test_what_does_not_apply_says_why(full: MainWindow) -> None:
    select(full, [6])
    entries = actions(full.queue_conduct.menu_of_selected())
    retry = next(action for text, action in entries.items() if text.startswith("Retry now"))
    assert not retry.isEnabled()
    assert "waiting or failed" in retry.toolTip()
    contact = entries["Open contact in ActiveCampaign"]
    assert not contact.isEnabled()
    assert "no contact number" in contact.toolTip()


def test_all_with_one_cause_are_retried(
    qtbot: QtBot, harness: Harness, full: MainWindow, connection: Connection
) -> None:
    select(full, [1])
    with qtbot.waitSignal(full.queue_conduct.deeds.told, timeout=5_000):
        choose(full, "Retry all with this cause: 3 donors")
    assert harness.counts(connection).failed == 1


def test_select_all_like_this(qtbot: QtBot, full: MainWindow) -> None:
    select(full, [1])
    choose(full, "Select all like this")
    qtbot.waitUntil(lambda: full.queue.table.selected_ids() == [1, 2, 3])
    assert full.queue.tabs.state is RecordState.FAILED


@pytest.mark.parametrize("numbers", [[1], [1, 2, 3], list(range(1, 13))])
def test_copies(full: MainWindow, numbers: list[int]) -> None:
    board = QGuiApplication.clipboard()
    select(full, numbers)
    choose(full, "E-mail of")
    assert board.text().splitlines() == [f"donor{number - 1}@example.org" for number in numbers]
    choose(full, f"{len(numbers)} selected row")
    rows = list(csv.reader(board.text().splitlines()))
    assert len(rows) == len(numbers) + 1
    assert rows[1][0] == "donor0@example.org"


def test_a_request_as_curl_never_holds_the_key(harness: Harness, full: MainWindow, connection: Connection) -> None:
    select(full, [2])
    choose(full, "Requests as cURL")
    text = QGuiApplication.clipboard().text()
    assert MASK in text
    assert harness.server.key not in text
    assert f"{harness.server.url}" in text
    assert "/contact/sync" in text
    assert '"list": "1"' in text
    assert connection.settings.list_id == "1"


def test_the_message_for_the_admin_holds_nobody(harness: Harness, full: MainWindow, connection: Connection) -> None:
    harness.queue(connection, donors(1, start=50))
    harness.relay(connection)
    full.refresh()
    select(full, [13])
    choose(full, "Message for the admin")
    text = QGuiApplication.clipboard().text()
    assert connection.host in text
    assert "Answer: 20" in text
    for secret in ("donor50", "First50", "Last50", harness.server.key):
        assert secret not in text


def test_the_contact_is_opened_at_the_accounts_own_address(
    harness: Harness, full: MainWindow, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    harness.queue(connection, donors(1, start=50))
    harness.relay(connection)
    full.refresh()
    record = harness.services.views.record(13)
    assert record is not None
    select(full, [13])
    choose(full, "Open contact")
    base = harness.server.url.removesuffix("/api/3")
    assert [url.toString() for url in opened] == [f"{base}/app/contacts/{record.contact_id}"]


def test_show_in_log_source_row_and_why(harness: Harness, full: MainWindow, connection: Connection) -> None:
    harness.queue(connection, donors(1, start=50))
    harness.relay(connection)
    full.refresh()
    select(full, [13])
    choose(full, "Show in log")
    line = full.log.current_line()
    assert line is not None
    assert line.record_id == 13
    choose(full, "Show source row")
    assert full.details.tabs.currentIndex() == DetailsTab.SOURCE
    select(full, [5])
    choose(full, "Why was this not sent?")
    assert full.details.tabs.currentIndex() == DetailsTab.SUMMARY
    assert "needs your decision" in full.details.summary.text()


def test_a_decision_needs_a_reason_to_subscribe_again(
    qtbot: QtBot, harness: Harness, full: MainWindow, connection: Connection
) -> None:
    full.queue.tabs.choose(RecordState.HELD)
    select(full, [5])
    full.queue.table.decide_wanted.emit()
    qtbot.waitUntil(lambda: full.findChild(DecideDialog) is not None)
    dialog = full.findChild(DecideDialog)
    assert dialog is not None
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    dialog.choices[Decision.RESUBSCRIBE].setChecked(True)
    assert not ok.isEnabled()
    dialog.why.setText("letter of 2 March")
    ok.click()
    qtbot.waitUntil(lambda: harness.counts(connection).held == 0)
    assert harness.services.decisions.of(5)[0].why == "letter of 2 March"


@pytest.mark.parametrize(("entry", "rows"), [("Export 4 shown", 4), ("Export failed and held", 5)])
def test_exports(qtbot: QtBot, full: MainWindow, tmp_path: Path, entry: str, rows: int) -> None:
    full.queue.tabs.choose(RecordState.FAILED)
    choose_shown(full, entry)
    dialog = full.findChild(QFileDialog)
    assert dialog is not None
    path = tmp_path / "out.csv"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: f"{rows} rows written" in full.progress.text.text())
    assert len(path.read_text(encoding="utf-8-sig").strip().splitlines()) == rows + 1


def test_an_export_that_cannot_be_written_is_reported(qtbot: QtBot, full: MainWindow, tmp_path: Path) -> None:
    full.actions_.export_shown.trigger()
    dialog = full.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "missing" / "out.csv"))
    dialog.close()
    qtbot.waitUntil(full.import_bar.isVisible)


def test_causes_are_cards_over_the_failed(
    qtbot: QtBot, harness: Harness, full: MainWindow, connection: Connection, hook_calls: HookCalls
) -> None:
    cards = full.queue.causes
    assert cards.isHidden()
    full.queue.tabs.choose(RecordState.FAILED)
    qtbot.waitUntil(lambda: len(cards.cards) == 2)
    assert [card.group.count for card in cards.cards] == [3, 1]
    key = cards.cards[1]
    assert key.help is Remedy.REPLACE_KEY
    key.help_wanted.emit(key.help)
    assert hook_calls.calls == [("key", connection.id)]
    cards.cards[0].show_wanted.emit(cards.cards[0].group.code)
    assert full.queue.model.rowCount() == 3
    full.queue.filter.clear()
    with qtbot.waitSignal(full.queue_conduct.deeds.told, timeout=5_000):
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
    assert full.queue.table.accessibleDescription() == "No donor matches “nobody here”. Clear filter: Esc"
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


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_menus_open_by_mouse_and_by_key(qtbot: QtBot, full: MainWindow) -> None:
    select(full, [1, 2])
    opened: list[Callable[[], None]] = [
        lambda: full.queue.table.customContextMenuRequested.emit(QPoint(5, 5)),
        full.actions_.row_menu.trigger,
        lambda: full.queue.tabs.customContextMenuRequested.emit(full.queue.tabs.tabRect(4).center()),
    ]
    for open_it in opened:
        open_it()
        qtbot.waitUntil(lambda: any(menu.isVisible() for menu in full.findChildren(QMenu)))
        for menu in full.findChildren(QMenu):
            menu.close()
    full.actions_.shown_menu.aboutToShow.emit()
    assert any(text.startswith("Retry 4 shown") for text in actions(full.actions_.shown_menu))


def test_the_privacy_mask_covers_names_and_addresses_everywhere(
    harness: Harness, full: MainWindow, connection: Connection
) -> None:
    harness.queue(connection, donors(1, start=50))
    harness.relay(connection)
    full.refresh()
    harness.account.faults = Faults(refuse_addresses=True)
    harness.relay(connection)
    full.actions_.veil.trigger()
    select(full, [13])
    full.details.show_record(harness.services.views.record(13))
    shown = [
        str(full.queue.model.index(row, column).data(role) or "")
        for row in range(full.queue.model.rowCount())
        for column in QueueColumn
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    ]
    log = full.log.model
    shown += [str(log.index(row, column).data() or "") for row in range(log.rowCount()) for column in range(4)]
    shown += [block.text() for block in full.details.blocks] + [full.details.title.text()]
    shown += [full.strip.fuse.toolTip(), full.strip.fuse.accessibleDescription(), full.banner.accessibleDescription()]
    everything = "\n".join(shown)
    for part in ("donor50", "First50", "Last50", "2252500050", "@example.org", "donor3"):
        assert part not in everything
    full.actions_.veil.trigger()
    assert "donor50@example.org" in full.details.title.text()


def test_every_control_of_the_queue_has_a_name(qtbot: QtBot, full: MainWindow) -> None:
    full.actions_.activity.setChecked(True)
    full.queue.tabs.choose(RecordState.FAILED)
    qtbot.waitUntil(lambda: bool(full.queue.causes.cards))
    full.queue.filter.look_for("donor1@")
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
    chart = full.activity.chart
    qtbot.waitUntil(lambda: f"{sent} were sent" in chart.accessibleDescription())
    assert "Most: " in chart.accessibleDescription()
    chart.grab()
    full.activity.spans[LAST_DAYS].setChecked(True)
    qtbot.waitUntil(lambda: f"In the last thirty days {sent} were sent" in chart.accessibleDescription())
    chart.grab()


def test_no_dialog_is_left(full: MainWindow) -> None:
    assert [dialog for dialog in full.findChildren(QDialog) if dialog.isVisible()] == []


def set_shown(qtbot: QtBot, window: MainWindow, number: int) -> None:
    """Show one failed donor, the four that failed, or all twelve; select them too."""
    window.queue.tabs.choose(None if number == 12 else RecordState.FAILED)
    if number == 1:
        window.queue.filter.look_for("donor1@example.org")
    qtbot.waitUntil(lambda: window.queue.model.rowCount() == number)
    select(window, window.queue.model.ids())


def reports_what_it_did(qtbot: QtBot, window: MainWindow, act: Callable[[], None]) -> None:
    with qtbot.waitSignal(window.queue_conduct.deeds.told, timeout=5_000):
        act()


def opens(kind: type[QDialog]) -> "Proof":
    def proof(qtbot: QtBot, window: MainWindow, act: Callable[[], None]) -> None:
        act()
        qtbot.waitUntil(lambda: window.findChild(kind) is not None)
        dialog = window.findChild(kind)
        assert dialog is not None
        dialog.close()

    return proof


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
        assert window.details.tabs.currentIndex() == tab

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
    "Retry all with this cause": reports_what_it_did,
    "Select all like this": selects,
    "E-mail of": copies,
    "{number} selected row": copies,
    "Requests as cURL": copies,
    "Message for the admin": copies,
    "Show in log": goes_to_the_log,
    "Show source row": shows(DetailsTab.SOURCE),
    "Why was this not sent?": shows(DetailsTab.SUMMARY),
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
    return actions(full.queue_conduct.menu_of_selected() if over_rows else full.queue_conduct.menu_of_shown())


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    ("start", "over_rows"), [*((one, True) for one in ROW_ENTRIES), *((one, False) for one in TAB_ENTRIES)]
)
def test_every_entry_acts_on_one_several_and_all(
    qtbot: QtBot,
    full: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    start: str,
    over_rows: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    set_shown(qtbot, full, number)
    proof = (ROW_ENTRIES if over_rows else TAB_ENTRIES)[start]
    wanted = start.format(number=number)
    entry = next(action for text, action in entries_of(full, over_rows=over_rows).items() if text.startswith(wanted))
    if entry.isEnabled():
        proof(qtbot, full, entry.trigger)
    else:
        assert entry.toolTip() != entry.text().split("\t")[0], "what does not apply says why"


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
    menu = full.queue_conduct.menu_of_log()
    assert not actions(menu)["Copy this line"].isEnabled()
    menu.deleteLater()
    harness.queue(connection, donors(2, start=50))
    harness.relay(connection)
    full.refresh()
    qtbot.waitUntil(lambda: full.log.go_to_record(13))
    board, number = QGuiApplication.clipboard(), full.log.table.model().rowCount()
    for entry, lines in (("Copy this line", 1), (f"Copy {number} lines shown", number)):
        menu = full.queue_conduct.menu_of_log()
        actions(menu)[entry].trigger()
        menu.deleteLater()
        assert len(board.text().splitlines()) == lines
        assert "donor50@example.org" in board.text()
    full.queue.tabs.choose(RecordState.FAILED)
    menu = full.queue_conduct.menu_of_log()
    actions(menu)["Show what was sent and answered"].trigger()
    assert "donor50@example.org" in full.details.title.text()
    actions(menu)["Go to the donor in the queue"].trigger()
    menu.deleteLater()
    qtbot.waitUntil(lambda: full.queue.table.current_id() == 13)
    full.actions_.veil.trigger()
    menu = full.queue_conduct.menu_of_log()
    actions(menu)["Copy this line"].trigger()
    menu.deleteLater()
    assert "donor50" not in board.text()
