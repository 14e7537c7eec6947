"""Connects the window with what is kept of donors: for how long, and erasing one person."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.records import Record
from ac_desktop.ui.privacy.erase_dialog import EraseDialog
from ac_desktop.ui.privacy.retention_dialog import RetentionDialog

if TYPE_CHECKING:
    from ac_desktop.ui.main_window import MainWindow


class PrivacyConduct(QObject):
    """Opens the two dialogs."""

    def __init__(self, window: "MainWindow", services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        window.actions_.erase.triggered.connect(self.erase_chosen)
        window.actions_.retention.triggered.connect(self.set_retention)

    def erase_chosen(self) -> None:
        """Erase the donor under the cursor, or whose address is typed."""
        record = self._window.queue.table.current_record()
        self._erase(record.donor.email if record is not None else "")

    def erase(self, record: Record) -> None:
        """Erase a record's donor."""
        self._erase(record.donor.email)

    def set_retention(self) -> None:
        """Say for how long data is kept."""
        dialog = RetentionDialog(self._services, self._window.bridge, self._window)
        dialog.kept.connect(self._forget_old)
        dialog.open()

    def _erase(self, email: str) -> None:
        EraseDialog(self._services, self._window.bridge, email, self._window).open()

    def _forget_old(self) -> None:
        """Act on the days just set; what the world has against it is told."""
        now = self._services.clock.now()
        bridge = self._window.bridge
        bridge.run(lambda: self._services.retention.forget_old(now), self._forgotten, self._fail)

    def _forgotten(self, _: object) -> None:
        self._window.bridge.something_changed()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self._window.conduct.show_trouble(str(error))
