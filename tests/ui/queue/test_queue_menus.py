"""The menus of the queue: what they offer for which donors, and what becomes of it."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.redact import MASK
from ac_desktop.model.states import Decision, RecordState
from ac_desktop.ui.log.details import DetailsTab
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.queue.decide_dialog import DecideDialog
from tests.harness import Harness, donors
from tests.ui.queue.full_queue import actions, put, select


def choose(window: MainWindow, start: str) -> None:
    menu = window.deferred.queue_controller.menu_of_selected()
    _trigger(menu, start)


def choose_shown(window: MainWindow, start: str) -> None:
    _trigger(window.deferred.queue_controller.menu_of_shown(), start)


def _trigger(menu: QMenu, start: str) -> None:
    action = next(action for text, action in actions(menu).items() if text.startswith(start))
    assert action.isEnabled(), action.toolTip()
    action.trigger()
    menu.deleteLater()


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
    texts = [text for text in actions(full.deferred.queue_controller.menu_of_selected()) if text.startswith(entry)]
    assert label in texts[0]
    with qtbot.waitSignal(full.deferred.queue_controller.bulk_actions.message, timeout=5_000):
        choose(full, entry)
    fitting = [number for number in numbers if number not in {5, 6}]
    for number in fitting:
        record = harness.services.record_reader.record(number)
        assert record is not None
        assert record.state is state
    left = harness.services.record_reader.record(6)
    assert left is not None
    assert left.state is RecordState.SKIPPED


@pytest.mark.parametrize(("numbers", "label"), SETS)
def test_remove_and_undo(
    qtbot: QtBot, harness: Harness, full: MainWindow, connection: Connection, numbers: list[int], label: str
) -> None:
    before = harness.counts(connection)
    select(full, numbers)
    assert label in next(
        t for t in actions(full.deferred.queue_controller.menu_of_selected()) if t.startswith("Remove")
    )
    with qtbot.waitSignal(full.deferred.queue_controller.bulk_actions.message, timeout=5_000):
        full.actions_.remove.trigger()
    assert harness.counts(connection).rows == 12 - len(numbers)
    assert f"restore {len(numbers)} donor" in full.actions_.undo.text()
    with qtbot.waitSignal(full.deferred.queue_controller.bulk_actions.message, timeout=5_000):
        full.actions_.undo.trigger()
    assert harness.counts(connection) == before
    assert not full.actions_.undo.isEnabled()


@pytest.mark.parametrize("entry", ["Retry 4 shown", "Retry 4 shown from the start", "Hold 4 shown", "Remove 4 shown"])
def test_tab_actions_take_what_was_shown_when_the_menu_opened(
    qtbot: QtBot, harness: Harness, full: MainWindow, connection: Connection, entry: str
) -> None:
    full.queue.tabs.choose(RecordState.FAILED)
    menu = full.deferred.queue_controller.menu_of_shown()
    put(harness, (12,), RecordState.FAILED, ReasonCode.DONOR_REFUSED, detail="newcomer")
    full.refresh()
    with qtbot.waitSignal(full.deferred.queue_controller.bulk_actions.message, timeout=5_000):
        actions(menu)[entry].trigger()
    menu.deleteLater()
    assert harness.counts(connection).failed == 1
    newcomer = harness.services.record_reader.record(12)
    assert newcomer is not None
    assert newcomer.state is RecordState.FAILED


def test_release_lets_only_those_go_that_a_person_held(
    qtbot: QtBot, harness: Harness, full: MainWindow, connection: Connection
) -> None:
    put(harness, (7, 8), RecordState.HELD, ReasonCode.HELD_BY_PERSON, person="ann")
    full.refresh()
    full.queue.tabs.choose(RecordState.HELD)
    with qtbot.waitSignal(full.deferred.queue_controller.bulk_actions.message, timeout=5_000) as reported:
        choose_shown(full, "Release 3 shown")
    assert reported.args
    assert "because this doesn't apply: 1" in reported.args[0]
    assert harness.counts(connection).held == 1


def test_what_does_not_apply_says_why(full: MainWindow) -> None:
    select(full, [6])
    entries = actions(full.deferred.queue_controller.menu_of_selected())
    retry = next(action for text, action in entries.items() if text.startswith("Retry now"))
    assert not retry.isEnabled()
    assert "waiting or failed" in retry.toolTip()
    contact = entries["Open contact in ActiveCampaign"]
    assert not contact.isEnabled()
    assert "no contact ID" in contact.toolTip()


def test_all_with_one_cause_are_retried(
    qtbot: QtBot, harness: Harness, full: MainWindow, connection: Connection
) -> None:
    select(full, [1])
    with qtbot.waitSignal(full.deferred.queue_controller.bulk_actions.message, timeout=5_000):
        choose(full, "Retry all with this reason: 3 donors")
    assert harness.counts(connection).failed == 1


def test_select_all_like_this(qtbot: QtBot, full: MainWindow) -> None:
    select(full, [1])
    choose(full, "Select similar")
    qtbot.waitUntil(lambda: full.queue.table.selected_ids() == [1, 2, 3])
    assert full.queue.tabs.state is RecordState.FAILED


@pytest.mark.parametrize("numbers", [[1], [1, 2, 3], list(range(1, 13))])
def test_copies(full: MainWindow, numbers: list[int]) -> None:
    board = QGuiApplication.clipboard()
    select(full, numbers)
    choose(full, "Email of")
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
    choose(full, "Error details for your admin")
    text = QGuiApplication.clipboard().text()
    assert connection.host in text
    assert "Response: 20" in text
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
    record = harness.services.record_reader.record(13)
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
    line = full.deferred.log.current_line()
    assert line is not None
    assert line.record_id == 13
    choose(full, "Show source row")
    assert full.deferred.details.tabs.currentIndex() == DetailsTab.SOURCE
    select(full, [5])
    choose(full, "Why wasn't this sent?")
    assert full.deferred.details.tabs.currentIndex() == DetailsTab.OVERVIEW
    assert full.deferred.details.overview.fix.title.text() == "Your decision is needed"


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
    qtbot.waitUntil(lambda: f"{rows} rows saved" in full.frame.toast.text.text())
    assert len(path.read_text(encoding="utf-8-sig").strip().splitlines()) == rows + 1


def test_an_export_that_cannot_be_written_is_reported(qtbot: QtBot, full: MainWindow, tmp_path: Path) -> None:
    full.actions_.export_shown.trigger()
    dialog = full.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "missing" / "out.csv"))
    dialog.close()
    qtbot.waitUntil(full.message_bar.isVisible)


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


def test_no_dialog_is_left(full: MainWindow) -> None:
    assert [dialog for dialog in full.findChildren(QDialog) if dialog.isVisible()] == []
