"""Painters of pills, marks, discs and focus rings, for delegates and widgets alike."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from ac_desktop.ui.base import icons
from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.theme import pill_pair
from ac_desktop.ui.base.visual.colors import Colors
from ac_desktop.ui.base.visual.metrics import (
    FOCUS_WIDTH,
    RADIUS_CONTROL,
    SECOND_LINE,
    SPACE_S,
    SPACE_XS,
    scaled,
    sized_font,
)

_PILL_HEIGHT: Final = 20
_PILL_ICON: Final = 14
_MARK_ARM: Final = 0.4


def fill(painter: QPainter, area: QRect, color: QColor) -> None:
    """Fill a rectangle. `fillRect` does the same, but PySide makes the names of 180 gradients before the first one."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRect(area)


def pill_font(font: QFont) -> QFont:
    """Return the font of a pill's word."""
    return sized_font(font, SECOND_LINE, QFont.Weight.Medium)


def pill_size(label: StateLabel, font: QFont) -> QSize:
    """Return the size of a pill beside text in a font."""
    word = pill_font(font)
    metrics = QFontMetrics(word)
    width = scaled(SPACE_S, font) * 2 + scaled(_PILL_ICON, font) + scaled(SPACE_XS, font)
    height = max(scaled(_PILL_HEIGHT, font), metrics.height() + 2)
    return QSize(width + metrics.horizontalAdvance(label.word), height)


def paint_pill(painter: QPainter, at: QRect, label: StateLabel, font: QFont, colors: Colors) -> None:
    """Paint a state's pill at the left of a rectangle, in its middle: icon and word on the state's fill."""
    pair = pill_pair(label.tone, colors)
    size = pill_size(label, font).boundedTo(at.size())
    area = QRect(at.left(), at.top() + (at.height() - size.height()) // 2, size.width(), size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(pair.edge, 1))
    painter.setBrush(pair.fill)
    radius = size.height() / 2
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    side, gap = scaled(_PILL_ICON, font), scaled(SPACE_XS, font)
    icon = QRect(area.left() + scaled(SPACE_S, font), area.top() + (area.height() - side) // 2, side, side)
    icons.icon_in(label.icon, pair.text).paint(painter, icon)
    painter.setPen(pair.text)
    painter.setFont(pill_font(font))
    word = area.adjusted(icon.right() + 1 + gap - area.left(), 0, -scaled(SPACE_XS, font), 0)
    painter.drawText(word, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label.word)
    painter.restore()


def paint_mark(painter: QPainter, middle: QPointF, side: float, color: QColor, cross: QColor, *, is_set: bool) -> None:
    """Paint one mark: a ring, or a disc with a cross."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = max(1.3, side / 10)
    radius = side / 2 - line / 2
    painter.setPen(QPen(color, line))
    painter.setBrush(color if is_set else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(middle, radius, radius)
    if is_set:
        painter.setPen(QPen(cross, line * 1.15, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        arm = radius * _MARK_ARM
        painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm))
        painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm))
    painter.restore()


def paint_focus(painter: QPainter, area: QRect, colors: Colors, radius: float = RADIUS_CONTROL) -> None:
    """Paint a focus ring inside a rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colors.focus, FOCUS_WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = FOCUS_WIDTH / 2
    painter.drawRoundedRect(QRectF(area).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def paint_disc(painter: QPainter, area: QRect, icon: str, colors: Colors) -> None:
    """Paint an icon in a disc, as an empty state has it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colors.sending.edge, 1))
    painter.setBrush(colors.sending.fill)
    painter.drawEllipse(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5))
    side = round(area.width() * 4 / 9)
    place = QRect(0, 0, side, side)
    place.moveCenter(area.center())
    icons.icon_in(icon, colors.accent_text).paint(painter, place)
    painter.restore()
