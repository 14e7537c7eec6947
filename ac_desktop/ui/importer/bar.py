"""The bar that tells what went wrong, or well; it stays until a person closes it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from ac_desktop.ui import icons
from ac_desktop.ui.theme import Tone, tint


@dataclass(frozen=True)
class Noted:
    """Something was done."""

    text: str


@dataclass(frozen=True)
class Refused:
    """Something was not done, and why."""

    text: str


Told = Noted | Refused


class ImportBar(QFrame):
    """Shows one piece of news."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.NOTE
        self._icon_name = "document"
        self._icon = QLabel()
        self.text = QLabel()
        self.close_button = QToolButton()
        self._lay_out()
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def _lay_out(self) -> None:
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button.setAutoRaise(True)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setAccessibleName(self.tr("Close this message"))
        self.close_button.setToolTip(self.tr("Close this message; it also stands in the log."))
        self.close_button.setIconSize(icons.size_for(self))
        icons.dress(self.close_button, "close")
        layout = QHBoxLayout(self)
        layout.addWidget(self._icon)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.close_button)

    def show_told(self, told: Told) -> None:
        """Show news."""
        match told:
            case Noted(text):
                self._show(text, Tone.GOOD, "sent")
            case Refused(text):
                self._show(text, Tone.WARNING, "problem")
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.text.text()))

    def _show(self, text: str, tone: Tone, icon: str) -> None:
        self.text.setText(text)
        self.setAccessibleName(text)
        self._tone, self._icon_name = tone, icon
        self.redress()

    def redress(self) -> None:
        """Colour the bar anew, as the palette may have changed."""
        palette = QPalette(QApplication.palette())
        palette.setColor(QPalette.ColorRole.Window, tint(self._tone, palette))
        self.setPalette(palette)
        size = round(self.fontMetrics().height() * 1.3)
        self._icon.setPixmap(icons.pixmap(self._icon_name, self._tone, size, self.devicePixelRatioF()))
