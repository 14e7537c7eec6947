"""Every import is listed, found again, opened, shown in the queue and undone; recent files are at hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.window_settings import MOST_RECENT_FILES
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.importing.imports.imports_dialog import ImportsDialog
from ac_desktop.ui.importing.imports.imports_model import ImportCol, ImportsModel
from ac_desktop.ui.importing.results.result_dialog import ImportResultDialog
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.queue.filtering.queue_filter import FilterValues
from tests.harness import Harness, donors
from tests.ui.importing.support import donors_csv


def column(model: ImportsModel, which: ImportCol) -> list[object]:
    return [model.data(model.index(row, which)) for row in range(model.rowCount())]


@pytest.fixture
def other(harness: Harness) -> Connection:
    return harness.connect("Monthly givers")


@pytest.fixture
def dialog(
    qtbot: QtBot, harness: Harness, connection: Connection, other: Connection, window: MainWindow
) -> Iterator[ImportsDialog]:
    harness.queue(connection, donors(5), "walkathon.csv")
    harness.clock.advance(60)
    harness.queue(other, donors(3), "monthly.xlsx")
    window.actions_.imports.trigger()
    made = window.findChild(ImportsDialog)
    assert made is not None
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.waitUntil(lambda: made.model.rowCount() == 2)
    yield made
    made.close()
    qtbot.waitUntil(lambda: not window.bridge.is_busy)


def test_the_newest_import_is_first_and_in_focus(dialog: ImportsDialog) -> None:
    assert column(dialog.model, ImportCol.FILE) == ["monthly.xlsx", "walkathon.csv"]
    assert column(dialog.model, ImportCol.CONNECTION) == ["Monthly givers", "Spring Appeal"]
    assert column(dialog.model, ImportCol.ROWS) == column(dialog.model, ImportCol.WAITING) == ["3", "5"]
    assert dialog.current is not None
    assert dialog.current.file_name == "monthly.xlsx"


def test_a_search_finds_by_file_and_says_so_where_there_is_none(qtbot: QtBot, dialog: ImportsDialog) -> None:
    QTest.keyClicks(dialog.search, "WALK")
    qtbot.waitUntil(lambda: column(dialog.model, ImportCol.FILE) == ["walkathon.csv"])
    QTest.keyClicks(dialog.search, "zzz")
    qtbot.waitUntil(lambda: dialog.message.text() == "No import has these words.")
    assert not dialog.undo.isEnabled()
    assert not dialog.rows.isEnabled()
    dialog.search.clear()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2 and not dialog.message.text())


def test_a_click_on_a_heading_orders_by_it(qtbot: QtBot, dialog: ImportsDialog) -> None:
    dialog.table.horizontalHeader().setSortIndicator(ImportCol.ROWS, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: column(dialog.model, ImportCol.ROWS) == ["5", "3"])
    dialog.table.horizontalHeader().setSortIndicator(ImportCol.HELD, Qt.SortOrder.AscendingOrder)
    assert dialog.table.horizontalHeader().sortIndicatorSection() == ImportCol.ROWS


def test_the_numbers_follow_the_queue(
    qtbot: QtBot, harness: Harness, connection: Connection, dialog: ImportsDialog
) -> None:
    harness.relay(connection)
    qtbot.waitUntil(lambda: column(dialog.model, ImportCol.SENT) == ["0", "5"])
    assert column(dialog.model, ImportCol.WAITING) == ["3", "0"]


def test_an_import_is_undone_after_a_question_and_its_sum_still_balances(
    qtbot: QtBot, harness: Harness, other: Connection, dialog: ImportsDialog
) -> None:
    dialog.undo.click()
    question = dialog.findChild(QMessageBox)
    assert question is not None
    question.button(QMessageBox.StandardButton.Cancel).click()
    assert harness.counts(other).waiting == 3
    dialog.undo.click()
    (*_, question) = dialog.findChildren(QMessageBox)
    question.button(QMessageBox.StandardButton.Discard).click()
    qtbot.waitUntil(lambda: dialog.message.text() == "3 donors removed from the queue.")
    assert harness.counts(other).rows == 0
    qtbot.waitUntil(lambda: column(dialog.model, ImportCol.WAITING) == ["0", "5"])
    assert column(dialog.model, ImportCol.ROWS) == ["3", "5"]
    assert not dialog.undo.isEnabled()


def test_its_donors_are_shown_in_the_queue_of_its_connection(
    qtbot: QtBot, window: MainWindow, connection: Connection, other: Connection, dialog: ImportsDialog
) -> None:
    window.choose_connection(connection.id)
    assert dialog.current is not None
    dialog.rows.click()
    shown = window.current.connection
    assert shown is not None
    assert shown.id == other.id
    source = window.queue.filters.values.source
    assert source is not None
    assert (source.kind, source.file_name) == ("file", "monthly.xlsx")
    qtbot.waitUntil(lambda: window.queue.table.model().rowCount() == 3)
    window.queue.filters.choose(FilterValues())


def test_the_import_result_follows_the_queue_and_can_undo(
    qtbot: QtBot, harness: Harness, other: Connection, dialog: ImportsDialog
) -> None:
    dialog.open_result.click()
    result = dialog.findChild(ImportResultDialog)
    assert result is not None
    result.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.waitUntil(result.page.undo.isEnabled)
    assert "monthly.xlsx" in result.page.view.toPlainText()
    result.page.undo.click()
    qtbot.waitUntil(lambda: result.page.message.text().startswith("3 donors removed from the queue."))
    assert harness.counts(other).rows == 0
    result.close()


def test_a_long_list_is_read_by_pages(qtbot: QtBot, harness: Harness, other: Connection, dialog: ImportsDialog) -> None:
    for number in range(220):
        harness.queue(other, donors(1), f"file-{number}.csv")
    dialog.model.refresh()
    qtbot.waitUntil(lambda: dialog.model.rowCount() >= 200)
    dialog.table.scrollToBottom()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 222)
    names = column(dialog.model, ImportCol.FILE)
    assert len(set(names)) == 222


def test_a_page_that_is_asked_for_during_a_refresh_comes_after_it(
    qtbot: QtBot, harness: Harness, bridge: Bridge, other: Connection
) -> None:
    for number in range(222):
        harness.queue(other, donors(1), f"file-{number}.csv")
    model = ImportsModel(harness.services, bridge)
    model.refresh()
    qtbot.waitUntil(lambda: model.rowCount() == 200)
    model.refresh()
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    qtbot.waitUntil(lambda: model.rowCount() == 222)


def recent(window: MainWindow) -> list[str]:
    menu = window.actions_.recent_files
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_recent_files_are_imported_again_by_one_click(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    assert recent(window) == ["No files yet"]
    first = donors_csv(tmp_path, ["ann@example.org,Ann"], "R&B night.csv", header="Email,First name")
    window.deferred.import_controller.import_files([first])
    qtbot.waitUntil(lambda: window.deferred.flow.state.stage is ImportStage.CHECKING)
    window.deferred.sheet.cancel.click()
    qtbot.waitUntil(lambda: window.deferred.flow.state.stage is ImportStage.IDLE)
    assert recent(window) == ["R&&B night.csv", "&Clear this list"]
    window.actions_.recent_files.actions()[0].trigger()
    qtbot.waitUntil(lambda: window.deferred.flow.state.stage is ImportStage.CHECKING)
    window.deferred.sheet.cancel.click()
    qtbot.waitUntil(lambda: window.deferred.flow.state.stage is ImportStage.IDLE)
    assert recent(window)[-1] == "&Clear this list"
    window.actions_.recent_files.actions()[-1].trigger()
    assert recent(window) == ["No files yet"]
    qtbot.waitUntil(lambda: not window.bridge.is_busy)


def test_files_of_one_name_are_told_apart_and_the_oldest_go(window: MainWindow, tmp_path: Path) -> None:
    paths = [tmp_path / str(number) / "donors.csv" for number in range(MOST_RECENT_FILES + 3)]
    for path in paths:
        window.settings.recent_files = [path, *window.settings.recent_files]
    names = recent(window)
    assert names[:-1] == [str(path) for path in reversed(paths[3:])]


def test_a_dialog_without_imports_says_so(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_.imports.trigger()
    dialog = window.findChild(ImportsDialog)
    assert isinstance(dialog, QDialog)
    qtbot.waitUntil(lambda: dialog.message.text() == "Nothing was imported yet.")
    dialog.close()
