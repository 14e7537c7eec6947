"""The activity chart: bars and rows are the same figures, chosen together, and lead to their donors."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.store.history.activity import DAY, LAST_DAYS, LAST_MONTHS, ActivityBar
from ac_desktop.store.queries.record_query import Period
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.status.activity_chart import ActivityChart
from ac_desktop.ui.main.status.activity_dialog import ActivityDialog
from ac_desktop.ui.main.status.activity_model import ActivityModel
from tests.harness import Harness, donors

BARS = [ActivityBar(at * DAY, (at + 1) * DAY, sent=at, held=at % 3, failed=at % 2) for at in range(30)]


@pytest.fixture
def opened(qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection) -> Iterator[ActivityDialog]:
    harness.queue(connection, donors(4))
    harness.relay(connection)
    window.refresh()
    window.actions_.activity.setChecked(True)
    dialog = window.deferred.activity
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 30)
    yield dialog
    dialog.close()


@pytest.mark.usefixtures("qtbot")
def test_the_table_has_the_newest_part_first() -> None:
    model = ActivityModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_bars(LAST_DAYS, BARS)
    assert [model.index(0, column).data() for column in range(1, 4)] == ["29", "2", "1"]
    assert model.row_at(BARS[0].at) == 29
    assert model.row_at(7.0) == -1
    spoken = str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.endswith("29 sent, 2 held, 1 failed")


def test_a_bar_is_chosen_by_mouse_and_by_keyboard(qtbot: QtBot) -> None:
    chart = ActivityChart()
    qtbot.addWidget(chart)
    chart.resize(700, 320)
    chart.show_bars(LAST_DAYS, BARS)
    chosen: list[ActivityBar] = []
    chart.chosen.connect(chosen.append)
    chart.chosen.connect(chart.choose)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(690, 200))  # type: ignore[no-untyped-call]
    qtbot.keyClick(chart, Qt.Key.Key_Left)  # type: ignore[no-untyped-call]
    qtbot.keyClick(chart, Qt.Key.Key_Right)  # type: ignore[no-untyped-call]
    assert chosen == [BARS[29], BARS[28], BARS[29]]
    assert "29 sent, 2 held, 1 failed. Last 30 days: " in chart.accessibleDescription()
    before = chart.grab().toImage()
    chart.choose(BARS[3])
    assert chart.grab().toImage() != before


def test_bar_and_row_are_chosen_together_and_stay(qtbot: QtBot, window: MainWindow, opened: ActivityDialog) -> None:
    newest = opened.model.bar(0)
    assert newest is not None
    assert newest.sent == 4
    assert not opened.show_donors.isEnabled()
    opened.chart.chosen.emit(newest)
    assert opened.table.currentIndex().row() == 0
    assert opened.show_donors.isEnabled()
    opened.show_donors.click()
    assert window.queue.filters.values.days == Period(newest.at, newest.until)
    assert window.queue.model.rowCount() == 4
    assert window.queue.filter.days.is_set
    opened.spans[LAST_MONTHS].click()
    qtbot.waitUntil(lambda: opened.model.rowCount() == 12)
    assert not opened.show_donors.isEnabled()
    assert opened.heading.text() == "Donors per month"


def test_closing_the_chart_is_the_same_as_switching_it_off(window: MainWindow, opened: ActivityDialog) -> None:
    opened.close_button.click()
    assert not opened.isVisible()
    assert not window.actions_.activity.isChecked()


def test_the_table_is_saved(opened: ActivityDialog, tmp_path: Path) -> None:
    path = tmp_path / "activity.csv"
    opened.export(str(path))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Day,Sent,Held,Failed"
    assert len(lines) == 31
    assert lines[1].endswith(",4,0,0")
