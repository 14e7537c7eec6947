"""The card over the queue: how far the relay is, what happens now, and how it ended."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.labels import ElidedLabel
from ac_desktop.ui.base.parts.announcing import announce
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.visual.kinds import PROPERTY, FrameKind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import CARD_TITLE, SPACE_L, SPACE_S, SPACE_XS, scaled, sized_font
from ac_desktop.ui.base.window_state import WindowState
from ac_desktop.ui.main.status.status_text import (
    Activity,
    current_activity,
    done_text,
    end_text,
    left_text,
    meter_text,
    status_text,
)

_BAR: Final = 6
_STILL: Final = "still"


@dataclass(frozen=True)
class _Seen:
    connection_id: int | None = None
    running: bool = False
    did: tuple[int, int, int] = (0, 0, 0)


class ProgressCard(QFrame):
    """Shows the relay's progress while one runs, and then its end, which is announced once."""

    ended = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen = _Seen()
        self._activity: Activity | None = None
        self._end_tone: Tone | None = None
        self.icon = QLabel()
        self.done = QLabel()
        self.text = ElidedLabel()
        self.now_icon = QLabel()
        self.now = QLabel()
        self.close_button = QToolButton()
        self.bar = QProgressBar()
        self._lay_out()
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def _lay_out(self) -> None:
        set_frame_kind(self, FrameKind.CARD)
        self.setAccessibleName(tr("Progress"))
        for label in (self.done, self.now):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.now.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.close_button.setAccessibleName(tr("Close this message"))
        self.close_button.setToolTip(tr("Close this message"))
        icons.set_icon(self.close_button, "close")
        top = QHBoxLayout()
        top.setSpacing(SPACE_S)
        for widget, stretch in ((self.icon, 0), (self.done, 0), (self.text, 1), (self.now_icon, 0), (self.now, 0)):
            top.addWidget(widget, stretch)
        top.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_S, SPACE_L, SPACE_S)
        layout.setSpacing(SPACE_XS)
        layout.addLayout(top)
        layout.addWidget(self.bar)
        self._fit_to_font()

    def show_state(self, state: WindowState) -> None:
        """Show the progress of the relay; a relay that ended stays shown until the next one, or another connection."""
        connection_id = state.connection.id if state.connection else None
        if connection_id != self._seen.connection_id:
            self.hide()
        if state.is_running:
            self._show_progress(state)
        self._note_end(state)

    def show_notice(self, text: str, tone: Tone = Tone.NOTE) -> None:
        """Show a sentence in place of the progress."""
        self._end_tone = tone
        self._show_parts(is_running=False)
        self.text.show_text(text)
        self.setAccessibleDescription(text)
        self._recolor()
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.PaletteChange}:
            self._recolor()

    def _show_progress(self, state: WindowState) -> None:
        progress = state.progress
        if progress is None:
            return
        self._end_tone = None
        self._show_parts(is_running=True)
        self.done.setText(done_text(state))
        self.text.show_text(left_text(state))
        self._show_activity(current_activity(state))
        self.bar.setRange(0, max(1, state.relay_total))
        self.bar.setValue(progress.steps_done)
        told = status_text(state)
        meter = meter_text(state.pace) if state.pace is not None else ""
        self.setToolTip("\n".join(part for part in (told, meter) if part))
        self.setAccessibleDescription(told)
        self.show()

    def _show_activity(self, activity: Activity) -> None:
        self.now.setText(activity.text)
        before, self._activity = self._activity, activity
        if before is None or before.is_still != activity.is_still:
            self.bar.setProperty(PROPERTY, _STILL if activity.is_still else "")
            self.bar.style().unpolish(self.bar)
            self.bar.style().polish(self.bar)
        if before is None or before.icon != activity.icon:
            self._recolor()

    def _show_parts(self, *, is_running: bool) -> None:
        running: tuple[QWidget, ...] = (self.done, self.now, self.now_icon, self.bar)
        at_rest: tuple[QWidget, ...] = (self.icon, self.close_button)
        for part in running:
            part.setVisible(is_running)
        for part in at_rest:
            part.setVisible(not is_running)

    def _note_end(self, state: WindowState) -> None:
        """Announce the end once; a relay too short to be seen running is recognised by what it did."""
        progress = state.progress
        connection_id = state.connection.id if state.connection else None
        did = (progress.sent, progress.failed, progress.held) if progress else (0, 0, 0)
        before, self._seen = self._seen, _Seen(connection_id, state.is_running, did)
        if before.connection_id != connection_id or state.is_running:
            return
        if before.running or (did != before.did and any(did)):
            text = end_text(state)
            is_well = progress is not None and not progress.failed and state.connection_state is not None
            self.show_notice(text, Tone.GOOD if is_well and not state.inactive else Tone.WARNING)
            announce(self, text)
            self.ended.emit(text)

    def _recolor(self) -> None:
        size, ratio = self.fontMetrics().height(), self.devicePixelRatioF()
        if self._end_tone is not None:
            name = {Tone.GOOD: "sent", Tone.WARNING: "problem"}.get(self._end_tone, "status")
            self.icon.setPixmap(icons.pixmap(name, self._end_tone, size, ratio))
        if self._activity is not None:
            tone = Tone.QUIET if self._activity.is_still else Tone.NOTE
            self.now_icon.setPixmap(icons.pixmap(self._activity.icon, tone, size, ratio))

    def _fit_to_font(self) -> None:
        self.done.setFont(sized_font(self.font(), CARD_TITLE, QFont.Weight.DemiBold))
        self.bar.setFixedHeight(scaled(_BAR, self))
        self.close_button.setIconSize(icons.size_for(self))
