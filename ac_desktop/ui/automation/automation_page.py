"""What runs by itself, as a page in a connection's settings."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ac_desktop.automation.status import AutomationControl
from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import tr
from ac_desktop.ui.automation.automation_panel import AutomationPanel
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.dialogs.settings.page import SettingsPage


class AutomationPage(SettingsPage):
    """The switch applies at once, after its own question.

    The schedule is stored with the other settings, and `saved` reports that it was.
    """

    saved = Signal()

    def __init__(
        self, control: AutomationControl, bridge: Bridge, connection: Connection, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Relay automatically"), "relay", parent)
        self.panel = AutomationPanel(control, bridge, connection)
        self.add_text(tr("The switch applies immediately. AC Desktop asks you first."))
        self.add_part(self.panel)

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def change(self) -> Callable[[], None] | None:
        """Return what stores the schedule; None where it was not changed."""
        return self.panel.change()

    def stored(self) -> None:
        """Report that the answers are stored."""
        self.saved.emit()
