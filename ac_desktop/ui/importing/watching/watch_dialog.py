"""The dialog that chooses the folder that a connection watches."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.importing.watching.watch_panel import WatchPanel


class WatchDialog(QDialog):
    """Explains what watching does, and stores a folder or none; `changed` reports that it did."""

    changed = Signal()

    def __init__(
        self, services: Services, bridge: Bridge, connection: Connection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setWindowTitle(tr("Watch a folder for {connection}", connection=connection.name))
        help_key(self, Topic.WATCHED)
        self.panel = WatchPanel(services, connection.id)
        self.folder, self.choose, self.stop = self.panel.folder, self.panel.choose, self.panel.stop
        self.take = self.panel.take
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        plain_buttons(self.buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(self.panel, 1)
        layout.addWidget(self.buttons)
        self.resize(self.fontMetrics().averageCharWidth() * 76, self.sizeHint().height())
        grow_to_fit(self)
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)

    def _save(self) -> None:
        self.buttons.setEnabled(False)
        self._bridge.run(self.panel.store(), self._kept, self._not_kept)

    def _not_kept(self, error: Exception) -> None:
        self.buttons.setEnabled(True)
        if not isinstance(error, StoreError):
            raise error
        self.panel.show_error(str(error))

    def _kept(self, _nothing: None) -> None:
        self.changed.emit()
        self.accept()
