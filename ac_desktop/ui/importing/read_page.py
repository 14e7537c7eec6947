"""The Read page: how a file is read, each choice changeable, with its first rows below."""

from typing import Final

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.importing.detection.preview import Preview
from ac_desktop.importing.formats.table import FileKind
from ac_desktop.model import wording
from ac_desktop.model.wording import ntr, profile_label, tr
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.cell_delegate import CellDelegate
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.base.visual.metrics import SPACE_L, scaled
from ac_desktop.ui.importing.import_state import ImportStage, ImportState
from ac_desktop.ui.importing.preview_model import PreviewModel

_ENCODINGS: Final = ("utf-8", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "iso8859-15", "mac-roman")
_KILO: Final = 1024
_COLUMN_DIGITS: Final = 18
_SURE_AFTER: Final = 2.0
"""Seconds of reading before the time left is shown: earlier it would jump."""


class ReadPage(QWidget):
    """Shows the state of an import; `options_changed` carries the options that the person changed."""

    options_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recognised = QComboBox()
        self.facts = small_label("")
        self.sheet, self.encoding, self.delimiter = QComboBox(), QComboBox(), QComboBox()
        self.header_row = QSpinBox()
        self.model = PreviewModel(self)
        self.table = QTableView()
        self.progress = QProgressBar()
        self.message = QLabel()
        self._of_file = QWidget()
        self._preview: Preview | None = None
        self._lay_out()
        self.recognised.activated.connect(self._choose_recogniser)
        self.sheet.activated.connect(self._choose_sheet)
        self.encoding.activated.connect(self._choose_encoding)
        self.delimiter.activated.connect(self._choose_delimiter)
        self.header_row.editingFinished.connect(self._choose_header)
        self.table.doubleClicked.connect(self._set_header)
        self.table.verticalHeader().sectionClicked.connect(self._set_row)

    def _lay_out(self) -> None:
        for box in (self.recognised, self.sheet, self.encoding, self.delimiter):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.header_row.setSpecialValueText(tr("none"))
        self.header_row.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        form, right = Form(), Form()
        self._form = form
        self._recognised_field = form.add_field(tr("&Recognized as:"), self.recognised)
        self._sheet_field = form.add_field(tr("&Sheet:"), self.sheet)
        self._encoding_field = form.add_field(tr("&Encoding:"), self.encoding)
        self._delimiter_field = right.add_field(tr("Cell se&parator:"), self.delimiter)
        self._header_field = right.add_field(tr("&Header row:"), self.header_row, tr("Or click a row's number below."))
        forms = QHBoxLayout()
        forms.addLayout(form, 1)
        forms.addLayout(right, 1)
        self.table.setModel(self.model)
        self.table.setItemDelegate(CellDelegate(self.model.style, self.table))
        self.table.setAccessibleName(tr("First rows of the file"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setAcceptDrops(False)
        self.progress.setTextVisible(False)
        self.progress.setMaximumWidth(self.fontMetrics().horizontalAdvance("0") * 40)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        below = QHBoxLayout()
        below.addWidget(self.progress)
        below.addWidget(self.message, 1)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        within = QVBoxLayout(self._of_file)
        within.setContentsMargins(0, 0, 0, 0)
        within.addWidget(self.facts)
        within.addLayout(forms)
        within.addWidget(self.table, 1)
        self._of_file.hide()
        layout = QVBoxLayout(self)
        margin = scaled(SPACE_L, self)
        layout.setContentsMargins(margin, 0, margin, 0)
        layout.addWidget(self._of_file, 1)
        layout.addLayout(below)

    def show_state(self, state: ImportState) -> None:
        """Show the state of the import."""
        self._show_progress(state)
        if state.preview is self._preview:
            return
        preview = self._preview = state.preview
        self._of_file.setVisible(preview is not None)
        # One width for all: a table whose columns are set one by one is painted a second time.
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setDefaultSectionSize(self.fontMetrics().horizontalAdvance("0") * _COLUMN_DIGITS)
        self.model.show(preview)
        if preview is not None:
            self._show_preview(preview)
            # Laid out now, or Qt does it after the first paint and paints once more.
            self.table.doItemsLayout()

    def _show_preview(self, preview: Preview) -> None:
        _fill(self.recognised, [(profile_label(label), name) for name, label in preview.profiles], preview.profile)
        self._recognised_field.show_hint(" ".join(preview.evidence))
        self.facts.setText(self._facts(preview))
        is_text = preview.kind is FileKind.DELIMITED
        self._form.setRowVisible(self._sheet_field, bool(preview.sheets))
        self._encoding_field.setEnabled(preview.kind is not FileKind.WORKBOOK and bool(preview.encoding))
        self._delimiter_field.setEnabled(is_text)
        self._header_field.setEnabled(preview.kind is not FileKind.WEBHOOK)
        sheets = [
            (ntr("{sheet} ({count} row)", "{sheet} ({count} rows)", sheet.rows, sheet=sheet.name), sheet.name)
            for sheet in preview.sheets
        ]
        _fill(self.sheet, sheets or [("", "")], preview.sheet)
        names = [preview.encoding, *(name for name in _ENCODINGS if name != preview.encoding)]
        _fill(self.encoding, [(_encoding_name(name), name) for name in names], preview.encoding)
        _fill(self.delimiter, self._delimiters(preview.delimiter), preview.delimiter)
        with QSignalBlocker(self.header_row):
            self.header_row.setRange(0, max(preview.header_row, len(preview.rows)))
            self.header_row.setValue(preview.header_row)

    def _facts(self, preview: Preview) -> str:
        size = formatting.count(max(1, round(preview.size / _KILO)))
        about = formatting.count(preview.estimated_rows)
        if preview.estimated_rows:
            return tr("{name}, {size} KB, rows: about {rows}", name=preview.name, size=size, rows=about)
        return tr("{name}, {size} KB", name=preview.name, size=size)

    def _delimiters(self, found: str) -> list[tuple[str, str]]:
        known = [
            (tr("comma"), ","),
            (tr("semicolon"), ";"),
            (tr("tab"), "\t"),
            (tr("vertical bar |"), "|"),
        ]
        return known if found in {label for _, label in known} else [(found, found), *known]

    def _show_progress(self, state: ImportState) -> None:
        reading = state.stage is ImportStage.READING
        self.progress.setVisible(reading)
        about = state.preview.estimated_rows if state.preview else 0
        self.progress.setRange(0, max(about, state.rows_read) if about else 0)
        self.progress.setValue(state.rows_read)
        self.message.setText(self._progress_text(state, about) if reading else "")
        self.progress.setAccessibleName(self.message.text() or tr("Progress"))

    def _progress_text(self, state: ImportState, about: int) -> str:
        if not state.rows_read or state.seconds < _SURE_AFTER:
            return tr("Reading {name}…", name=state.source.name)
        rate = state.rows_read / state.seconds
        text = tr(
            "Rows read: {rows}, {rate} per second",
            rows=formatting.count(state.rows_read),
            rate=formatting.count(round(rate)),
        )
        if about <= state.rows_read:
            return text
        form = wording.span((about - state.rows_read) / rate)
        return tr("{told}, about {left} left", told=text, left=form)

    def _choose_recogniser(self, _at: int) -> None:
        self.options_changed.emit({"profile": self.recognised.currentData(), "columns": None})

    def _choose_sheet(self, _at: int) -> None:
        self.options_changed.emit({"sheet": self.sheet.currentData(), "header_row": None, "columns": None})

    def _choose_encoding(self, _at: int) -> None:
        self.options_changed.emit({"encoding": self.encoding.currentData()})

    def _choose_delimiter(self, _at: int) -> None:
        self.options_changed.emit({"delimiter": self.delimiter.currentData(), "header_row": None, "columns": None})

    def _choose_header(self) -> None:
        if self._preview is not None and self.header_row.value() != self._preview.header_row:
            self.options_changed.emit({"header_row": self.header_row.value(), "columns": None})

    def _set_header(self, index: QModelIndex) -> None:
        self._set_row(index.row())

    def _set_row(self, row: int) -> None:
        if self._header_field.isEnabled():
            self.header_row.setValue(self.model.number_at(row))
            self._choose_header()


def _fill(box: QComboBox, entries: list[tuple[str, str]], chosen: str) -> None:
    box.clear()
    for text, value in entries:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))


def _encoding_name(name: str) -> str:
    return {"cp1252": "Windows-1252", "utf-8": "UTF-8", "utf-8-sig": "UTF-8 (BOM)", "mac-roman": "Mac Roman"}.get(
        name, name.upper()
    )
