"""The folder that a connection watches: a field for it, what watching does, and the dialog that asks for it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

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


class WatchPanel(QWidget):
    """Whoever shows it stores the folder, or that none is watched."""

    def __init__(self, services: Services, connection_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watched = services.watched_folders
        self._connection_id = connection_id
        self._shown = str(self._watched.of(connection_id) or "")
        self.folder = QLineEdit(self._shown)
        self.folder.setPlaceholderText(tr("No folder selected"))
        self.choose = QPushButton(tr("&Choose a folder…"))
        self.stop = QPushButton(tr("&Stop watching"))
        self._lay_out()
        self.choose.clicked.connect(self._choose)
        self.stop.clicked.connect(self.folder.clear)
        self.folder.textChanged.connect(self._check_folder)
        self._check_folder()

    def _lay_out(self) -> None:
        text = tr(
            "While AC Desktop is open, it reads, checks and queues each new export in this folder. Queued files "
            "move to the subfolder “done” with their import results. If anything is unclear, AC Desktop asks you "
            "first. Nothing is sent until you click Relay or turn on Relay automatically."
        )
        form = Form()
        self._field = form.add_field(tr("&Folder:"), self.folder)
        buttons = QHBoxLayout()
        for button in (self.choose, self.stop):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(small_label(text))
        layout.addLayout(form)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def take(self, folder: str) -> None:
        """Show a folder that was chosen; Save stores it."""
        self.folder.setText(folder)

    def _check_folder(self) -> None:
        self.stop.setEnabled(bool(self.folder.text()))
        self._field.show_error("")

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Choose the folder to watch"), self.folder.text())
        begin_in_documents(dialog)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def change(self) -> Callable[[], None] | None:
        """Return what stores the folder; None where it was not changed."""
        return None if self.folder.text().strip() == self._shown else self.store()

    def store(self) -> Callable[[], None]:
        """Return what stores the folder as it is shown. It raises StoreError where it cannot be watched."""
        folder = self.folder.text().strip()
        if folder:
            return partial(self._watch, Path(folder))
        return self._stop

    def _watch(self, folder: Path) -> None:
        self._watched.watch(self._connection_id, folder)

    def _stop(self) -> None:
        self._watched.stop(self._connection_id)

    def show_error(self, text: str) -> None:
        """Show why the folder could not be stored."""
        self._field.show_error(text)


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
