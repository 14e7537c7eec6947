"""One line that says how something stands: a mark and a sentence, for eyes and screen readers alike."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ac_desktop.ui.base.forms import FieldMark, small_label
from ac_desktop.ui.base.theme import Tone


class CheckStatus(Enum):
    """How it stands; the values are the mark's icon and tone."""

    TO_DO = ("waiting", Tone.QUIET)
    ASKING = ("busy", Tone.NOTE)
    GOOD = ("sent", Tone.GOOD)
    WARNING = ("held", Tone.WARNING)
    BAD = ("failed", Tone.PROBLEM)


class CheckLine(QWidget):
    """A mark with a sentence. What ends a wait is announced, as the focus is elsewhere then."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = FieldMark()
        self._label = small_label("")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._label, 1, Qt.AlignmentFlag.AlignTop)
        self.standing: CheckStatus | None = None

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._label.text()

    def say(self, standing: CheckStatus, text: str) -> None:
        """Show how it stands; saying the same again does nothing."""
        if (standing, text) == (self.standing, self.text):
            return
        ended = self.standing is CheckStatus.ASKING and standing is not CheckStatus.ASKING
        self.standing = standing
        self._mark.show_icon(*standing.value)
        self._label.setText(text)
        self.setVisible(bool(text))
        if ended and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._label, text))
