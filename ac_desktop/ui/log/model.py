"""The log's lines: the newest twenty thousand, and no more."""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import islice
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import formatting, icons, privacy_mask
from ac_desktop.ui.base.theme import Tone, tone_color
from ac_desktop.ui.log.lines import LogLevel, LogLine, level_label

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()

MOST_LINES: Final = 20_000
LONGEST_SHOWN: Final = 500
LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1


class LogColumn(IntEnum):
    """The log's columns."""

    TIME = 0
    LEVEL = 1
    DONOR = 2
    TEXT = 3


@dataclass(frozen=True, slots=True)
class LogOrder:
    """The order of the lines; equal ones are in the order in which they came."""

    column: LogColumn = LogColumn.TIME
    descending: bool = False


IN_TIME: Final = LogOrder()
"""The oldest line on top, as it came."""


class LogModel(QAbstractTableModel):
    """A bounded sequence of lines, the oldest first unless a person orders them otherwise."""

    def __init__(self, most: int = MOST_LINES, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._lines: deque[LogLine] = deque()
        self._arrived: deque[LogLine] = deque()
        self._newest: LogLine | None = None
        self._order = IN_TIME

    def replace_all(self, lines: Sequence[LogLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._newest = lines[-1] if lines else None
        self._arrived = deque(lines[-self._most :])
        self._lines = deque(self._in_order(self._arrived))
        self.endResetModel()

    def append(self, lines: Sequence[LogLine]) -> None:
        """Append new lines; the oldest are dropped beyond the limit."""
        fresh = sorted(lines[-self._most :], key=_time)
        if not fresh:
            return
        self._newest = lines[-1]
        if self._order != IN_TIME or (self._lines and fresh[0].at < self._lines[-1].at):
            self._put_in_order(fresh)
            return
        too_many = len(self._lines) + len(fresh) - self._most
        if too_many > 0:
            self.beginRemoveRows(QModelIndex(), 0, too_many - 1)
            for _ in range(too_many):
                self._lines.popleft()
                self._arrived.popleft()
            self.endRemoveRows()
        first = len(self._lines)
        self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
        self._lines.extend(fresh)
        self._arrived.extend(fresh)
        self.endInsertRows()

    @property
    def order(self) -> LogOrder:
        """The order of the lines."""
        return self._order

    def choose_order(self, order: LogOrder) -> None:
        """Order the lines otherwise; cursor and selection stay with their lines."""
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        held = [self._lines[index.row()] for index in old]
        self._order = order
        self._lines = deque(self._in_order(self._arrived))
        rows = {id(line): row for row, line in enumerate(self._lines)}
        fresh = [self.index(rows[id(line)], index.column()) for line, index in zip(held, old, strict=True)]
        self.changePersistentIndexList(old, fresh)
        self.layoutChanged.emit()

    def _in_order(self, lines: Iterable[LogLine]) -> list[LogLine]:
        return sorted(lines, key=self._key, reverse=self._order.descending)

    def _key(self, line: LogLine) -> tuple[str, float]:
        column = self._order.column
        return ("" if column is LogColumn.TIME else _text(line, column).casefold(), line.at)

    def _put_in_order(self, fresh: Sequence[LogLine]) -> None:
        """Insert each line where the order has it; the oldest are dropped beyond the limit."""
        for line in fresh:
            at = self._place_of(line)
            self.beginInsertRows(QModelIndex(), at, at)
            self._lines.insert(at, line)
            self._arrived.append(line)
            self.endInsertRows()
        while len(self._arrived) > self._most:
            oldest = self._arrived.popleft()
            at = next(row for row, line in enumerate(self._lines) if line is oldest)
            self.beginRemoveRows(QModelIndex(), at, at)
            del self._lines[at]
            self.endRemoveRows()

    def _place_of(self, line: LogLine) -> int:
        """Return the row at which a line belongs, behind those that are equal."""
        if self._order.descending:
            upwards = list(reversed(self._lines))
            return len(upwards) - bisect_left(upwards, self._key(line), key=self._key)
        return bisect_right(self._lines, self._key(line), key=self._key)

    def line(self, row: int) -> LogLine:
        """Return a line."""
        return self._lines[row]

    def newest(self) -> LogLine | None:
        """Return the line that came last."""
        return self._newest

    def last_row_of(self, record_id: int) -> int | None:
        """Return the newest line of a record."""
        newest = next((line for line in reversed(self._arrived) if line.record_id == record_id), None)
        return next((row for row, line in enumerate(self._lines) if line is newest), None) if newest else None

    def lines(self) -> list[LogLine]:
        """Return all lines."""
        return list(islice(self._lines, len(self._lines)))

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(LogColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            titles = (tr("Time"), tr("Kind"), tr("Donor"), tr("What happened"))
            return titles[section] if section < len(titles) else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows or says."""
        if not index.isValid():
            return None
        line, column = _masked(self._lines[index.row()]), LogColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(line, column)
            case Qt.ItemDataRole.DecorationRole if column is LogColumn.LEVEL:
                label = level_label(line.level)
                return icons.icon(label.icon, label.tone)
            case Qt.ItemDataRole.ForegroundRole:
                tone = _tone(line, column)
                return tone and tone_color(tone, QApplication.palette())
            case Qt.ItemDataRole.ToolTipRole:
                return formatting.exact(line.at) if column is LogColumn.TIME else formatting.tip(line.text)
            case Qt.ItemDataRole.AccessibleTextRole if column is LogColumn.TIME:
                return ", ".join(text for column in LogColumn if (text := _text(line, column)))
            case Qt.ItemDataRole.AccessibleTextRole:
                return _text(line, column) or tr("none")
            case _:
                return line if role == LINE_ROLE else None


def _masked(line: LogLine) -> LogLine:
    if not privacy_mask.is_masked():
        return line
    return replace(line, donor=privacy_mask.mask_text(line.donor), text=privacy_mask.mask_text(line.text))


def _tone(line: LogLine, column: LogColumn) -> Tone | None:
    match column:
        case LogColumn.TIME:
            return Tone.QUIET
        case LogColumn.LEVEL:
            return level_label(line.level).tone
        case LogColumn.TEXT if line.level is LogLevel.PROBLEM:
            return Tone.PROBLEM
        case _:
            return None


def _text(line: LogLine, column: LogColumn) -> str:
    match column:
        case LogColumn.TIME:
            return formatting.clock_time(line.at)
        case LogColumn.LEVEL:
            return level_label(line.level).word
        case LogColumn.DONOR:
            return line.donor
        case LogColumn.TEXT:
            return line.text if len(line.text) <= LONGEST_SHOWN else line.text[: LONGEST_SHOWN - 1] + "…"


def _time(line: LogLine) -> float:
    return line.at


class LogFilter(QSortFilterProxyModel):
    """Excludes levels that are switched off, and lines without the filter's text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._levels = frozenset(LogLevel)
        self._text = ""

    def choose(self, levels: frozenset[LogLevel], text: str) -> None:
        """Show these levels, and lines that contain this text."""
        self._levels, self._text = levels, text.casefold()
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Return whether a line is shown."""
        source = self.sourceModel()
        if not isinstance(source, LogModel) or source_parent.isValid():
            return False
        line = source.line(source_row)
        if line.level not in self._levels:
            return False
        return not self._text or self._text in f"{line.donor} {line.text}".casefold()
