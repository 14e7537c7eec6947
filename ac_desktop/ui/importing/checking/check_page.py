"""The Check page: what will happen to each row, by kind, and every row to read and to correct."""

from array import array
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from ac_desktop.importing.corrections.known_pages import read_known_pages
from ac_desktop.importing.validation.warnings import WarningCode
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.imports.staged_order import StagedOrder
from ac_desktop.store.imports.staging import StagedKinds
from ac_desktop.ui.base import icons, privacy_mask
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.visual.kinds import HeadingKind, set_heading_kind
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_M, SPACE_S, scaled
from ac_desktop.ui.importing.checking.alike import AlikeNotice, AlikeRows, alike_rows, suggested
from ac_desktop.ui.importing.checking.cell_suggestions import CellSuggestions
from ac_desktop.ui.importing.checking.check_bar import CheckBar
from ac_desktop.ui.importing.checking.check_delegate import CheckDelegate
from ac_desktop.ui.importing.checking.check_model import SORTED_BY, CheckCol, CheckModel, problem_text
from ac_desktop.ui.importing.checking.check_table import CheckTable
from ac_desktop.ui.importing.checking.check_texts import account_text, seen_text
from ac_desktop.ui.importing.checking.corrections import RowChange, RowCorrections
from ac_desktop.ui.importing.checking.kinds_list import ALL_ROWS, WITH_PROBLEM, KindsList, SimilarRows
from ac_desktop.ui.importing.checking.row_menu import RowMenu
from ac_desktop.ui.importing.checking.row_reader import RowReader, RowsToFind, ShownRows
from ac_desktop.ui.importing.checking.sentence_label import SentenceLabel
from ac_desktop.ui.importing.compare_bar import CompareBar
from ac_desktop.ui.importing.comparison import CompareStage, ComparisonRunner
from ac_desktop.ui.importing.import_state import CheckedTable, ImportStage, ImportState
from ac_desktop.ui.importing.unread_notice import UnreadNotice

_WIDTHS: Final = {
    CheckCol.ROW: 7,
    CheckCol.STATE: 16,
    CheckCol.EMAIL: 28,
    CheckCol.FIRST: 13,
    CheckCol.LAST: 14,
    CheckCol.PHONE: 15,
    CheckCol.PAGE: 14,
    CheckCol.PROBLEM: 22,
    CheckCol.COMPARED: 34,
}
_KINDS_DIGITS: Final = 30
_NARROW_DIGITS: Final = 100
"""Below this width the kinds of rows are a box in the bar: the table needs the room."""
_LOW_LINES: Final = 24
"""Below this height the rows are dense, and what explains takes one line."""


