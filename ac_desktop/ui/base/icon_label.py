"""An icon with its word, in the tone of its state."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from ac_desktop.ui.base import icons
from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.theme import tone_color


class IconLabel(QWidget):
    """Shows a state label; colour is never the only carrier of a meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign: StateLabel | None = None
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
        if label != self._sign:
            self._sign = label
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
        self.setVisible(self._sign is not None)
        if self._sign is None:
            return
        size = self.fontMetrics().height()
        self._icon.setPixmap(icons.pixmap(self._sign.icon, self._sign.tone, size, self.devicePixelRatioF()))
        self._word.setText(self._sign.word)
        palette = QPalette(QApplication.palette())
        palette.setColor(QPalette.ColorRole.WindowText, tone_color(self._sign.tone, palette))
        self._word.setPalette(palette)
        self.setAccessibleName(self._sign.word)
