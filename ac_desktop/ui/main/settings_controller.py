"""Opens the settings."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ac_desktop.ui.dialogs.settings.access import SettingsAccess
    from ac_desktop.ui.dialogs.settings.settings_dialog import SettingsDialog


class SettingsController(QObject):
    """Connects the action with the dialog, whose pages are loaded when it is first opened."""

    def __init__(self, access: "SettingsAccess", settings: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._access = access
        self._parent = parent
        settings.triggered.connect(self.open)

    def open(self) -> "SettingsDialog":
        """Open the dialog."""
        from ac_desktop.ui.dialogs.settings.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._access, self._parent)
        dialog.open()
        return dialog
