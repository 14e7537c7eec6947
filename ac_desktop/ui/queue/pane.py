"""The queue's place in the window: tabs above the table, refreshed without losing place or selection."""

from functools import partial
from typing import Final

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ac_desktop.model.states import RecordState
from ac_desktop.services import Services
from ac_desktop.store.records import Record
from ac_desktop.ui.bridge import BETWEEN_NEWS_MS, Bridge
from ac_desktop.ui.glance import Glance
from ac_desktop.ui.queue.model import QueueModel
from ac_desktop.ui.queue.table import QueueTable
from ac_desktop.ui.queue.tabs import QueueTabs
from ac_desktop.ui.settings import WindowSettings

LONG_QUEUE: Final = 10_000
"""The numbers of longer queues are read off the main thread, which would miss frames."""
SHARE_OF_TIME: Final = 10
"""A refresh may take a tenth of the time at most: a long queue is read less often."""


class QueuePane(QWidget):
    """Shows one connection's records."""

    record_chosen = Signal(object)
    selection_changed = Signal()

    def __init__(
        self, services: Services, bridge: Bridge, settings: WindowSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._views = services.views
        self._bridge = bridge
        self._reading = QElapsedTimer()
        self._settings = settings
        self._connection_id: int | None = None
        self.model = QueueModel(services.views, services.clock.now, self)
        self.tabs = QueueTabs()
        self.table = QueueTable(self.model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self.table)
        self._shown_tab = self.tabs.state
        self._table_is_due = QTimer(self)
        self._table_is_due.setSingleShot(True)
        self._table_is_due.timeout.connect(self._catch_up)
        self._is_stale = False
        self._glance: Glance | None = None
        self.table.arrange(self._shown_tab, self._settings.layout(self._layout_name()))
        self.tabs.chosen.connect(self._show_tab)
        self.table.record_chosen.connect(self.record_chosen)
        self.table.selection_changed.connect(self.selection_changed)

    def show_glance(self, glance: Glance) -> None:
        """Show how things stand."""
        connection_id = glance.connection.id if glance.connection else None
        self._glance = glance
        self.tabs.show_counts(glance.counts)
        if connection_id != self._connection_id:
            self._connection_id = connection_id
            self.model.show(connection_id, self.tabs.state)
        elif self._table_is_due.isActive():
            self._is_stale = True
        else:
            self._refresh_table()
        self.table.show_empty_text(self._empty_text(glance))

    def go_to(self, record: Record) -> None:
        """Show a record, in its own tab where this one does not hold it."""
        if not self.table.go_to(record.id):
            self.tabs.choose(record.state)
            self.table.go_to(record.id)

    def keep_layout(self) -> None:
        """Remember the columns of the tab on top."""
        self._settings.keep_layout(self._layout_name(), self.table.arrangement())

    def _catch_up(self) -> None:
        if self._is_stale:
            self._refresh_table()

    def _refresh_table(self) -> None:
        self._is_stale = False
        self._reading.start()
        if self._connection_id is None or self.model.rowCount() < LONG_QUEUE:
            self._show_ids(self._connection_id, self.tabs.state, None)
            return
        connection_id, state = self._connection_id, self.tabs.state
        self._table_is_due.start(SHARE_OF_TIME * BETWEEN_NEWS_MS)
        self._bridge.run(
            partial(self._views.record_ids, connection_id, state), partial(self._show_ids, connection_id, state)
        )

    def _show_ids(self, connection_id: int | None, state: RecordState | None, fresh: list[int] | None) -> None:
        if (connection_id, state) != (self._connection_id, self.tabs.state):
            return
        self.table.refresh(fresh)
        spent = self._reading.elapsed()
        if spent:
            self._table_is_due.start(spent * SHARE_OF_TIME)

    def _show_tab(self, state: RecordState | None) -> None:
        self.keep_layout()
        self._shown_tab = state
        current = self.model.id_at(self.table.currentIndex().row())
        self.model.show(self._connection_id, state)
        if self._glance:
            self.table.show_empty_text(self._empty_text(self._glance))
        self.table.arrange(state, self._settings.layout(self._layout_name()))
        if current is None or not self.table.go_to(current):
            self.record_chosen.emit(None)

    def _layout_name(self) -> str:
        return f"columns-{self._shown_tab.value if self._shown_tab else 'all'}"

    def _empty_text(self, glance: Glance) -> str:
        if glance.connection is None:
            return self.tr("Connect ActiveCampaign to begin: Connection, New connection…")
        match self.tabs.state:
            case None:
                return self.tr("No donors yet. Drop a CSV or Excel file here, or add one by hand (Ctrl+N).")
            case RecordState.WAITING:
                return self.tr("Nothing is waiting. Everything that could be sent has been sent.")
            case RecordState.SENDING:
                return self.tr("Nothing is being sent right now.")
            case RecordState.HELD:
                return self.tr("Nobody needs a decision from you.")
            case RecordState.FAILED:
                return self.tr("✓ No failures.")
            case RecordState.SENT:
                return self.tr("Sent donors will be listed here with their ActiveCampaign number.")
            case RecordState.SKIPPED:
                return self.tr("No row was skipped.")
