"""The banner widget."""

from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPalette, QPolygonF
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ac_desktop.model.reason_facts import Remedy
from ac_desktop.ui.base import formatting, icons
from ac_desktop.ui.base.theme import tint, tone_color
from ac_desktop.ui.main.banner_rules import BannerContent, Severity

LARGE_ICON: Final = 1.7
STRIPE: Final = 14


class Banner(QFrame):
    """Shows a notice until its cause is gone; a new one is announced to screen readers."""

    remedy_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice: BannerContent | None = None
        self._icon = QLabel()
        self._title = QLabel()
        self._text = QLabel()
        self._buttons: list[RemedyButton] = []
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._text.setWordWrap(True)
        for label in (self._title, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        text_column = QVBoxLayout()
        text_column.setSpacing(2)
        text_column.addWidget(self._title)
        text_column.addWidget(self._text)
        self._remedy_layout = QHBoxLayout()
        text_column.addLayout(self._remedy_layout)
        layout = QHBoxLayout(self)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(text_column, 1)

    @property
    def notice(self) -> BannerContent | None:
        """What is shown."""
        return self._notice

    @property
    def buttons(self) -> tuple["RemedyButton", ...]:
        """The buttons shown."""
        return tuple(self._buttons)

    def show_notice(self, notice: BannerContent | None) -> None:
        """Show another notice; None hides the banner."""
        if notice == self._notice:
            return
        before, self._notice = self._notice, notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._title.setText(notice.word)
        self._text.setText(notice.text)
        self.setAccessibleName(notice.word)
        self.setAccessibleDescription(notice.text)
        if before is None or before.remedies != notice.remedies:
            self._show_remedies(notice.remedies)
        self._colour(notice)
        if before is None or before.severity is not notice.severity:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{notice.word}. {notice.text}"))

    def recolour(self) -> None:
        """Recolour the banner, as the palette has changed."""
        if self._notice is not None:
            self._colour(self._notice)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint."""
        super().paintEvent(event)
        if self._notice and self._notice.severity is Severity.PRACTICE:
            self._paint_stripes()

    def _show_remedies(self, remedies: tuple[Remedy, ...]) -> None:
        while self._remedy_layout.count():
            self._remedy_layout.takeAt(0)
        for button in self._buttons:
            button.deleteLater()
        self._buttons = [RemedyButton(remedy, self) for remedy in remedies]
        for button in self._buttons:
            button.wanted.connect(self.remedy_wanted)
            self._remedy_layout.addWidget(button)
        self._remedy_layout.addStretch(1)

    def _colour(self, notice: BannerContent) -> None:
        palette = QPalette(QApplication.palette())
        colour = tone_color(notice.tone, palette)
        palette.setColor(QPalette.ColorRole.Window, tint(notice.tone, palette))
        self.setPalette(palette)
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self._title.setPalette(palette)
        self._icon.setPixmap(
            icons.pixmap(notice.icon, notice.tone, icons.size_for(self, LARGE_ICON).width(), self.devicePixelRatioF())
        )

    def _paint_stripes(self) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        colour.setAlphaF(0.05)
        painter.setBrush(colour)
        height, step = self.height(), STRIPE * 2
        for left in range(-height, self.width(), step):
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(left, height),
                        QPointF(left + height, 0),
                        QPointF(left + height + STRIPE, 0),
                        QPointF(left + STRIPE, height),
                    ]
                )
            )
        painter.end()


class RemedyButton(QPushButton):
    """A banner's button, which carries its remedy."""

    wanted = Signal(object)

    def __init__(self, remedy: Remedy, parent: QWidget | None = None) -> None:
        super().__init__(formatting.remedy_text(remedy), parent)
        self.remedy = remedy
        self.setAccessibleName(formatting.remedy_text(remedy))
        self.clicked.connect(self._emit_wanted)

    def _emit_wanted(self) -> None:
        self.wanted.emit(self.remedy)
