"""Drives a window through an import and a relay by its own buttons, for the smoke test of an installation."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from ac_desktop.services import Services
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.main.main_window import MainWindow

PATIENCE_MS: Final = 60_000
_INTERVAL_MS: Final = 20


class SmokeRun(QObject):
    """Imports one file, queues it, relays it and closes the window; `failure` says what went wrong, or is empty."""

    def __init__(self, services: Services, connection_id: int, file: Path) -> None:
        super().__init__()
        self._services = services
        self._connection_id = connection_id
        self._file = file
        self._window: MainWindow | None = None
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self._press_next)
        self.failure = ""

    def begin(self, window: MainWindow) -> None:
        """Import the file, as if it had been dropped on the window."""
        self._window = window
        self._clock.start()
        self._timer.start()
        window.deferred.import_controller.import_files([self._file])

    def _press_next(self) -> None:
        """Press the next button as soon as it can be pressed."""
        window = self._window
        if window is None:
            return
        state, sheet, relay = window.deferred.flow.state, window.deferred.sheet, window.connection_bar.relay
        counts = self._services.queue.counts(self._connection_id)
        if state.stage is ImportStage.REFUSED:
            self._end(state.text)
        elif self._clock.hasExpired(PATIENCE_MS):
            self._end(f"nothing more happened; import {state.stage.value}, {counts}")
        elif state.stage in {ImportStage.CHECKING, ImportStage.RESULT}:
            if sheet.go_on.isEnabled():
                sheet.go_on.click()
        elif state.stage is ImportStage.ASKING:
            self._end(f"the import asks about {self._file.name}")
        elif not counts.rows or counts.sending or self._services.engine.is_running(self._connection_id):
            return
        elif counts.waiting:
            if relay.isEnabled():
                relay.click()
        elif counts.sent != counts.rows:
            self._end(f"the relay ended with {counts}")
        elif sum(1 for line in window.deferred.log.model.lines() if line.attempt_id) >= counts.rows:
            self._end("")

    def _end(self, failure: str) -> None:
        self._timer.stop()
        self.failure = failure
        if self._window is not None:
            self._window.deferred.flow.cancel()
            self._window.close()
