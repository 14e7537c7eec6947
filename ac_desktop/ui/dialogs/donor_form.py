"""The Add donor form: five fields, checked by the code that checks files, then the next donor."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.importing.corrections.known_pages import read_known_pages
from ac_desktop.importing.pipeline import ImportedBatch, add_typed
from ac_desktop.importing.validation.row_validator import validate_donor
from ac_desktop.importing.validation.table_validator import ValidatedRow, WarningCode
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reason_codes import FACTS, ReasonField
from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting, privacy_mask
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import action_buttons, ask_before_discarding, ask_before_repeating, grow_to_fit
from ac_desktop.ui.base.forms import DonorLine, Form, FormField, typed_donor, widen
from ac_desktop.ui.base.parts.page_line import PageLine
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic

_EMAIL_WARNINGS = frozenset({WarningCode.EMAIL_SUGGESTION, WarningCode.EMAIL_SEVERAL, WarningCode.EMAIL_PEELED})
_PAUSE_MS = 400
_PHONE_WARNINGS = frozenset({WarningCode.PHONE_DAMAGED, WarningCode.PHONE_LENGTH, WarningCode.PHONE_NO_DIGITS})


class AddDonorForm(QDialog):
    """Takes donors one after another for one connection."""

    saved = Signal(object)

    def __init__(
        self, services: Services, bridge: Bridge, connection: Connection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._connection = connection
        self.email, self.first, self.last, self.phone = DonorLine(), DonorLine(), DonorLine(), DonorLine()
        self.page, self.team = PageLine(), QLineEdit()
        self._donor = (self.email, self.first, self.last, self.phone)
        self._inputs = (*self._donor, self.page, self.team)
        self._place = ("", "")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._asked = ""
        self._last: ValidatedRow | None = None
        self._last_waits_here = False
        self.save = QPushButton(tr("&Save and next"))
        self.message = QLabel()
        self._lay_out()
        self._pause.timeout.connect(self._check_email)
        self._pause.timeout.connect(self._check_phone)
        for line in (self.email, self.phone):
            line.textEdited.connect(self._wait_for_pause)
        self.email.editingFinished.connect(self._check_email)
        self.phone.editingFinished.connect(self._check_phone)
        self.save.clicked.connect(self._save)
        bridge.run(partial(read_known_pages, services.database, connection), self.page.offer, self._show_failure)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Add donor to {connection}", connection=self._connection.name))
        help_key(self, Topic.IMPORT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form = Form()
        self._email_field = form.add_field(tr("&Email:"), self.email)
        form.add_field(tr("&First name:"), self.first)
        form.add_field(tr("&Last name:"), self.last)
        self._phone_field = form.add_field(
            tr("&Phone:"), self.phone, tr("Empty fields change nothing in ActiveCampaign.")
        )
        self._page_field = form.add_field(tr("Pa&ge:"), self.page, self._page_hint())
        form.add_field(tr("&Team:"), self.team, tr("The team, if the page doesn't identify it."))
        widen(self._inputs)
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addWidget(action_buttons(self, self.save, QDialogButtonBox.StandardButton.Close))
        grow_to_fit(self)

    def _page_hint(self) -> str:
        if self._connection.settings.scope.needs_page:
            return tr("Required. This connection accepts only some pages.")
        return tr("The action page's ID, if you know it.")

    @property
    def has_text(self) -> bool:
        """Whether anything typed would be lost."""
        typed = any(line.text().strip() for line in self._donor)
        return typed or (self.page.text(), self.team.text()) != self._place

    def reject(self) -> None:
        """Close; what was typed is not lost without a question."""
        if not self.has_text:
            super().reject()
            return
        question = tr("Close without saving what you typed?")
        ask_before_discarding(self, tr("Add donor"), question, self._discard)

    def _discard(self) -> None:
        super().reject()

    def _checked(self) -> ValidatedRow:
        settings = self._connection.settings
        return validate_donor(typed_donor(*self._inputs), settings.scope, settings.phone_style)

    def _wait_for_pause(self, _text: str) -> None:
        """Check once the person pauses: earlier every address is incomplete."""
        self._pause.start()

    def _check_email(self) -> None:
        row = self._checked()
        self._query_known(row.donor.email)
        if not self.email.text().strip():
            self._email_field.show_error("")
            return
        wrong = privacy_mask.reason_text(row.reason) if row.reason and _is_about_email(row.reason) else ""
        self._email_field.show_error(wrong or _warned(row, _EMAIL_WARNINGS))
        grow_to_fit(self)

    def _query_known(self, email: str) -> None:
        """Query the store, off the UI thread, for whether this donor is known; each address once."""
        if email == self._asked:
            return
        self._asked = email
        if not email:
            self._email_field.show_hint("")
            return
        self._bridge.run(
            partial(self._services.record_reader.latest_of, self._connection.id, email),
            partial(self._show_known, email),
            self._show_unless_passing,
        )

    def _show_known(self, email: str, record: Record | None) -> None:
        if email == self._asked:
            self._email_field.show_hint(self._known_text(record) if record else "")
            grow_to_fit(self)

    def _known_text(self, record: Record) -> str:
        at = formatting.when(record.changed_at, self._services.clock.now())
        match record.state:
            case RecordState.SENT:
                return tr("This donor was sent on {date}.", date=at)
            case RecordState.WAITING | RecordState.SENDING:
                return tr("This donor is already in the queue, since {date}.", date=at)
            case _:
                return tr(
                    "This donor is in the queue: {state} since {date}. {reason}",
                    state=formatting.record_label(record.state).word.lower(),
                    date=at,
                    reason=privacy_mask.reason_text(record.reason) if record.reason else "",
                )

    def _check_phone(self) -> None:
        self._phone_field.show_error(_warned(self._checked(), _PHONE_WARNINGS))
        grow_to_fit(self)

    def _save(self) -> None:
        self._pause.stop()
        row = self._checked()
        for field in (self._email_field, self._page_field):
            field.show_error("")
        if row.state is not RecordState.WAITING and row.reason is not None:
            self._refuse(
                self._email_field if _is_about_email(row.reason) else self._page_field,
                privacy_mask.reason_text(row.reason),
            )
            return
        self.save.setEnabled(False)
        self._bridge.run(
            partial(self._services.record_reader.latest_of, self._connection.id, row.donor.email),
            partial(self._add_unless_known, row),
            partial(self._add_unasked, row),
        )

    def _add_unasked(self, row: ValidatedRow, error: Exception) -> None:
        """Keep a donor of whom an office cannot be asked now: he or she waits on this computer."""
        if self._services.typed_donors is None or not (isinstance(error, StoreError) and error.may_pass):
            self._show_failure(error)
            return
        self._add(row)

    def _add_unless_known(self, row: ValidatedRow, known: Record | None) -> None:
        """Queue a new donor at once; ask first about one who is in the queue or was sent."""
        if known is None:
            self._add(row)
            return
        self.save.setEnabled(True)
        question = tr("{known} Queue this donor again?", known=self._known_text(known))
        ask_before_repeating(self, tr("Add donor"), question, partial(self._add, row))

    def _add(self, row: ValidatedRow) -> None:
        self.save.setEnabled(False)
        self._bridge.run(
            partial(self._stored, typed_donor(*self._inputs), row), partial(self._begin_next, row), self._show_failure
        )

    def _stored(self, typed: Donor, row: ValidatedRow) -> ImportedBatch | None:
        """Queue a donor; return None where he or she waits on this computer for the office."""
        services = self._services
        if services.typed_donors is None:
            return add_typed(services.queue, self._connection, row, now=services.clock.now())
        return services.typed_donors.add(self._connection, typed, row)

    def _refuse(self, field: FormField, text: str) -> None:
        field.show_error(text)
        grow_to_fit(self)
        field.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_next(self, row: ValidatedRow, batch: ImportedBatch | None) -> None:
        self.save.setEnabled(True)
        self._last, self._last_waits_here = row, batch is None
        self._show_last()
        for line in self._donor:
            line.clear()
        self._place = (self.page.text(), self.team.text())
        self._query_known("")
        for field in (self._email_field, self._phone_field):
            field.show_error("")
        grow_to_fit(self)
        self.email.setFocus(Qt.FocusReason.OtherFocusReason)
        self.saved.emit(batch)

    def _show_last(self) -> None:
        """Show who was saved last."""
        if self._last is None:
            return
        donor = privacy_mask.masked_donor(self._last.donor)
        who = formatting.donor_name(donor)
        notes = " ".join(privacy_mask.warning_text(one) for one in self._last.warnings)
        in_queue, here = (
            tr("{donor} is waiting in the queue. {notes}"),
            tr("{donor} is waiting for the office. {notes}"),
        )
        text = here if self._last_waits_here else in_queue
        self.message.setText(text.format(donor=f"{who}, {donor.email}" if who else donor.email, notes=notes).strip())

    def follow_privacy_mask(self, _down: bool) -> None:  # noqa: FBT001  a signal's argument
        """Mask or show the form's fields."""
        for line in self._donor:
            line.follow_privacy_mask()
        self._check_email()
        self._check_phone()
        self._show_last()
        grow_to_fit(self)

    def _show_unless_passing(self, error: Exception) -> None:
        """Show why a donor could not be looked for; while an office's server is away the window says so."""
        if not (isinstance(error, StoreError) and error.may_pass):
            self._show_failure(error)

    def _show_failure(self, error: Exception) -> None:
        self.save.setEnabled(True)
        if not isinstance(error, StoreError):
            raise error
        self.message.setText(str(error))


def _is_about_email(why: Reason) -> bool:
    return FACTS[why.code].field is ReasonField.EMAIL


def _warned(row: ValidatedRow, codes: frozenset[WarningCode]) -> str:
    return " ".join(privacy_mask.warning_text(one) for one in row.warnings if one.code in codes)
