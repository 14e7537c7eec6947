"""Saved views: a filter under a name, kept with the settings, without the words that may name somebody."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.store.queries.record_query import SourceFilter
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.queue.filtering.queue_filter import NO_FILTER, DayRange, FilterValues
from ac_desktop.ui.queue.filtering.saved_views import KEY, SavedView, SavedViews
from ac_desktop.ui.queue.filtering.view_menu import NameViewDialog

FULL = FilterValues(
    source=SourceFilter("file", "gala.csv"), page="Spring", reason=ReasonCode.DONOR_REFUSED, days=DayRange.WEEK
)


def entries(menu: QMenu) -> dict[str, Callable[[], None]]:
    return {action.text(): action.trigger for action in menu.actions()}


def test_views_are_kept_in_order_and_removed(tmp_path: Path) -> None:
    settings = WindowSettings(tmp_path)
    views = SavedViews(settings)
    assert views.all() == []
    views.save(SavedView("Held", RecordState.HELD, NO_FILTER))
    views.save(SavedView("Gala", None, FULL))
    views.save(SavedView("Held", RecordState.HELD, FilterValues(days=DayRange.TODAY)))
    kept = SavedViews(WindowSettings(tmp_path))
    assert [view.name for view in kept.all()] == ["Gala", "Held"]
    assert kept.all()[0] == SavedView("Gala", None, FULL)
    kept.remove("Gala")
    assert [view.name for view in kept.all()] == ["Held"]


@pytest.mark.parametrize(
    "kept", ["[", "7", "[7]", '[{"name": ""}]', '[{"name": "x", "state": "gone"}]', '[{"name": "x", "days": "never"}]']
)
def test_what_cannot_be_read_is_no_view(tmp_path: Path, kept: str) -> None:
    settings = WindowSettings(tmp_path)
    settings.keep_layout(KEY, QByteArray(kept.encode()))
    assert SavedViews(settings).all() == []


def test_a_filter_is_saved_shown_again_and_removed(qtbot: QtBot, full: MainWindow) -> None:
    queue, menus = full.queue, full.queue.view_menu()
    queue.filters.choose_state(RecordState.FAILED)
    queue.filters.choose(FilterValues(text="donor1@example.org", reason=ReasonCode.DONOR_REFUSED))
    menu = menus.menu()
    entries(menu)["Save this view…"]()
    menu.deleteLater()
    dialog = full.findChild(NameViewDialog)
    assert dialog is not None
    save = dialog.buttons.button(dialog.buttons.StandardButton.Save)
    assert not save.isEnabled()
    qtbot.keyClicks(dialog.name, "Refused")  # type: ignore[no-untyped-call]
    save.click()
    assert "donor1" not in bytes(full.settings.layout(KEY).data()).decode()
    queue.filters.clear()
    queue.filters.choose_state(None)
    menu = menus.menu()
    entries(menu)["Refused"]()
    menu.deleteLater()
    assert queue.filters.state is RecordState.FAILED
    assert queue.filters.values == FilterValues(reason=ReasonCode.DONOR_REFUSED)
    qtbot.waitUntil(lambda: queue.model.rowCount() == 3)
    menu = menus.menu()
    below = next(action.menu() for action in menu.actions() if action.text() == "Remove view")
    assert isinstance(below, QMenu)
    entries(below)["Refused"]()
    menu.deleteLater()
    assert "No saved views" in entries(menus.menu())


def test_an_empty_result_offers_to_clear_the_filter(qtbot: QtBot, full: MainWindow) -> None:
    queue = full.queue
    assert queue.table.empty.isHidden()
    queue.filters.choose(FilterValues(page="nowhere", days=DayRange.YESTERDAY))
    qtbot.waitUntil(queue.table.empty.isVisible)
    assert queue.table.empty.title.text() == "No donors found"
    assert queue.table.empty.secondary.text() == "Clear filters"
    queue.table.empty.secondary.click()
    qtbot.waitUntil(lambda: queue.model.rowCount() == 12)
    assert queue.table.empty.isHidden()
