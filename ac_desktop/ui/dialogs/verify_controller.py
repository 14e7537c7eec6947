"""Connects the window with verifying who of the sent donors is on the list."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ac_desktop.services import Services

if TYPE_CHECKING:
    from ac_desktop.ui.main.main_window import MainWindow


class VerifyController(QObject):
    """Opens the dialog for the connection that is shown."""

    def __init__(self, window: "MainWindow", services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        window.actions_.verify.triggered.connect(self.verify)

    def verify(self) -> None:
        """Offer to verify; nothing is asked before the person agrees."""
        from ac_desktop.ui.dialogs.verify_dialog import VerifyDialog

        connection = self._window.state.connection
        if connection is not None:
            dialog = VerifyDialog(self._services, self._window.bridge, connection, self._window)
            self._window.actions_.privacy_mask.toggled.connect(dialog.show_again)
            dialog.open()
