"""The queue's pane in the window: tabs, filter and causes above the table, refreshed without losing the position."""

from array import array
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QElapsedTimer, QPoint, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.queries.listing import FilterChoices, IdBatch, Listing, filter_choices
from ac_desktop.store.queries.record_query import AS_QUEUED, RecordFilter, RecordQuery, Sort, SortKey
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base.bridge import BETWEEN_NEWS_MS, Bridge
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.base.window_state import WindowState
from ac_desktop.ui.queue.empty_texts import EmptyContent, empty_text, empty_title, no_match_text
from ac_desktop.ui.queue.filtering.filter_bar import FilterBar
from ac_desktop.ui.queue.filtering.queue_filter import QueueFilter
from ac_desktop.ui.queue.id_reader import IdReader
from ac_desktop.ui.queue.model import QueueModel
from ac_desktop.ui.queue.table import QueueTable
from ac_desktop.ui.queue.tabs import QueueTabs

if TYPE_CHECKING:
    from ac_desktop.ui.queue.failure_cards import FailureCards
    from ac_desktop.ui.queue.filtering.view_menu import ViewMenu

LONG_QUEUE: Final = 10_000
"""The numbers of longer queues are read off the main thread, which would drop frames."""
FIRST_ROWS: Final = 500
"""The first rows of a long queue that are shown before all of them are read."""
COLUMNS: Final = "queue-columns"
"""Where the columns are stored; those of earlier versions, another set, are left where they were."""
DENSITY: Final = "queue-density"
ONE_LINE: Final = b"one line"
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
        self._settings = settings
        self._connection_id: int | None = None
        self._state: WindowState | None = None
        self._sort = AS_QUEUED
        self._wanted: int | None = None
        self._is_stale = self._selects_all = False
        self.listing = Listing(services.database)
        run = bridge.run if services.database.is_distant else None
        reader, now = services.record_reader, services.clock.now
        self.model = QueueModel(self.listing, reader, now, self, read_beside=run, me=lambda: services.owners.me)
        self.reader = IdReader(self.listing, bridge, self)
        self._services = services
        self._bridge = bridge
        self._is_distant = services.database.is_distant
        self.filters = QueueFilter(self)
        self._view_menu: ViewMenu | None = None
        self._causes: FailureCards | None = None
        self.tabs = QueueTabs()
        self.filter = FilterBar(self.filters)
        self.table = QueueTable(self.model)
        self._shown_state = self.filters.state
        self._reading = QElapsedTimer()
        self._table_is_due = QTimer(self)
        self._table_is_due.setSingleShot(True)
        self._lay_out()
        self._connect()
        is_compact = self._settings.layout(DENSITY) == ONE_LINE
        self.table.arrange(self._settings.layout(COLUMNS), is_compact=is_compact)
        self._restore_tab()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in (self.tabs, self.filter):
            self._column.addWidget(part)
        self._column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self._table_is_due.timeout.connect(self._show_missed)
        self.tabs.chosen.connect(self.filters.choose_state)
        self.filters.state_chosen.connect(self.tabs.choose)
        self.filters.state_chosen.connect(self._show_chosen_state)
        self.filters.changed.connect(self._query_again)
        self.filter.left.connect(self.table.setFocus)
        self.filter.choices_wanted.connect(self._read_choices)
        self.filter.columns_wanted.connect(self._offer_columns)
        self.filter.views_wanted.connect(self.open_views)
        self.table.clear_wanted.connect(self.filter.clear)
        self.table.sort_chosen.connect(self._sort_by)
        self.table.record_chosen.connect(self.record_chosen)
        self.table.clicked.connect(self._stay_here)
        self.table.selection_changed.connect(self.selection_changed)

    @property
    def causes(self) -> "FailureCards":
        """The failures by cause above the table; built when they are first needed."""
        if self._causes is None:
            from ac_desktop.ui.queue.failure_cards import FailureCards

            self._causes = FailureCards(self._services, self._bridge)
            self._column.insertWidget(self._column.indexOf(self.table), self._causes)
        return self._causes

    def _show_causes(self, state: WindowState) -> None:
        if self._causes is not None or self.filters.state is RecordState.FAILED:
            self.causes.show_state(state, self.filters.state)

    @property
    def is_filtered(self) -> bool:
        """Whether there is a filter."""
        return bool(self._record_filter())

    def query(self) -> RecordQuery | None:
        """Return the query that the table shows."""
        if self._connection_id is None:
            return None
        return RecordQuery(self._connection_id, self.filters.state, self._record_filter(), self._sort)

    def _record_filter(self) -> RecordFilter:
        return self.filters.record_filter(self._services.clock.now())

    def show_state(self, state: WindowState) -> None:
        """Show the window's state."""
        connection_id = state.connection.id if state.connection else None
        self._state = state
        self.tabs.show_counts(state.counts)
        self._show_causes(state)
        if connection_id != self._connection_id:
            self._connection_id = connection_id
            self._begin(is_with_state=True)
        elif self._table_is_due.isActive() and self._paces_itself:
            self._is_stale = True
        else:
            self.refresh_table()
        self._show_empty_text()

    def go_to(self, record: Record) -> None:
        """Show a record, in its own tab where this one does not hold it, clearing a filter that hides it."""
        if self.table.go_to(record.id):
            return
        self._wanted = record.id
        if not self.filters.values.is_empty:
            self.filters.clear()
        self._select_wanted()
        if self.table.current_id() != record.id and self.filters.state not in {None, record.state}:
            self.filters.choose_state(record.state)
            self._select_wanted()

    def keep_layout(self) -> None:
        """Store columns and density, and the order of the current tab."""
        self._settings.keep_layout(COLUMNS, self.table.arrangement())
        self._settings.keep_layout(DENSITY, QByteArray(ONE_LINE if self.table.is_compact else b""))
        direction = " down" if self._sort.descending else ""
        self._settings.keep_layout(self._layout_name("sort"), QByteArray(f"{self._sort.key}{direction}".encode()))

    def select_all_when_read(self) -> None:
        """Select all that is shown, once it is known."""
        if self.reader.is_busy:
            self._selects_all = True
        else:
            self.table.selectAll()

    def show_again(self) -> None:
        """Show the rows again, as the privacy mask or the language has changed."""
        self.table.viewport().update()
        self.table.horizontalHeader().viewport().update()
        if self._causes is not None:
            self._causes.show_again()
        self._show_empty_text()

    def _restore_tab(self) -> None:
        kept = bytes(self._settings.layout(self._layout_name("sort")).data()).decode().split()
        key = kept[0] if kept else ""
        self._sort = Sort(SortKey(key), len(kept) > 1) if key in set(SortKey) else AS_QUEUED
        self.table.show_sort(self._sort)

    def _show_missed(self) -> None:
        if self._is_stale:
            self.refresh_table()

    def _is_long(self) -> bool:
        if self._state is None:
            return False
        state, counts = self.filters.state, self._state.counts
        return (counts.rows if state is None else counts.of(state)) > LONG_QUEUE

    @property
    def _paces_itself(self) -> bool:
        """Whether the table is refreshed less often than the window: an office is read in its own time."""
        return not self._is_distant or self._is_long()

    def _begin(self, *, is_with_state: bool = False) -> None:
        """Show another connection or tab from its start; with the state also an office's first rows are read."""
        self._table_is_due.stop()
        self.reader.forget()
        query = self.query()
        if query is None or not (self._is_distant or self._is_long()):
            self.model.show(query)
            self._show_all_found()
            return
        if query.is_ascending and not query.filter and (is_with_state or not self._is_distant):
            self.model.show(query, self.listing.first_ids(query, FIRST_ROWS))
            self._read_ids(query)
        else:
            self.model.show(query, array("q"))
            self._read_ids(query, FIRST_ROWS)

    def _query_again(self) -> None:
        """Filter or sort differently; the rows shown stay until the others are found."""
        query = self.query()
        current = self.model.id_at(self.table.currentIndex().row())
        self._wanted = current if self._wanted is None else self._wanted
        if query is None or not (self._is_distant or self._is_long()):
            self.reader.forget()
            self.model.show(query)
            self._show_all_found()
            return
        self._read_ids(query, FIRST_ROWS)

    def _read_ids(self, query: RecordQuery, first: int = 0) -> None:
        self.table.show_empty_text(tr("Searching…"))
        self._reading.start()
        self._table_is_due.start(SHARE_OF_TIME * BETWEEN_NEWS_MS)
        self.reader.ask(query, partial(self._show_answer, query), first)

    def refresh_table(self) -> None:
        """Read again which rows there are, and show them."""
        self._is_stale = False
        self._reading.start()
        query = self.query()
        if query is None or not (self._is_long() or (self._is_distant and self.reader.is_busy)):
            self._show_answer(query, None)
            return
        self._table_is_due.start(SHARE_OF_TIME * BETWEEN_NEWS_MS)
        self.reader.ask(query, partial(self._show_answer, query))

    def _show_answer(self, query: RecordQuery | None, found: IdBatch | None) -> None:
        if query != self.query():
            return
        ids = found.ids if found else None
        if query == self.model.query:
            self.table.refresh(ids)
        else:
            self.model.show(query, ids)
        if found and not found.is_whole:
            self._show_part()
            return
        self._show_all_found()
        spent = self._reading.elapsed()
        if spent and self._paces_itself:
            self._table_is_due.start(spent * SHARE_OF_TIME)

    def _show_part(self) -> None:
        """Show the first rows; the others are still being read."""
        if self.is_filtered:
            self.filter.show_found(self.model.rowCount(), is_whole=False)
        self._select_wanted()

    def _show_all_found(self) -> None:
        self.filter.show_found(self.model.rowCount() if self.is_filtered else None)
        self._show_empty_text()
        self._select_wanted()
        if self._selects_all:
            self._selects_all = False
            self.table.selectAll()

    def _select_wanted(self) -> None:
        if self._wanted is not None and self.table.go_to(self._wanted):
            self._wanted = None

    def _stay_here(self, _index: object) -> None:
        """Keep the position: a row was chosen before all were found, so the view does not move when they are."""
        self._wanted = None

    def _show_chosen_state(self, state: RecordState | None) -> None:
        self.keep_layout()
        self._shown_state = state
        current = self.model.id_at(self.table.currentIndex().row())
        self._restore_tab()
        self._begin()
        if self._state:
            self._show_causes(self._state)
        if self._wanted is None and (current is None or not self.table.go_to(current)):
            self.record_chosen.emit(None)

    def view_menu(self) -> "ViewMenu":
        """Return what the menu of saved views does; it is built when it is first used."""
        from ac_desktop.ui.queue.filtering.saved_views import SavedViews
        from ac_desktop.ui.queue.filtering.view_menu import ViewMenu

        if self._view_menu is None:
            self._view_menu = ViewMenu(SavedViews(self._settings), self.filters, self)
        return self._view_menu

    def open_views(self, at: QPoint) -> None:
        """Open the menu of saved views."""
        self.view_menu().open_at(at)

    def _read_choices(self) -> None:
        if self._connection_id is None:
            self.filter.show_choices(FilterChoices())
            return
        read = partial(filter_choices, self._services.database, self._connection_id)
        self._bridge.run(read, self.filter.show_choices, self._fail_reading)

    def _fail_reading(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self.reader.failed.emit(str(error))

    def _offer_columns(self, at: QPoint) -> None:
        self.table.columns_menu().popup(at)

    def _sort_by(self, sort: Sort) -> None:
        self._sort = sort
        self.table.show_sort(sort)
        self._query_again()

    def _layout_name(self, what: str) -> str:
        return f"{what}-{self._shown_state.value if self._shown_state else 'all'}"

    def _show_empty_text(self) -> None:
        if self._state is None:
            return
        state, has_connection = self.filters.state, self._state.connection is not None
        is_filtered = self.is_filtered
        if is_filtered:
            text = no_match_text(self.filters.values.text)
        else:
            text = empty_text(state, has_connection=has_connection)
        can_add = has_connection and state is None
        title = empty_title(state, is_filtered=is_filtered)
        self.table.show_empty(EmptyContent(title, text, is_filtered=is_filtered, can_add=can_add))
