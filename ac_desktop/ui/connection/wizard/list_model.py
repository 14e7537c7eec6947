"""The account's lists as a table."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRegularExpression,
    QSortFilterProxyModel,
    Qt,
)

from ac_desktop.model.outside import number
from ac_desktop.model.wording import tr
from ac_desktop.relay.account_check import AccountList

COL_NAME: Final = 0
COL_NUMBER: Final = 1
COL_SUBSCRIBERS: Final = 2
SORT_ROLE: Final = Qt.ItemDataRole.UserRole
ID_ROLE: Final = Qt.ItemDataRole.UserRole + 1
FILTER_ROLE: Final = Qt.ItemDataRole.UserRole + 2
NUMBERS: Final = (COL_NUMBER, COL_SUBSCRIBERS)

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class ListModel(QAbstractTableModel):
    """Name, number and active subscribers of each list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lists: tuple[AccountList, ...] = ()
        self._header = (tr("Name"), tr("ID"), tr("Active subscribers"))
        self._text: dict[int, Callable[[AccountList], str]] = {
            COL_NAME: lambda one: one.name,
            COL_NUMBER: lambda one: str(one.id),
            COL_SUBSCRIBERS: _subscribers,
        }
        self._sort: dict[int, Callable[[AccountList], object]] = {
            COL_NAME: lambda one: one.name.casefold(),
            COL_NUMBER: _number,
            COL_SUBSCRIBERS: lambda one: -1 if one.active_subscribers is None else one.active_subscribers,
        }

    @property
    def lists(self) -> tuple[AccountList, ...]:
        """The lists shown."""
        return self._lists

    def show_lists(self, lists: Sequence[AccountList]) -> None:
        """Show other lists; the same ones change nothing."""
        if tuple(lists) == self._lists:
            return
        self.beginResetModel()
        self._lists = tuple(lists)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of lists."""
        return 0 if parent.isValid() else len(self._lists)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._header)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._header):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._header[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, its sort value or the list's number."""
        if not index.isValid():
            return None
        one, column = self._lists[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text[column](one)
            case Qt.ItemDataRole.AccessibleTextRole if column == COL_NAME:
                return tr("{name}, ID {number}", name=one.name, number=one.id)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case _ if role == SORT_ROLE:
                return self._sort[column](one)
            case _ if role == ID_ROLE:
                return str(one.id)
            case _ if role == FILTER_ROLE:
                return f"{one.name} {one.id}".replace("\n", " ")
            case _:
                return None


class ListFilter(QSortFilterProxyModel):
    """Shows the lists whose name or number contains every word of the filter."""

    def __init__(self, model: ListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSourceModel(model)
        self.setFilterKeyColumn(COL_NAME)
        self.setFilterRole(FILTER_ROLE)
        self.setSortRole(SORT_ROLE)
        self.sort(COL_NAME)

    def narrow(self, text: str) -> None:
        """Show only what contains every word of `text`."""
        words = "".join(f"(?=.*{QRegularExpression.escape(word)})" for word in text.split())
        self.setFilterRegularExpression(
            QRegularExpression(f"^{words}", QRegularExpression.PatternOption.CaseInsensitiveOption)
        )

    def row_of(self, list_id: str) -> int:
        """Return the row that shows a list; -1 where it is not shown."""
        rows = range(self.rowCount())
        return next((row for row in rows if self.index(row, COL_NAME).data(ID_ROLE) == list_id), -1)


def _subscribers(one: AccountList) -> str:
    return "" if one.active_subscribers is None else QLocale().toString(one.active_subscribers)


def _number(one: AccountList) -> int:
    return number(one.id) or 0


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
