"""Paints the sidebar's rows: a connection or a workstation in two lines, a state in one with its count."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ac_desktop.ui.base import formatting, icons
from ac_desktop.ui.base.parts.painters import paint_focus
from ac_desktop.ui.base.theme import Tone, tone_color
from ac_desktop.ui.base.visual.colors import Colors, current_colors, is_high_contrast
from ac_desktop.ui.base.visual.metrics import (
    RADIUS_CONTROL,
    SECOND_LINE,
    SPACE_S,
    SPACE_XS,
    scaled,
    sized_font,
    with_equal_figures,
)
from ac_desktop.ui.main.sidebar.model import ROW_ROLE
from ac_desktop.ui.main.sidebar.rows import ConnectionRow, SidebarRow, StateRow, WorkstationRow

CONNECTION_HEIGHT: Final = 46
STATE_HEIGHT: Final = 27
WORKSTATION_HEIGHT: Final = 38
_ICON: Final = 15
_CONNECTION_ICON_AT: Final = 18
_CONNECTION_TEXT_AT: Final = 42
_STATE_ICON_AT: Final = 42
_STATE_TEXT_AT: Final = 64
_COUNT_FROM_RIGHT: Final = 20


class SidebarDelegate(QStyledItemDelegate):
    """Paints one row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a row's height; the list decides its width."""
        return QSize(0, row_height(index.data(ROW_ROLE), option.font))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint."""
        row = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = current_colors()
        area = option.rect.adjusted(scaled(SPACE_S, option.font), 1, -scaled(SPACE_S, option.font), -1)
        self._paint_ground(painter, option, row, area, colors)
        if isinstance(row, ConnectionRow):
            _paint_connection(painter, option, row, colors)
        elif isinstance(row, StateRow):
            _paint_state(painter, option, row, colors)
        elif isinstance(row, WorkstationRow):
            _paint_workstation(painter, option, row, colors)
        if getattr(option.widget, "shows_focus", True) and _has_focus(option):
            paint_focus(painter, area, colors)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, row: SidebarRow | None, area: QRect, colors: Colors
    ) -> None:
        fill = None
        if isinstance(row, ConnectionRow) and row.is_chosen:
            fill = colors.sidebar_selection
        elif (row is not None and row.is_chosen) or _is_under_pointer(option):
            fill = colors.hover
        if fill is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(area, RADIUS_CONTROL, RADIUS_CONTROL)


def row_height(row: SidebarRow | None, font: QFont) -> int:
    """Return the height of a row in a font."""
    line = QFontMetrics(font).height()
    if isinstance(row, StateRow):
        return max(scaled(STATE_HEIGHT, font), line + scaled(SPACE_XS, font))
    second = QFontMetrics(sized_font(font, SECOND_LINE)).height()
    if isinstance(row, WorkstationRow):
        return max(scaled(WORKSTATION_HEIGHT, font), 2 * second + scaled(SPACE_XS, font))
    return max(scaled(CONNECTION_HEIGHT, font), line + second + scaled(SPACE_S, font))


def _has_focus(option: QStyleOptionViewItem) -> bool:
    from PySide6.QtWidgets import QStyle  # its 570 values of enumerations are not needed for the first paint

    return bool(option.state & QStyle.StateFlag.State_HasFocus)


def _is_under_pointer(option: QStyleOptionViewItem) -> bool:
    if not option.widget.underMouse():
        return False
    from PySide6.QtWidgets import QStyle

    return bool(option.state & QStyle.StateFlag.State_MouseOver)


def _paint_connection(painter: QPainter, option: QStyleOptionViewItem, row: ConnectionRow, colors: Colors) -> None:
    font = option.font
    is_marked = row.is_chosen and is_high_contrast()
    text = colors.on_selection if is_marked else colors.text
    icon_color = text if is_marked else tone_color(row.label.tone, QGuiApplication.palette())
    _paint_icon(painter, option.rect, row.label.icon, _CONNECTION_ICON_AT, font, icon_color)
    name = sized_font(font, 1.0, QFont.Weight.DemiBold if row.is_chosen else QFont.Weight.Medium)
    line_color = tone_color(Tone.PROBLEM, QGuiApplication.palette()) if row.is_inactive else colors.text2
    _paint_lines(painter, option, (row.name, name, text), (row.line, text if is_marked else line_color))


def _paint_workstation(painter: QPainter, option: QStyleOptionViewItem, row: WorkstationRow, colors: Colors) -> None:
    icon, tone = ("sending", Tone.NOTE) if row.is_relaying else ("computer", Tone.QUIET)
    _paint_icon(
        painter, option.rect, icon, _CONNECTION_ICON_AT, option.font, tone_color(tone, QGuiApplication.palette())
    )
    name = sized_font(option.font, SECOND_LINE, QFont.Weight.Medium)
    _paint_lines(painter, option, (row.name, name, colors.text), (row.line, colors.text2))


def _paint_lines(
    painter: QPainter, option: QStyleOptionViewItem, first: tuple[str, QFont, QColor], second: tuple[str, QColor]
) -> None:
    """Paint two lines beside the icon."""
    font, rect = option.font, option.rect
    (name, name_font, name_color), (line, line_color) = first, second
    line_font = sized_font(font, SECOND_LINE)
    name_height, line_height = QFontMetrics(name_font).height(), QFontMetrics(line_font).height()
    left = rect.left() + scaled(_CONNECTION_TEXT_AT, font)
    width = rect.right() - scaled(SPACE_S * 2, font) - left
    top = rect.top() + (rect.height() - name_height - line_height) // 2
    _paint_text(painter, QRect(left, top, width, name_height), name, name_font, name_color)
    _paint_text(painter, QRect(left, top + name_height, width, line_height), line, line_font, line_color)


def _paint_state(painter: QPainter, option: QStyleOptionViewItem, row: StateRow, colors: Colors) -> None:
    font, rect = option.font, option.rect
    is_empty = row.count == 0 and not row.is_chosen
    color = colors.text2 if is_empty else tone_color(row.label.tone, QGuiApplication.palette())
    _paint_icon(painter, rect, row.label.icon, _STATE_ICON_AT, font, color)
    figures = with_equal_figures(sized_font(font, SECOND_LINE))
    number = formatting.count(row.count)
    width = QFontMetrics(figures).horizontalAdvance(number)
    right = rect.right() - scaled(_COUNT_FROM_RIGHT, font)
    _paint_text(painter, QRect(right - width, rect.top(), width + 1, rect.height()), number, figures, colors.text2)
    word = sized_font(font, 1.0, QFont.Weight.DemiBold if row.is_chosen else QFont.Weight.Normal)
    left = rect.left() + scaled(_STATE_TEXT_AT, font)
    area = QRect(left, rect.top(), right - width - scaled(SPACE_XS, font) - left, rect.height())
    _paint_text(painter, area, row.label.word, word, colors.text2 if is_empty else colors.text)


def _paint_icon(painter: QPainter, rect: QRect, icon: str, at: int, font: QFont, color: QColor) -> None:
    side = scaled(_ICON, font)
    place = QRect(rect.left() + scaled(at, font), rect.top() + (rect.height() - side) // 2, side, side)
    icons.icon_in(icon, color).paint(painter, place)


def _paint_text(painter: QPainter, area: QRect, text: str, font: QFont, color: QColor) -> None:
    painter.setFont(font)
    painter.setPen(color)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
