"""A table of rows that are read whole and anew, such as the workstations and the people of an office."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its title, and the text of a row's cell."""

    title: str
    text: Callable[[Row], str]


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Shows the rows; `name_of` tells them apart, and `sentence` is what a screen reader says of one."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        name_of: Callable[[Row], object],
        sentence: Callable[[Row], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self.name_of = name_of
        self._sentence = sentence
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show the rows as they are now; where only values changed, no row moves."""
        before, self.rows = self.rows, tuple(rows)
        if self.rows == before:
            return
        if [self.name_of(row) for row in before] == [self.name_of(row) for row in self.rows]:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self._columns) - 1))
            return
        shown, self.rows = self.rows, before
        self.beginResetModel()
        self.rows = shown
        self.endResetModel()

    def row_of(self, name: object) -> int:
        """Return the place of a row; -1 where it is not shown."""
        names = [self.name_of(row) for row in self.rows]
        return names.index(name) if name in names else -1

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._columns[section].title
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, or the whole row as one sentence."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._columns[index.column()].text(row)
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == 0:
                return self._sentence(row)
            case _:
                return None


class RowsTable(QTableView, Generic[Row]):
    """The table over it, of which one row is chosen; what is chosen stays so while rows come and go."""

    def __init__(self, model: RowsModel[Row], name: str, rows_shown: int) -> None:
        super().__init__()
        self.rows_model = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)
        row = self.fontMetrics().height() * 3 // 2
        self.setIconSize(QSize(self.fontMetrics().height(), self.fontMetrics().height()))
        self.verticalHeader().setDefaultSectionSize(row)
        self.setMinimumHeight(row * (rows_shown + 1))

    @property
    def chosen(self) -> Row | None:
        """The row in focus."""
        row = self.currentIndex().row()
        return self.rows_model.rows[row] if 0 <= row < len(self.rows_model.rows) else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show the rows as they are now."""
        chosen = self.chosen
        here = None if chosen is None else self.rows_model.name_of(chosen)
        self.rows_model.show_rows(rows)
        place = max(self.rows_model.row_of(here), 0)
        if rows and self.currentIndex().row() != place:
            self.setCurrentIndex(self.rows_model.index(place, 0))
