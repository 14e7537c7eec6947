"""Erasing one person: what is kept of them is shown first, and the erasure record afterwards."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.donor import clean_email
from ac_desktop.model.wording import tr
from ac_desktop.reporting.erasure_record import erasure_text, write_erasure_record
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.privacy.erasure import ErasureError, ErasureFindings, ErasureRecord
from ac_desktop.ui.base import privacy_mask
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.base.file_dialogs import save_dialog
from ac_desktop.ui.base.forms import DonorLine, Form, small_label
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic

RECORD_LINES = 14


class EraseDialog(QDialog):
    """Nothing is erased before *Erase*, which is enabled once what would be erased has been counted."""

    def __init__(self, services: Services, bridge: Bridge, email: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._asked = 0
        self.email = DonorLine(email)
        self.note = small_label("")
        self.erase = QPushButton(tr("&Erase permanently"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self.email.textChanged.connect(self._query_erasure)
        self.erase.clicked.connect(self._erase)
        self.buttons.rejected.connect(self.reject)
        self._query_erasure()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Erase a donor"))
        help_key(self, Topic.DATA)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.buttons.addButton(self.erase, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setDefault(True)
        self.erase.setAutoDefault(False)
        plain_buttons(self.buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(
            small_label(
                tr(
                    "Removes this person from everything AC Desktop stores on this computer: queue, log, removed "
                    "donors and backups. If they are waiting, they won't be sent. This can't be undone, and the "
                    "contact stays in ActiveCampaign."
                )
            )
        )
        form = Form()
        form.add_field(tr("E&mail:"), self.email)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addWidget(self.buttons)
        if privacy_mask.is_masked():
            self.buttons.setFocus(Qt.FocusReason.OtherFocusReason)
        grow_to_fit(self)

    @property
    def address(self) -> str:
        """The address as it is stored, or "" while it is not complete."""
        email = clean_email(self.email.text())
        return email if "@" in email.strip("@") else ""

    def _query_erasure(self) -> None:
        self._asked += 1
        self.erase.setEnabled(False)
        if self.address:
            self._bridge.run(
                partial(self._services.erasure.find, self.address), partial(self._show, self._asked), self._show_failure
            )
        else:
            self.note.setText(tr("Type the full email address."))

    def _show(self, asked: int, found: ErasureFindings) -> None:
        if asked != self._asked:
            return
        self.note.setText(
            tr(
                ("Found: {records} in the queue, {removed} among removed donors, {attempts} in the log."),
                records=found.records,
                removed=found.removed,
                attempts=found.attempts,
            )
            if found.any
            else tr("No donor has this address. AC Desktop can still erase it everywhere else.")
        )
        self.erase.setEnabled(True)
        grow_to_fit(self)

    def _erase(self) -> None:
        self.erase.setEnabled(False)
        self.email.setEnabled(False)
        self.note.setText(tr("Erasing… In a large queue this takes a few seconds."))
        now = self._services.clock.now()
        self._bridge.run(partial(self._services.erasure.erase, self.address, now), self._done, self._show_failure)

    def _done(self, record: ErasureRecord) -> None:
        self._bridge.something_changed()
        shown = ErasureRecordDialog(record, self.parentWidget())
        shown.open()
        self.accept()

    def _show_failure(self, error: Exception) -> None:
        if not isinstance(error, StoreError | ErasureError):
            raise error
        self.email.setEnabled(True)
        self.erase.setEnabled(True)
        self.note.setText(str(error))
        grow_to_fit(self)


class ErasureRecordDialog(QDialog):
    """The erasure record, to be copied or saved; AC Desktop itself does not keep it."""

    def __init__(self, record: ErasureRecord, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record = record
        self.setWindowTitle(tr("Erasure record"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QPlainTextEdit(privacy_mask.mask_text(erasure_text(record)))
        self.text.setAcceptDrops(False)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Erasure record"))
        self.text.setMinimumHeight(self.text.fontMetrics().height() * RECORD_LINES)
        self.note = small_label(
            tr(
                "The erasure record contains the address, so AC Desktop doesn't keep it. Copy or save it if you "
                "need it."
            )
        )
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = self.buttons.addButton(tr("&Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.save_button = self.buttons.addButton(tr("&Save…"), QDialogButtonBox.ButtonRole.ActionRole)
        plain_buttons(self.buttons)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._ask_where)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.note)
        layout.addWidget(self.buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 80, self.sizeHint().height())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(erasure_text(self._record))

    def _ask_where(self) -> None:
        save_dialog(
            self,
            tr("Save the erasure record"),
            name=tr("erasure-record.txt"),
            name_filters=[tr("Texts (*.txt)")],
            suffix="txt",
            save=self.save,
        ).open()

    def save(self, name: str) -> None:
        """Write the erasure record to a file; an error is shown."""
        try:
            write_erasure_record(Path(name), self._record)
        except OSError as error:
            self.note.setText(tr("{file} couldn't be saved: {problem}.", file=name, problem=error.strerror))
        else:
            self.note.setText(tr("Saved as {file}.", file=name))
