"""Paints the cells of the Check page: the result as a pill, and marks at the end of the cells they are about."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ac_desktop.ui.base.cell_delegate import CellDelegate, CellStyle, Index
from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.parts.painters import paint_pill
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.metrics import SPACE_S, scaled


class CheckDelegate(CellDelegate):
    """Paints a cell by its style, and a pill where the cell has a state."""

    def __init__(
        self,
        style: Callable[[Index], CellStyle],
        label: Callable[[Index], StateLabel | None],
        short_text: Callable[[Index], str | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(style, parent)
        self._label = label
        self._short_text = short_text

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Fill the option; a reason is painted in a few words."""
        super().initStyleOption(option, index)
        short = self._short_text(index)
        if short is not None:
            option.text = short

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        label = self._label(index)
        if label is None:
            super().paint(painter, option, index)
            return
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        own.text, own.icon = "", QIcon()
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, own, painter, option.widget)
        margin = scaled(SPACE_S, option.font)
        paint_pill(painter, option.rect.adjusted(margin, 0, -1, 0), label, option.font, current_colors())
