"""The log's lines: the newest twenty thousand, and no more."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
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


class LogModel(QAbstractTableModel):
    """A bounded sequence of lines, the oldest first."""

    def __init__(self, most: int = MOST_LINES, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._lines: deque[LogLine] = deque()

    def replace_all(self, lines: Sequence[LogLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = deque(lines, self._most)
        self._lines = deque(self._lines)
        self.endResetModel()

    def append(self, lines: Sequence[LogLine]) -> None:
        """Append new lines; the oldest are dropped beyond the limit."""
        fresh = lines[-self._most :]
        if not fresh:
            return
        too_many = len(self._lines) + len(fresh) - self._most
        if too_many > 0:
            self.beginRemoveRows(QModelIndex(), 0, too_many - 1)
            for _ in range(too_many):
                self._lines.popleft()
            self.endRemoveRows()
        first = len(self._lines)
        self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
        self._lines.extend(fresh)
        self.endInsertRows()

    def line(self, row: int) -> LogLine:
        """Return a line."""
        return self._lines[row]

    def last_row_of(self, record_id: int) -> int | None:
        """Return the newest line of a record."""
        newest_first = enumerate(reversed(self._lines))
        back = next((at for at, line in newest_first if line.record_id == record_id), None)
        return None if back is None else len(self._lines) - 1 - back

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
            case Qt.ItemDataRole.ForegroundRole if column is LogColumn.LEVEL or line.level is LogLevel.PROBLEM:
                return tone_color(level_label(line.level).tone, QApplication.palette())
            case Qt.ItemDataRole.ForegroundRole if column is LogColumn.TIME:
                return tone_color(Tone.QUIET, QApplication.palette())
            case Qt.ItemDataRole.ToolTipRole:
                return formatting.exact(line.at) if column is LogColumn.TIME else formatting.tip(line.text)
            case Qt.ItemDataRole.AccessibleTextRole if column is LogColumn.TIME:
                return " ".join(_text(line, column) for column in LogColumn)
            case _:
                return line if role == LINE_ROLE else None


def _masked(line: LogLine) -> LogLine:
    if not privacy_mask.is_masked():
        return line
    return replace(line, donor=privacy_mask.mask_text(line.donor), text=privacy_mask.mask_text(line.text))


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
