"""The table of imports: pages of the store, read off the UI thread as far as a person scrolls."""

from enum import IntEnum
from functools import partial
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import escape_control_characters, tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.imports.imports import PAGE, ImportOrder, ImportQuery, KnownImport
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.cell_delegate import Index

_NO_PARENT: Final = QModelIndex()


class ImportCol(IntEnum):
    """The columns of the table of imports."""

    FILE = 0
    CONNECTION = 1
    TIME = 2
    PERSON = 3
    ROWS = 4
    SENT = 5
    WAITING = 6
    HELD = 7
    SKIPPED = 8
    FAILED = 9


ORDERS: Final = {
    ImportCol.FILE: ImportOrder.FILE,
    ImportCol.CONNECTION: ImportOrder.CONNECTION,
    ImportCol.TIME: ImportOrder.TIME,
    ImportCol.PERSON: ImportOrder.PERSON,
    ImportCol.ROWS: ImportOrder.ROWS,
}
_STATES: Final = {
    ImportCol.SENT: RecordState.SENT,
    ImportCol.WAITING: RecordState.WAITING,
    ImportCol.HELD: RecordState.HELD,
    ImportCol.SKIPPED: RecordState.SKIPPED,
    ImportCol.FAILED: RecordState.FAILED,
}


class ImportsModel(QAbstractTableModel):
    """Shows the imports that a query finds; `refreshed` reports that they were read, `failed` that they were not."""

    refreshed = Signal()
    failed = Signal(str)

    def __init__(self, services: Services, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._query = ImportQuery()
        self._imports: list[KnownImport] = []
        self._is_whole = False
        self._turn = 0
        self._is_reading = False
        self._is_stale = False
        self._wants_more = False

    @property
    def query(self) -> ImportQuery:
        """What is shown, and in which order."""
        return self._query

    def choose(self, query: ImportQuery) -> None:
        """Show other imports, or in another order."""
        if query != self._query:
            self._query = query
            self._wants_more = False
            self._read(PAGE)

    def refresh(self) -> None:
        """Read again what is shown; while that is under way, once more after it."""
        if self._is_reading:
            self._is_stale = True
        else:
            self._read(max(PAGE, len(self._imports)))

    def at(self, row: int) -> KnownImport | None:
        """Return the import in a row."""
        return self._imports[row] if 0 <= row < len(self._imports) else None

    def row_of(self, batch_id: int) -> int:
        """Return the row of a batch, -1 where it is not shown."""
        return next((row for row, one in enumerate(self._imports) if one.batch_id == batch_id), -1)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of imports read so far."""
        return 0 if parent.isValid() else len(self._imports)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(ImportCol)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the store has more of them."""
        return not parent.isValid() and not self._is_whole

    def fetchMore(self, parent: Index) -> None:
        """Read the next page; after a reading that is under way, as the view asks once for where it was scrolled to."""
        if not self.canFetchMore(parent):
            return
        self._wants_more = self._is_reading
        if not self._is_reading:
            self._read(PAGE, len(self._imports))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column, and its alignment."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = ImportCol(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return _title(column) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        one = self.at(index.row()) if index.isValid() else None
        if one is None:
            return None
        column = ImportCol(index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return formatting.tip(self._text(one, column))
        return self._text(one, column) if role == Qt.ItemDataRole.DisplayRole else None

    def _text(self, one: KnownImport, column: ImportCol) -> str:
        match column:
            case ImportCol.FILE:
                return escape_control_characters(one.name)
            case ImportCol.CONNECTION:
                return escape_control_characters(one.connection)
            case ImportCol.TIME:
                return formatting.when(one.queued_at, self._services.clock.now())
            case ImportCol.PERSON:
                return escape_control_characters(one.who)
            case ImportCol.ROWS:
                return formatting.count(one.rows)
            case _:
                return formatting.count(one.counts.of(_STATES[column]))

    def _read(self, limit: int, offset: int = 0) -> None:
        self._turn += 1
        self._is_reading, self._is_stale = True, False
        read = partial(self._services.imports.page, self._query, offset, limit)
        self._bridge.run(read, partial(self._show, self._turn, limit, offset), self._fail)

    def _show(self, turn: int, limit: int, offset: int, found: list[KnownImport]) -> None:
        """Show a page; one that was overtaken by a later reading is left out."""
        if turn != self._turn:
            return
        self._is_reading = False
        self._is_whole = len(found) < limit
        if offset:
            self._append(found)
        elif [one.batch_id for one in found] == [one.batch_id for one in self._imports]:
            self._imports = found
            if found:
                self.dataChanged.emit(self.index(0, 0), self.index(len(found) - 1, len(ImportCol) - 1))
        else:
            self.beginResetModel()
            self._imports = found
            self.endResetModel()
        self.refreshed.emit()
        if self._is_stale:
            self.refresh()
        elif self._wants_more:
            self.fetchMore(_NO_PARENT)

    def _append(self, found: list[KnownImport]) -> None:
        known = {one.batch_id for one in self._imports}
        new = [one for one in found if one.batch_id not in known]
        if new:
            self.beginInsertRows(QModelIndex(), len(self._imports), len(self._imports) + len(new) - 1)
            self._imports += new
            self.endInsertRows()

    def _fail(self, error: Exception) -> None:
        self._is_reading = False
        if not isinstance(error, StoreError):
            raise error
        self.failed.emit(str(error))


def _alignment(column: ImportCol) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column >= ImportCol.ROWS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _title(column: ImportCol) -> str:
    if column in _STATES:
        return formatting.record_label(_STATES[column]).word
    titles = {
        ImportCol.FILE: tr("File"),
        ImportCol.CONNECTION: tr("Connection"),
        ImportCol.TIME: tr("Imported"),
        ImportCol.PERSON: tr("By"),
        ImportCol.ROWS: tr("Rows"),
    }
    return titles[column]
