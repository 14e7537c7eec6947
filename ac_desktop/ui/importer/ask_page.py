"""The one question a file may raise: which action page its donors came from."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from ac_desktop.ui.dialogs import plain_buttons
from ac_desktop.ui.forms import Form
from ac_desktop.ui.importer.importer import PageWanted


class AskPageDialog(QDialog):
    """Asks for a page ID; `answered` carries it with the files it is for."""

    answered = Signal(object, str)

    def __init__(self, wanted: PageWanted, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Which action page?"))
        question = QLabel(wanted.text)
        question.setWordWrap(True)
        question.setTextFormat(Qt.TextFormat.PlainText)
        self.page = QLineEdit()
        form = Form()
        form.add_field(
            self.tr("&Page ID:"), self.page, self.tr("The page's ID in Anedot; a pasted page address will do, too.")
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("Queue the donors"))
        self._ok.setEnabled(False)
        plain_buttons(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(question)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.page.textChanged.connect(self._judge)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files asked about."""
        return self._wanted.paths

    def accept(self) -> None:
        """Answer and close."""
        self.answered.emit(self._wanted, self.page.text().strip())
        super().accept()

    def _judge(self, text: str) -> None:
        self._ok.setEnabled(bool(text.strip()))
