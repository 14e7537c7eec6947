"""Connects the window with the retention of donors' data: for how long, and erasing one person."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ac_desktop.model.wording import tr
from ac_desktop.relay.housekeeping import HousekeepingResult, remove_old_data
from ac_desktop.services import Services
from ac_desktop.store.agreed_time import TimeReading
from ac_desktop.store.errors import StoreError
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.message_bar import ActionMessage, Notifier
from ac_desktop.ui.dialogs.erase_dialog import EraseDialog
from ac_desktop.ui.dialogs.retention_dialog import ClockDialog, RetentionDialog

if TYPE_CHECKING:
    from ac_desktop.ui.base.actions import Actions


class PrivacyController(QObject):
    """Opens the dialogs."""

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        notifier: Notifier,
        current_record: Callable[[], Record | None],
        actions: "Actions",
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._notifier = notifier
        self._current_record = current_record
        self._parent = parent
        actions.erase.triggered.connect(self.erase_chosen)
        actions.retention.triggered.connect(self.set_retention)

    def erase_chosen(self) -> None:
        """Erase the donor under the cursor, or whose address is typed."""
        record = self._current_record()
        self._erase(record.donor.email if record is not None else "")

    def erase(self, record: Record) -> None:
        """Erase a record's donor."""
        self._erase(record.donor.email)

    def set_retention(self) -> None:
        """Open the dialog for how long data is kept."""
        dialog = RetentionDialog(self._services, self._bridge, self._parent)
        dialog.kept.connect(self._delete_old)
        dialog.open()

    def _erase(self, email: str) -> None:
        EraseDialog(self._services, self._bridge, email, self._parent).open()

    def _delete_old(self) -> None:
        """Delete by the days just set; an error is shown."""
        services, now = self._services, self._services.clock.now()
        self._bridge.run(lambda: remove_old_data(services.retention, services.seen_time, now), self._tidied, self._fail)

    def _tidied(self, tidied: HousekeepingResult) -> None:
        self._bridge.something_changed()
        if tidied.doubt is not None:
            self.doubt_clock(tidied.doubt)

    def doubt_clock(self, reading: TimeReading) -> None:
        """Report that the clock is far ahead; the question opens when the person chooses so."""
        text = tr(
            "This computer's date is far ahead of the last date AC Desktop saw. No donor "
            "data is deleted because of its age until you confirm the date."
        )
        self._notifier.show_message(ActionMessage(text, partial(self._ask_about_clock, reading)))

    def _ask_about_clock(self, reading: TimeReading) -> None:
        dialog = ClockDialog(reading, self._parent)
        dialog.confirmed.connect(self._clock_is_right)
        dialog.open()

    def _clock_is_right(self) -> None:
        services, now = self._services, self._services.clock.now()
        self._bridge.run(lambda: services.seen_time.confirm(now), self._delete_confirmed, self._fail)

    def _delete_confirmed(self, _: object) -> None:
        self._delete_old()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self._notifier.show_error(str(error))
