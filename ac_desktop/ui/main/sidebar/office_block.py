"""The office in the sidebar: its name, and whether its server is reached."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.store.office.place import OfficePlace
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.visual.metrics import SECOND_LINE, SPACE_L, SPACE_S, sized_font

_MARK: Final = 1.15


class OfficeBlock(QFrame):
    """Shows quietly that the server is reached, and in a sentence what it means where it is not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_reached = True
        self._is_closed = False
        self._mark = QLabel()
        self.title = QLabel()
        self.reached = QLabel()
        for label in (self.title, self.reached):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.reached.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        layout = QGridLayout(self)
        layout.setContentsMargins(SPACE_L + 2, SPACE_S, SPACE_S, SPACE_S)
        layout.setHorizontalSpacing(SPACE_S)
        layout.setVerticalSpacing(0)
        layout.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.title, 0, 1)
        layout.addWidget(self.reached, 1, 1)
        layout.setColumnStretch(1, 1)
        self._fit_to_font()

    def show_place(self, place: OfficePlace) -> None:
        """Show an office."""
        self.title.setText(tr("Office of {name}", name=place.office))
        self._is_closed = place.is_closed
        self.show_reached(is_reached=self._is_reached)

    def show_reached(self, *, is_reached: bool) -> None:
        """Show whether the server is reached."""
        self._is_reached = is_reached
        text = self._text()
        if text != self.reached.text():
            self.reached.setText(text)
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(text)
        self._paint_mark()

    def _text(self) -> str:
        if not self._is_reached:
            return tr("Server not reached. Donors in its queue are safe. This computer sends nothing until it is back.")
        if self._is_closed:
            return tr("Closed. Its queue was moved to another computer, and nothing is sent from here.")
        return tr("Server reached")

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.PaletteChange}:
            self._paint_mark()

    def _fit_to_font(self) -> None:
        self.title.setFont(sized_font(self.font(), 1.0, QFont.Weight.DemiBold))
        self.reached.setFont(sized_font(self.font(), SECOND_LINE))

    def _paint_mark(self) -> None:
        name, tone = ("network", Tone.QUIET) if self._is_reached and not self._is_closed else ("offline", Tone.WARNING)
        size = round(self.fontMetrics().height() * _MARK)
        self._mark.setPixmap(icons.pixmap(name, tone, size, self.devicePixelRatioF()))
