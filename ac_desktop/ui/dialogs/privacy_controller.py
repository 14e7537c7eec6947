"""Connects the window with what is kept of donors: for how long, and erasing one person."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ac_desktop.model.wording import tr
from ac_desktop.relay.housekeeping import HousekeepingResult, remove_old_data
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.privacy.agreed_time import TimeReading
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.dialogs.clock_dialog import ClockDialog
from ac_desktop.ui.dialogs.erase_dialog import EraseDialog
from ac_desktop.ui.dialogs.retention_dialog import RetentionDialog
from ac_desktop.ui.importing.message_bar import ImportQuestionShown

if TYPE_CHECKING:
    from ac_desktop.ui.main.main_window import MainWindow


class PrivacyController(QObject):
    """Opens the dialogs."""

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
        services, now = self._services, self._services.clock.now()
        self._window.bridge.run(
            lambda: remove_old_data(services.retention, services.seen_time, now), self._tidied, self._fail
        )

    def _tidied(self, tidied: HousekeepingResult) -> None:
        self._window.bridge.something_changed()
        if tidied.doubt is not None:
            self.doubt_clock(tidied.doubt)

    def doubt_clock(self, look: TimeReading) -> None:
        """Show that the clock is far ahead; the question opens where the person wishes."""
        text = tr(
            "This computer's date is far ahead of the last date AC Desktop saw. No donor "
            "data is deleted because of its age until you confirm the date."
        )
        self._window.import_bar.show_told(ImportQuestionShown(text, partial(self._ask_about_clock, look)))

    def _ask_about_clock(self, look: TimeReading) -> None:
        dialog = ClockDialog(look, self._window)
        dialog.confirmed.connect(self._clock_is_right)
        dialog.open()

    def _clock_is_right(self) -> None:
        services, now = self._services, self._services.clock.now()
        self._window.bridge.run(lambda: services.seen_time.confirm(now), self._forget_confirmed, self._fail)

    def _forget_confirmed(self, _: object) -> None:
        self._forget_old()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self._window.conduct.show_trouble(str(error))
