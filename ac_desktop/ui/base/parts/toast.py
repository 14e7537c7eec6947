"""The toast: what was just done, for a few seconds, with one action. Never an error."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QEnterEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import icons, privacy_mask
from ac_desktop.ui.base.parts.announcing import announce
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.kinds import PROPERTY
from ac_desktop.ui.base.visual.metrics import RADIUS_CARD, SPACE_L, SPACE_M, SPACE_S, SPACE_XL

SHOWN_MS: Final = 8000
_KIND: Final = "toast"


@dataclass(frozen=True)
class ToastAction:
    """What can be done about it at once."""

    text: str
    run: Callable[[], None]


class Toast(QFrame):
    """Lies over the foot of a widget; a new one takes the place of the one before. It waits under pointer and focus."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._action: ToastAction | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._leave)
        self._icon = QLabel()
        self.text = QLabel()
        self.action_button = QToolButton()
        self.close_button = QToolButton()
        self._lay_out()
        self.action_button.clicked.connect(self._run_action)
        self.close_button.clicked.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button.setAccessibleName(tr("Close this message"))
        for widget in (self.text, self.action_button, self.close_button):
            widget.setProperty(PROPERTY, _KIND)
        self.action_button.setProperty(PROPERTY, f"{_KIND}-link")
        self.action_button.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_S // 2, SPACE_S, SPACE_S // 2)
        layout.setSpacing(SPACE_S)
        for part in (self._icon, self.text, self.action_button, self.close_button):
            layout.addWidget(part)

    def show_text(self, text: str, action: ToastAction | None = None) -> None:
        """Show what was just done, also to screen readers."""
        self._action = action
        text = privacy_mask.mask_text(text)
        self.text.setText(text)
        self.setAccessibleName(text)
        self.action_button.setVisible(action is not None)
        if action is not None:
            self.action_button.setText(action.text)
        self._recolor()
        self.show()
        self._place()
        self.raise_()
        self._timer.start()
        announce(self, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the widget below."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is over it."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Leave later."""
        super().leaveEvent(event)
        if self.isVisible():
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the action."""
        super().hideEvent(event)
        self._timer.stop()
        self._action = None

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange} and self.isVisible():
            self._recolor()
            self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        pair = current_colors().toast
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(pair.edge, 1))
        painter.setBrush(pair.fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD)
        painter.end()

    def _leave(self) -> None:
        if self.action_button.hasFocus() or self.close_button.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def _run_action(self) -> None:
        action = self._action
        self.hide()
        if action is not None:
            action.run()

    def _place(self) -> None:
        room = self._over.width() - 2 * SPACE_L
        size = self.sizeHint()
        width = min(size.width(), room)
        left = (self._over.width() - width) // 2
        self.setGeometry(left, self._over.height() - size.height() - SPACE_XL, width, size.height())

    def _recolor(self) -> None:
        colors = current_colors().toast
        size = icons.size_for(self)
        self._icon.setPixmap(icons.icon_in("sent", colors.text).pixmap(size, self.devicePixelRatioF()))
        self.close_button.setIconSize(size)
        self.close_button.setIcon(icons.icon_in("close", colors.text))
