"""The bar that reports a failure or a success; it stays until a person closes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import icons, privacy_mask
from ac_desktop.ui.base.parts.announcing import announce
from ac_desktop.ui.base.parts.notice_frame import NoticeFrame
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.visual.kinds import ButtonKind, set_button_kind
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_M, SPACE_S


@dataclass(frozen=True)
class SuccessMessage:
    """Something was done."""

    text: str


@dataclass(frozen=True)
class ErrorMessage:
    """Something was not done, and why."""

    text: str


@dataclass(frozen=True)
class ActionMessage:
    """Something that needs the person, who may open it at once."""

    text: str
    action: Callable[[], None]


Message = SuccessMessage | ErrorMessage | ActionMessage


class Notifier(Protocol):
    """What a controller shows messages with, as the bar does."""

    def show_message(self, message: Message) -> None:
        """Show a message."""

    def show_error(self, text: str) -> None:
        """Show what went wrong, in a sentence."""


class MessageBar(NoticeFrame):
    """Shows one message."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = "document"
        self._icon = QLabel()
        self.text = QLabel()
        self.action_button = QPushButton()
        self.close_button = QToolButton()
        self._action: Callable[[], None] | None = None
        self._passing = False
        self._lay_out()
        self.action_button.clicked.connect(self._run_action)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def _lay_out(self) -> None:
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.action_button.setText(tr("View…"))
        set_button_kind(self.action_button, ButtonKind.LINK)
        self.close_button.setAutoRaise(True)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setAccessibleName(tr("Close this message"))
        self.close_button.setToolTip(tr("Close this message. You can still find it in the log."))
        self.close_button.setIconSize(icons.size_for(self))
        icons.set_icon(self.close_button, "close")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_S, SPACE_M, SPACE_S)
        layout.setSpacing(SPACE_M)
        layout.addWidget(self._icon)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.action_button)
        layout.addWidget(self.close_button)

    def show_message(self, message: Message) -> None:
        """Show a message."""
        self._passing = False
        self._action = message.action if isinstance(message, ActionMessage) else None
        self.action_button.setVisible(self._action is not None)
        match message:
            case SuccessMessage(text):
                self._show(text, Tone.GOOD, "sent")
            case ErrorMessage(text):
                self._show(text, Tone.WARNING, "problem")
            case ActionMessage(text):
                self._show(text, Tone.NOTE, "held")
        self.show()
        announce(self, self.text.text())

    def show_error(self, text: str, *, until_it_passes: bool = False) -> None:
        """Show what went wrong, in a sentence; what may pass by itself is shown until `end_passing_error`."""
        if until_it_passes and self._passing and self.text.text() == privacy_mask.mask_text(text):
            return
        self.show_message(ErrorMessage(text))
        self._passing = until_it_passes

    def end_passing_error(self) -> None:
        """Hide an error that has passed."""
        if self._passing:
            self._passing = False
            self.hide()

    def _run_action(self) -> None:
        action = self._action
        self.hide()
        if action is not None:
            action()

    def _show(self, text: str, tone: Tone, icon: str) -> None:
        text = privacy_mask.mask_text(text)
        self.text.setText(text)
        self.setAccessibleName(text)
        self.tone, self._icon_name = tone, icon
        self.recolor()

    def recolor(self) -> None:
        """Recolor the bar, as the palette may have changed."""
        self.show_tone(self.tone)
        size = round(self.fontMetrics().height() * 1.3)
        self._icon.setPixmap(icons.pixmap(self._icon_name, self.tone, size, self.devicePixelRatioF()))
