"""What a person hears who does not see the window: names that are sentences, and the focus where the work goes on."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLineEdit, QTableView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import ConnectionState
from ac_desktop.practice.faults import Faults
from ac_desktop.ui.base.forms import Form
from ac_desktop.ui.base.parts.current_row import follow_selection
from ac_desktop.ui.importing.checking.check_model import CheckCol
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.log.model import LogColumn
from ac_desktop.ui.main.header.failure_indicator import FailureIndicator
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.window import open_window
from tests.harness import Harness, donors
from tests.ui.conftest import HookCalls
from tests.ui.importing.support import donors_csv
from tests.ui.window_states import window_state

ROWS = ("ann@gmial.com,Ann,Dot,", "bea@,Bea,Dot,", "cy@example.org,Cy,Dot,")
KEY = reason(ReasonCode.KEY_REFUSED)
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
FLAGS = QItemSelectionModel.SelectionFlag


def check(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    """Bring a file onto the Check page."""
    window.activateWindow()
    window.deferred.import_controller.import_files([donors_csv(folder, ROWS)])
    qtbot.waitUntil(lambda: window.deferred.flow.state.stage is ImportStage.CHECKING)
    qtbot.waitUntil(lambda: window.deferred.sheet.check.model.rowCount() == 3)


def test_the_failures_in_a_row_are_named_as_they_are_shown(qtbot: QtBot) -> None:
    indicator = FailureIndicator()
    qtbot.addWidget(indicator)
    indicator.show_state(window_state())
    assert indicator.accessibleName() == "Failures in a row: none"
    indicator.show_state(window_state(ConnectionState.ACTIVE, KEY, KEY, KEY))
    assert indicator.accessibleName() == "Failures in a row: 3 of 5"


def test_a_row_of_the_log_is_one_sentence_and_no_cell_is_silent(
    harness: Harness, window: MainWindow, connection: Connection
) -> None:
    harness.account.faults = Faults(refuse_everything=True)
    harness.queue(connection, donors(1))
    harness.relay(connection)
    window.refresh()
    model = window.deferred.log.table.model()
    spoken = [str(model.index(row, LogColumn.TIME).data(SPOKEN)) for row in range(model.rowCount())]
    assert any(", Request, donor0@example.org, POST /contact/sync" in text for text in spoken)
    assert [text for text in spoken if "  " in text or ", ," in text] == []
    for row in range(model.rowCount()):
        for column in LogColumn:
            assert model.index(row, column).data(SPOKEN), (row, column)


def test_a_row_to_check_ends_where_its_sentence_ends(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    check(qtbot, window, tmp_path)
    model = window.deferred.sheet.check.model
    spoken = [[str(model.index(row, column).data(SPOKEN)) for column in CheckCol] for row in range(3)]
    assert spoken[2][CheckCol.ROW] == "Row 4, Cy Dot, To send."
    assert spoken[2][CheckCol.PROBLEM] == "Reason: none"
    assert spoken[2][CheckCol.PHONE] == "Phone: none"
    assert spoken[0][CheckCol.ROW].startswith("Row 2, Ann Dot, To send. Did you mean")


def test_the_kinds_of_rows_and_the_steps_of_an_import_are_named_without_their_layout(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    check(qtbot, window, tmp_path)
    sheet = window.deferred.sheet
    items = [sheet.check.kinds.item(row) for row in range(sheet.check.kinds.count())]
    kinds = [str(item.data(SPOKEN) or item.text()) for item in items]
    assert "possible typo in email (1)" in kinds
    assert [text for text in kinds if text != text.strip()] == []
    assert [one.accessibleName() for one in sheet.steps.buttons()] == [
        "Step 1: Read", "Step 2: Match", "Step 3: Check", "Step 4: Result",
    ]  # fmt: skip


def test_a_checked_file_has_the_focus_on_what_adds_its_donors(
    qtbot: QtBot, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    assert connection.id
    check(qtbot, window, tmp_path)
    sheet = window.deferred.sheet
    qtbot.waitUntil(sheet.go_on.hasFocus)
    assert sheet.go_on.text() == "&Add 2 donors to queue"
    sheet.go_on.click()
    notice = window.deferred.import_notice
    qtbot.waitUntil(notice.isVisible)
    assert notice.accessibleName().startswith("donors.csv is in the queue. 3 rows: 2 waiting, 1 held.")


def test_the_first_connection_leaves_the_focus_on_its_queue(
    qtbot: QtBot, harness: Harness, hook_calls: HookCalls
) -> None:
    window = open_window(harness.services, openers=hook_calls.openers())
    qtbot.addWidget(window)
    window.activateWindow()
    qtbot.waitUntil(window.frame.first_start.state.primary.hasFocus)
    harness.connect("Spring Appeal")
    window.refresh()
    qtbot.waitUntil(window.queue.table.hasFocus)


def test_the_buttons_within_a_search_field_have_names(window: MainWindow, connection: Connection) -> None:
    assert connection.id
    buttons = [button for line in window.findChildren(QLineEdit) for button in line.findChildren(QToolButton)]
    assert len(buttons) >= 4
    assert [button for button in buttons if not button.accessibleName()] == []
    assert [button.text() for button in buttons if button.text()] == [], "the field has no room for a text"


def test_the_line_of_a_list_of_choices_that_can_be_typed_into_is_named_like_it(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    form, choices = Form(page), QComboBox()
    choices.setEditable(True)
    form.add_field("&Team:", choices)
    line = choices.lineEdit()
    assert line is not None
    assert (choices.accessibleName(), line.accessibleName()) == ("Team", "Team")


def test_a_row_that_assistive_technology_selects_is_the_current_one(
    harness: Harness, window: MainWindow, connection: Connection
) -> None:
    harness.queue(connection, donors(3))
    window.refresh()
    table = window.queue.table
    chosen: list[str] = []
    table.record_chosen.connect(lambda record: chosen.append(record.donor.email if record else ""))
    selection = table.selectionModel()
    selection.select(table.model().index(1, 0), FLAGS.ClearAndSelect | FLAGS.Rows)
    assert table.currentIndex().row() == 1
    assert chosen[-1] == "donor1@example.org"
    selection.select(table.model().index(2, 0), FLAGS.Select | FLAGS.Rows)
    assert table.currentIndex().row() == 1, "more than one is selected: the one before is still among them"


@pytest.mark.parametrize("kept", [0, 1])
def test_the_current_cell_stays_while_it_is_selected(qtbot: QtBot, kept: int) -> None:
    table = QTableView()
    qtbot.addWidget(table)
    model = QStandardItemModel(0, 2, table)
    for row in range(3):
        model.appendRow([QStandardItem(f"{row}.{column}") for column in range(2)])
    table.setModel(model)
    follow_selection(table)
    table.setCurrentIndex(model.index(0, kept))
    selection = table.selectionModel()
    selection.select(model.index(2, 1), FLAGS.Select)
    assert table.currentIndex() == model.index(0, kept)
    selection.select(model.index(0, kept), FLAGS.Deselect)
    assert table.currentIndex() == model.index(2, 1)
    selection.clearSelection()
    assert table.currentIndex() == model.index(2, 1), "nothing selected names no other cell"
