"""A queue with donors in every state, and ways to select and act on them."""

from collections.abc import Iterable

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness


def put(harness: Harness, numbers: Iterable[int], state: RecordState, code: ReasonCode, **values: object) -> None:
    with harness.services.database.writing() as sql:
        sql.many(
            "UPDATE record SET state = ?, reason = ? WHERE id = ?",
            ((state.value, reason(code, **values).to_json(), number) for number in numbers),
        )


def select(window: MainWindow, numbers: Iterable[int]) -> None:
    table, model = window.queue.table, window.queue.model
    table.clearSelection()
    window.queue.refresh_table()
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
