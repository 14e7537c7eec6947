"""What a place shows that has nothing in it yet: an icon, a title, a sentence, and two buttons at most."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.parts.painters import paint_disc
from ac_desktop.ui.base.parts.primary_button import PrimaryButton
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.metrics import EMPTY_TITLE, SPACE_L, SPACE_S, SPACE_XL, SPACE_XS, scaled, sized_font

_DISC: Final = 72
_TEXT_WIDTH: Final = 460


class IconDisc(QWidget):
    """An icon in a disc."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon

    def sizeHint(self) -> QSize:
        """Return the size of the disc."""
        side = scaled(_DISC, self)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        painter = QPainter(self)
        area = self.rect()
        side = min(area.width(), area.height())
        area.setSize(QSize(side, side))
        area.moveCenter(self.rect().center())
        paint_disc(painter, area, self._icon, current_colors())
        painter.end()


class EmptyState(QWidget):
    """Stands in the middle of its place."""

    def __init__(self, icon: str, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(title)
        self.text = small_label(text)
        self.primary = PrimaryButton()
        self.secondary = QPushButton()
        self._buttons = QHBoxLayout()
        self._column = QVBoxLayout(self)
        self._disc = IconDisc(icon)
        self._lay_out()

    def _lay_out(self) -> None:
        center = Qt.AlignmentFlag.AlignHCenter
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title.setWordWrap(True)
        self.text.setAlignment(center)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.text, 1000)
        middle.addStretch(1)
        self.text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.primary)
        self._buttons.addWidget(self.secondary)
        self._buttons.addStretch(1)
        for button in (self.primary, self.secondary):
            button.hide()
        column = self._column
        column.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        column.setSpacing(SPACE_L)
        column.addStretch(1)
        column.addWidget(self._disc, 0, center)
        column.addWidget(self.title)
        column.addLayout(middle)
        column.addLayout(self._buttons)
        column.addStretch(1)
        self._buttons.setSpacing(SPACE_S)
        self._fit_to_font()

    def show_texts(self, title: str, text: str) -> None:
        """Show other texts."""
        self.title.setText(title)
        self.text.setText(text)

    def offer(self, primary: str = "", secondary: str = "", icon: str = "") -> None:
        """Show the buttons that have a text."""
        for button, text in ((self.primary, primary), (self.secondary, secondary)):
            button.setText(text)
            button.setVisible(bool(text))
        self.primary.show_icon(icon)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the icon and the space around out where there is little height: the texts need it."""
        super().resizeEvent(event)
        self._take_space(is_low=False)
        self._take_space(is_low=self._column.minimumHeightForWidth(self.width()) > self.height())

    def _take_space(self, *, is_low: bool) -> None:
        edge, gap = (SPACE_XS, SPACE_S) if is_low else (SPACE_XL, SPACE_L)
        self._disc.setVisible(not is_low)
        self._column.setContentsMargins(SPACE_XL, edge, SPACE_XL, edge)
        self._column.setSpacing(gap)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()

    def _fit_to_font(self) -> None:
        self.title.setFont(sized_font(self.font(), EMPTY_TITLE, QFont.Weight.DemiBold))
        self.text.setMaximumWidth(scaled(_TEXT_WIDTH, self))
