"""Every model of the window changes by Qt's book: a model that no scene moves fails."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractProxyModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from ac_desktop import ui
from ac_desktop.store.imports.imports import PAGE
from ac_desktop.ui.connection.directory_dialog import DirectoryDialog
from ac_desktop.ui.connection.wizard.answers import WizardPageId as WizardPage
from ac_desktop.ui.connection.wizard.list_page import ListPage
from ac_desktop.ui.connection.wizard.wizard import ConnectionWizard
from ac_desktop.ui.importing.imports.imports_dialog import ImportsDialog
from ac_desktop.ui.importing.imports.imports_model import ImportCol
from ac_desktop.ui.importing.layouts_dialog import LayoutsDialog
from ac_desktop.ui.importing.sheet import ImportPageId
from ac_desktop.ui.log.lines import LogLevel
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.office.office_dialog import OfficeDialog
from ac_desktop.ui.queue.columns import TABS
from tests.harness import donors
from tests.ui.connection.support import UiHarness, open_ui
from tests.ui.scenes.all_scenes import SCENES
from tests.ui.scenes.stage import Appearance, rest, shown_as, until

Move = Callable[[QWidget, UiHarness], None]


def _through_the_queue(root: QWidget, place: UiHarness) -> None:
    assert isinstance(root, MainWindow)
    for state in TABS:
        root.queue.tabs.choose(state)
        rest()
    root.queue.filter.show_filter("annie")
    rest()
    root.queue.filter.clear()
    root.queue.table.horizontalHeader().sectionClicked.emit(2)
    rest()
    with place.services.database.writing() as sql:
        sql.execute("UPDATE record SET state = 'sent' WHERE state = 'waiting' AND id % 2 = 0")
    root.refresh()
    until(lambda: not root.queue.reader.is_busy)
    root.deferred.log.levels[LogLevel.REQUEST].click()
    root.deferred.log.search.setText("annie")
    rest()
    root.actions_.privacy_mask.trigger()


def _through_the_file(root: QWidget, _place: UiHarness) -> None:
    assert isinstance(root, MainWindow)
    read = root.deferred.sheet.read
    root.deferred.sheet.steps.button(ImportPageId.READ).click()
    read.header_row.setValue(3)
    read.header_row.editingFinished.emit()
    until(lambda: not root.bridge.is_busy and read.model.rowCount() > 0)
    root.actions_.privacy_mask.trigger()
    rest()


def _through_the_rows(root: QWidget, _place: UiHarness) -> None:
    assert isinstance(root, MainWindow)
    check = root.deferred.sheet.check
    check.only_problems.click()
    until(lambda: 0 < check.model.rowCount() < 10)
    check.only_problems.click()
    until(lambda: check.model.rowCount() > 10)
    root.actions_.privacy_mask.trigger()


def _through_the_lists(root: QWidget, _place: UiHarness) -> None:
    assert isinstance(root, ConnectionWizard)
    page = root.pages[WizardPage.LIST]
    assert isinstance(page, ListPage)
    for text in ("news", "nothing like it", ""):
        page.filter.setText(text)
        rest()


def _through_the_connections(root: QWidget, place: UiHarness) -> None:
    assert isinstance(root, DirectoryDialog)
    place.connection("One more")
    root.panel.refresh()
    rest()


def _through_the_layouts(root: QWidget, place: UiHarness) -> None:
    assert isinstance(root, LayoutsDialog)
    place.services.layouts.remove("f2")
    root.model.setData(root.model.index(0, 0), "Another name")
    until(lambda: root.model.rowCount() == 1)
    root.model.show_layouts([])


def _through_the_imports(root: QWidget, place: UiHarness) -> None:
    assert isinstance(root, ImportsDialog)
    connection = place.connection("One more")
    for number in range(PAGE):
        place.harness.queue(connection, donors(1, start=number), f"weekly {number}.csv")
    root.model.refresh()

    def is_whole() -> bool:
        root.model.fetchMore(QModelIndex())
        return root.model.rowCount() == PAGE + 3

    until(is_whole)
    root.table.horizontalHeader().setSortIndicator(ImportCol.FILE, Qt.SortOrder.AscendingOrder)
    until(lambda: root.model.index(0, ImportCol.FILE).data() == "monthly-givers-november.xlsx")
    root.search.setText("monthly-givers")
    until(lambda: root.model.rowCount() == 1)
    root.search.setText("nothing like it")
    until(lambda: root.model.rowCount() == 0)


def _through_the_office(root: QWidget, _place: UiHarness) -> None:
    assert isinstance(root, OfficeDialog)
    workstations, people = root.workstations.rows_model.rows, root.people.rows_model.rows
    for rows in (workstations[1:], (), workstations, tuple(replace(one, version="3.0") for one in workstations)):
        root.workstations.show_rows(rows)
        rest()
    root.people.show_rows(people[:2])


MOVES: Final[Mapping[str, Move]] = {
    "window": _through_the_queue,
    "import-1-read": _through_the_file,
    "import-3-check": _through_the_rows,
    "list-chosen": _through_the_lists,
    "directory": _through_the_connections,
    "known-layouts": _through_the_layouts,
    "imports": _through_the_imports,
    "office-workstations": _through_the_office,
}


def own_models(root: QWidget) -> set[QAbstractItemModel]:
    """Return the models of ours behind all views, and those behind them."""
    found: set[QAbstractItemModel] = set()
    left = [view.model() for view in root.findChildren(QAbstractItemView) if view.model() is not None]
    while left:
        model = left.pop()
        if isinstance(model, QAbstractProxyModel):
            left.append(model.sourceModel())
        if type(model).__module__.startswith(ui.__name__):
            found.add(model)
    return found


@pytest.mark.parametrize("name", MOVES)
def test_it_changes_by_the_book(qapp: QApplication, tmp_path: Path, name: str) -> None:
    place = open_ui(tmp_path / "data")
    with place as made, shown_as(qapp, made, Appearance()), SCENES[name](made) as root:
        models = own_models(root)
        assert models
        # A breach is reported as a warning of Qt's, which fails the test.
        mode = QAbstractItemModelTester.FailureReportingMode.Warning
        testers = [QAbstractItemModelTester(model, mode) for model in models]
        MOVES[name](root, made)
        rest()
        del testers


def test_no_model_is_forgotten(qapp: QApplication, tmp_path: Path) -> None:
    every = set()
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, QAbstractItemModel) and value.__module__ == module.name:
                every.add(value)
    assert len(every) >= 8
    for name in MOVES:
        with open_ui(tmp_path / name) as made, shown_as(qapp, made, Appearance()), SCENES[name](made) as root:
            every -= {type(model) for model in own_models(root)}
    assert {one.__qualname__ for one in every} == set(), "no scene of MOVES shows them"
