"""The bar that tells how an import goes and what it came to; it stays until a person closes it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QWidget

from ac_desktop.ui import icons, words
from ac_desktop.ui.importer.importer import PageWanted, Reading, Receipts, Refused
from ac_desktop.ui.theme import Tone, tint

Told = Reading | Receipts | Refused | PageWanted


class ImportBar(QFrame):
    """Shows one piece of news about an import."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.NOTE
        self._icon_name = "document"
        self._icon = QLabel()
        self.text = QLabel()
        self._busy = QProgressBar()
        self.cancel = QPushButton(self.tr("Cancel"))
        self.close_button = QToolButton()
        self._lay_out()
        self.cancel.clicked.connect(self.cancelled)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def _lay_out(self) -> None:
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setMaximumWidth(160)
        self.cancel.setAccessibleName(self.tr("Cancel reading"))
        self.close_button.setAutoRaise(True)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setAccessibleName(self.tr("Close this message"))
        self.close_button.setToolTip(self.tr("Close this message; it also stands in the log."))
        self.close_button.setIconSize(icons.size_for(self))
        icons.dress(self.close_button, "close")
        layout = QHBoxLayout(self)
        layout.addWidget(self._icon)
        layout.addWidget(self.text, 1)
        layout.addWidget(self._busy)
        layout.addWidget(self.cancel)
        layout.addWidget(self.close_button)

    def show_told(self, told: Told) -> None:
        """Show news."""
        match told:
            case Reading(names, rows):
                self._show(self._reading_text(names, rows), Tone.NOTE, "document")
            case Receipts(text):
                self._show(text, Tone.GOOD, "sent")
            case Refused(text) | PageWanted(text):
                self._show(text, Tone.WARNING, "problem")
        reading = isinstance(told, Reading)
        self._busy.setVisible(reading)
        self.cancel.setVisible(reading)
        self.close_button.setVisible(not reading)
        self.show()
        if not reading:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.text.text()))

    def _reading_text(self, names: str, rows: int) -> str:
        if not rows:
            return self.tr("Reading {files}…").format(files=names)
        return self.tr("Reading {files}: {rows} rows so far…").format(files=names, rows=words.count(rows))

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
