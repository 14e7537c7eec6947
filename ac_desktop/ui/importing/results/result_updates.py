"""The import results that are shown follow the queue: read again off the UI thread whenever something has changed."""

from functools import partial
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.importing import import_runner
from ac_desktop.ui.importing.import_state import QueuedBatch

_SHARE: Final = 9
"""The pause between two reads, as a multiple of the duration of one: counting a million rows takes a second."""
_LONGEST_REST_MS: Final = 5_000


class Following(QObject):
    """Reports by `followed` the import results of some batches as they are now."""

    followed = Signal(object)

    def __init__(self, services: Services, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._batch_ids: tuple[int, ...] = ()
        self._is_reading = False
        self._is_stale = False
        self._took = QElapsedTimer()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._read_if_stale)
        bridge.changed.connect(self._note_change)

    def follow(self, batch_ids: tuple[int, ...]) -> None:
        """Follow these batches from now on; an empty sequence follows none."""
        self._batch_ids = batch_ids
        self._note_change()

    def stop(self) -> None:
        """Stop following."""
        self._batch_ids = ()
        self._rest.stop()

    def _note_change(self, *_: object) -> None:
        self._is_stale = True
        self._read_if_stale()

    def _read_if_stale(self) -> None:
        if not self._batch_ids or self._is_reading or self._rest.isActive() or not self._is_stale:
            return
        self._is_reading, self._is_stale = True, False
        self._took.start()
        read = partial(import_runner.follow, self._services, self._batch_ids)
        self._bridge.run(read, partial(self._emit_followed, self._batch_ids), self._fail)

    def _emit_followed(self, batch_ids: tuple[int, ...], queued: tuple[QueuedBatch, ...]) -> None:
        self._is_reading = False
        if batch_ids == self._batch_ids and batch_ids:
            self._rest.start(min(_LONGEST_REST_MS, _SHARE * self._took.elapsed()))
            self.followed.emit(queued)
        else:
            self._read_if_stale()

    def _fail(self, error: Exception) -> None:
        """Leave the numbers as they are; whoever reads the queue reports what is wrong with the database."""
        self._is_reading = False
        if not isinstance(error, StoreError):
            raise error
