"""The log as a drawer: closed to its bar, ordered, filtered by kind, and exported without keys and formulas."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.redact import MASK, Redactor
from ac_desktop.reporting.csv_files import write_log
from ac_desktop.ui.log.lines import LogLevel, LogLine
from ac_desktop.ui.log.model import IN_TIME, LogColumn, LogModel, LogOrder
from ac_desktop.ui.log.pane import LogPane
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness, donors
from tests.ui.window_states import NOW


def line(at: int, donor: str, level: LogLevel = LogLevel.STATUS) -> LogLine:
    return LogLine(at=NOW + at, level=level, text=f"line {at}", donor=donor)


def texts(model: LogModel) -> list[str]:
    return [one.text for one in model.lines()]


@pytest.mark.usefixtures("qtbot")
def test_lines_are_in_order_of_time_however_they_come() -> None:
    model = LogModel(most=4)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.replace_all([line(3, "a"), line(1, "b")])
    model.append([line(5, "c")])
    model.append([line(4, "d"), line(2, "e")])
    assert texts(model) == ["line 1", "line 2", "line 4", "line 5"]
    assert model.newest() is not None


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (LogOrder(LogColumn.DONOR), ["line 9", "line 3", "line 7", "line 1"]),
        (LogOrder(LogColumn.DONOR, descending=True), ["line 1", "line 7", "line 3", "line 9"]),
        (LogOrder(LogColumn.TIME, descending=True), ["line 9", "line 7", "line 3", "line 1"]),
        (IN_TIME, ["line 1", "line 3", "line 7", "line 9"]),
    ],
)
def test_a_chosen_order_takes_new_lines_in_and_the_cursor_along(order: LogOrder, expected: list[str]) -> None:
    model = LogModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.replace_all([line(1, "Zoe"), line(3, "bea")])
    model.choose_order(order)
    model.append([line(7, "Cora"), line(9, "ann")])
    assert texts(model) == expected


def test_a_click_on_a_head_orders_and_a_second_one_turns(
    qtbot: QtBot, harness: Harness, connection: Connection
) -> None:
    harness.queue(connection, donors(3))
    harness.relay(connection)
    pane = LogPane(harness.services)
    qtbot.addWidget(pane)
    pane.show_connection(connection.id)
    head = pane.table.horizontalHeader()
    assert (head.sortIndicatorSection(), head.sortIndicatorOrder()) == (LogColumn.TIME, Qt.SortOrder.AscendingOrder)
    head.sectionClicked.emit(LogColumn.TIME)
    times = [one.at for one in pane.model.lines()]
    assert times == sorted(times, reverse=True)
    head.sectionClicked.emit(LogColumn.LEVEL)
    head.sectionClicked.emit(LogColumn.LEVEL)
    assert pane.model.order == LogOrder(LogColumn.LEVEL, descending=True)
    assert pane.model.lines()[0].level is LogLevel.STATUS


def test_the_drawer_closes_to_its_bar_and_opens_as_it_was(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    log = window.deferred.log
    height = log.height()
    assert log.is_open
    window.actions_.log.trigger()
    qtbot.waitUntil(lambda: log.height() == log.bar.height_needed())
    assert not log.is_open
    assert not log.table.isVisible()
    harness.queue(connection, donors(1))
    harness.relay(connection)
    window.refresh()
    qtbot.waitUntil(lambda: "donor0@example.org" in log.bar.last_line.text())
    log.bar.toggle.click()
    qtbot.waitUntil(lambda: log.table.isVisible() and log.height() >= height)
    assert window.actions_.log.isChecked()
    assert not log.bar.last_line.isVisible()


def test_a_kind_is_on_with_a_check_mark_and_nothing_moves(qtbot: QtBot, harness: Harness) -> None:
    pane = LogPane(harness.services)
    qtbot.addWidget(pane)
    toggle = pane.levels[LogLevel.REQUEST]
    size, on = toggle.sizeHint(), toggle.grab().toImage()
    toggle.click()
    assert toggle.sizeHint() == size
    assert toggle.grab().toImage() != on
    assert toggle.accessibleName() == "Show entries of kind Request"


def test_what_is_shown_is_exported_as_it_is_shown(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, tmp_path: Path
) -> None:
    harness.queue(connection, [Donor(email="=cmd@example.org", first_name="Ann")])
    harness.relay(connection)
    window.refresh()
    log = window.deferred.log
    qtbot.waitUntil(lambda: log.model.rowCount() > 5)
    log.levels[LogLevel.STATUS].click()
    log.bar.export.click()
    dialog = log.findChild(QFileDialog)
    assert dialog is not None
    path = tmp_path / "log.csv"
    with qtbot.waitSignal(log.exported) as reported:
        dialog.fileSelected.emit(str(path))
    dialog.close()
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["Time", "Kind", "Donor", "What happened"]
    assert {row[1] for row in rows[1:]} <= {"Request", "Response", "Problem"}
    assert {row[2] for row in rows[1:]} == {"'=cmd@example.org"}
    assert reported.args == [f"{len(rows) - 1} lines saved in log.csv."]
    with qtbot.waitSignal(log.failed):
        log.export(str(tmp_path / "missing" / "log.csv"))


def test_no_key_reaches_an_export(tmp_path: Path) -> None:
    redactor = Redactor()
    redactor.learn("secret-key-0123456789")
    path = tmp_path / "log.csv"
    assert write_log(path, ["What happened"], [["sent secret-key-0123456789"], ["=1+1"]], redactor) == 2
    text = path.read_text(encoding="utf-8-sig")
    assert "secret-key" not in text
    assert MASK in text
    assert "'=1+1" in text
