"""Paints the queue's rows: the state as a pill, two lines where a cell has two, and the reason over two lines."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.parts.painters import fill, paint_pill, pill_size
from ac_desktop.ui.base.visual.colors import Colors, current_colors
from ac_desktop.ui.base.visual.metrics import (
    HELP,
    SECOND_LINE,
    SPACE_L,
    SPACE_S,
    scaled,
    sized_font,
    with_equal_figures,
)
from ac_desktop.ui.queue.rows.row_cells import CellKind, RowCell

Index = QModelIndex | QPersistentModelIndex
TWO_LINES: Final = 2.5
"""The height of a row of two lines, in heights of the font."""
ONE_LINE: Final = 1.8
_MOST_TEXTS: Final = 4096
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowDelegate(QStyledItemDelegate):
    """Paints the cells of the queue's rows, reading each cell once."""

    def __init__(self, cell: Callable[[Index], RowCell], is_selected: Callable[[Index], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._cell = cell
        self._is_selected = is_selected
        self._fonts = RowFonts(parent.font())
        self._pills: dict[tuple[StateLabel, int, float], QPixmap] = {}
        self.colors = current_colors()
        """The colors of the paint that is under way: to read them for each cell takes longer than to paint it."""
        self.is_compact = False

    def fit_to_font(self, font: QFont) -> None:
        """Follow the table's font."""
        self._fonts = RowFonts(font)
        self._pills.clear()

    def row_height(self) -> int:
        """Return the height of every row."""
        return round(self._fonts.plain_metrics.height() * (ONE_LINE if self.is_compact else TWO_LINES))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return a size that no cell depends on: widths are a person's choice."""
        return QSize(0, self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        colors = self.colors
        cell, area = self._cell(index), option.rect
        selected = self._is_selected(index)
        painter.save()
        painter.setClipRect(area)
        if selected:
            fill(painter, area, colors.selection)
        fill(painter, QRect(area.left(), area.bottom(), area.width(), 1), colors.hairline)
        # The row begins at the left edge of what is painted in it, wherever a person moved the columns.
        fonts = self._fonts
        first = fonts.first_margin if area.left() <= 0 else fonts.margin
        inner = area.adjusted(first, 0, -fonts.margin, -1)
        match cell.kind:
            case CellKind.PILL if cell.label is not None:
                self._paint_pill(painter, inner, cell.label, colors)
            case CellKind.WRAPPED:
                self._paint_wrapped(painter, inner, cell, colors, selected=selected)
            case _:
                self._paint_lines(painter, inner, cell, colors, selected=selected)
        painter.restore()

    def _paint_pill(self, painter: QPainter, area: QRect, label: StateLabel, colors: Colors) -> None:
        """Paint a state's pill, whose picture is made once."""
        size = pill_size(label, self._fonts.plain)
        if size.width() > area.width():
            paint_pill(painter, area, label, self._fonts.plain, colors)
            return
        ratio = painter.device().devicePixelRatio()
        key = (label, id(colors), ratio)
        picture = self._pills.get(key)
        if picture is None:
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            inner = QPainter(picture)
            paint_pill(inner, QRect(QPoint(), size), label, self._fonts.plain, colors)
            inner.end()
            self._pills[key] = picture
        painter.drawPixmap(area.left(), area.top() + (area.height() - size.height()) // 2, picture)

    def _paint_lines(self, painter: QPainter, area: QRect, cell: RowCell, colors: Colors, *, selected: bool) -> None:
        fonts, is_right = self._fonts, cell.kind is CellKind.FIGURES
        strong = fonts.strong if cell.second and not cell.is_quiet else fonts.plain
        metrics = fonts.strong_metrics if strong is fonts.strong else fonts.plain_metrics
        side = _RIGHT if is_right else _LEFT
        first = QRect(area)
        if cell.second and not self.is_compact:
            height = metrics.height() + fonts.small_metrics.height()
            first.setTop(area.top() + (area.height() - height) // 2)
            first.setHeight(metrics.height())
            below = QRect(area.left(), first.bottom() + 1, area.width(), fonts.small_metrics.height())
            painter.setFont(fonts.figures if is_right else fonts.small)
            painter.setPen(_second_color(colors, selected=selected))
            painter.drawText(below, side, _elided(fonts.small_metrics, cell.second, area.width()))
        painter.setFont(fonts.figures if is_right else strong)
        painter.setPen(_text_color(cell, colors, selected=selected))
        painter.drawText(first, side, _elided(metrics, cell.first, area.width()))
        if cell.second and self.is_compact and not is_right:
            used = metrics.horizontalAdvance(f"{cell.first}  ")
            rest = area.adjusted(used, 0, 0, 0)
            if rest.width() > SPACE_S:
                painter.setFont(fonts.small)
                painter.setPen(_second_color(colors, selected=selected))
                painter.drawText(rest, side, _elided(fonts.small_metrics, cell.second, rest.width()))

    def _paint_wrapped(self, painter: QPainter, area: QRect, cell: RowCell, colors: Colors, *, selected: bool) -> None:
        fonts = self._fonts
        painter.setFont(fonts.reason)
        painter.setPen(_text_color(cell, colors, selected=selected))
        if self.is_compact:
            painter.drawText(area, _LEFT, _elided(fonts.reason_metrics, cell.first, area.width()))
            return
        lines = fonts.two_lines(cell.first, area.width())
        height = fonts.reason_metrics.height()
        top = area.top() + (area.height() - height * len(lines)) // 2
        for at, line in enumerate(lines):
            painter.drawText(QRect(area.left(), top + at * height, area.width(), height), _LEFT, line)


class RowFonts:
    """The fonts of a row in sizes of the table's own, with their metrics, and texts broken into two lines."""

    def __init__(self, font: QFont) -> None:
        self.plain = QFont(font)
        self.strong = sized_font(font, 1.0, QFont.Weight.Medium)
        self.small = sized_font(font, SECOND_LINE)
        self.reason = sized_font(font, HELP)
        self.figures = with_equal_figures(self.small)
        self.plain_metrics = QFontMetrics(self.plain)
        self.strong_metrics = QFontMetrics(self.strong)
        self.small_metrics = QFontMetrics(self.small)
        self.reason_metrics = QFontMetrics(self.reason)
        self.margin, self.first_margin = scaled(SPACE_S, font), scaled(SPACE_L, font)
        self.two_lines = lru_cache(_MOST_TEXTS)(self._two_lines)

    def _two_lines(self, text: str, width: int) -> tuple[str, ...]:
        """Break a text into two lines at most, the second one shortened where it is too long."""
        if not text or self.reason_metrics.horizontalAdvance(text) <= width:
            return (text,)
        layout = QTextLayout(text, self.reason)
        layout.setTextOption(_WRAPPED)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(width)
        layout.endLayout()
        end = line.textLength()
        return text[:end].rstrip(), _elided(self.reason_metrics, text[end:].lstrip(), width)


def _text_color(cell: RowCell, colors: Colors, *, selected: bool) -> QColor:
    if cell.is_quiet:
        return _second_color(colors, selected=selected)
    return colors.on_selection if selected else colors.text


def _second_color(colors: Colors, *, selected: bool) -> QColor:
    # In high contrast the ground of a chosen row is a strong color, on which its own text color alone can be read.
    return colors.on_selection if selected and colors.text2 == colors.text else colors.text2


_WRAPPED: Final = QTextOption()
_WRAPPED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def _elided(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
