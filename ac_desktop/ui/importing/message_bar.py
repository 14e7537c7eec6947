"""The bar that reports a failure or a success; it stays until a person closes it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import icons, privacy_mask
from ac_desktop.ui.base.theme import Tone, tint


@dataclass(frozen=True)
class ImportNote:
    """Something was done."""

    text: str


@dataclass(frozen=True)
class ImportRefusal:
    """Something was not done, and why."""

    text: str


@dataclass(frozen=True)
class ImportQuestionShown:
    """Something that needs the person, who may open it at once."""

    text: str
    deed: Callable[[], None]


Told = ImportNote | ImportRefusal | ImportQuestionShown


class ImportMessageBar(QFrame):
    """Shows one message."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.NOTE
        self._icon_name = "document"
        self._icon = QLabel()
        self.text = QLabel()
        self.deed_button = QPushButton()
        self.close_button = QToolButton()
        self._deed: Callable[[], None] | None = None
        self._lay_out()
        self.deed_button.clicked.connect(self._do)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def _lay_out(self) -> None:
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.deed_button.setText(tr("Look at it…"))
        self.close_button.setAutoRaise(True)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setAccessibleName(tr("Close this message"))
        self.close_button.setToolTip(tr("Close this message; it also stands in the log."))
        self.close_button.setIconSize(icons.size_for(self))
        icons.set_icon(self.close_button, "close")
        layout = QHBoxLayout(self)
        layout.addWidget(self._icon)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.deed_button)
        layout.addWidget(self.close_button)

    def show_told(self, told: Told) -> None:
        """Show a message."""
        self._deed = told.deed if isinstance(told, ImportQuestionShown) else None
        self.deed_button.setVisible(self._deed is not None)
        match told:
            case ImportNote(text):
                self._show(text, Tone.GOOD, "sent")
            case ImportRefusal(text):
                self._show(text, Tone.WARNING, "problem")
            case ImportQuestionShown(text):
                self._show(text, Tone.NOTE, "held")
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.text.text()))

    def _do(self) -> None:
        deed = self._deed
        self.hide()
        if deed is not None:
            deed()

    def _show(self, text: str, tone: Tone, icon: str) -> None:
        text = privacy_mask.text(text)
        self.text.setText(text)
        self.setAccessibleName(text)
        self._tone, self._icon_name = tone, icon
        self.redress()

    def redress(self) -> None:
        """Recolour the bar, as the palette may have changed."""
        palette = QPalette(QApplication.palette())
        palette.setColor(QPalette.ColorRole.Window, tint(self._tone, palette))
        self.setPalette(palette)
        size = round(self.fontMetrics().height() * 1.3)
        self._icon.setPixmap(icons.pixmap(self._icon_name, self._tone, size, self.devicePixelRatioF()))
