"""The table's model: the numbers of the records shown, and pages of the records themselves, read when shown."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Final, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from ac_desktop.store.errors import StoreError
from ac_desktop.store.queries.record_query import RecordQuery
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting, icons, privacy_mask
from ac_desktop.ui.base.cell_delegate import DISPLAY, NOTHING, STYLE_ROLES, CellStyle, Index
from ac_desktop.ui.base.theme import Tone, tone_color
from ac_desktop.ui.queue import columns
from ac_desktop.ui.queue.columns import QueueColumn
from ac_desktop.ui.queue.rows.places import common_head, common_tail, row_in, rows_among, runs
from ac_desktop.ui.queue.rows.row_cells import NO_CELL, RowCell, row_cell

NO_PARENT: Final = QModelIndex()

PAGE: Final = 40
"""Rows read at once, about as many as are visible: SQLite releases and reacquires the GIL at each row."""
MOST_RECORDS: Final = 100 * PAGE
MOST_COMPARED: Final = 20_000
"""Where more rows than this differ, they are replaced without comparing them."""
FEW: Final = 3
LOOK_AGAIN_MS: Final = 30_000
"""Until it is looked again whether a person is still seen who edits a record in sight."""
MOST_RUNS: Final = 40
"""More changed ranges than this are shown by a model reset."""
_COLUMNS: Final = tuple(QueueColumn)
RECORD_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The record of a row, whatever the column."""


class ReadsRecords(Protocol):
    """What reads the records themselves (the store's `Views`)."""

    def by_ids(self, record_ids: list[int]) -> list[Record]:
        """Return the records with these numbers."""


class ReadsIds(Protocol):
    """What reads the numbers of the records shown (the store's `Listing`)."""

    def ids(self, query: RecordQuery) -> "array[int]":
        """Return the numbers of all records shown, in order."""

    def among(self, query: RecordQuery, record_ids: Iterable[int]) -> frozenset[int]:
        """Return those of some numbers that are shown."""


