"""A chart of relays over time: sent solid, held hatched and failed dotted, over labeled axes."""

from collections.abc import Sequence
from math import ceil, log10
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.store.history.activity import LAST_DAYS, ActivityBar, ActivitySpan
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.parts.painters import paint_focus
from ac_desktop.ui.base.visual.colors import Colors, current_colors
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_S, SPACE_XS
from ac_desktop.ui.main.status.activity_texts import axis_word, bar_text, span_word, text

GAP: Final = 0.4
LINES: Final = 4
"""Above the lowest line."""
_NICE: Final = (1, 1.25, 1.5, 2, 2.5, 5, 10)


class ActivityChart(QWidget):
    """Painted in the window's colors; what it shows is also described in words, and stands in a table beside it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[ActivityBar, ...] = ()
        self._span = LAST_DAYS
        self._chosen: float | None = None
        self.setAccessibleName(tr("Relay history"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_bars(LAST_DAYS, ())

    def show_bars(self, span: ActivitySpan, bars: Sequence[ActivityBar]) -> None:
        """Show other figures."""
        self._span, self._bars = span, tuple(bars)
        self._describe()
        self.update()

    def choose(self, bar: ActivityBar | None) -> None:
        """Mark a bar."""
        self._chosen = None if bar is None else bar.at
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size that shows a month of days."""
        line = self.fontMetrics().height()
        return QSize(line * 32, line * 17)

    def minimumSizeHint(self) -> QSize:
        """Return the size that axes and legend need."""
        line = self.fontMetrics().height()
        return QSize(line * 18, line * 11)

    def event(self, event: QEvent) -> bool:
        """Show the figures of the bar under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self._bar_at(event.pos())
            QToolTip.showText(event.globalPos(), bar_text(self._span, bar) if bar else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the bar under the pointer."""
        bar = self._bar_at(event.position().toPoint())
        if bar is not None:
            self.chosen.emit(bar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the bar before or after with the arrow keys."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._bars:
            super().keyPressEvent(event)
            return
        here = next((at for at, bar in enumerate(self._bars) if bar.at == self._chosen), None)
        there = len(self._bars) - 1 if here is None else min(max(0, here + step), len(self._bars) - 1)
        self.chosen.emit(self._bars[there])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors, area = current_colors(), self._area()
        most = _top_of_axis(max((bar.total for bar in self._bars), default=0))
        self._paint_legend(painter, colors)
        self._paint_lines(painter, colors, area, most)
        for at, bar in enumerate(self._bars):
            self._paint_bar(painter, colors, area, at, bar, most)
        self._paint_names(painter, colors, area)
        if not any(bar.total for bar in self._bars):
            painter.setPen(colors.text2)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, tr("Nothing was sent in this period."))
        if self.hasFocus():
            paint_focus(painter, self.rect(), colors)
        painter.end()

    def _paint_legend(self, painter: QPainter, colors: Colors) -> None:
        line, right = self.fontMetrics().height(), self.width() - SPACE_XS
        for word, brush, edge in reversed(_looks(colors)):
            right -= self.fontMetrics().horizontalAdvance(word)
            painter.setPen(colors.text)
            painter.drawText(QPoint(right, self.fontMetrics().ascent() + SPACE_XS), word)
            right -= line + SPACE_XS
            _fill(painter, QRectF(right, SPACE_XS, line - 2, line - 2), brush, edge)
            right -= SPACE_L

    def _paint_lines(self, painter: QPainter, colors: Colors, area: QRectF, most: int) -> None:
        for number in range(LINES + 1):
            y = area.bottom() - area.height() * number / LINES
            painter.setPen(QPen(colors.hairline if number else colors.line, 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(colors.text2)
            half = self.fontMetrics().height() / 2
            label = QRectF(0, y - half, area.left() - SPACE_S, 2 * half)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(label, side, formatting.count(most * number // LINES))

    def _paint_bar(self, painter: QPainter, colors: Colors, area: QRectF, at: int, bar: ActivityBar, most: int) -> None:
        place = self._place(area, at)
        bottom = area.bottom()
        for number, (_, brush, edge) in zip((bar.sent, bar.held, bar.failed), _looks(colors), strict=True):
            height = area.height() * number / most
            if number:
                _fill(painter, QRectF(place.left(), bottom - height, place.width(), height), brush, edge)
            bottom -= height
        if bar.at == self._chosen:
            painter.setPen(QPen(colors.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(place.left() - 4, bottom - 5, place.width() + 8, area.bottom() - bottom + 8)
            painter.drawRoundedRect(ring, 3, 3)

    def _paint_names(self, painter: QPainter, colors: Colors, area: QRectF) -> None:
        """Write under the bars what each stands for, as many as there is room for, and below what they are."""
        line = self.fontMetrics().height()
        if self._bars:
            widest = max(self.fontMetrics().horizontalAdvance(axis_word(self._span, bar)) for bar in self._bars)
            step = max(1, ceil((widest + SPACE_S) * len(self._bars) / max(1.0, area.width())))
            for at in range(len(self._bars) - 1, -1, -step):
                bar, middle = self._bars[at], self._place(area, at).center().x()
                painter.setPen(colors.text if bar.at == self._chosen else colors.text2)
                label = QRectF(middle - widest, area.bottom() + SPACE_XS, 2 * widest, line)
                painter.drawText(label, Qt.AlignmentFlag.AlignHCenter, axis_word(self._span, bar))
        painter.setPen(colors.text2)
        below = QRectF(area.left(), self.height() - line, area.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, span_word(self._span))

    def _area(self) -> QRectF:
        line = self.fontMetrics().height()
        most = _top_of_axis(max((bar.total for bar in self._bars), default=0))
        left = self.fontMetrics().horizontalAdvance(formatting.count(most)) + 2 * SPACE_S
        top, below = line * 2.2, line * 2.4
        return QRectF(left, top, max(1, self.width() - left - SPACE_S), max(1, self.height() - top - below))

    def _place(self, area: QRectF, at: int) -> QRectF:
        width = area.width() / max(1, len(self._bars))
        return QRectF(area.left() + (at + GAP / 2) * width, area.top(), max(1.0, width * (1 - GAP)), area.height())

    def _bar_at(self, at: QPoint) -> ActivityBar | None:
        area = self._area()
        if not self._bars or not area.left() <= at.x() <= area.right():
            return None
        number = int((at.x() - area.left()) * len(self._bars) / area.width())
        return self._bars[min(number, len(self._bars) - 1)]

    def _describe(self) -> None:
        chosen = next((bar for bar in self._bars if bar.at == self._chosen), None)
        sentence = text(self._span, self._bars)
        self.setAccessibleDescription(f"{bar_text(self._span, chosen)}. {sentence}" if chosen else sentence)


def _looks(colors: Colors) -> tuple[tuple[str, QBrush, QColor], ...]:
    """Return word, brush and edge of what a bar is made of, from below: patterns tell them apart without color."""
    return (
        (tr("Sent"), QBrush(colors.accent), colors.accent),
        (tr("Held"), QBrush(colors.held.text, Qt.BrushStyle.BDiagPattern), colors.held.text),
        (tr("Failed"), QBrush(colors.failed.text, Qt.BrushStyle.Dense4Pattern), colors.failed.text),
    )


def _fill(painter: QPainter, area: QRectF, brush: QBrush, edge: QColor) -> None:
    painter.fillRect(area, brush)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)


def _top_of_axis(most: int) -> int:
    """Return the number at the top of the axis: it divides into the lines, and is easily read."""
    step = max(1.0, most / LINES)
    power = float(10 ** int(log10(step)))
    nice = next(one for one in _NICE if one * power >= step)
    return max(LINES, ceil(nice * power) * LINES)
