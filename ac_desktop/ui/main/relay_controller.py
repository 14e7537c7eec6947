"""Relay, pause and resume: requested here, done off the UI thread."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from ac_desktop.relay.progress import BulkOffer
from ac_desktop.relay.progress import offer as make_offer
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.dialogs.bulk_offer_dialog import OfferedBulk
from ac_desktop.ui.main.header.relay_button import RelayAction


class RelayController(QObject):
    """Does what a person asks of the relay.

    `failed` carries a sentence where the store could not be written, `offered` a choice that comes before a relay.
    """

    failed = Signal(str)
    offered = Signal(object)
    reactivation_wanted = Signal()

    def __init__(self, services: Services, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge

    def do(self, action: RelayAction, connection_id: int) -> None:
        """Relay, pause or resume."""
        match action:
            case RelayAction.PAUSE:
                self._run(partial(self._services.pause_connection, connection_id))
            case RelayAction.RESUME:
                self._run(partial(self._services.resume_connection, connection_id))
            case RelayAction.RELAY:
                through = self._services.queue.last_record(connection_id)
                read = partial(prepare, self._services, connection_id)
                self._bridge.run(read, partial(self._go_on, connection_id, through), self._fail)
            case RelayAction.REACTIVATE:
                self.reactivation_wanted.emit()
            case RelayAction.NOTHING:
                pass

    def one_by_one(self, offered: OfferedBulk) -> None:
        """Relay one by one, as the person chose."""
        self._relay(offered.connection_id, offered.through, in_bulk=False)

    def in_bulk(self, offered: OfferedBulk) -> None:
        """Relay 250 donors a request, as the person chose."""
        self._relay(offered.connection_id, offered.through, in_bulk=True)

    def _go_on(self, connection_id: int, through: int, offer: BulkOffer | None) -> None:
        if offer is None:
            self._relay(connection_id, through, in_bulk=False)
        else:
            self.offered.emit(OfferedBulk(connection_id, through, offer))
            self._bridge.something_changed()

    def _relay(self, connection_id: int, through: int, *, in_bulk: bool) -> None:
        """Relay what was queued when the person asked for it (rule 15), and nothing that came later."""
        self._run(partial(self._services.engine.start, connection_id, through=through, in_bulk=in_bulk))

    def _run(self, action: Callable[[], object]) -> None:
        self._bridge.run(action, self._done, self._fail)

    def _done(self, _result: object) -> None:
        self._bridge.something_changed()

    def _fail(self, error: Exception) -> None:
        self._bridge.something_changed()
        if not isinstance(error, StoreError):
            raise error
        self.failed.emit(str(error))


def prepare(services: Services, connection_id: int) -> BulkOffer | None:
    """Return whether there is a choice to make before the relay."""
    connection = services.connections.get(connection_id)
    if connection is None:
        return None
    waiting = services.queue.counts(connection_id).waiting
    share, is_office = services.record_reader.known_share(connection_id), services.store.office is not None
    return make_offer(waiting, connection.settings, share_known=share, is_office=is_office)
