"""Turns *Relay automatically* on and off, as a person asks: on only after what it does was confirmed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ac_desktop.automation.status import AutomationControl, AutomationStatus
from ac_desktop.model.connection import Connection
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.automation.automation_panel import AutomationDialog, AutomationPage
from ac_desktop.ui.automation.turn_on_dialog import TurnOnDialog
from ac_desktop.ui.base.bridge import Bridge


@dataclass(frozen=True)
class _AutomationFacts:
    """What the question before turning on is about."""

    status: AutomationStatus
    folder: Path | None
    fetches: bool


class SwitchController(QObject):
    """Asks and stores; `changed` reports that a switch was turned, `failed` why it was not."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, services: Services, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._control = AutomationControl(services)
        self._bridge = bridge
        self._parent = parent

    def choose(self, connection: Connection, *, on: bool) -> None:
        """Turn the switch of a connection off, or ask whether to turn it on."""
        if on:
            self._bridge.run(partial(self._facts, connection.id), partial(self._ask, connection), self._fail)
        else:
            self._run(partial(self._control.turn_off, connection.id))

    def open_page(self, connection: Connection) -> AutomationDialog:
        """Open the page about what runs by itself for a connection."""
        dialog = AutomationDialog(self._control, self._bridge, connection, self._parent)
        dialog.switch_chosen.connect(lambda wanted: self.choose(connection, on=wanted))
        dialog.saved.connect(self.changed)
        self.changed.connect(dialog.refresh)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def page(self, connection: Connection) -> AutomationPage:
        """Return the page about what runs by itself in a connection's settings."""
        page = AutomationPage(self._control, self._bridge, connection)
        page.panel.switch_chosen.connect(lambda wanted: self.choose(connection, on=wanted))
        page.saved.connect(self.changed)
        self.changed.connect(page.panel.refresh)
        return page

    def _facts(self, connection_id: int) -> _AutomationFacts:
        return _AutomationFacts(
            status=self._control.status(connection_id),
            folder=self._services.watched_folders.of(connection_id),
            fetches=self._services.anedot.accounts.of(connection_id) is not None,
        )

    def _ask(self, connection: Connection, facts: _AutomationFacts) -> None:
        dialog = TurnOnDialog(connection, facts.status, folder=facts.folder, fetches=facts.fetches, parent=self._parent)
        dialog.confirmed.connect(partial(self._turn_on, connection.id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _turn_on(self, connection_id: int, with_waiting: bool) -> None:  # noqa: FBT001  a signal's argument
        self._run(partial(self._control.turn_on, connection_id, with_waiting=with_waiting))

    def _run(self, action: Callable[[], None]) -> None:
        self._bridge.run(action, self._done, self._fail)

    def _done(self, _nothing: None) -> None:
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self.changed.emit()
        if not isinstance(error, StoreError | LookupError):
            raise error
        self.failed.emit(str(error))
