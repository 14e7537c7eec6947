"""The queue's filter and views, the inspector's fix, and the log as a drawer."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from ac_desktop.model.states import RecordState
from ac_desktop.store.queries.record_query import SourceFilter
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.queue.filtering.queue_filter import DayRange, FilterValues
from tests.benchmarks.made_up_store import fill
from tests.ui.connection.support import UiHarness
from tests.ui.held import hold
from tests.ui.scenes.of_window import FEW, few, main_window
from tests.ui.scenes.prepared import relayed
from tests.ui.scenes.stage import Scene, close_for_good, until

Arrange = Callable[[MainWindow], None]


@contextmanager
def _fix(ui: UiHarness) -> Iterator[QWidget]:
    """A donor without a whole address is held, and can be fixed in the inspector."""
    connection = ui.harness.connect("Spring Appeal")
    hold(ui.harness, connection)
    with main_window(ui, connection.id) as window:
        window.queue.table.selectRow(0)
        # In a narrow window the inspector is a page of its own.
        window.actions_.details.setChecked(True)
        until(window.deferred.details.overview.fix.isVisible)
        yield window


@contextmanager
def _log_line(ui: UiHarness) -> Iterator[QWidget]:
    """A request of the log is open in the inspector."""
    connection = ui.harness.connect("Spring Appeal")
    relayed(ui.harness, connection)
    with main_window(ui, connection.id) as window:
        lines = window.deferred.log.model.lines()
        window.actions_.details.setChecked(True)
        window.deferred.details.show_line(next(one for one in reversed(lines) if one.step is not None))
        yield window


@contextmanager
def _activity(ui: UiHarness) -> Iterator[QWidget]:
    """The chart of a connection's activity, with its newest day chosen."""
    number = fill(ui.services.folder, FEW, url=ui.harness.server.url, now=ui.services.clock.now())
    with main_window(ui, number) as window:
        window.actions_.activity.setChecked(True)
        dialog = window.deferred.activity
        until(lambda: dialog.model.rowCount() > 0 and not window.bridge.is_busy)
        dialog.table.selectRow(0)
        yield dialog
        dialog.reject()


@contextmanager
def _save_view(ui: UiHarness) -> Iterator[QWidget]:
    connection = ui.harness.connect("Spring Appeal")
    with main_window(ui, connection.id) as window:
        window.queue.filters.choose_state(RecordState.HELD)
        window.queue.view_menu().ask_for_name()
        dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
        yield dialog
        close_for_good(dialog)


def _menu(build: Callable[[MainWindow], QMenu]) -> Scene:
    """Return a scene of a menu, which the offscreen platform builds but cannot open."""

    @contextmanager
    def scene(ui: UiHarness) -> Iterator[QWidget]:
        connection = ui.harness.connect("Spring Appeal")
        with main_window(ui, connection.id) as window:
            menu = build(window)
            if QGuiApplication.platformName() != "offscreen":
                menu.popup(window.mapToGlobal(window.rect().center()))
            yield menu
            close_for_good(menu)

    return scene


def _every_chip(window: MainWindow) -> None:
    record = window.queue.model.record_at(0)
    assert record is not None
    window.queue.filters.choose_state(record.state)
    window.queue.filters.choose(
        FilterValues(
            source=SourceFilter("file", record.file_name),
            page=record.donor.page_name or None,
            reason=record.reason.code if record.reason else None,
            days=DayRange.MONTH,
        )
    )


def _close_log(window: MainWindow) -> None:
    window.actions_.log.setChecked(False)


def _one_line(window: MainWindow) -> None:
    window.queue.table.set_compact(on=True)


SCENES: Final[Mapping[str, Scene]] = {
    "chips": few(_every_chip),
    "log-closed": few(_close_log),
    "one-line": few(_one_line),
    "log-line": _log_line,
    "fix": _fix,
    "activity": _activity,
    "save-view": _save_view,
    "view-menu": _menu(lambda window: window.queue.view_menu().menu()),
    "days-menu": _menu(lambda window: window.queue.filter.menu_of(window.queue.filter.days)),
}

OF_THE_WHOLE_WINDOW: Final = frozenset({"chips", "log-closed", "one-line", "log-line", "fix"})
"""Scenes that show the main window itself, and no dialog or menu alone."""
