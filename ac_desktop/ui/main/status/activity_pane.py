"""The chart's pane in the window: the last hour or the last thirty days, read again now and then while visible."""

from functools import partial
from typing import Final

from PySide6.QtCore import QDateTime, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.history.activity import LAST_DAYS, LAST_HOUR, ActivityBar, ActivitySpan, activity
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.window_state import WindowState
from ac_desktop.ui.main.status.activity_chart import ActivityChart, text

BETWEEN_READS_MS: Final = 5_000


class ActivityPane(QWidget):
    """Shows relays over time; reads nothing while hidden."""

    def __init__(self, services: Services, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._connection_id: int | None = None
        self._is_stale = True
        self.chart = ActivityChart()
        self.text = QLabel()
        self.spans = {
            LAST_HOUR: QRadioButton(tr("Last &hour")),
            LAST_DAYS: QRadioButton(tr("By da&y")),
        }
        self._lay_out()
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(BETWEEN_READS_MS)
        self._due.timeout.connect(self._read_if_stale)
        self.spans[LAST_HOUR].setChecked(True)
        for button in self.spans.values():
            button.toggled.connect(self._read)

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        side = QVBoxLayout()
        for button in self.spans.values():
            group.addButton(button)
            side.addWidget(button)
        side.addStretch(1)
        self.text.setWordWrap(True)
        right = QVBoxLayout()
        right.addWidget(self.chart)
        right.addWidget(self.text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(side)
        layout.addLayout(right, 1)

    @property
    def span(self) -> ActivitySpan:
        """The stretch of time that is shown."""
        return next(span for span, button in self.spans.items() if button.isChecked())

    def show_state(self, state: WindowState) -> None:
        """Mark the chart as stale; it is read at once for another connection, else within seconds."""
        connection_id = state.connection.id if state.connection else None
        is_other, self._connection_id = connection_id != self._connection_id, connection_id
        self._is_stale = True
        if is_other or not self._due.isActive():
            self._read_if_stale()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while hidden."""
        super().showEvent(event)
        self._read_if_stale()

    def _read_if_stale(self) -> None:
        if self._is_stale and self.isVisible():
            self._read()

    def _read(self) -> None:
        self._is_stale = False
        self._due.start()
        if self._connection_id is None:
            self._show(self.span, self._connection_id, [])
            return
        now = self._services.clock.now()
        offset = QDateTime.fromMSecsSinceEpoch(round(now * 1000)).offsetFromUtc()
        read = partial(activity, self._services.database, self._connection_id, self.span, now, float(offset))
        self._bridge.run(read, partial(self._show, self.span, self._connection_id), self._fail)

    def _show(self, span: ActivitySpan, connection_id: int | None, bars: list[ActivityBar]) -> None:
        if (span, connection_id) == (self.span, self._connection_id):
            self.chart.show_bars(span, bars)
            self.text.setText(text(span, bars))

    def _fail(self, error: Exception) -> None:
        self._is_stale = True
        if not isinstance(error, StoreError):
            raise error