class CheckPage(QWidget):
    """Shows a staged batch, whose rows are corrected here; `chosen_new` carries which rows are queued."""

    chosen_new = Signal(bool)

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        comparing: ComparisonRunner,
        corrections: RowCorrections,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._comparing = comparing
        self._corrections = corrections
        self._connection_id = 0
        self.compare = CompareBar(comparing)
        self.seen = small_label("")
        self.only_new = QCheckBox(tr("Add only &new rows to queue"))
        self.message = small_label("")
        self.unread = UnreadNotice()
        self.kinds = KindsList()
        self.bar = CheckBar(self.kinds.box, self.compare.button)
        self.search, self.only_problems = self.bar.search, self.bar.only_problems
        self.undo, self.redo = self.bar.undo, self.bar.redo
        self.take_suggestion = QPushButton()
        self.alike = AlikeNotice()
        self.why = SentenceLabel()
        self.model = CheckModel(services.record_reader, comparing.of, self)
        self.table = CheckTable()
        self._delegate = CheckDelegate(self.model.style, self.model.label, self.model.short_text, self.table)
        self.table.setModel(self.model)
        self.table.setItemDelegate(self._delegate)
        self.suggestions = CellSuggestions(self.table, self.model, self._delegate.end_editing)
        self.row_menu = RowMenu(self.table, self.model, self.alike, corrections)
        self.reader = RowReader(services, bridge, comparing, self)
        self._checked: CheckedTable | None = None
        self._kinds = StagedKinds()
        self._wanted = ShownRows()
        self._shown: ShownRows | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.table.use_suggestions(self.suggestions)
        self._delegate.use_suggestions(self.suggestions)
        self.table.setIconSize(icons.size_for(self))
        self.table.setAccessibleName(tr("Rows of the file"))
        header = self.table.horizontalHeader()
        for column in (CheckCol.PROBLEM, CheckCol.COMPARED):
            header.moveSection(header.visualIndex(column), header.visualIndex(CheckCol.EMAIL))
        header.setSectionHidden(CheckCol.COMPARED, True)  # noqa: FBT003  Qt takes it by position
        header.setStretchLastSection(True)
        set_heading_kind(header, HeadingKind.WIDE)
        digit = self.fontMetrics().horizontalAdvance("0")
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, digit * width)
        layout = QVBoxLayout(self)
        margin = scaled(SPACE_L, self)
        layout.setContentsMargins(margin, 0, margin, 0)
        for widget in (self.seen, self.only_new, self.unread):
            layout.addWidget(widget)
        split = QSplitter(Qt.Orientation.Horizontal)
        layout.addWidget(split, 1)
        split.setChildrenCollapsible(False)
        right = QWidget()
        split.addWidget(self.kinds)
        split.addWidget(right)
        within = QVBoxLayout(right)
        self._within = within
        within.setContentsMargins(0, 0, 0, 0)
        within.setSpacing(scaled(SPACE_S, self))
        below = QHBoxLayout()
        below.addWidget(self.why, 1)
        below.addWidget(self.take_suggestion)
        for part in (self.alike, self.bar, self.compare):
            within.addWidget(part)
        within.addWidget(self.table, 1)
        within.addLayout(below)
        split.setStretchFactor(1, 1)
        split.setSizes([digit * _KINDS_DIGITS, digit * 120])

    def _connect(self) -> None:
        self.kinds.currentItemChanged.connect(self._choose_kind)
        self.only_problems.toggled.connect(self._choose_problems)
        self.only_new.toggled.connect(self.chosen_new)
        self.alike.fix_wanted.connect(self._fix_alike)
        self.model.edit_wanted.connect(self._corrections.correct)
        self.undo.clicked.connect(self._corrections.undo)
        self.redo.clicked.connect(self._corrections.redo)
        self._corrections.changed.connect(self._name_steps)
        self._name_steps()
        self.compare.wanted.connect(self._compare)
        self._comparing.changed.connect(self._show_compared)
        self.search.wanted.connect(self._search)
        self.search.chosen.connect(self._go_to_row)
        self.search.left.connect(self.table.setFocus)
        self.table.horizontalHeader().sectionClicked.connect(self._choose_order)
        self.table.menu_wanted.connect(self.row_menu.open_at)
        self.row_menu.order_chosen.connect(self.choose_order)
        self.row_menu.suggestion_taken.connect(self._apply_suggestion)
        self.take_suggestion.clicked.connect(self._apply_suggestion)
        self.table.selectionModel().currentChanged.connect(self._offer_suggestion)
        self._offer_suggestion()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the rows where there is little of it."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        is_narrow = self.width() < metrics.horizontalAdvance("0") * _NARROW_DIGITS
        is_low = self.height() < metrics.lineSpacing() * _LOW_LINES
        self.kinds.setHidden(is_narrow)
        self.bar.show_kinds(shown=is_narrow)
        self._within.setContentsMargins(0 if is_narrow else scaled(SPACE_M, self), 0, 0, 0)
        self.table.set_dense(dense=is_low)
        self.alike.set_one_line(one_line=is_low)
        self.why.set_one_line(one_line=is_low)

    def show_state(self, state: ImportState) -> None:
        """Show a staged batch, or the result of an edit."""
        checked = state.checked
        if state.stage is ImportStage.QUEUEING:
            self._comparing.stop()
        if checked is self._checked:
            return
        self._checked = checked
        if checked is None:
            self._wanted, self._shown = ShownRows(), None
            self.reader.forget()
            self._comparing.forget()
            self.model.show(array("q"))
            return
        self._show_seen(checked)
        self.message.setText(account_text(checked))
        self.unread.show_columns(checked.staged.unread_columns)
        if checked.staged.batch_id != self._wanted.batch_id:
            self._begin(checked.staged.batch_id, state.connection_id)
        self._kinds = checked.kinds
        self._list_kinds()
        connection = self._services.connections.get(self._connection_id)
        self.compare.show_waiting(connection, checked.kinds.counts.waiting)
        self._read_ids()
        self._look_for_alike(checked)

    def _begin(self, batch_id: int, connection_id: int) -> None:
        """Show another batch: all its rows, in the order of the file."""
        self._wanted, self._connection_id = ShownRows(batch_id), connection_id
        self._mark_order()
        self._comparing.forget()
        self.alike.forget()
        self.search.forget()
        self.suggestions.offer_pages(())
        connection = self._services.connections.get(connection_id)
        if connection is not None:
            read = partial(read_known_pages, self._services.database, connection)
            self._bridge.run(read, partial(self._offer_pages, batch_id))
        with QSignalBlocker(self.only_problems):
            self.only_problems.setChecked(False)

    def _offer_pages(self, batch_id: int, pages: tuple[str, ...]) -> None:
        if batch_id == self._wanted.batch_id:
            self.suggestions.offer_pages(pages)

    def _look_for_alike(self, checked: CheckedTable) -> None:
        if WarningCode.EMAIL_SUGGESTION.value in checked.kinds.warnings:
            look = partial(alike_rows, self._services, checked.staged.batch_id)
            self._bridge.run(look, partial(self._show_alike, checked))
        else:
            self.alike.show_rows(())

    def _show_alike(self, checked: CheckedTable, found: tuple[AlikeRows, ...]) -> None:
        if checked is self._checked:
            self.alike.show_rows(found)

    def _fix_alike(self, changes: tuple[RowChange, ...]) -> None:
        self.table.setFocus()
        self._corrections.correct(changes)

    def rows_edited(self, record_ids: tuple[int, ...]) -> None:
        """Show what the check made of corrected rows, and of others of the same donors."""
        for record_id in record_ids:
            self._comparing.forget_row(record_id)
        self.model.refresh()
        self.search.ask_again()
        self._offer_suggestion()

    def _name_steps(self) -> None:
        self.undo.setEnabled(self._corrections.can_undo)
        self.redo.setEnabled(self._corrections.can_redo)

    def show_again(self) -> None:
        """Show the same again, as the privacy mask has changed."""
        self.unread.show_again()
        self.model.refresh()
        self._offer_suggestion()

    def _show_seen(self, checked: CheckedTable) -> None:
        self.seen.setVisible(bool(checked.unchanged))
        self.only_new.setVisible(bool(checked.unchanged))
        self.seen.setText(seen_text(checked))
        with QSignalBlocker(self.only_new):
            self.only_new.setChecked(checked.only_new)

    def _list_kinds(self) -> None:
        is_known = self._comparing.stage not in {CompareStage.REST, CompareStage.RUNNING}
        self.kinds.show_kinds(self._kinds, self._comparing.counts if is_known else {}, self._wanted.wanted)

    def _choose_kind(self, *_: object) -> None:
        wanted = self.kinds.wanted
        if wanted is not None:
            with QSignalBlocker(self.only_problems):
                self.only_problems.setChecked(wanted == WITH_PROBLEM)
            self._wanted = self._wanted.of(wanted)
            self._read_ids()

    def _choose_problems(self, problems: bool) -> None:  # noqa: FBT001  a signal's argument
        self._wanted = self._wanted.of(WITH_PROBLEM if problems else ALL_ROWS)
        self.kinds.choose(self._wanted.wanted)
        self._read_ids()

    def choose_order(self, order: StagedOrder | None) -> None:
        """Show the rows in another order; without one, in that of the file."""
        self._wanted = replace(self._wanted, order=order)
        self._mark_order()
        self._read_ids()

    def _choose_order(self, section: int) -> None:
        """Sort upwards, then downwards, then as in the file again."""
        column, order = SORTED_BY.get(CheckCol(section)), self._wanted.order
        if column is None:
            self._mark_order()
        elif order is None or order.column is not column:
            self.choose_order(StagedOrder(column))
        else:
            self.choose_order(None if order.is_descending else StagedOrder(column, is_descending=True))

    def _mark_order(self) -> None:
        order = self._wanted.order
        self.row_menu.show_order(order)
        section = next((one for one, column in SORTED_BY.items() if order and order.column is column), -1)
        is_down = order is not None and order.is_descending
        direction = Qt.SortOrder.DescendingOrder if is_down else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(section, direction)

    def _read_ids(self) -> None:
        """Read which rows are shown, unless they are known; a row that was corrected stays visible, at its place."""
        if not self._wanted.batch_id or self._shown == self._wanted:
            self.model.refresh()
        else:
            self.reader.read(self._wanted, self._show_ids)

    def _compare(self) -> None:
        self._comparing.start(self._connection_id, self._wanted.batch_id)

    def _show_compared(self) -> None:
        stage = self._comparing.stage
        self.table.horizontalHeader().setSectionHidden(CheckCol.COMPARED, stage is CompareStage.REST)
        is_open = stage in {CompareStage.REST, CompareStage.RUNNING}
        if is_open and isinstance(self._wanted.wanted, SimilarRows):
            self._wanted = self._wanted.of(ALL_ROWS)
            self._read_ids()
        if stage is not CompareStage.RUNNING and self._wanted.batch_id:
            self._list_kinds()
        self.model.refresh_compared()

    def _show_ids(self, shown: ShownRows, ids: "array[int]") -> None:
        if shown == self._wanted:
            self._shown = shown
            self.model.show(ids)
            if ids:
                self.table.setCurrentIndex(self.model.index(0, CheckCol.EMAIL))
                self.table.horizontalScrollBar().setValue(0)
            self.search.ask_again()

    def _search(self, text: str) -> None:
        if text and self._shown is not None:
            self.reader.find(RowsToFind(self._shown, text, self.model.ids), self._show_found)
        else:
            self.reader.stop_finding()

    def _show_found(self, wanted: RowsToFind, rows: "array[int]") -> None:
        if wanted.ids is self.model.ids:
            self.search.show_found(rows, max(0, self.table.currentIndex().row()))

    def _go_to_row(self, row: int) -> None:
        self.table.setCurrentIndex(self.model.index(row, self.model.column_with(row, self.search.text)))

    def _offer_suggestion(self, *_: QModelIndex) -> None:
        row = self.table.currentIndex().row()
        record = self.model.record_at(row)
        meant = suggested(record)
        self.search.show_current(row)
        self.why.show_text(problem_text(record) if record else "")
        self.take_suggestion.setVisible(bool(meant))
        self.take_suggestion.setText(tr("&Use {address}", address=privacy_mask.mask_text(meant)))

    def _apply_suggestion(self) -> None:
        record = self.model.record_at(self.table.currentIndex().row())
        meant = suggested(record)
        if record is not None and meant:
            self._corrections.correct((RowChange(record.id, {"email": meant}),))
