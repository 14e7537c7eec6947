"""The first rows of a file as a table: titles and totals in gray, the header row marked."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from ac_desktop.importing.detection.preview import Preview, PreviewRow, RowKind
from ac_desktop.model.wording import escape_control_characters, tr
from ac_desktop.ui.base import privacy_mask
from ac_desktop.ui.base.cell_delegate import DISPLAY, STYLE_ROLES, CellStyle, Index
from ac_desktop.ui.base.theme import Tone, tint, tone_color

NO_PARENT = QModelIndex()


class PreviewModel(QAbstractTableModel):
    """Shows rows as a spreadsheet numbers them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PreviewRow, ...] = ()
        self._header: tuple[str, ...] = ()
        self._widest = 0

    def show(self, preview: Preview | None) -> None:
        """Show another preview."""
        rows = preview.rows if preview else ()
        header = preview.header if preview else ()
        if (rows, header) == (self._rows, self._header):
            return
        self.beginResetModel()
        self._rows, self._header = rows, header
        self._widest = max((len(row.cells) for row in rows), default=0)
        self.endResetModel()

    def show_again(self) -> None:
        """Show the same again, as the privacy mask has changed."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def number_at(self, row: int) -> int:
        """Return the number that a spreadsheet shows for a row; 0 for none."""
        return self._rows[row].number if 0 <= row < len(self._rows) else 0

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns of the widest row."""
        return 0 if parent.isValid() else self._widest

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row numbers as spreadsheets do, and the columns' names as far as they are known."""
        if role != DISPLAY:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(self.number_at(section))
        heading = privacy_mask.mask_text(self._header[section]) if section < len(self._header) else str(section + 1)
        return escape_control_characters(" ".join(heading.split()))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows or says."""
        if not index.isValid():
            return None
        if role in STYLE_ROLES:
            return self.style(index).of_role(role)
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._kind(row.kind)}: {_text(row, index.column())}"
        return None

    def style(self, index: Index) -> CellStyle:
        """Return how a cell is painted."""
        row = self._rows[index.row()]
        text = _text(row, index.column())
        if row.kind is RowKind.DONOR:
            return CellStyle(text)
        is_beside = row.kind in {RowKind.TITLE, RowKind.TRAILER}
        is_header = row.kind is RowKind.HEADER
        font, palette = QFont(), QApplication.palette()
        font.setBold(is_header)
        font.setItalic(is_beside)
        return CellStyle(
            text,
            color=tone_color(Tone.QUIET, palette) if is_beside else None,
            ground=tint(Tone.NOTE, palette) if is_header else None,
            font=font,
        )

    def _kind(self, kind: RowKind) -> str:
        return {
            RowKind.TITLE: tr("title row"),
            RowKind.HEADER: tr("header row"),
            RowKind.DONOR: tr("donor"),
            RowKind.BLANK: tr("blank row"),
            RowKind.TRAILER: tr("totals row"),
        }[kind]


def _text(row: PreviewRow, column: int) -> str:
    cell = row.cells[column] if column < len(row.cells) else ""
    cell = privacy_mask.mask_text(cell) if row.kind is RowKind.HEADER else privacy_mask.mask_word(cell)
    return escape_control_characters(" ".join(cell.split()))
