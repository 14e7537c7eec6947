"""When the newest version is checked: from the Help menu, and once a week where a person chose so."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from ac_desktop import release_check
from ac_desktop.model.wording import tr
from ac_desktop.release_check import NewestRelease, NoReleaseAnswerError
from ac_desktop.services import Services
from ac_desktop.ui.importing.message_bar import ActionMessage

if TYPE_CHECKING:
    from ac_desktop.ui.dialogs.update_dialog import UpdatesDialog
    from ac_desktop.ui.main.main_window import MainWindow

BETWEEN: Final = 7 * 24 * 3600.0
"""Seconds between two questions that nobody pressed a button for."""


class UpdateController(QObject):
    """Offers the check where this program knows whom to ask, and never on a practice account."""

    def __init__(
        self,
        window: "MainWindow",
        services: Services,
        *,
        practice: bool,
        feed: Callable[[], str] = release_check.feed,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._practice = practice
        self._feed = feed
        self._address = ""
        window.actions_.updates.triggered.connect(self.open)
        window.actions_.help_menu.aboutToShow.connect(self._look)

    def open(self) -> None:
        """Open the dialog that says what is sent, and asks when the person does."""
        self._dialog().open()

    def ask_if_due(self) -> None:
        """Check automatically where a person chose so and a week has passed; an error waits for next time."""
        if not self._window.settings.asks_for_updates:
            return
        self._look()
        settings, now = self._window.settings, self._services.clock.now()
        due = not settings.updates_asked_at <= now < settings.updates_asked_at + BETWEEN
        if self._address and due:
            self._window.bridge.run(
                partial(release_check.ask_for_newest, self._address), self._report, self._wait_for_next_time
            )

    def _look(self) -> None:
        """Read whom to ask; that takes some milliseconds, which the start need not wait for."""
        self._address = "" if self._practice else self._feed()
        self._window.actions_.updates.setVisible(bool(self._address))

    def _report(self, newest: NewestRelease) -> None:
        self._note(newest)
        if newest.is_newer:
            text = tr("AC Desktop {version} is there. Nothing is installed by itself.")
            show = partial(self._show, newest)
            self._window.import_bar.show_message(ActionMessage(text.format(version=newest.version), show))

    def _show(self, newest: NewestRelease) -> None:
        dialog = self._dialog()
        dialog.show_newest(newest)
        dialog.open()

    def _dialog(self) -> "UpdatesDialog":
        from ac_desktop.ui.dialogs.update_dialog import UpdatesDialog

        dialog = UpdatesDialog(self._address, self._window.bridge, self._window.settings, self._window)
        dialog.asked.connect(self._note)
        return dialog

    def _note(self, _newest: NewestRelease) -> None:
        self._window.settings.updates_asked_at = self._services.clock.now()

    def _wait_for_next_time(self, error: Exception) -> None:
        if not isinstance(error, NoReleaseAnswerError):
            raise error
