"""A chip of the filter row: opens a menu of values, shows the chosen one, and has a cross that clears it."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStyleOptionToolButton, QToolButton, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.parts.painters import pill_font
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.kinds import ButtonKind, set_button_kind
from ac_desktop.ui.base.visual.metrics import SPACE_S, SPACE_XS, scaled

_HEIGHT: Final = 28
_ICON: Final = 14
_PADDING: Final = 10
_MOST_WIDTH: Final = 240
_LEAST_WIDTH: Final = 72


class FilterChip(QToolButton):
    """One kind of value to filter by; `wanted` asks for its menu, `cleared` for every value again."""

    wanted = Signal()
    cleared = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._value = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.wanted)
        self.show_value("")

    @property
    def is_set(self) -> bool:
        """Whether a value is chosen."""
        return bool(self._value)

    def show_value(self, value: str) -> None:
        """Show the chosen value; an empty text is none."""
        self._value = value
        shown = tr("{title}: {value}", title=self.title, value=value) if value else self.title
        self.setText(shown)
        self.setToolTip(shown if value else "")
        self.setAccessibleName(shown)
        self.setAccessibleDescription(tr("Press Delete to clear this filter.") if value else "")
        set_button_kind(self, ButtonKind.CHIP_SET if value else ButtonKind.CHIP)
        self.updateGeometry()
        self.update()

    def open_menu(self, menu: QMenu) -> None:
        """Open a menu under the chip."""
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + scaled(SPACE_XS, self))))

    def sizeHint(self) -> QSize:
        """Return the size of title and value."""
        width = self._text_width() + scaled(_PADDING * 2 + SPACE_XS + _ICON, self)
        return QSize(min(width, scaled(_MOST_WIDTH, self)), self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the size below which nothing of the value would be left."""
        return QSize(min(self.sizeHint().width(), scaled(_LEAST_WIDTH, self)), self._height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Clear the value by a click on its cross."""
        if self.is_set and self._cross().contains(event.position().toPoint()):
            self.setDown(False)
            self.cleared.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear the value with Delete, and open the menu with Down."""
        if self.is_set and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.cleared.emit()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        """Paint the chip's ground by the style, and the rest here."""
        super().initStyleOption(option)
        option.text = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip's ground by the style, and its text with the mark at its end."""
        super().paintEvent(event)
        painter = QPainter(self)
        colors = current_colors()
        color = colors.accent_text if self.is_set else colors.text
        mark = self._mark()
        area = self.rect().adjusted(scaled(_PADDING, self), 0, mark.left() - self.width() - scaled(SPACE_XS, self), 0)
        painter.setFont(pill_font(self.font()))
        painter.setPen(color)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        icons.icon_in("close" if self.is_set else "chevron-down", color).paint(painter, mark)
        painter.end()

    def _mark(self) -> QRect:
        side = scaled(_ICON, self)
        return QRect(self.width() - scaled(SPACE_S, self) - side, (self.height() - side) // 2, side, side)

    def _cross(self) -> QRect:
        return QRect(self._mark().left() - scaled(SPACE_XS, self), 0, self.width(), self.height())

    def _text_width(self) -> int:
        return QFontMetrics(pill_font(self.font())).horizontalAdvance(self.text()) + 1

    def _height(self) -> int:
        return max(scaled(_HEIGHT, self), round(self.fontMetrics().height() * 1.5))
