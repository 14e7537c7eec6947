"""The chips of the filter: each sets one value and clears it, and the state is the same wherever it is shown."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.store.queries.listing import FilterChoices
from ac_desktop.store.queries.record_query import Period, SourceFilter
from ac_desktop.ui.base import privacy_mask
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.queue.filtering.filter_bar import FilterBar
from ac_desktop.ui.queue.filtering.filter_menus import days_word, reason_word
from ac_desktop.ui.queue.filtering.queue_filter import DayRange, FilterValues, QueueFilter, period

NOON = 1_795_003_200.0
DAY = 86_400.0


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().rstrip("…") == text[:59].rstrip("…")).trigger()
    menu.deleteLater()


def test_the_state_is_the_same_wherever_it_is_shown(full: MainWindow) -> None:
    queue, chip = full.queue, full.queue.filter.state
    choose(queue.filter.menu_of(chip), "Failed")
    assert queue.tabs.state is RecordState.FAILED
    assert queue.model.rowCount() == 4
    assert chip.text() == "State: Failed"
    full.actions_.tabs[1].trigger()
    assert queue.filters.state is RecordState.WAITING
    assert chip.text() == "State: Waiting"
    chip.cleared.emit()
    assert queue.filters.state is None
    assert queue.tabs.state is None
    assert chip.text() == "State"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_chip_offers_what_the_donors_have(qtbot: QtBot, full: MainWindow) -> None:
    bar, rows = full.queue.filter, full.queue.model.rowCount
    with qtbot.waitSignal(full.queue.filter.choices_wanted):
        bar.reason.click()
    qtbot.waitUntil(lambda: len(entries(bar.menu_of(bar.reason))) == 5)
    choose(bar.menu_of(bar.reason), reason_word(ReasonCode.DONOR_REFUSED))
    qtbot.waitUntil(lambda: rows() == 3)
    assert bar.reason.is_set
    assert full.queue.is_filtered
    for menu in full.findChildren(QMenu):
        menu.close()
    bar.reason.cleared.emit()
    qtbot.waitUntil(lambda: rows() == 12)
    assert not full.queue.is_filtered


def test_the_cross_and_delete_clear_a_chip(qtbot: QtBot, full: MainWindow) -> None:
    bar = full.queue.filter
    full.queue.filters.choose_days(DayRange.YESTERDAY)
    qtbot.waitUntil(lambda: full.queue.model.rowCount() == 0)
    assert bar.days.text() == "Date: yesterday"
    assert QAccessible.queryAccessibleInterface(bar.days).text(QAccessible.Text.Name) == "Date: yesterday"
    cross = QPoint(bar.days.width() - 6, bar.days.height() // 2)
    qtbot.mouseClick(bar.days, Qt.MouseButton.LeftButton, pos=cross)  # type: ignore[no-untyped-call]
    assert full.queue.filters.values.days is None
    qtbot.waitUntil(lambda: full.queue.model.rowCount() == 12)
    full.queue.filters.choose_days(DayRange.TODAY)
    qtbot.keyClick(bar.days, Qt.Key.Key_Delete)  # type: ignore[no-untyped-call]
    assert full.queue.filters.values.days is None


def test_esc_clears_everything_but_the_state(qtbot: QtBot, full: MainWindow) -> None:
    full.queue.filters.choose_state(RecordState.FAILED)
    full.queue.filters.choose(FilterValues(text="donor1@", reason=ReasonCode.DONOR_REFUSED))
    assert full.queue.filter.edit.text() == "donor1@"
    qtbot.keyClick(full.queue.filter.edit, Qt.Key.Key_Escape)  # type: ignore[no-untyped-call]
    assert full.queue.filters.values.is_empty
    assert full.queue.filter.edit.text() == ""
    assert full.queue.filters.state is RecordState.FAILED


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    made = FilterBar(QueueFilter())
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.show_choices(FilterChoices(sources=(SourceFilter("file", "gala.csv"), SourceFilter("typed"))))
    return made


def test_chips_fold_where_there_is_no_room_but_for_those_that_are_set(bar: FilterBar) -> None:
    bar.resize(1000, bar.height())
    assert not any(chip.isHidden() for chip in bar.chips)
    assert bar.more.isHidden()
    bar.menu_of(bar.source).actions()[1].trigger()
    assert bar.source.text() == "File: gala.csv"
    bar.resize(bar.minimumSizeHint().width(), bar.height())
    assert [chip for chip in bar.chips if not chip.isHidden()] == [bar.source]
    assert not bar.more.isHidden()
    menu = bar.menu_of(bar.more)
    assert entries(menu) == ["State", "Page", "Reason", "Date"]
    below = menu.actions()[0].menu()
    assert isinstance(below, QMenu)
    assert entries(below)[:2] == ["All donors", "Waiting"]


def test_files_are_named_without_their_addresses_under_the_mask(bar: FilterBar) -> None:
    bar.show_choices(FilterChoices(sources=(SourceFilter("file", "ann@example.org.csv"),)))
    privacy_mask.set_masked(on=True)
    bar.menu_of(bar.source).actions()[1].trigger()
    shown = [*entries(bar.menu_of(bar.source)), bar.source.text()]
    privacy_mask.set_masked(on=False)
    assert not any("ann@" in text for text in shown)


def test_days_begin_at_midnight() -> None:
    today, yesterday = period(DayRange.TODAY, NOON), period(DayRange.YESTERDAY, NOON)
    week, month = period(DayRange.WEEK, NOON), period(DayRange.MONTH, NOON)
    assert today is not None
    assert yesterday is not None
    assert week is not None
    assert month is not None
    assert today.since <= NOON < today.until
    assert today.until - today.since == DAY
    assert yesterday.until == today.since
    assert (week.until, month.until) == (today.until, today.until)
    assert (today.since - week.since, today.since - month.since) == (6 * DAY, 29 * DAY)
    assert period(Period(1, 2), NOON) == Period(1, 2)
    assert period(None, NOON) is None
    assert days_word(today) == days_word(Period(today.since, today.until))
    assert ", " in days_word(Period(today.since, today.since + 3600))
