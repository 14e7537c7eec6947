"""Connects the window with verifying who of the sent donors is on the list."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ac_desktop.services import Services
from ac_desktop.ui.base.bridge import Bridge

if TYPE_CHECKING:
    from ac_desktop.ui.base.actions import Actions
    from ac_desktop.ui.base.window_state import CurrentState


class VerifyController(QObject):
    """Opens the dialog for the connection that is shown."""

    def __init__(
        self, services: Services, bridge: Bridge, current: "CurrentState", actions: "Actions", parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._current = current
        self._actions = actions
        self._parent = parent
        actions.verify.triggered.connect(self.verify)

    def verify(self) -> None:
        """Offer to verify; nothing is asked before the person agrees."""
        from ac_desktop.ui.dialogs.verify_dialog import VerifyDialog

        connection = self._current.connection
        if connection is not None:
            dialog = VerifyDialog(self._services, self._bridge, connection, self._parent)
            self._actions.privacy_mask.toggled.connect(dialog.show_again)
            dialog.open()
