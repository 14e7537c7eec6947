"""Labels: a state's icon with its word, and a text that is shortened in a narrow window."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ac_desktop.ui.base import icons
from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.theme import tone_color


class IconLabel(QWidget):
    """Shows a state label; colour is never the only carrier of a meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label: StateLabel | None = None
        self._icon = QLabel()
        self._word = QLabel()
        self._word.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._icon)
        layout.addWidget(self._word)

    def show_label(self, label: StateLabel | None) -> None:
        """Show another label; None shows nothing."""
        if label != self._label:
            self._label = label
            self._set_icon()

    def word(self) -> str:
        """Return the word shown."""
        return self._word.text()

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._set_icon()

    def _set_icon(self) -> None:
        self.setVisible(self._label is not None)
        if self._label is None:
            return
        size = self.fontMetrics().height()
        self._icon.setPixmap(icons.pixmap(self._label.icon, self._label.tone, size, self.devicePixelRatioF()))
        self._word.setText(self._label.word)
        palette = QPalette(QApplication.palette())
        palette.setColor(QPalette.ColorRole.WindowText, tone_color(self._label.tone, palette))
        self._word.setPalette(palette)
        self.setAccessibleName(self._label.word)


class ElidedLabel(QLabel):
    """Shows as much of its text as fits; the whole text is in the tooltip and read by screen readers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self.setText(text)
            self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Allow shrinking to a few characters."""
        return QSize(self.fontMetrics().horizontalAdvance("…") * 4, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint."""
        painter = QPainter(self)
        area = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)
        painter.end()
        event.accept()
