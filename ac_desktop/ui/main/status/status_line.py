"""The status line at the foot of the window."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget

from ac_desktop.model.connection import FASTEST_PACE
from ac_desktop.model.wording import tr
from ac_desktop.ui.base.elided_label import ElidedLabel
from ac_desktop.ui.main.status.status_text import end_text, meter_text, pace_text, status_text
from ac_desktop.ui.main.window_state import WindowState

TOLD_MS: Final = 4000
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
        self._told_for = QTimer(self)
        self._told_for.setSingleShot(True)
        self._told_for.setInterval(TOLD_MS)
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
        self.meter.setAccessibleName(tr("Requests a second"))
        self.text.setContentsMargins(IN_LINE_WITH_PANES, 0, 0, 0)
        self.addWidget(self.text, 1)
        self.addPermanentWidget(self.bar)
        self.addPermanentWidget(self.meter)
        self.addPermanentWidget(self.pace)
        self.bar.hide()
        self.meter.hide()

    def tell(self, text: str) -> None:
        """Show what was just done, also to screen readers; the state is shown again soon."""
        self.text.show_text(text)
        self._told_for.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def show_glance(self, glance: WindowState) -> None:
        """Show the progress of the relay."""
        if not self._told_for.isActive():
            self.text.show_text(status_text(glance))
        pace = pace_text(glance)
        if pace != self.pace.text():
            self.pace.setText(pace)
        self._show_meter(glance)
        progress = glance.progress
        self.bar.setVisible(glance.is_running)
        if progress is not None and progress.running:
            self.bar.setRange(0, max(1, progress.done + progress.waiting + glance.counts.sending))
            self.bar.setValue(progress.steps_done)
        self._note_end(glance)

    def _show_meter(self, glance: WindowState) -> None:
        """Show the rate of requests while there are any; the account's own count where it reports one."""
        self.meter.setVisible(glance.is_running and glance.pace is not None)
        if glance.pace is not None and glance.is_running:
            self.meter.setValue(min(self.meter.maximum(), round(glance.pace.per_second * METER_STEPS)))
            text = meter_text(glance.pace)
            self.meter.setToolTip(text)
            self.meter.setAccessibleDescription(text)

    def _note_end(self, glance: WindowState) -> None:
        """Announce the end once; a relay too short to be seen running is recognised by what it did."""
        progress = glance.progress
        connection_id = glance.connection.id if glance.connection else None
        did = (progress.sent, progress.failed, progress.held) if progress else (0, 0, 0)
        before, self._seen = self._seen, _Seen(connection_id, glance.is_running, did)
        if before.connection_id != connection_id or glance.is_running:
            return
        if before.running or (did != before.did and any(did)):
            text = end_text(glance)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
            self.ended.emit(text)
