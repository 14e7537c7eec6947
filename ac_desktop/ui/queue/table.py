"""The table's view: whole rows, columns by choice, and its empty state."""

from array import array
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTableView, QWidget

from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.store.queries.record_query import AS_QUEUED, Sort
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base.parts.current_row import follow_selection
from ac_desktop.ui.base.parts.painters import fill, paint_focus
from ac_desktop.ui.base.parts.viewports import replace_viewport
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.queue.columns import SORTED_BY, QueueColumn
from ac_desktop.ui.queue.empty_texts import EmptyContent
from ac_desktop.ui.queue.model import QueueModel
from ac_desktop.ui.queue.rows.column_header import ColumnHeader
from ac_desktop.ui.queue.rows.row_delegate import Index, RowDelegate

if TYPE_CHECKING:
    from ac_desktop.ui.queue.empty_queue import EmptyQueue

LEAST_ROWS: Final = 3
BAR_WIDTH: Final = 3
"""Of the bar at the left of a chosen row."""
MOST_KEPT: Final = 50
"""The most selected rows that stay in place when they leave the tab."""


class QueueTable(QTableView):
    """Shows the queue's model; a person moves, hides and widens columns."""

    record_chosen = Signal(object)
    selection_changed = Signal()
    sort_chosen = Signal(object)
    menu_wanted = Signal(object)
    decide_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        replace_viewport(self)
        self._model = model
        self._empty_text = ""
        self._empty_content = EmptyContent()
        self._empty: EmptyQueue | None = None
        self._sort = AS_QUEUED
        self._rows = RowDelegate(model.cell, self._is_selected, self)
        self.setItemDelegate(self._rows)
        self.head = ColumnHeader(self)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self.head.set_up()
        self.setAccessibleName(tr("Donors in the queue"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.setAcceptDrops(False)
        self.verticalHeader().hide()
        self.head.sectionClicked.connect(self._choose_sort)
        self.head.menu_wanted.connect(self._offer_columns)
        self._fit_to_font()
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            changed.connect(self._place_empty)
        self.clicked.connect(self._open_cell)
        self.selectionModel().currentRowChanged.connect(self._emit_current)
        self.selectionModel().selectionChanged.connect(self._emit_selection)
        follow_selection(self)

    @property
    def empty(self) -> "EmptyQueue":
        """What is shown in place of rows; built when it is first needed."""
        if self._empty is None:
            from ac_desktop.ui.queue.empty_queue import EmptyQueue

            self._empty = EmptyQueue(self)
            self._empty.clear_wanted.connect(self.clear_wanted)
            self._empty.show_content(self._empty_content)
            for before, after in ((self, self._empty.primary), (self._empty.primary, self._empty.secondary)):
                self.setTabOrder(before, after)
        return self._empty

    def arrange(self, kept: QByteArray, *, is_compact: bool) -> None:
        """Show columns and density as a person left them, else by default."""
        self.head.arrange(kept)
        self.set_compact(on=is_compact)

    def arrangement(self) -> QByteArray:
        """Return the columns as a person left them."""
        return self.head.arrangement()

    @property
    def is_compact(self) -> bool:
        """Whether a donor takes one line."""
        return self._rows.is_compact

    def set_compact(self, *, on: bool) -> None:
        """Show every donor on one line, or on two."""
        self._rows.is_compact = on
        self._fit_rows()
        self.viewport().update()

    def show_sort(self, sort: Sort) -> None:
        """Mark the column that the rows are sorted by."""
        self._sort = sort
        column = next((column for column, key in SORTED_BY.items() if key is sort.key), None)
        order = Qt.SortOrder.DescendingOrder if sort.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(-1 if column is None else column, order)

    def show_empty(self, content: EmptyContent) -> None:
        """Show what an empty table means."""
        self._empty_content = content
        if self._empty is not None:
            self._empty.show_content(content)
        self.show_empty_text(content.text)

    def show_empty_text(self, text: str) -> None:
        """Set the text that screen readers say for now; an empty one shows nothing."""
        self._empty_text = text
        self._place_empty()
        spoken = "" if self._model.rowCount() else text
        if spoken != self.accessibleDescription():
            self.setAccessibleDescription(spoken)

    def selected_ids(self) -> list[int]:
        """Return the numbers of the selected records, as queued."""
        ids = self._model.ids()
        return [
            record_id for span in self._selected_rows() for record_id in ids[span.top() : span.bottom() + 1].tolist()
        ]

    def refresh(self, fresh: "array[int] | None" = None) -> None:
        """Read the store again; cursor, selection and scroll position stay with their records."""
        bar = self.verticalScrollBar()
        top = self._model.id_at(self.rowAt(0)) if bar.value() else None
        self._model.refresh(self.ids_to_keep(), fresh)
        if top is not None:
            self.executeDelayedItemsLayout()
            bar.setValue(self._model.row_from(top))

    def selected_count(self) -> int:
        """Return the number of selected records."""
        return sum(span.height() for span in self._selected_rows())

    def ids_to_keep(self) -> list[int]:
        """Return the numbers of the records that a refresh must not remove from under the person."""
        rows = [self.currentIndex().row()]
        for span in self._selected_rows():
            rows.extend(range(span.top(), min(span.bottom() + 1, span.top() + MOST_KEPT)))
        return [record_id for row in rows[:MOST_KEPT] if (record_id := self._model.id_at(row)) is not None]

    def current_record(self) -> Record | None:
        """Return the record under the cursor."""
        return self._model.record_at(self.currentIndex().row())

    def current_id(self) -> int | None:
        """Return the number of the record under the cursor."""
        return self._model.id_at(self.currentIndex().row())

    def go_to(self, record_id: int) -> bool:
        """Select a record and scroll to it; False where it is not in this tab."""
        row = self._model.row_of(record_id)
        if row is None:
            return False
        index = self._model.index(row, self._first_visible_column())
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        self.scrollTo(index)
        return True

    def columns_menu(self) -> QMenu:
        """Return a menu that shows and hides columns, and chooses how many lines a donor takes."""
        menu = self.head.menu()
        menu.addSeparator()
        compact = menu.addAction(tr("One line per donor"))
        compact.setCheckable(True)
        compact.setChecked(self.is_compact)
        compact.toggled.connect(self._choose_density)
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, the bar of the chosen ones and the ring of the one under the cursor."""
        colors = self._rows.colors = current_colors()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        chosen = self.selectionModel()
        for row in range(self.rowAt(0), self._last_row_in_sight() + 1):
            if chosen.isRowSelected(row):
                top, height = self.rowViewportPosition(row), self.rowHeight(row)
                fill(painter, QRect(0, top, BAR_WIDTH, height), colors.accent_text)
        row = self.currentIndex().row()
        if row >= 0 and self.hasFocus():
            area = QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
            paint_focus(painter, area.adjusted(0, 0, 0, -1), colors, radius=0)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide columns where the reason would have too little room."""
        super().resizeEvent(event)
        self.head.fit_to_width()
        self._place_empty()

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()

    def _fit_to_font(self) -> None:
        self._rows.fit_to_font(self.font())
        self.head.fit_to_font()
        self._fit_rows()

    def _fit_rows(self) -> None:
        height = self._rows.row_height()
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setMinimumHeight(self.head.height() + height * LEAST_ROWS)

    def _place_empty(self, *_: object) -> None:
        """Cover the place of the rows while there are none."""
        is_empty = bool(self._empty_text) and self._model.rowCount() == 0
        if is_empty:
            self.empty.setGeometry(self.viewport().geometry())
        if self._empty is not None:
            self._empty.setVisible(is_empty)

    def _is_selected(self, index: Index) -> bool:
        return self.selectionModel().isSelected(index)

    def _last_row_in_sight(self) -> int:
        row = self.rowAt(self.viewport().height() - 1)
        return self._model.rowCount() - 1 if row < 0 else row

    def _first_visible_column(self) -> int:
        header = self.horizontalHeader()
        shown = (header.logicalIndex(at) for at in range(header.count()))
        return next((column for column in shown if not header.isSectionHidden(column)), 0)

    def _selected_rows(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def _choose_sort(self, section: int) -> None:
        """Sort upwards, then downwards, then as queued again."""
        key = SORTED_BY.get(QueueColumn(section))
        if key is None:
            self.show_sort(self._sort)
        elif self._sort.key is not key:
            self.sort_chosen.emit(Sort(key))
        else:
            self.sort_chosen.emit(AS_QUEUED if self._sort.descending else Sort(key, descending=True))

    def _ask_for_menu(self, at: QPoint) -> None:
        self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def _open_cell(self, index: QModelIndex) -> None:
        record = self._model.record_at(index.row())
        if index.column() == QueueColumn.DECIDE and record is not None and record.state is RecordState.HELD:
            self.decide_wanted.emit()

    def _offer_columns(self, at: QPoint) -> None:
        self.columns_menu().popup(at)

    def _choose_density(self, on: bool) -> None:  # noqa: FBT001  Qt's own signal
        self.set_compact(on=on)

    def _emit_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.record_chosen.emit(self._model.record_at(current.row()))

    def _emit_selection(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        self.selection_changed.emit()
