"""Choosing the folder that a connection watches."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.base.file_dialogs import begin_in_documents
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic


class WatchDialog(QDialog):
    """Explains what watching does, and stores a folder or none; `changed` reports that it did."""

    changed = Signal()

    def __init__(
        self, services: Services, bridge: Bridge, connection: Connection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._connection = connection
        self.setWindowTitle(tr("Watch a folder for {connection}", connection=connection.name))
        help_key(self, Topic.WATCHED)
        self.folder = QLineEdit(str(services.watched_folders.of(connection.id) or ""))
        self.folder.setPlaceholderText(tr("No folder selected"))
        self.choose = QPushButton(tr("&Choose a folder…"))
        self.stop = QPushButton(tr("&Stop watching"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        plain_buttons(self.buttons)
        self._lay_out()
        self.choose.clicked.connect(self._choose)
        self.stop.clicked.connect(self.folder.clear)
        self.folder.textChanged.connect(self._check_folder)
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self._check_folder()

    def _lay_out(self) -> None:
        text = tr(
            "While AC Desktop is open, it reads, checks and queues each new export in this folder. Queued files "
            "move to the subfolder “done” with their import results. If anything is unclear, AC Desktop asks you "
            "first. Nothing is sent until you click Relay or turn on Relay automatically."
        )
        form = Form()
        self._field = form.add_field(tr("&Folder:"), self.folder)
        self.buttons.addButton(self.choose, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.stop, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.addWidget(small_label(text))
        layout.addLayout(form)
        layout.addWidget(self.buttons)
        self.resize(self.fontMetrics().averageCharWidth() * 76, self.sizeHint().height())
        grow_to_fit(self)

    def take(self, folder: str) -> None:
        """Show a folder that was chosen; Save stores it."""
        self.folder.setText(folder)

    def _check_folder(self) -> None:
        self.stop.setEnabled(bool(self.folder.text()))

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Choose the folder to watch"), self.folder.text())
        begin_in_documents(dialog)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self) -> None:
        self.buttons.setEnabled(False)
        watched, folder = self._services.watched_folders, self.folder.text().strip()
        keep = partial(watched.watch, self._connection.id, Path(folder)) if folder else self._stop
        self._bridge.run(keep, self._kept, self._not_kept)

    def _stop(self) -> None:
        self._services.watched_folders.stop(self._connection.id)

    def _not_kept(self, error: Exception) -> None:
        self.buttons.setEnabled(True)
        if not isinstance(error, StoreError):
            raise error
        self._field.show_error(str(error))

    def _kept(self, _nothing: None) -> None:
        self.changed.emit()
        self.accept()
