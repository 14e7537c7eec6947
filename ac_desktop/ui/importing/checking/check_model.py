"""The rows of a staged batch: their numbers in a few bytes each, and pages of the rows themselves, read when shown."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ac_desktop.importing.corrections import edits
from ac_desktop.importing.validation import warnings
from ac_desktop.model import reasons
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.relay.comparison import ComparisonResult
from ac_desktop.store.imports.staged_order import StagedColumn
from ac_desktop.store.queue.record_reader import RecordReader
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting, icons, privacy_mask
from ac_desktop.ui.base.cell_delegate import DISPLAY, NOTHING, STYLE_ROLES, CellStyle, Index
from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.theme import Tone, tone_color
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.importing.checking.cell_marks import CellMark, mark_of
from ac_desktop.ui.importing.checking.corrections import RowChange
from ac_desktop.ui.importing.compare_bar import difference_text
from ac_desktop.ui.importing.field_texts import warning_kind

NO_PARENT: Final = QModelIndex()
PAGE: Final = 40
"""Rows read at once, about as many as are visible: SQLite releases and reacquires the GIL at each row."""
MOST_RECORDS: Final = 100 * PAGE


class CheckCol(IntEnum):
    """The columns."""

    ROW = 0
    STATE = 1
    EMAIL = 2
    FIRST = 3
    LAST = 4
    PHONE = 5
    PAGE = 6
    PROBLEM = 7
    COMPARED = 8


SORTED_BY: Final = {
    CheckCol.ROW: StagedColumn.ROW,
    CheckCol.STATE: StagedColumn.STATE,
    CheckCol.EMAIL: StagedColumn.EMAIL,
    CheckCol.FIRST: StagedColumn.FIRST_NAME,
    CheckCol.LAST: StagedColumn.LAST_NAME,
    CheckCol.PHONE: StagedColumn.PHONE,
    CheckCol.PAGE: StagedColumn.PAGE,
    CheckCol.PROBLEM: StagedColumn.REASON,
}
"""What the rows can be sorted by; how they compare is not stored."""
_FIELDS: Final = {
    CheckCol.EMAIL: "email",
    CheckCol.FIRST: "first_name",
    CheckCol.LAST: "last_name",
    CheckCol.PHONE: "phone",
    CheckCol.PAGE: "page",
}
_COLUMNS: Final = tuple(CheckCol)
_COLORED: Final = frozenset({CheckCol.STATE, CheckCol.PROBLEM, CheckCol.COMPARED})
_AS_IT_IS: Final = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_EDITABLE: Final = _AS_IT_IS | Qt.ItemFlag.ItemIsEditable


class CheckModel(QAbstractTableModel):
    """Shows rows of the store; edited cells are sent by `edit_wanted` and come back when they were checked."""

    edit_wanted = Signal(object)

    def __init__(
        self, views: RecordReader, compared: Callable[[int], ComparisonResult | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._views = views
        self._compared = compared
        self._ids: array[int] = array("q")
        self._records: dict[int, Record | None] = {}
        self._typed: dict[tuple[int, int], str] = {}

    def show(self, ids: "array[int]") -> None:
        """Show other rows."""
        self.beginResetModel()
        self._ids = ids
        self._records.clear()
        self._typed.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Read the rows shown again, as some were checked again."""
        self._records.clear()
        self._typed.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(CheckCol) - 1))

    def refresh_compared(self) -> None:
        """Show what was found since about how the rows compare."""
        if self._ids:
            last = self.index(len(self._ids) - 1, CheckCol.COMPARED)
            self.dataChanged.emit(self.index(0, CheckCol.COMPARED), last)

    @property
    def ids(self) -> "array[int]":
        """The IDs of the rows, in their order; the array is never changed."""
        return self._ids

    def column_with(self, row: int, text: str) -> CheckCol:
        """Return the first column of a row that contains a word of a text; that of the row number where none does."""
        record, words = self.record_at(row), text.casefold().split()
        if record is not None:
            for column in _FIELDS:
                shown = self._text(record, column).casefold()
                if any(word in shown for word in words):
                    return column
        return CheckCol.ROW

    def record_at(self, row: int) -> Record | None:
        """Return the record of a row; None where it is gone."""
        if not 0 <= row < len(self._ids):
            return None
        number = self._ids[row]
        if number not in self._records:
            start = row // PAGE * PAGE
            page = self._ids[start : start + PAGE].tolist()
            if len(self._records) > MOST_RECORDS:
                self._records.clear()
            self._records.update(dict.fromkeys(page))
            self._records.update((record.id, record) for record in self._views.by_ids(page))
        return self._records[number]

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(CheckCol)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title; that of the row numbers is above their last figure."""
        if role == DISPLAY and orientation is Qt.Orientation.Horizontal:
            return self.title(CheckCol(section))
        if role == Qt.ItemDataRole.TextAlignmentRole and section == CheckCol.ROW:
            return _RIGHT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return the flags: the donor's fields are editable where that makes sense."""
        record = self.record_at(index.row())
        if record is None:
            return super().flags(index)
        return _EDITABLE if _COLUMNS[index.column()] in _FIELDS and self.is_editable(record) else _AS_IT_IS

    @staticmethod
    def is_editable(record: Record) -> bool:
        """Whether the donor's fields of a row can be corrected."""
        return edits.can_be_edited(record)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows or says."""
        if role in STYLE_ROLES:
            return self.style(index).of_role(role)
        record = self.record_at(index.row()) if index.isValid() else None
        if record is None:
            return None
        column = _COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.EditRole:
                return self._typed_or_kept(record, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._accessible_text(record, column)
            case Qt.ItemDataRole.ToolTipRole if column in {CheckCol.PROBLEM, CheckCol.COMPARED}:
                return formatting.tip(_masked(self._text(record, column), column)) or None
            case _:
                return None

    def style(self, index: Index) -> CellStyle:
        """Return how a cell is painted."""
        record = self.record_at(index.row()) if index.isValid() else None
        if record is None:
            return NOTHING
        column = _COLUMNS[index.column()]
        text = _masked(self._typed_or_kept(record, column), column)
        if column is CheckCol.STATE:
            label = formatting.record_label(record.state)
            return CellStyle(text, icons.icon(label.icon, label.tone), color=self._color(record, column))
        mark = mark_of(record, _FIELDS[column]) if column in _FIELDS else None
        if mark is None:
            return CellStyle(text, color=self._color(record, column), is_right=column is CheckCol.ROW)
        held = current_colors().held
        ground = held.fill if mark is CellMark.TO_FIX else None
        return CellStyle(text, icons.icon_in(mark.value, held.text), ground=ground, icon_at_end=True)

    def label(self, index: Index) -> StateLabel | None:
        """Return the state that a cell shows as a pill; None for any other cell."""
        record = self.record_at(index.row()) if _COLUMNS[index.column()] is CheckCol.STATE else None
        if record is None:
            return None
        return replace(formatting.record_label(record.state), word=self._state_text(record.state))

    def short_text(self, index: Index) -> str | None:
        """Return the few words that are painted for a reason; None for any other cell."""
        record = self.record_at(index.row()) if _COLUMNS[index.column()] is CheckCol.PROBLEM else None
        return None if record is None else short_problem_text(record)

    def _typed_or_kept(self, record: Record, column: CheckCol) -> str:
        typed = self._typed.get((record.id, column)) if self._typed else None
        return self._text(record, column) if typed is None else typed

    def _color(self, record: Record, column: CheckCol) -> QColor | None:
        if column not in _COLORED:
            return None
        tone = formatting.record_label(record.state).tone
        if column is CheckCol.PROBLEM and record.state is RecordState.WAITING:
            tone = Tone.WARNING
        if column is CheckCol.COMPARED:
            compared = self._compared(record.id)
            tone = formatting.record_label(RecordState.HELD).tone if compared and compared.held else Tone.PLAIN
        return None if tone is Tone.PLAIN else tone_color(tone, QApplication.palette())

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Send an edited cell to be checked; until then it shows what was typed."""
        return role == Qt.ItemDataRole.EditRole and self.set_cells([(index, str(value))])

    def set_cells(self, cells: Sequence[tuple[Index, str]]) -> bool:
        """Send edited cells to be checked, as one step; return whether any of them changes."""
        texts: dict[int, dict[str, str]] = {}
        for index, text in cells:
            record, column = self.record_at(index.row()), CheckCol(index.column())
            if record is not None and column in _FIELDS and text != self._text(record, column):
                self._typed[record.id, column] = text
                texts.setdefault(record.id, {})[_FIELDS[column]] = text
                self.dataChanged.emit(index, index)
        if texts:
            self.edit_wanted.emit(tuple(RowChange(record_id, changed) for record_id, changed in texts.items()))
        return bool(texts)

    def _text(self, record: Record, column: CheckCol) -> str:
        if column in _FIELDS:
            return edits.shown(record.donor, _FIELDS[column])
        match column:
            case CheckCol.ROW:
                return str(record.row)
            case CheckCol.STATE:
                return self._state_text(record.state)
            case CheckCol.COMPARED:
                return difference_text(self._compared(record.id))
            case _:
                return problem_text(record)

    def _state_text(self, state: RecordState) -> str:
        match state:
            case RecordState.WAITING:
                return tr("To send")
            case RecordState.HELD:
                return tr("To fix")
            case _:
                return formatting.record_label(state).word

    def _accessible_text(self, record: Record, column: CheckCol) -> str:
        record = privacy_mask.masked_record(record)
        if column is CheckCol.ROW:
            who = formatting.donor_name(record.donor) or record.donor.email
            row = tr("Row {row}, {who}, {verdict}.", row=record.row, who=who, verdict=self._state_text(record.state))
            return f"{row} {problem_text(record)}".rstrip()
        text = f"{self.title(column)}: {privacy_mask.mask_text(self._text(record, column)) or tr('none')}"
        is_marked = column in _FIELDS and mark_of(record, _FIELDS[column])
        return f"{text}. {problem_text(record)}" if is_marked else text

    def title(self, column: CheckCol) -> str:
        """Return a column's title."""
        return {
            CheckCol.ROW: tr("Row"),
            CheckCol.STATE: tr("Result"),
            CheckCol.EMAIL: tr("Email"),
            CheckCol.FIRST: tr("First name"),
            CheckCol.LAST: tr("Last name"),
            CheckCol.PHONE: tr("Phone"),
            CheckCol.PAGE: tr("Page"),
            CheckCol.PROBLEM: tr("Reason"),
            CheckCol.COMPARED: tr("In ActiveCampaign"),
        }[column]


def _masked(text: str, column: CheckCol) -> str:
    return privacy_mask.mask_word(text) if column in _FIELDS else privacy_mask.mask_text(text)


def problem_text(record: Record) -> str:
    """Return the problem shown beside a row."""
    parts = [privacy_mask.reason_text(record.reason)] if record.reason else []
    parts += [privacy_mask.warning_text(one) for one in warnings.from_json(record.warnings)]
    return " ".join(parts)


def short_problem_text(record: Record) -> str:
    """Return the problem of a row in the few words of its kinds."""
    parts = [reasons.label(record.reason.code)] if record.reason else []
    parts += [warning_kind(one.code) for one in warnings.from_json(record.warnings)]
    return " · ".join(one[:1].upper() + one[1:] for one in parts)
