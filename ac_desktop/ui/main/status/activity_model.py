"""The activity chart's figures as a table, the newest part first, for reading and for screen readers."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ac_desktop.model.wording import tr
from ac_desktop.store.history.activity import LAST_DAYS, ActivityBar, ActivitySpan
from ac_desktop.ui.base import formatting
from ac_desktop.ui.main.status.activity_texts import bar_text, part_word, span_word

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
COLUMNS: Final = 4
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ActivityModel(QAbstractTableModel):
    """A row for each part of the period."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._span = LAST_DAYS
        self._bars: tuple[ActivityBar, ...] = ()

    def show_bars(self, span: ActivitySpan, bars: Sequence[ActivityBar]) -> None:
        """Show other figures, oldest first."""
        self.beginResetModel()
        self._span, self._bars = span, tuple(reversed(bars))
        self.endResetModel()

    def bar(self, row: int) -> ActivityBar | None:
        """Return the part in a row."""
        return self._bars[row] if 0 <= row < len(self._bars) else None

    def row_at(self, at: float) -> int:
        """Return the row of the part that begins at a time; -1 where there is none."""
        return next((row for row, bar in enumerate(self._bars) if bar.at == at), -1)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._bars)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or section >= COLUMNS:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return _RIGHT
        if role == Qt.ItemDataRole.DisplayRole:
            return (span_word(self._span), tr("Sent"), tr("Held"), tr("Failed"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows or says."""
        bar = self.bar(index.row()) if index.isValid() else None
        if bar is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole if not index.column():
                return part_word(self._span, bar)
            case Qt.ItemDataRole.DisplayRole:
                return formatting.count((bar.sent, bar.held, bar.failed)[index.column() - 1])
            case Qt.ItemDataRole.TextAlignmentRole if index.column():
                return _RIGHT
            case Qt.ItemDataRole.AccessibleTextRole if not index.column():
                return bar_text(self._span, bar)
            case _:
                return None
