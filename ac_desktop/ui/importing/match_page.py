"""The Match page: what a file leaves open, each column with samples of its cells beside the field it is read as."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.importing.detection.detection import ImportQuestion
from ac_desktop.importing.detection.preview import Preview
from ac_desktop.importing.profiles.columns import MATCHED, Field
from ac_desktop.importing.values.dates import DateOrder
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base import privacy_mask
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.base.parts.page_line import PageLine
from ac_desktop.ui.base.visual.metrics import SPACE_L, scaled
from ac_desktop.ui.importing.field_texts import field_name
from ac_desktop.ui.importing.import_state import ImportState

_COLUMN, _SAMPLES, _FIELD = range(3)
_ROW_SHARE: Final = 1.9
_GRID: Final = 1
"""The pixels of the line between two columns."""


class MatchPage(QWidget):
    """Asks what the preview leaves open; `changed` is emitted when the answers may be complete."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.questions = small_label("")
        self.note = small_label("")
        self.page = PageLine()
        self.dates = QComboBox()
        self.table = QTableWidget(0, 3)
        self.boxes: list[QComboBox] = []
        self._preview: Preview | None = None
        self._asks_dates = False
        self._is_due = False
        self._lay_out()
        self.page.textChanged.connect(self._emit_changed)
        self.dates.activated.connect(self._emit_changed)

    def _lay_out(self) -> None:
        self.dates.addItem(tr("Choose…"), DateOrder.UNKNOWN.value)
        self.dates.addItem(tr("Month first: 4/9 is April 9"), DateOrder.MONTH_FIRST.value)
        self.dates.addItem(tr("Day first: 9/4 is April 9"), DateOrder.DAY_FIRST.value)
        form = Form()
        self._page_field = form.add_field(
            tr("Action &page:"),
            self.page,
            tr("This connection accepts only some pages. Enter the page's ID or web address in Anedot."),
        )
        self._dates_field = form.add_field(tr("&Dates:"), self.dates)
        self._form = form
        self.table.setHorizontalHeaderLabels([tr("Column of the file"), tr("Sample values"), tr("Goes into")])
        self.table.setAccessibleName(tr("Columns and fields"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setSectionResizeMode(_SAMPLES, QHeaderView.ResizeMode.Stretch)
        layout = QVBoxLayout(self)
        margin = scaled(SPACE_L, self)
        layout.setContentsMargins(margin, 0, margin, 0)
        layout.addWidget(self.questions)
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.note)
        for label in (self.questions, self.note):
            label.setTextFormat(Qt.TextFormat.PlainText)

    def show_state(self, state: ImportState) -> None:
        """Show what is known and what is open."""
        preview = state.preview
        if preview is self._preview:
            return
        self._preview = preview
        if preview is None:
            return
        kinds = {question.kind for question in preview.questions}
        self._form.setRowVisible(self._page_field, preview.needs_page or bool(state.options.page))
        self._asks_dates = ImportQuestion.DATE_ORDER in kinds or bool(state.options.date_order)
        self.page.setText(state.options.page)
        self.dates.setCurrentIndex(max(0, self.dates.findData(preview.date_order.value)))
        asked = [question.text for question in preview.questions]
        if preview.needs_page:
            asked.append(tr("Which action page did these donors come from? The file doesn't say."))
        self.questions.setText("\n".join(asked) or tr("Nothing to decide. The file was recognized."))
        self._is_due = True
        if self.isVisible():
            self._fill_if_due()

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the table, which is never shown for a file that was recognised."""
        super().showEvent(event)
        self._fill_if_due()

    def _fill_if_due(self) -> None:
        if self._is_due and self._preview is not None:
            self._is_due = False
            self._fill(self._preview)
            self._emit_changed()

    def _fill(self, preview: Preview) -> None:
        self.table.setRowCount(len(preview.header))
        self.boxes = []
        chosen = {place: field for field, place in preview.columns.items() if field in MATCHED}
        chosen |= dict.fromkeys(_proposed(preview), Field.EMAIL)
        height = round(self.fontMetrics().height() * _ROW_SHARE)
        for place, heading in enumerate(preview.header):
            name = privacy_mask.mask_text(" ".join(heading.split()))
            self.table.setItem(place, _COLUMN, QTableWidgetItem(name))
            samples = preview.samples[place] if place < len(preview.samples) else ()
            self.table.setItem(place, _SAMPLES, QTableWidgetItem(_samples_text(samples)))
            box = QComboBox()
            box.setAccessibleName(tr("Field for column {name}", name=name))
            box.addItem(tr("Not used"), "")
            for field in MATCHED:
                box.addItem(field_name(field), field.value)
            field_here = chosen.get(place)
            box.setCurrentIndex(box.findData(field_here.value) if field_here else 0)
            box.setProperty("column", name)
            box.activated.connect(self._refuse_twice)
            self.boxes.append(box)
            self.table.setCellWidget(place, _FIELD, box)
            self.table.setRowHeight(place, max(height, box.sizeHint().height() + _GRID))
        widest = max((box.sizeHint().width() for box in self.boxes), default=0)
        for column in (_FIELD, _COLUMN):
            self.table.setColumnWidth(column, widest + _GRID)

    def show_again(self) -> None:
        """Show the samples again, as the privacy mask has changed."""
        for place, samples in enumerate(self._preview.samples if self._preview else ()):
            if (item := self.table.item(place, _SAMPLES)) is not None:
                item.setText(_samples_text(samples))

    @property
    def columns(self) -> Mapping[Field, str]:
        """The headings by field; a field that no column is read as is removed."""
        self._fill_if_due()
        if self._preview is None:
            return {}
        columns = {field: "" for field in MATCHED if field in self._preview.columns}
        for heading, box in zip(self._preview.header, self.boxes, strict=True):
            if box.currentData():
                columns[Field(box.currentData())] = heading
        return columns

    @property
    def date_order(self) -> DateOrder | None:
        """How dates are to be read, where the person chose it."""
        order = DateOrder(self.dates.currentData())
        return None if order is DateOrder.UNKNOWN else order

    @property
    def is_complete(self) -> bool:
        """Whether nothing that is needed is open."""
        preview = self._preview
        if preview is None:
            return False
        has_page = bool(self.page.text().strip()) or any(
            self.columns.get(field) for field in (Field.PAGE, Field.PAGE_NAME)
        )
        return bool(self.columns.get(Field.EMAIL)) and (has_page or not preview.needs_page)

    def _refuse_twice(self, _at: int) -> None:
        """Allow a field for one column only: the last one chosen."""
        sender = self.sender()
        text = ""
        for box in self.boxes:
            if box is not sender and isinstance(sender, QComboBox) and box.currentData() == sender.currentData() != "":
                with QSignalBlocker(box):
                    box.setCurrentIndex(0)
                text = tr(
                    "{field} can come from one column only. “{column}” is no longer used.",
                    field=sender.currentText(),
                    column=box.property("column"),
                )
        self._emit_changed()
        if text:
            self.note.setText(text)

    def _has_slashed_dates(self, preview: Preview) -> bool:
        """Whether a column is read as dates that may be read in two ways."""
        places = (place for place, box in enumerate(self.boxes) if box.currentData() == Field.DATE.value)
        return any("/" in sample for place in places for sample in preview.samples[place])

    def _emit_changed(self) -> None:
        self._fill_if_due()
        preview = self._preview
        if preview is None:
            return
        self._form.setRowVisible(self._dates_field, self._asks_dates or self._has_slashed_dates(preview))
        if not self.columns.get(Field.EMAIL):
            self.note.setText(tr("To continue, choose the column with email addresses."))
        else:
            number = sum(not box.currentData() for box in self.boxes)
            self.note.setText(
                ntr(
                    "{count} column not used. Your choices are remembered for similar files.",
                    "{count} columns not used. Your choices are remembered for similar files.",
                    number,
                )
            )
        self.changed.emit()


def _proposed(preview: Preview) -> Iterator[int]:
    """Return the column that is proposed for the addresses, which the person confirms or changes."""
    proposed = {question.proposed for question in preview.questions if question.proposed}
    for place, heading in enumerate(preview.header):
        if " ".join(heading.split()) in proposed and Field.EMAIL not in preview.columns:
            yield place


def _samples_text(samples: Sequence[str]) -> str:
    return " · ".join(privacy_mask.mask_word(" ".join(one.split())) for one in samples)
