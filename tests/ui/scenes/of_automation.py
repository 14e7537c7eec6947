"""What runs by itself: the question before it is turned on, the page of the schedule, and the header with it on."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from ac_desktop.model.connection import Connection
from ac_desktop.store.history.notices import ActionCode
from ac_desktop.ui.automation.automation_panel import AutomationDialog
from ac_desktop.ui.automation.turn_on_dialog import TurnOnDialog
from ac_desktop.ui.connection.settings.pages import ConnectionPageId
from ac_desktop.ui.connection.settings.settings_dialog import open_settings
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness, donors
from tests.ui.connection.support import AtOnce, UiHarness
from tests.ui.scenes.of_window import main_window
from tests.ui.scenes.stage import Scene, until


def _watches(harness: Harness, connection: Connection) -> None:
    folder = harness.folder.parent / "exports"
    folder.mkdir(exist_ok=True)
    harness.services.watched_folders.watch(connection.id, folder)


def _is_on(harness: Harness, connection: Connection) -> None:
    services, now = harness.services, harness.clock.now()
    services.anedot.accounts.remember(connection.id, "a1b2c3")
    services.automatic_relays.turn_on(connection.id, now)
    services.schedules.record_look(connection.id, now)
    services.notices.record_action(connection.id, ActionCode.RELAYED, now, sent="4", failed="0", held="1")


@contextmanager
def _window(ui: UiHarness, prepare: Callable[[Harness, Connection], None]) -> Iterator[MainWindow]:
    connection = ui.harness.connect("Spring Appeal")
    prepare(ui.harness, connection)
    with main_window(ui, connection.id) as window:
        yield window


@contextmanager
def _on(ui: UiHarness) -> Iterator[QWidget]:
    with _window(ui, _is_on) as window:
        yield window


def _waiting(harness: Harness, connection: Connection) -> None:
    _watches(harness, connection)
    harness.queue(connection, donors(37))


@contextmanager
def _question(ui: UiHarness) -> Iterator[QWidget]:
    with _window(ui, _waiting) as window:
        window.connection_bar.automatic.click()
        until(partial(window.findChild, TurnOnDialog))
        dialog = window.findChild(TurnOnDialog)
        assert dialog is not None
        yield dialog


@contextmanager
def _page(ui: UiHarness) -> Iterator[QWidget]:
    with _window(ui, _is_on) as window:
        window.actions_.automatic.trigger()
        dialog = window.findChild(AutomationDialog)
        assert dialog is not None
        yield dialog


def _has_sources(harness: Harness, connection: Connection) -> None:
    _watches(harness, connection)
    _is_on(harness, connection)


@contextmanager
def _settings(ui: UiHarness, page: int) -> Iterator[QWidget]:
    """Yield a connection's settings on one of the pages that this package and the imports add."""
    with _window(ui, _has_sources) as window:
        connection = window.current.connection
        assert connection is not None
        added = window.deferred.automation.settings_pages(connection.id)
        dialog = open_settings(
            window, ui.connection_service, AtOnce(), ui.on_saved, connection.id, ConnectionPageId.NAME, added=added
        )
        assert dialog is not None
        dialog.page_list.list.setCurrentRow(len(ConnectionPageId) + page)
        yield dialog
        dialog.done(0)


SCENES: Final[Mapping[str, Scene]] = {
    "automatic": _on,
    "turn-on": _question,
    "schedule": _page,
    "settings-sources": partial(_settings, page=0),
    "settings-automatic": partial(_settings, page=1),
}

OF_THE_WHOLE_WINDOW: Final = frozenset({"automatic"})
