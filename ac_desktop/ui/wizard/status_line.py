"""One line that says how something stands: a mark and a sentence, for eyes and screen readers alike."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ac_desktop.ui.forms import Mark, small_label
from ac_desktop.ui.theme import Tone


class Standing(Enum):
    """How it stands; the values are the mark's icon and tone."""

    TO_DO = ("waiting", Tone.QUIET)
    ASKING = ("busy", Tone.NOTE)
    GOOD = ("sent", Tone.GOOD)
    WARNING = ("held", Tone.WARNING)
    BAD = ("failed", Tone.PROBLEM)


class StatusLine(QWidget):
    """A mark with a sentence. What ends a wait is announced, as the focus is elsewhere then."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = Mark()
        self._label = small_label("")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._label, 1, Qt.AlignmentFlag.AlignTop)
        self.standing: Standing | None = None

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._label.text()

    def say(self, standing: Standing, text: str) -> None:
        """Show how it stands; saying the same again does nothing."""
        if (standing, text) == (self.standing, self.text):
            return
        ended = self.standing is Standing.ASKING and standing is not Standing.ASKING
        self.standing = standing
        self._mark.show_icon(*standing.value)
        self._label.setText(text)
        self.setVisible(bool(text))
        if ended and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._label, text))
