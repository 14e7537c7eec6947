"""The dialog about what runs by itself for a connection."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ac_desktop.automation.status import AutomationControl
from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.automation.automation_panel import AutomationPanel
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.base.visual.metrics import SPACE_M
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic

_WIDTH = 68


class AutomationDialog(QDialog):
    """Save stores the schedule. The switch applies at once: `switch_chosen` carries what a person wants."""

    switch_chosen = Signal(bool)
    saved = Signal()

    def __init__(
        self, control: AutomationControl, bridge: Bridge, connection: Connection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.panel = AutomationPanel(control, bridge, connection)
        self.switch, self.status, self.kind = self.panel.switch, self.panel.status, self.panel.kind
        self.minutes, self.time = self.panel.minutes, self.panel.time
        self.refresh = self.panel.refresh
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.setWindowTitle(tr("Relay automatically for {connection}", connection=connection.name))
        help_key(self, Topic.UNATTENDED)
        plain_buttons(self.buttons)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE_M)
        layout.addWidget(self.panel, 1)
        layout.addWidget(self.buttons)
        self.resize(self.fontMetrics().averageCharWidth() * _WIDTH, self.sizeHint().height())
        self.panel.switch_chosen.connect(self.switch_chosen)
        self.panel.grown.connect(partial(grow_to_fit, self))
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        grow_to_fit(self)

    def _save(self) -> None:
        self.buttons.setEnabled(False)
        self._bridge.run(self.panel.store(), self._saved, self._not_saved)

    def _saved(self, _nothing: None) -> None:
        self.saved.emit()
        self.accept()

    def _not_saved(self, error: Exception) -> None:
        self.buttons.setEnabled(True)
        if not isinstance(error, StoreError):
            raise error
        self.panel.show_problem(str(error))
