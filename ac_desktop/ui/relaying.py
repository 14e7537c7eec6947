"""Relay, pause and resume: asked for here, done off the UI thread."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.bridge import Bridge
from ac_desktop.ui.strip.relay_button import RelayDeed


class Relaying(QObject):
    """Does what a person asks of the relay; `failed` carries a sentence where the store could not be written."""

    failed = Signal(str)

    def __init__(self, services: Services, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge

    def do(self, deed: RelayDeed, connection_id: int) -> None:
        """Relay, pause or resume."""
        deeds = {RelayDeed.RELAY: relay, RelayDeed.PAUSE: pause, RelayDeed.RESUME: resume}
        if deed in deeds:
            self._bridge.run(partial(deeds[deed], self._services, connection_id), self._done, self._fail)

    def _done(self, _nothing: None) -> None:
        self._bridge.something_changed()

    def _fail(self, error: Exception) -> None:
        self._bridge.something_changed()
        if not isinstance(error, StoreError):
            raise error
        self.failed.emit(str(error))


def relay(services: Services, connection_id: int) -> None:
    """Relay what was queued up to now."""
    services.engine.start(connection_id, through=services.queue.last_record(connection_id))


def pause(services: Services, connection_id: int) -> None:
    """Pause the connection and let its relay end."""
    services.connections.pause(connection_id, services.clock.now())
    services.engine.halt(connection_id)


def resume(services: Services, connection_id: int) -> None:
    """Resume the connection and relay what waits."""
    services.connections.resume(connection_id, services.clock.now())
    relay(services, connection_id)
