"""The table's model: the numbers of the records shown, and pages of the records themselves, read when seen."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Final, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication

from ac_desktop.model.states import RecordState
from ac_desktop.store.records import Record
from ac_desktop.ui import icons, words
from ac_desktop.ui.queue import columns
from ac_desktop.ui.queue.columns import Col
from ac_desktop.ui.theme import Tone, tone_color

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()

PAGE: Final = 200
MOST_RECORDS: Final = 20 * PAGE
MOST_RUNS: Final = 40
"""More changed stretches than this are shown by a reset."""
RECORD_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The record of a row, whatever the column."""


class ReadsRecords(Protocol):
    """What the model reads (the store's `Views`)."""

    def record_ids(self, connection_id: int, state: RecordState | None = None) -> list[int]:
        """Give the numbers of all records shown, ascending."""

    def by_ids(self, record_ids: list[int]) -> list[Record]:
        """Give the records with these numbers."""


class QueueModel(QAbstractTableModel):
    """The records of one connection in one state; a row keeps its place, its selection and its page."""

    def __init__(self, views: ReadsRecords, now: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._views = views
        self._now = now
        self._connection_id: int | None = None
        self._state: RecordState | None = None
        self._ids: list[int] = []
        self._records: dict[int, Record | None] = {}
        self._kept: frozenset[int] = frozenset()

    def show(self, connection_id: int | None, state: RecordState | None) -> None:
        """Show another connection or another state."""
        self.beginResetModel()
        self._connection_id, self._state = connection_id, state
        self._kept = frozenset()
        self._records.clear()
        self._ids = self._read_ids()
        self.endResetModel()

    def refresh(self, keep: Iterable[int] = (), fresh: list[int] | None = None) -> None:
        """Read anew; the records of `keep` stay where they are, dimmed, though they belong to another tab by now.

        `fresh` holds the numbers where they were read already, off the main thread.
        """
        before = self._ids
        fresh = self._read_ids() if fresh is None else fresh
        stay = frozenset(keep) & frozenset(before)
        self._kept = stay - frozenset(fresh)
        after = sorted({*fresh, *self._kept}) if self._kept else fresh
        self._records.clear()
        if after != before:
            self._change_rows(before, after)
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(Col) - 1))

    def record_at(self, row: int) -> Record | None:
        """Give the record of a row; None where it has just been removed."""
        if not 0 <= row < len(self._ids):
            return None
        record_id = self._ids[row]
        if record_id not in self._records:
            start = row // PAGE * PAGE
            self._read_page(self._ids[start : start + PAGE])
        return self._records[record_id]

    def id_at(self, row: int) -> int | None:
        """Give the number of the record of a row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_from(self, record_id: int) -> int:
        """Give the row of a record, or of the next one still shown."""
        return bisect_left(self._ids, record_id)

    def row_of(self, record_id: int) -> int | None:
        """Give the row of a record, if it is shown."""
        at = bisect_left(self._ids, record_id)
        return at if at < len(self._ids) and self._ids[at] == record_id else None

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(Col)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Head a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal and section < len(Col):
            return columns.title(Col(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give what a cell shows or says."""
        if not index.isValid():
            return None
        record = self.record_at(index.row())
        if record is None:
            return None
        column = Col(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return columns.text(record, column, self._now())
            case Qt.ItemDataRole.DecorationRole:
                return _icon(record, column)
            case Qt.ItemDataRole.ToolTipRole:
                return columns.tooltip(record, column) or None
            case Qt.ItemDataRole.ForegroundRole:
                return self._colour(record, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(record, column, self._now())
            case Qt.ItemDataRole.TextAlignmentRole if column is Col.TRIES:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _:
                return record if role == RECORD_ROLE else None

    def _colour(self, record: Record, column: Col) -> object:
        palette = QApplication.palette()
        if record.id in self._kept:
            return tone_color(Tone.QUIET, palette)
        if column is Col.STATE:
            tone = words.record_sign(record.state).tone
            return None if tone is Tone.PLAIN else tone_color(tone, palette)
        return None

    def _read_ids(self) -> list[int]:
        return [] if self._connection_id is None else self._views.record_ids(self._connection_id, self._state)

    def _read_page(self, ids: list[int]) -> None:
        if len(self._records) > MOST_RECORDS:
            self._records.clear()
        self._records.update(dict.fromkeys(ids))
        self._records.update((record.id, record) for record in self._views.by_ids(ids))

    def _change_rows(self, before: list[int], after: list[int]) -> None:
        head = _common_head(before, after)
        tail = _common_tail(before, after, head)
        old, new = set(before[head : len(before) - tail]), set(after[head : len(after) - tail])
        gone, come = _runs(before, old - new), _runs(after, new - old)
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

    def _swap_all(self, after: list[int]) -> None:
        """Change everything at once, taking selection and current row along by their records."""
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        held = [self._ids[index.row()] for index in old]
        self._ids = after
        rows = [self.row_of(record_id) for record_id in held]
        self.changePersistentIndexList(
            old,
            [
                QModelIndex() if row is None else self.index(row, index.column())
                for row, index in zip(rows, old, strict=True)
            ],
        )
        self.layoutChanged.emit()


def _common_head(one: list[int], other: list[int]) -> int:
    """Count the numbers that both begin with, comparing whole stretches at once."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_tail(one: list[int], other: list[int], head: int) -> int:
    """Count the numbers that both end with, beyond the common head."""
    low, high = 0, min(len(one), len(other)) - head
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _runs(ids: list[int], some: set[int]) -> list[tuple[int, int]]:
    """Give the stretches of rows that hold `some` of the numbers."""
    runs: list[tuple[int, int]] = []
    for row in sorted(bisect_left(ids, number) for number in some):
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _icon(record: Record, column: Col) -> object:
    match column:
        case Col.STATE:
            sign = words.record_sign(record.state)
        case Col.CONTACT:
            sign = columns.contact_sign(record)
        case Col.LIST:
            sign = columns.list_sign(record)
        case _:
            return None
    return icons.icon(sign.icon, sign.tone)


def _spoken(record: Record, column: Col, now: float) -> str:
    if column is Col.STATE:
        return columns.sentence(record)
    return f"{columns.title(column)}: {columns.text(record, column, now) or columns.empty()}"
