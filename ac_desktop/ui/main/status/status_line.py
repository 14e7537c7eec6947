"""The status line at the foot of the window."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget

from ac_desktop.model.connection import FASTEST_PACE
from ac_desktop.model.wording import tr
from ac_desktop.ui.base.labels import ElidedLabel
from ac_desktop.ui.base.window_state import WindowState
from ac_desktop.ui.main.status.status_text import end_text, meter_text, pace_text, status_text

MESSAGE_MS: Final = 4000
METER_STEPS: Final = 10


@dataclass(frozen=True)
class _Seen:
    connection_id: int | None = None
    running: bool = False
    did: tuple[int, int, int] = (0, 0, 0)


IN_LINE_WITH_PANES: Final = 6


class StatusLine(QStatusBar):
    """Shows the relay's progress; its end is announced once."""

    ended = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen = _Seen()
        self._message_timer = QTimer(self)
        self._message_timer.setSingleShot(True)
        self._message_timer.setInterval(MESSAGE_MS)
        self.text = ElidedLabel()
        self.bar = QProgressBar()
        self.pace = QLabel()
        self.meter = QProgressBar()
        self.bar.setMaximumWidth(180)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.meter.setMaximumWidth(70)
        self.meter.setTextVisible(False)
        self.meter.setRange(0, FASTEST_PACE * METER_STEPS)
        self.meter.setAccessibleName(tr("Requests per second"))
        self.text.setContentsMargins(IN_LINE_WITH_PANES, 0, 0, 0)
        self.addWidget(self.text, 1)
        self.addPermanentWidget(self.bar)
        self.addPermanentWidget(self.meter)
        self.addPermanentWidget(self.pace)
        self.bar.hide()
        self.meter.hide()

    def show_message(self, text: str) -> None:
        """Show what was just done, also to screen readers; the state is shown again soon."""
        self.text.show_text(text)
        self._message_timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def show_state(self, state: WindowState) -> None:
        """Show the progress of the relay."""
        if not self._message_timer.isActive():
            self.text.show_text(status_text(state))
        pace = pace_text(state)
        if pace != self.pace.text():
            self.pace.setText(pace)
        self._show_meter(state)
        progress = state.progress
        self.bar.setVisible(state.is_running)
        if progress is not None and progress.running:
            self.bar.setRange(0, max(1, progress.done + progress.waiting + state.counts.sending))
            self.bar.setValue(progress.steps_done)
        self._note_end(state)

    def _show_meter(self, state: WindowState) -> None:
        """Show the rate of requests while there are any; the account's own count where it reports one."""
        self.meter.setVisible(state.is_running and state.pace is not None)
        if state.pace is not None and state.is_running:
            self.meter.setValue(min(self.meter.maximum(), round(state.pace.per_second * METER_STEPS)))
            text = meter_text(state.pace)
            self.meter.setToolTip(text)
            self.meter.setAccessibleDescription(text)

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
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
            self.ended.emit(text)
