"""The status line at the foot of the window."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget

from ac_desktop.ui.elided import ElidedLabel
from ac_desktop.ui.glance import Glance
from ac_desktop.ui.progress.words import end_text, pace_text, status_text


@dataclass(frozen=True)
class _Seen:
    connection_id: int | None = None
    running: bool = False
    did: tuple[int, int, int] = (0, 0, 0)


class ProgressLine(QStatusBar):
    """Shows the relay's progress; its end is announced once."""

    ended = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen = _Seen()
        self.text = ElidedLabel()
        self.bar = QProgressBar()
        self.pace = QLabel()
        self.bar.setMaximumWidth(180)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.addWidget(self.text, 1)
        self.addPermanentWidget(self.bar)
        self.addPermanentWidget(self.pace)
        self.bar.hide()

    def show_glance(self, glance: Glance) -> None:
        """Show how the relay goes."""
        self.text.show_text(status_text(glance))
        pace = pace_text(glance)
        if pace != self.pace.text():
            self.pace.setText(pace)
        progress = glance.progress
        self.bar.setVisible(glance.is_running)
        if progress is not None and progress.running:
            done = progress.sent + progress.failed + progress.held
            self.bar.setRange(0, max(1, done + progress.waiting + glance.counts.sending))
            self.bar.setValue(done)
        self._note_end(glance)

    def _note_end(self, glance: Glance) -> None:
        """Tell the end once; a relay too short to be seen running is known by what it did."""
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
