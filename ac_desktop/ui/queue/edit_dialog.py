"""The Edit record dialog: a record that was not relayed is corrected in place, and returns to waiting."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.importing.corrections import edits
from ac_desktop.importing.corrections.known_pages import read_known_pages
from ac_desktop.importing.validation.row_validator import ValidatedRow
from ac_desktop.importing.validation.warnings import DonorWarning, WarningCode
from ac_desktop.model.connection import Connection
from ac_desktop.model.editor import Editor
from ac_desktop.model.reason_codes import DECIDED_BY_PERSON, FACTS, ReasonField
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting, privacy_mask
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import action_buttons, ask_before_discarding, grow_to_fit
from ac_desktop.ui.base.forms import DonorLine, Form, FormField, small_label
from ac_desktop.ui.base.parts.page_line import PageLine
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.log.edit_history import history_text
from ac_desktop.ui.log.editors import also_editing_text, tell_others


class EditDialog(QDialog):
    """Corrects one record; `repaired` carries the result of the check."""

    repaired = Signal(object)

    def __init__(
        self, services: Services, bridge: Bridge, record: Record, connection: Connection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._record = record
        self._connection = connection
        self.lines = {name: _line(name, edits.shown(record.donor, name)) for name in edits.FIELDS}
        self.fields: dict[str, FormField] = {}
        self.message = small_label("")
        self.history = QPlainTextEdit()
        self.history.setAcceptDrops(False)
        self.save = QPushButton(tr("&Save and put back in queue"))
        self._lay_out()
        self._show_history()
        for line in self.lines.values():
            line.textEdited.connect(self._check)
        self.save.clicked.connect(self._save)
        page = self.lines["page"]
        if isinstance(page, PageLine):
            read = partial(read_known_pages, services.database, connection)
            bridge.run(read, page.offer, self._fail_reading)
        self._check()
        self._show_others(services, bridge)

    def _lay_out(self) -> None:
        record, shown = self._record, privacy_mask.masked_record(self._record).donor
        self.setWindowTitle(tr("Edit {donor}", donor=formatting.donor_name(shown) or shown.email))
        help_key(self, Topic.QUEUE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        why = small_label(privacy_mask.reason_text(record.reason) if record.reason else "")
        why.setTextFormat(Qt.TextFormat.PlainText)
        source = small_label(formatting.source_text(record))
        source.setTextFormat(Qt.TextFormat.PlainText)
        form = Form()
        labels = {
            "email": tr("&Email:"),
            "first_name": tr("&First name:"),
            "last_name": tr("&Last name:"),
            "phone": tr("&Phone:"),
            "page": tr("Pa&ge:"),
        }
        for name, line in self.lines.items():
            line.setMinimumWidth(line.fontMetrics().horizontalAdvance("0") * 34)
            self.fields[name] = form.add_field(labels[name], line)
        self.history.setReadOnly(True)
        self.history.setTabChangesFocus(True)
        self.history.setAccessibleName(tr("Changes, and the original row in the file"))
        self.history.setMinimumHeight(self.fontMetrics().height() * 6)
        layout = QVBoxLayout(self)
        for label in (why, source):
            label.setVisible(bool(label.text()))
            layout.addWidget(label)
        layout.addLayout(form)
        layout.addWidget(self.message)
        layout.addWidget(self.history, 1)
        layout.addWidget(action_buttons(self, self.save))
        if privacy_mask.is_masked():
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def has_changes(self) -> bool:
        """Whether anything typed would be lost."""
        return any(line.text() != edits.shown(self._record.donor, name) for name, line in self.lines.items())

    def reject(self) -> None:
        """Close; what was typed is not lost without a question."""
        if not self.has_changes:
            super().reject()
            return
        query = tr("Close without saving your changes?")
        ask_before_discarding(self, tr("Edit donor"), query, self._discard)

    def _discard(self) -> None:
        super().reject()

    def _changes(self) -> dict[str, str]:
        return {name: line.text() for name, line in self.lines.items()}

    def _check(self, _text: str = "") -> ValidatedRow:
        """Check what is typed by the code that checks files, and show each field its problem."""
        row = edits.validate_edit(self._record, self._changes(), self._connection)
        errors = dict.fromkeys(self.fields, "")
        for one in row.warnings:
            errors[_field_of(one)] += f" {privacy_mask.warning_text(one)}"
        if row.reason is not None and row.reason.code not in DECIDED_BY_PERSON:
            about = FACTS[row.reason.code].field or ReasonField.EMAIL
            errors[about] = privacy_mask.reason_text(row.reason)
        for name, field in self.fields.items():
            field.show_error(errors[name].strip())
        grow_to_fit(self)
        return row

    def _save(self) -> None:
        row = self._check()
        wrong = next((field for field in self.fields.values() if field.error), None)
        if row.state is RecordState.HELD and wrong is not None:
            wrong.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.save.setEnabled(False)
        self._bridge.run(
            partial(_save, self._services, self._record, self._changes(), self._connection),
            self._saved,
            self._fail_reading,
        )

    def _saved(self, saved: "_Saved") -> None:
        self._bridge.something_changed()
        if saved.row is None:
            self.save.setEnabled(True)
            self.message.setText(_conflict_text(saved.first))
            grow_to_fit(self)
            return
        self.repaired.emit(saved.row)
        super().accept()

    def _show_others(self, services: Services, bridge: Bridge) -> None:
        """Show the others in an office who is editing, and this person who else is."""
        if services.editing is not None:
            tell_others(services.editing, bridge, self._record.id, self, self._name_others, self._fail_reading)

    def _name_others(self, others: list[Editor]) -> None:
        if others:
            self.message.setText(also_editing_text(others))
            grow_to_fit(self)

    def _fail_reading(self, error: Exception) -> None:
        self.save.setEnabled(True)
        if not isinstance(error, StoreError):
            raise error
        self.message.setText(str(error))

    def _show_history(self) -> None:
        number = self._record.id
        text = history_text(self._services.record_edits.of(number), self._services.record_reader.source_row(number))
        self.history.setPlainText(text)
        self.history.setVisible(bool(text))


@dataclass(frozen=True)
class _Saved:
    """The row that was saved; None where another edit was first, with its person where that is known."""

    row: ValidatedRow | None
    first: str = ""


def _save(services: Services, record: Record, changes: dict[str, str], connection: Connection) -> _Saved:
    row = edits.save_edit(services.record_edits, record, changes, connection, services.clock.now())
    if row is not None:
        return _Saved(row)
    later = [one.who for one in services.record_edits.of(record.id) if one.at > record.changed_at]
    return _Saved(None, later[-1] if later else "")


def _conflict_text(first: str) -> str:
    if not first:
        return tr(
            "This donor changed in the meantime, so your edits weren't saved. Close this window and open the donor "
            "again."
        )
    return tr(
        "“{person}” changed this donor in the meantime, so your edits weren't saved. Close this window and open the "
        "donor again.",
        person=first,
    )


def _line(name: str, text: str) -> QLineEdit:
    line = PageLine(text) if name == "page" else DonorLine(text)
    line.setAcceptDrops(False)
    return line


def _field_of(one: DonorWarning) -> str:
    match one.code:
        case WarningCode.PHONE_DAMAGED | WarningCode.PHONE_LENGTH | WarningCode.PHONE_NO_DIGITS:
            return "phone"
        case WarningCode.NAME_IS_EMAIL:
            return "first_name"
        case _:
            return "email"
