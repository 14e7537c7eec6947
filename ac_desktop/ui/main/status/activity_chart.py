"""A small chart of relays over time: sent upwards in one colour, failed above them in another with a pattern."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDateTime, QEvent, QLocale, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.store.history.activity import DAY, LAST_HOUR, ActivityBar, ActivitySpan
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.theme import Tone, tone_color

LINES_HIGH: Final = 5
GAP: Final = 0.2


class ActivityChart(QWidget):
    """Painted with the palette; what it shows is also described in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[ActivityBar, ...] = ()
        self._span = LAST_HOUR
        self.setAccessibleName(tr("Relay history"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_bars(LAST_HOUR, ())

    def show_bars(self, span: ActivitySpan, bars: Sequence[ActivityBar]) -> None:
        """Show other figures."""
        self._span, self._bars = span, tuple(bars)
        self.setAccessibleDescription(text(self._span, self._bars))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a height of a few lines."""
        line = self.fontMetrics().height()
        return QSize(line * 20, line * LINES_HIGH)

    def minimumSizeHint(self) -> QSize:
        """Allow shrinking in width."""
        return QSize(self.fontMetrics().height() * 8, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Show the figures of the bar under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self._bar_at(event.pos())
            QToolTip.showText(event.globalPos(), bar_text(self._span, bar) if bar else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        painter = QPainter(self)
        palette = QApplication.palette()
        area = self._chart_rect()
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        most = max((bar.sent + bar.failed for bar in self._bars), default=0)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        label = formatting.count(most) if most else tr("Nothing was sent in this period.")
        painter.drawText(QRectF(0, 0, self.width(), self.fontMetrics().height()), Qt.AlignmentFlag.AlignLeft, label)
        painter.setPen(Qt.PenStyle.NoPen)
        for at, bar in enumerate(self._bars):
            self._paint_bar(painter, area, at, bar, most)
        if self.hasFocus():
            painter.setPen(palette.color(QPalette.ColorRole.Highlight))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_bar(self, painter: QPainter, area: QRectF, at: int, bar: ActivityBar, most: int) -> None:
        if not bar.sent + bar.failed:
            return
        palette = QApplication.palette()
        width = area.width() / len(self._bars)
        left, wide = area.left() + at * width, max(1.0, width * (1 - GAP))
        sent, failed = (area.height() * part / most for part in (bar.sent, bar.failed))
        painter.fillRect(QRectF(left, area.bottom() - sent, wide, sent), tone_color(Tone.GOOD, palette))
        top = QRectF(left, area.bottom() - sent - failed, wide, failed)
        painter.fillRect(top, tone_color(Tone.PROBLEM, palette))
        painter.fillRect(top, QBrush(palette.color(QPalette.ColorRole.Base), Qt.BrushStyle.BDiagPattern))

    def _chart_rect(self) -> QRectF:
        return QRectF(0, self.fontMetrics().height(), self.width(), self.height() - self.fontMetrics().height() - 1)

    def _bar_at(self, at: QPoint) -> ActivityBar | None:
        if not self._bars:
            return None
        number = int(at.x() * len(self._bars) / max(1, self.width()))
        return self._bars[number] if 0 <= number < len(self._bars) else None


def text(span: ActivitySpan, bars: Sequence[ActivityBar]) -> str:
    """Return a chart's contents in a sentence."""
    sent, failed = sum(bar.sent for bar in bars), sum(bar.failed for bar in bars)
    if span == LAST_HOUR:
        text = tr("Last hour: {sent} sent. Failed attempts: {failed}.")
    else:
        text = tr("Last 30 days: {sent} sent. Failed attempts: {failed}.")
    sentence = text.format(sent=formatting.count(sent), failed=formatting.count(failed))
    busiest = max(bars, key=lambda bar: bar.sent, default=None)
    if busiest is not None and busiest.sent:
        sentence += " " + tr("Peak: {bar}", bar=bar_text(span, busiest))
    return sentence


def bar_text(span: ActivitySpan, bar: ActivityBar) -> str:
    """Return one bar's figures in words."""
    moment = QDateTime.fromMSecsSinceEpoch(round(bar.at * 1000))
    short = QLocale.FormatType.ShortFormat
    when = QLocale().toString(moment.date(), short) if span.width >= DAY else QLocale().toString(moment.time(), short)
    return tr(
        "{when}: {sent} sent, {failed} failed",
        when=when,
        sent=formatting.count(bar.sent),
        failed=formatting.count(bar.failed),
    )
