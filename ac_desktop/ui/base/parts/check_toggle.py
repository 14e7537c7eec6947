"""A button that is on or off, told apart by a check mark."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QToolButton, QWidget

from ac_desktop.ui.base import icons
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.kinds import ButtonKind, set_button_kind
from ac_desktop.ui.base.visual.metrics import SPACE_S, SPACE_XS, scaled

_ICON: Final = 14
_HEIGHT: Final = 28


class CheckToggle(QToolButton):
    """A button that is on or off; on has a check mark and a strong edge, so that no color is needed."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        set_button_kind(self, ButtonKind.TOGGLE)

    def sizeHint(self) -> QSize:
        """Return the same size on and off, so that nothing moves."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + scaled(_ICON + SPACE_XS + 2 * SPACE_S + 4, self)
        return QSize(width, max(scaled(_HEIGHT, self), round(self.fontMetrics().height() * 1.5)))

    def minimumSizeHint(self) -> QSize:
        """Return the size below which the word would be cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground by the style, and check mark and word on it."""
        painter = QPainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option, painter, self)
        colors, side = current_colors(), scaled(_ICON, self)
        left = scaled(SPACE_S, self) + 2
        area = self.rect().adjusted(left, 0, -SPACE_XS, 0)
        if self.isChecked():
            mark = area.adjusted(0, 0, 0, 0)
            mark.setSize(QSize(side, side))
            mark.moveTop((self.height() - side) // 2)
            icons.icon_in("check", colors.accent_text).paint(painter, mark)
        painter.setPen(colors.text if self.isChecked() else colors.text2)
        painter.setFont(self.font())
        area.setLeft(left + side + scaled(SPACE_XS, self))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()
