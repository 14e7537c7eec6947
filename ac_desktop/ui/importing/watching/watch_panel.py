"""The folder that a connection watches: a field for it, and what watching does."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.ui.base.file_dialogs import begin_in_documents
from ac_desktop.ui.base.forms import Form, small_label


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
