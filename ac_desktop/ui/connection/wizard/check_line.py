"""One line that shows a state: an icon and a sentence, also for screen readers."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ac_desktop.ui.base.forms import FieldIcon, small_label
from ac_desktop.ui.base.parts.announcing import announce
from ac_desktop.ui.base.theme import Tone


class CheckStatus(Enum):
    """The state of a check; the values are its icon and tone."""

    TO_DO = ("waiting", Tone.QUIET)
    ASKING = ("busy", Tone.NOTE)
    GOOD = ("sent", Tone.GOOD)
    WARNING = ("held", Tone.WARNING)
    BAD = ("failed", Tone.PROBLEM)


class CheckLine(QWidget):
    """An icon with a sentence. The end of a wait is announced, as the focus is elsewhere then."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = FieldIcon()
        self._label = small_label("")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._label, 1, Qt.AlignmentFlag.AlignTop)
        self.status: CheckStatus | None = None

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._label.text()

    def show_status(self, status: CheckStatus, text: str) -> None:
        """Show a state; showing the same again does nothing."""
        if (status, text) == (self.status, self.text):
            return
        ended = self.status is CheckStatus.ASKING and status is not CheckStatus.ASKING
        self.status = status
        self._icon.show_icon(*status.value)
        self._label.setText(text)
        self.setVisible(bool(text))
        if ended and self.isVisible():
            announce(self._label, text)
