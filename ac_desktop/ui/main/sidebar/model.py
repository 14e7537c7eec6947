"""The sidebar's rows as a list model; counts that change keep the rows, the cursor and the scroll position."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ac_desktop.ui.main.sidebar.rows import ConnectionRow, SidebarRow, StateRow, WorkstationRow

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1


class SidebarModel(QAbstractListModel):
    """Holds the rows shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SidebarRow, ...] = ()

    def show_rows(self, rows: Sequence[SidebarRow]) -> bool:
        """Show other rows; return whether there are other things in them, not only other counts."""
        before, self._rows = self._rows, tuple(rows)
        if [_key(row) for row in before] != [_key(row) for row in rows]:
            self._rows = before
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()
            return True
        for at, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(at), self.index(at))
        return False

    def row_at(self, index: Index) -> SidebarRow | None:
        """Return a row; None where there is none."""
        at = index.row()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def place_of_chosen(self) -> int:
        """Return the row of the chosen state, else of the chosen connection; -1 where none is chosen."""
        chosen = [at for at, row in enumerate(self._rows) if row.is_chosen]
        return chosen[-1] if chosen else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label.word if isinstance(row, StateRow) else row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return None if isinstance(row, StateRow) else row.spoken
        return row if role == ROW_ROLE else None


def _key(row: SidebarRow) -> tuple[str, object]:
    match row:
        case StateRow():
            return "state", row.state
        case WorkstationRow():
            return "workstation", (row.name, row.person)
        case ConnectionRow():
            return "connection", row.connection_id
