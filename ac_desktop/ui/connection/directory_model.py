"""The connections as a table."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import formatting, icons
from ac_desktop.ui.connection.connection_service import SavedConnection

COL_NAME: Final = 0
COL_STATE: Final = 1
COL_WAITING: Final = 2
COL_LAST: Final = 3
COL_ACCOUNT: Final = 4
COL_LIST: Final = 5

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class DirectoryModel(QAbstractTableModel):
    """Name, state, waiting donors, last relay, account and list of each connection."""

    def __init__(self, now: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.rows: tuple[SavedConnection, ...] = ()
        self._header = (
            tr("Connection"),
            tr("State"),
            tr("Waiting"),
            tr("Last relay"),
            tr("Account"),
            tr("List"),
        )
        self._text: dict[int, Callable[[SavedConnection], str]] = {
            COL_NAME: lambda kept: kept.connection.name,
            COL_STATE: lambda kept: formatting.connection_label(kept.connection.state).word,
            COL_WAITING: lambda kept: formatting.count(kept.counts.waiting),
            COL_LAST: self._last,
            COL_ACCOUNT: lambda kept: kept.connection.host,
            COL_LIST: lambda kept: formatting.list_text(kept.connection),
        }

    def show_rows(self, rows: Sequence[SavedConnection]) -> None:
        """Show the connections as they are now; where only values changed, no row moves."""
        before, self_ids = self.rows, [kept.connection.id for kept in self.rows]
        if tuple(rows) == before:
            return
        if [kept.connection.id for kept in rows] == self_ids:
            self.rows = tuple(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, COL_LIST))
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def row_of(self, connection_id: int | None) -> int:
        """Return a connection's row; -1 where it is not shown."""
        ids = [kept.connection.id for kept in self.rows]
        return ids.index(connection_id) if connection_id in ids else -1

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of connections."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._header)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._header):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._header[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, its icon or the whole row as one sentence."""
        if not index.isValid():
            return None
        kept, column = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text[column](kept)
            case Qt.ItemDataRole.DecorationRole if column == COL_STATE:
                label = formatting.connection_label(kept.connection.state)
                return icons.icon(label.icon, label.tone)
            case Qt.ItemDataRole.AccessibleTextRole if column == COL_NAME:
                return self._sentence(kept)
            case Qt.ItemDataRole.ToolTipRole if column == COL_LAST and kept.last_relay is not None:
                return formatting.exact(kept.last_relay)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case _:
                return None

    def _last(self, kept: SavedConnection) -> str:
        return tr("never") if kept.last_relay is None else formatting.when(kept.last_relay, self._now())

    def _sentence(self, kept: SavedConnection) -> str:
        return tr(
            "{name}, {state}, {waiting} waiting, last relay {last}",
            name=kept.connection.name,
            state=self._text[COL_STATE](kept),
            waiting=self._text[COL_WAITING](kept),
            last=self._last(kept),
        )


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == COL_WAITING else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
