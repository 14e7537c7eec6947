"""When the newest version is checked: from the Help menu, and once a week where a person chose so."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ac_desktop import release_check
from ac_desktop.model.wording import tr
from ac_desktop.release_check import NewestRelease, NoReleaseAnswerError
from ac_desktop.services import Services
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.message_bar import ActionMessage, Notifier
from ac_desktop.ui.base.window_settings import WindowSettings

if TYPE_CHECKING:
    from ac_desktop.ui.base.actions import Actions
    from ac_desktop.ui.dialogs.update_dialog import UpdatesDialog

BETWEEN: Final = 7 * 24 * 3600.0
"""Seconds between two automatic checks."""


class UpdateController(QObject):
    """Offers the check where this program knows whom to ask, and never on a practice account."""

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        settings: WindowSettings,
        notifier: Notifier,
        actions: "Actions",
        parent: QWidget,
        *,
        practice: bool,
        feed: Callable[[], str] = release_check.feed,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._settings = settings
        self._notifier = notifier
        self._actions = actions
        self._parent = parent
        self._practice = practice
        self._feed = feed
        self._address = ""
        actions.updates.triggered.connect(self.open)
        actions.help_menu.aboutToShow.connect(self._read_feed)

    def open(self) -> None:
        """Open the dialog that says what is sent, and asks when the person does."""
        self._dialog().open()

    def knows_whom_to_ask(self) -> bool:
        """Whether this copy of the program can look for a newer version."""
        self._read_feed()
        return bool(self._address)

    def ask_if_due(self) -> None:
        """Check automatically where a person chose so and a week has passed; an error waits for next time."""
        if not self._settings.asks_for_updates:
            return
        self._read_feed()
        settings, now = self._settings, self._services.clock.now()
        due = not settings.updates_asked_at <= now < settings.updates_asked_at + BETWEEN
        if self._address and due:
            self._bridge.run(
                partial(release_check.ask_for_newest, self._address), self._report, self._wait_for_next_time
            )

    def _read_feed(self) -> None:
        """Read whom to ask; that takes some milliseconds, which the start need not wait for."""
        self._address = "" if self._practice else self._feed()
        self._actions.updates.setVisible(bool(self._address))

    def _report(self, newest: NewestRelease) -> None:
        self._note(newest)
        if newest.is_newer:
            text = tr("AC Desktop {version} is available. It isn't installed automatically.")
            show = partial(self._show, newest)
            self._notifier.show_message(ActionMessage(text.format(version=newest.version), show))

    def _show(self, newest: NewestRelease) -> None:
        dialog = self._dialog()
        dialog.show_newest(newest)
        dialog.open()

    def _dialog(self) -> "UpdatesDialog":
        from ac_desktop.ui.dialogs.update_dialog import UpdatesDialog

        dialog = UpdatesDialog(self._address, self._bridge, self._settings, self._parent)
        dialog.asked.connect(self._note)
        return dialog

    def _note(self, _newest: NewestRelease) -> None:
        self._settings.updates_asked_at = self._services.clock.now()

    def _wait_for_next_time(self, error: Exception) -> None:
        if not isinstance(error, NoReleaseAnswerError):
            raise error
