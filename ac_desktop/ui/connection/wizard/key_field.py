"""The field for the API key: hidden while typed, readable only while the person asks for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from ac_desktop.model.wording import tr


class KeyField(QWidget):
    """A line for the key with a button beside it that reveals what was typed; a pasted key is trimmed."""

    changed = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.button = QPushButton()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.button.setCheckable(True)
        self.button.setAutoDefault(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.button)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._on_text)
        self.line.editingFinished.connect(self.finished)
        self.button.toggled.connect(self._on_show)
        self._on_show(shown=False)

    @property
    def key(self) -> str:
        """What was typed."""
        return self.line.text()

    def forget(self) -> None:
        """Clear the field, and its undo history with it."""
        self.line.clear()
        self.line.setModified(False)
        self.button.setChecked(False)

    def _on_text(self, text: str) -> None:
        if text != text.strip():
            self.line.setText(text.strip())
            return
        self.changed.emit()

    def _on_show(self, shown: bool) -> None:  # noqa: FBT001  Qt's signal gives it by position
        echo = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(echo)
        self.button.setText(tr("Hi&de") if shown else tr("Sho&w"))
        self.button.setAccessibleName(tr("Hide the key") if shown else tr("Show the key"))