class RunsBeside(Protocol):
    """What runs a function off the main thread (the bridge's `run`)."""

    def __call__(
        self,
        function: Callable[[], list[Record]],
        on_done: Callable[[list[Record]], None],
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Call `function`, and deliver its result or its exception on the main thread."""


class QueueModel(QAbstractTableModel):
    """The records that a query finds; a row keeps its place, its selection and its page.

    With `read_beside`, for a store that takes long, what is painted is read by it: a row is empty until it is there,
    and as it was until it is there again.
    """

    def __init__(
        self,
        listing: ReadsIds,
        views: ReadsRecords,
        now: Callable[[], float],
        parent: QObject | None = None,
        *,
        read_beside: RunsBeside | None = None,
        me: Callable[[], str] | None = None,
    ) -> None:
        """`me` is the owner of claims that this program is: what a person edits here is not shown to them."""
        super().__init__(parent)
        self._listing = listing
        self._views = views
        self._now = now
        self._read_beside = read_beside
        self._me = me
        self._look_again = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self._look_again.timeout.connect(self._read_editors_again)
        self._outdated: set[int] = set()
        self._asked: set[int] = set()
        self._query: RecordQuery | None = None
        self._ids: array[int] = array("q")
        self._records: dict[int, Record | None] = {}
        self._kept: frozenset[int] = frozenset()
        self._seen: set[int] = set()

    @property
    def query(self) -> RecordQuery | None:
        """Which records are shown; None where there is no connection."""
        return self._query

    def show(self, query: RecordQuery | None, ids: "array[int] | None" = None) -> None:
        """Show other records; `ids` holds their numbers where they were read already."""
        self.beginResetModel()
        self._query = query
        self._kept = frozenset()
        self._records.clear()
        self._seen.clear()
        self._ids = self._read_ids() if ids is None else ids
        self.endResetModel()

    def refresh(self, keep: Iterable[int] = (), fresh: "array[int] | None" = None) -> None:
        """Read again; the records of `keep` stay where they are, dimmed, though they belong to another tab by now.

        `fresh` holds the numbers where they were read already, off the main thread.
        """
        before = self._ids
        fresh = self._read_ids() if fresh is None else fresh
        self._kept = self._kept_rows(keep, fresh)
        after = self._with_kept(fresh)
        if self._read_beside is None:
            self._records.clear()
        else:
            self._outdated = set(self._records)
        seen, self._seen = self._seen, set()
        if after != before:
            self._change_rows(before, after)
        for page in sorted(seen):
            self._emit_changed(page * PAGE, min((page + 1) * PAGE, len(self._ids)) - 1)

    def _emit_changed(self, first: int, last: int) -> None:
        """Report changes of pages that were read only; of a million rows the view would ask each one."""
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(QueueColumn) - 1))

    def record_at(self, row: int) -> Record | None:
        """Return the record of a row; None where it has just been removed."""
        if not 0 <= row < len(self._ids):
            return None
        record_id = self._ids[row]
        if record_id not in self._records:
            start = row // PAGE * PAGE
            self._seen.add(row // PAGE)
            self._read_page(self._ids[start : start + PAGE].tolist())
        return self._records[record_id]

    def _shown_at(self, row: int) -> Record | None:
        """Return the record of a row to be painted; None where it is not there yet."""
        record_id = self.id_at(row)
        if self._read_beside is None or record_id is None:
            return self.record_at(row)
        page = row // PAGE
        if (record_id not in self._records or record_id in self._outdated) and page not in self._asked:
            self._asked.add(page)
            self._seen.add(page)
            ids = self._ids[page * PAGE : (page + 1) * PAGE].tolist()
            self._read_beside(
                partial(self._views.by_ids, ids), partial(self._show_page, page, ids), partial(self._fail_page, page)
            )
        return self._records.get(record_id)

    def _show_page(self, page: int, ids: list[int], records: list[Record]) -> None:
        self._asked.discard(page)
        self._keep_page(ids, records)
        self._outdated.difference_update(ids)
        self._emit_changed(page * PAGE, min((page + 1) * PAGE, len(self._ids)) - 1)

    def _fail_page(self, page: int, error: Exception) -> None:
        """Leave the page as it is: it is read again with the state, which says what is wrong."""
        self._asked.discard(page)
        if not isinstance(error, StoreError):
            raise error

    def id_at(self, row: int) -> int | None:
        """Return the number of the record of a row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def ids(self) -> "array[int]":
        """Return the numbers of all records shown, as they are now."""
        return self._ids[:]

    def row_from(self, record_id: int) -> int:
        """Return the row of a record, or where it would be."""
        if self._is_ascending:
            return bisect_left(self._ids, record_id)
        row = self.row_of(record_id)
        return 0 if row is None else row

    def row_of(self, record_id: int) -> int | None:
        """Return the row of a record, if it is shown."""
        return row_in(self._ids, record_id, is_ascending=self._is_ascending)

    @property
    def _is_ascending(self) -> bool:
        return self._query is None or self._query.is_ascending

    def _kept_rows(self, keep: Iterable[int], fresh: "array[int]") -> frozenset[int]:
        wanted = dict.fromkeys(keep)
        if self._query is None or not wanted:
            return frozenset()
        gone = wanted.keys() - self._listing.among(self._query, wanted)
        # What was removed is in no tab: a row for it would be empty.
        still_there = {record.id for record in self._views.by_ids(list(gone))} if gone else set()
        return frozenset(
            one
            for one in still_there
            if row_in(fresh, one, is_ascending=self._is_ascending) is None and self.row_of(one) is not None
        )

    def _with_kept(self, fresh: "array[int]") -> "array[int]":
        """Keep the records that left where they were, or where their number belongs."""
        if not self._kept:
            return fresh
        after = fresh[:]
        rows = sorted((self.row_of(record_id) or 0, record_id) for record_id in self._kept)
        for row, record_id in rows:
            after.insert(bisect_left(after, record_id) if self._is_ascending else min(row, len(after)), record_id)
        return after

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(QueueColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title."""
        if role == DISPLAY and orientation is Qt.Orientation.Horizontal and section < len(QueueColumn):
            return columns.title(QueueColumn(section))
        if role == int(Qt.ItemDataRole.TextAlignmentRole) and section in columns.RIGHT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows or says."""
        if not index.isValid():
            return None
        if role in STYLE_ROLES:
            return self.style(index).of_role(role)
        record = self._shown_at(index.row())
        if record is None:
            return None
        if role == RECORD_ROLE:
            return record
        return self._cell(privacy_mask.masked_record(record), _COLUMNS[index.column()], role)

    def style(self, index: Index) -> CellStyle:
        """Return how a cell is painted."""
        record = self._shown_at(index.row())
        if record is None:
            return NOTHING
        record, column = privacy_mask.masked_record(record), _COLUMNS[index.column()]
        return CellStyle(
            columns.text(record, column, self._now()),
            _icon(record, column),
            color=self._color(record, column),
            is_right=column in columns.RIGHT,
        )

    def cell(self, index: Index) -> RowCell:
        """Return what the delegate paints into a cell."""
        record = self._shown_at(index.row())
        if record is None:
            return NO_CELL
        return row_cell(
            privacy_mask.masked_record(record),
            _COLUMNS[index.column()],
            self._now(),
            is_dimmed=record.id in self._kept,
        )

    def _cell(self, record: Record, column: QueueColumn, role: int) -> object:
        match role:
            case Qt.ItemDataRole.ToolTipRole:
                return formatting.tip(columns.tooltip(record, column)) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._accessible_text(record, column)
            case _:
                return None

    def _accessible_text(self, record: Record, column: QueueColumn) -> str:
        if column in {QueueColumn.STATE, QueueColumn.DONOR}:
            return columns.sentence(record)
        return f"{columns.title(column)}: {columns.text(record, column, self._now()) or columns.empty()}"

    def _color(self, record: Record, column: QueueColumn) -> QColor | None:
        if record.id in self._kept:
            return tone_color(Tone.QUIET, QApplication.palette())
        if column is QueueColumn.STATE:
            tone = formatting.record_label(record.state).tone
            return None if tone is Tone.PLAIN else tone_color(tone, QApplication.palette())
        return None

    def _read_ids(self) -> "array[int]":
        return array("q") if self._query is None else self._listing.ids(self._query)

    def _read_page(self, ids: list[int]) -> None:
        self._keep_page(ids, self._views.by_ids(ids))

    def _keep_page(self, ids: list[int], records: list[Record]) -> None:
        if len(self._records) > MOST_RECORDS:
            self._records.clear()
        self._records.update(dict.fromkeys(ids))
        self._records.update((record.id, record) for record in records)
        self._keep_editors([record for record in records if record.editors])

    def _keep_editors(self, edited: list[Record]) -> None:
        """Keep who else edits records; who is not seen any more has ended without telling, so look again."""
        me = self._me() if edited and self._me is not None else ""
        for record in edited:
            others = tuple(one for one in record.editors if one.owner != me)
            self._records[record.id] = replace(record, editors=others)
            if others:
                self._look_again.start()

    def _read_editors_again(self) -> None:
        edited = [record.id for record in self._records.values() if record is not None and record.editors]
        self._outdated.update(edited)
        for page in sorted({row // PAGE for row in self._rows_of(edited) if row is not None} & self._seen):
            self._emit_changed(page * PAGE, min((page + 1) * PAGE, len(self._ids)) - 1)

    def _change_rows(self, before: "array[int]", after: "array[int]") -> None:
        head = common_head(before, after)
        tail = common_tail(before, after, head)
        if not self._is_ascending or max(len(before), len(after)) - head - tail > MOST_COMPARED:
            self._swap_all(after)
            return
        old, new = set(before[head : len(before) - tail]), set(after[head : len(after) - tail])
        gone, come = runs(before, old - new), runs(after, new - old)
        if len(gone) + len(come) > MOST_RUNS:
            self._swap_all(after)
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._ids = self._ids[:first] + self._ids[last + 1 :]
            self.endRemoveRows()
        for first, last in come:
            self.beginInsertRows(QModelIndex(), first, last)
            self._ids = self._ids[:first] + after[first : last + 1] + self._ids[first:]
            self.endInsertRows()

    def _swap_all(self, after: "array[int]") -> None:
        """Change everything at once, keeping selection and current row with their records."""
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        held = [self._ids[index.row()] for index in old]
        self._ids = after
        rows = self._rows_of(held)
        self.changePersistentIndexList(
            old,
            [
                QModelIndex() if row is None else self.index(row, index.column())
                for row, index in zip(rows, old, strict=True)
            ],
        )
        self.layoutChanged.emit()

    def _rows_of(self, record_ids: list[int]) -> list[int | None]:
        """Return the rows of some records; many of them are found in one pass over all."""
        if self._is_ascending or len(set(record_ids)) <= FEW:
            return [self.row_of(record_id) for record_id in record_ids]
        found = rows_among(self._ids, set(record_ids))
        return [found.get(record_id) for record_id in record_ids]


def _icon(record: Record, column: QueueColumn) -> QIcon | None:
    match column:
        case QueueColumn.STATE:
            label = formatting.record_label(record.state)
        case QueueColumn.CONTACT:
            label = columns.contact_label(record)
        case QueueColumn.LIST:
            label = columns.list_label(record)
        case _:
            return None
    return icons.icon(label.icon, label.tone)
