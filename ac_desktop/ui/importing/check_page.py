"""The Check page: what will happen to each row, by kind, and every row to read and to correct."""

from array import array
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.importing.validation.warnings import WarningCode
from ac_desktop.model import reasons
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.relay.comparison import Difference
from ac_desktop.services import Services
from ac_desktop.store.imports.staging import StagedFilter, StagedKinds
from ac_desktop.ui.base import formatting, icons, privacy_mask
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.visual.kinds import ButtonKind, set_button_kind
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_M, SPACE_S, scaled
from ac_desktop.ui.importing.check_model import CheckCol, CheckModel, problem_text
from ac_desktop.ui.importing.checking.alike import AlikeNotice, AlikeRows, alike_rows, suggested
from ac_desktop.ui.importing.checking.check_delegate import CheckDelegate
from ac_desktop.ui.importing.checking.check_table import CheckTable
from ac_desktop.ui.importing.checking.corrections import RowChange, RowCorrections
from ac_desktop.ui.importing.compare_bar import CompareBar, difference_title
from ac_desktop.ui.importing.comparison import CompareStage, ComparisonRunner
from ac_desktop.ui.importing.field_texts import warning_kind
from ac_desktop.ui.importing.import_state import CheckedTable, ImportStage, ImportState
from ac_desktop.ui.importing.unread_notice import UnreadNotice

_FILTER: Final = Qt.ItemDataRole.UserRole + 1
_WIDTHS: Final = {
    CheckCol.ROW: 7,
    CheckCol.STATE: 16,
    CheckCol.EMAIL: 28,
    CheckCol.FIRST: 13,
    CheckCol.LAST: 14,
    CheckCol.PHONE: 15,
    CheckCol.PAGE: 14,
    CheckCol.PROBLEM: 30,
    CheckCol.COMPARED: 34,
}


