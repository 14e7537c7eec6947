"""A sentence in full, and in one line where there is room for one alone."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget


class SentenceLabel(QLabel):
    """Wraps its text, or shortens it to one line; the whole text is in the tooltip then."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self.setToolTip("" if self.wordWrap() else text)

    def set_one_line(self, *, one_line: bool) -> None:
        """Show the text in one line, or in as many as it needs."""
        if one_line is self.wordWrap():
            self.setWordWrap(not one_line)
            self.show_text(self.text())

    def minimumSizeHint(self) -> QSize:
        """Allow shrinking to a few characters where the text is shortened."""
        least = super().minimumSizeHint()
        return least if self.wordWrap() else QSize(self.fontMetrics().horizontalAdvance("…") * 4, least.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint."""
        if self.wordWrap():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        area = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)
        painter.end()
