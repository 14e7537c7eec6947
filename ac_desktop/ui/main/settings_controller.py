"""Opens the settings, and gives them what they change."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ac_desktop.services import Services
from ac_desktop.store.privacy.retention import FOR_EVER

if TYPE_CHECKING:
    from ac_desktop.ui.dialogs.settings.access import StartAtLogin
    from ac_desktop.ui.dialogs.settings.settings_dialog import SettingsDialog
    from ac_desktop.ui.main.main_window import MainWindow


class SettingsController(QObject):
    """Connects the action with the dialog, which is loaded when it is first opened."""

    def __init__(self, services: Services, window: "MainWindow", start_at_login: "StartAtLogin | None" = None) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._start_at_login = start_at_login
        window.actions_.settings.triggered.connect(self.open)

    def open(self) -> "SettingsDialog":
        """Open the dialog."""
        from ac_desktop.ui.dialogs.settings.access import SettingsAccess
        from ac_desktop.ui.dialogs.settings.settings_dialog import SettingsDialog

        window, actions = self._window, self._window.actions_
        access = SettingsAccess(
            settings=window.settings,
            choose_language=window.choose_language,
            choose_scheme=window.choose_scheme,
            choose_text_size=window.choose_text_size,
            kept_days=self._kept_days,
            privacy_mask=actions.privacy_mask,
            retention=actions.retention,
            erase=actions.erase,
            updates=actions.updates,
            can_check_for_updates=window.deferred.update_controller.knows_whom_to_ask,
            start_at_login=self._start_at_login,
        )
        dialog = SettingsDialog(access, window)
        dialog.open()
        return dialog

    def _kept_days(self) -> int | None:
        days = self._services.retention.days()
        return None if days == FOR_EVER else days