@dataclass(frozen=True)
class SimilarRows:
    """The rows that compare with the account in the same way."""

    difference: Difference


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
        self.kinds = QListWidget()
        self.only_problems = QCheckBox(tr("Only rows with &problems"))
        self.take_suggestion = QPushButton()
        self.alike = AlikeNotice()
        self.undo, self.redo = QPushButton(tr("Undo")), QPushButton(tr("Redo"))
        self.why = small_label("")
        self.model = CheckModel(services.record_reader, comparing.of, self)
        self.table = CheckTable()
        self._checked: CheckedTable | None = None
        self._batch_id = 0
        self._kinds = StagedKinds()
        self._wanted: StagedFilter | SimilarRows = StagedFilter()
        self._shown: StagedFilter | SimilarRows | None = None
        self._asked: tuple[int, StagedFilter] | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for label in (self.seen, self.message, self.why):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.kinds.setAccessibleName(tr("Rows by kind"))
        self.kinds.setUniformItemSizes(True)
        self.kinds.setIconSize(icons.size_for(self))
        self.kinds.setFrameShape(QListWidget.Shape.NoFrame)
        self.kinds.setSpacing(scaled(SPACE_S, self) // 4)
        self.kinds.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.setModel(self.model)
        self.table.setItemDelegate(CheckDelegate(self.model.style, self.model.label, self.table))
        self.table.setIconSize(icons.size_for(self))
        self.table.setAccessibleName(tr("Rows of the file"))
        header = self.table.horizontalHeader()
        for column in (CheckCol.PROBLEM, CheckCol.COMPARED):
            header.moveSection(header.visualIndex(column), header.visualIndex(CheckCol.EMAIL))
        header.setSectionHidden(CheckCol.COMPARED, True)  # noqa: FBT003  Qt takes it by position
        header.setStretchLastSection(True)
        digit = self.fontMetrics().horizontalAdvance("0")
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, digit * width)
        right = QWidget()
        above = QHBoxLayout()
        above.addWidget(self.only_problems)
        above.addStretch(1)
        for button in (self.undo, self.redo):
            set_button_kind(button, ButtonKind.FLAT)
            above.addWidget(button)
        within = QVBoxLayout(right)
        within.setContentsMargins(scaled(SPACE_M, self), 0, 0, 0)
        within.addLayout(above)
        within.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.addWidget(self.why, 1)
        below.addWidget(self.take_suggestion)
        within.addLayout(below)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.kinds)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([digit * 34, digit * 120])
        layout = QVBoxLayout(self)
        margin = scaled(SPACE_L, self)
        layout.setContentsMargins(margin, 0, margin, 0)
        for widget in (self.seen, self.only_new, self.unread, self.compare, self.alike):
            layout.addWidget(widget)
        layout.addWidget(split, 1)

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
        self.take_suggestion.clicked.connect(self._apply_suggestion)
        self.table.selectionModel().currentChanged.connect(self._offer_suggestion)
        self._offer_suggestion()

    def show_state(self, state: ImportState) -> None:
        """Show a staged batch, or the result of an edit."""
        checked = state.checked
        if state.stage is ImportStage.QUEUEING:
            self._comparing.stop()
        if checked is self._checked:
            return
        self._checked = checked
        if checked is None:
            self._batch_id, self._shown, self._asked = 0, None, None
            self._comparing.forget()
            self.model.show(array("q"))
            return
        self._show_seen(checked)
        self.message.setText(self._account(checked))
        self.unread.show_columns(checked.staged.unread_columns)
        if checked.staged.batch_id != self._batch_id:
            self._batch_id, self._connection_id = checked.staged.batch_id, state.connection_id
            self._wanted = StagedFilter()
            self._comparing.forget()
            self.alike.forget()
            with QSignalBlocker(self.only_problems):
                self.only_problems.setChecked(False)
        self._kinds = checked.kinds
        self._list_kinds(checked.kinds)
        connection = self._services.connections.get(self._connection_id)
        self.compare.show_waiting(connection, checked.kinds.counts.waiting)
        self._read_ids()
        self._look_for_alike(checked)

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
        rows = checked.staged.result.rows
        fresh = rows - checked.unchanged
        self.seen.setVisible(bool(checked.unchanged))
        self.only_new.setVisible(bool(checked.unchanged))
        if not checked.unchanged:
            return
        if checked.earlier is not None:
            text = tr(
                "You already queued this file on {date}. New rows: {fresh} of {rows}.",
                date=formatting.exact(checked.earlier.queued_at),
                fresh=formatting.count(fresh),
                rows=formatting.count(rows),
            )
        else:
            text = tr(
                "Already imported, unchanged: {number} of {rows} rows. New: {fresh}.",
                number=formatting.count(checked.unchanged),
                rows=formatting.count(rows),
                fresh=formatting.count(fresh),
            )
        self.seen.setText(text)
        with QSignalBlocker(self.only_new):
            self.only_new.setChecked(checked.only_new)

    def _account(self, checked: CheckedTable) -> str:
        counts = checked.kinds.counts
        text = tr(
            "Rows: {rows}. To send: {go}. To fix: {held}. Skipped: {skipped}.",
            rows=formatting.count(checked.staged.result.rows),
            go=formatting.count(counts.waiting),
            held=formatting.count(counts.held),
            skipped=formatting.count(counts.skipped),
        )
        if counts.rows != checked.staged.result.rows:
            text += " " + tr("The numbers don't add up. Rows saved: {told}.", told=formatting.count(counts.rows))
        left = []
        if checked.staged.trailer_rows:
            left.append(ntr("{count} totals row left out", "{count} totals rows left out", checked.staged.trailer_rows))
        if checked.staged.uncorrected_rows:
            left.append(
                ntr(
                    "{count} row without a correction left unchanged",
                    "{count} rows without a correction left unchanged",
                    checked.staged.uncorrected_rows,
                )
            )
        if checked.staged.blank_rows:
            left.append(ntr("{count} blank row left out", "{count} blank rows left out", checked.staged.blank_rows))
        return f"{text} {', '.join(left)}." if left else text

    def _list_kinds(self, kinds: StagedKinds) -> None:
        with QSignalBlocker(self.kinds):
            self.kinds.clear()
            self._add_kind(tr("All rows"), kinds.counts.rows, StagedFilter(), "document", Tone.PLAIN)
            for state, title in (
                (RecordState.WAITING, tr("To send")),
                (RecordState.HELD, tr("To fix")),
                (RecordState.SKIPPED, tr("Skipped")),
            ):
                label = formatting.record_label(state)
                self._add_kind(title, kinds.counts.of(state), StagedFilter(state=state), label.icon, label.tone)
                for (of_state, code), number in kinds.reasons.items():
                    if of_state is state:
                        self._add_kind(f"    {reasons.label(code)}", number, StagedFilter(state=state, reason=code))
            if kinds.warnings:
                self._add_kind(
                    tr("Warnings"), None, StagedFilter(problems=True, state=RecordState.WAITING), "problem",
                    Tone.WARNING,
                )  # fmt: skip
            for name, number in kinds.warnings.items():
                self._add_kind(f"    {warning_kind(WarningCode(name))}", number, StagedFilter(warning=name))
            if self._comparing.stage not in {CompareStage.REST, CompareStage.RUNNING}:
                counts = self._comparing.counts
                for difference in Difference:
                    if counts[difference]:
                        title = difference_title(difference)
                        self._add_kind(title, counts[difference], SimilarRows(difference), "find", Tone.NOTE)
            rows = range(self.kinds.count())
            here = next((row for row in rows if self.kinds.item(row).data(_FILTER) == self._wanted), 0)
            self.kinds.setCurrentRow(here)

    def _add_kind(
        self,
        title: str,
        number: int | None,
        shown: StagedFilter | SimilarRows,
        icon: str = "",
        tone: Tone = Tone.PLAIN,
    ) -> None:
        text = title if number is None else f"{title} ({formatting.count(number)})"
        item = QListWidgetItem(text)
        item.setToolTip(text.strip())
        item.setData(Qt.ItemDataRole.AccessibleTextRole, text.strip())
        if icon:
            item.setIcon(icons.icon(icon, tone))
        item.setData(_FILTER, shown)
        self.kinds.addItem(item)

    def _choose_kind(self, current: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if current is not None:
            shown = current.data(_FILTER)
            with QSignalBlocker(self.only_problems):
                self.only_problems.setChecked(False)
            self._wanted = shown
            self._read_ids()

    def _choose_problems(self, problems: bool) -> None:  # noqa: FBT001  a signal's argument
        self._wanted = StagedFilter(problems=problems)
        with QSignalBlocker(self.kinds):
            self.kinds.setCurrentRow(-1 if problems else 0)
        self._read_ids()

    def _read_ids(self) -> None:
        """Read which rows are shown, unless they are known; a row that was corrected stays visible."""
        if not self._batch_id or self._shown == self._wanted:
            self.model.refresh()
            return
        batch_id, wanted = self._batch_id, self._wanted
        if isinstance(wanted, SimilarRows):
            self._show_ids(batch_id, wanted, self._comparing.ids(wanted.difference))
            return
        if self._asked != (batch_id, wanted):
            self._asked = (batch_id, wanted)
            self._bridge.run(
                partial(self._services.staging.ids, batch_id, wanted), partial(self._show_ids, batch_id, wanted)
            )

    def _compare(self) -> None:
        self._comparing.start(self._connection_id, self._batch_id)

    def _show_compared(self) -> None:
        stage = self._comparing.stage
        self.table.horizontalHeader().setSectionHidden(CheckCol.COMPARED, stage is CompareStage.REST)
        if stage in {CompareStage.REST, CompareStage.RUNNING} and isinstance(self._wanted, SimilarRows):
            self._wanted = StagedFilter()
            self._read_ids()
        if stage is not CompareStage.RUNNING and self._batch_id:
            self._list_kinds(self._kinds)
        self.model.refresh_compared()

    def _show_ids(self, batch_id: int, wanted: StagedFilter | SimilarRows, ids: "array[int]") -> None:
        if self._asked == (batch_id, wanted):
            self._asked = None
        if (batch_id, wanted) == (self._batch_id, self._wanted):
            self._shown = wanted
            self.model.show(ids)
            if ids:
                self.table.setCurrentIndex(self.model.index(0, CheckCol.EMAIL))
                self.table.horizontalScrollBar().setValue(0)

    def _offer_suggestion(self, *_: QModelIndex) -> None:
        record = self.model.record_at(self.table.currentIndex().row())
        meant = suggested(record)
        self.why.setText(problem_text(record) if record else "")
        self.take_suggestion.setVisible(bool(meant))
        self.take_suggestion.setText(tr("&Use {address}", address=privacy_mask.mask_text(meant)))

    def _apply_suggestion(self) -> None:
        record = self.model.record_at(self.table.currentIndex().row())
        meant = suggested(record)
        if record is not None and meant:
            self._corrections.correct((RowChange(record.id, {"email": meant}),))
