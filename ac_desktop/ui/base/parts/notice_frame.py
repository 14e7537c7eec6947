"""The ground of banners and notices: a rounded fill in a tone, on which plain text can be read."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from ac_desktop.ui.base.theme import Tone, banner_pair
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.metrics import RADIUS_CARD


class NoticeFrame(QFrame):
    """A frame in the colors of a tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tone = Tone.NOTE

    def show_tone(self, tone: Tone) -> None:
        """Show another tone; called again when the palette has changed."""
        self.tone = tone
        palette = QPalette(QApplication.palette())
        palette.setColor(QPalette.ColorRole.Window, banner_pair(tone, current_colors()).fill)
        self.setPalette(palette)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        paint_ground(self, self.tone)


def paint_ground(widget: QWidget, tone: Tone) -> None:
    """Paint the rounded fill and the edge of a tone over a widget, from its paint event."""
    pair = banner_pair(tone, current_colors())
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(pair.edge, 1))
    painter.setBrush(pair.fill)
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD)
    painter.end()
