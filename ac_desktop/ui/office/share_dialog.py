"""Sharing this computer's queue: the server, a test that changes nothing, and what moves there."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.office_folder import OfficeFolder, clean_office_name, this_workstation
from ac_desktop.store.office.server_url import ServerUrl, parse_server_url
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.ui.base.dialogs import action_buttons
from ac_desktop.ui.base.file_dialogs import begin_in_documents
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.connection.connection_service import Runner
from ac_desktop.ui.connection.wizard.check_line import CheckStatus
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.office.asking_dialog import AskingDialog
from ac_desktop.ui.office.password_fields import password_line

CHARACTERS_WIDE: Final = 44


class ShareDialog(AskingDialog):
    """Creates the office on its server; `created` says where it is, this computer's name in it, and whether to move.

    An office without a name of its own is called as its database is.
    """

    created = Signal(object, str, bool)

    def __init__(self, office: OfficeFolder, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._office = office
        self.server, self.password, self.certificates = QLineEdit(), password_line(), QLineEdit()
        self.name, self.workstation = QLineEdit(), QLineEdit(this_workstation())
        self.browse = QPushButton(tr("&Browse…"))
        self.moves = QCheckBox(tr("&Move the donors on this computer into the office"))
        self.test, self.share = QPushButton(tr("&Test")), QPushButton(tr("&Share"))
        self._form = Form()
        self._lay_out()
        self.browse.clicked.connect(self._choose_file)
        self.test.clicked.connect(self._test)
        self.share.clicked.connect(self._share)
        self.server.textChanged.connect(self._show_default_name)
        for line in (self.server, self.password, self.certificates, self.name):
            line.textEdited.connect(self._forget_result)
        self.finished.connect(self.password.clear)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Share this queue"))
        help_key(self, Topic.OFFICE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.server.setMinimumWidth(self.fontMetrics().averageCharWidth() * CHARACTERS_WIDE)
        add = self._form.add_field
        self.server_field = add(
            tr("Ser&ver:"),
            self.server,
            tr("The database and its owner:\n{example}", example="postgresql://OWNER@HOST:5432/DATABASE"),
        )
        self.password_field = add(tr("Owner's &password:"), self.password)
        self.certificates_field = add(
            tr("&Certificates:"),
            self._chooser(),
            tr("A file such as ca.crt, if the server's certificate has an issuer of your own."),
        )
        self.name_field = add(
            tr("Name of the &office:"),
            self.name,
            tr("Everyone in the office sees this name, for example “River Trust”."),
        )
        self.workstation_field = add(
            tr("&Name of this computer:"), self.workstation, tr("The others see this name, for example “Front desk”.")
        )
        self.moves.setChecked(True)
        self.moves_field = self._form.add_check(
            self.moves,
            tr("The queue on this computer is then saved under another name, read-only. Otherwise it stays as it is."),
        )
        layout = QVBoxLayout(self)
        layout.addWidget(
            small_label(
                tr("The computers of your office then share one queue, on a PostgreSQL server. You invite the others.")
            )
        )
        layout.addLayout(self._form)
        layout.addWidget(self.status)
        layout.addStretch()
        buttons = action_buttons(self, self.share)
        buttons.addButton(self.test, QDialogButtonBox.ButtonRole.ActionRole)
        self.test.setAutoDefault(False)
        layout.addWidget(buttons)
        self.locked = (
            *(self.server_field, self.password_field, self.certificates_field, self.name_field),
            *(self.workstation_field, self.moves_field, self.test, self.share),
        )

    def _chooser(self) -> QWidget:
        chooser = QWidget()
        row = QHBoxLayout(chooser)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.certificates, 1)
        row.addWidget(self.browse)
        self.browse.setAutoDefault(False)
        chooser.setFocusProxy(self.certificates)
        return chooser

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, tr("Choose the certificates"))
        begin_in_documents(dialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Certificates ({endings})", endings="*.pem *.crt"), tr("All files (*)")])
        dialog.fileSelected.connect(self.certificates.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _forget_result(self, _text: str) -> None:
        self.status.show_status(CheckStatus.GOOD, "")
        for field in (self.server_field, self.password_field, self.certificates_field, self.name_field):
            field.show_error("")

    def _show_default_name(self, typed: str) -> None:
        """Show what the office is called without a name: as its database, or as before."""
        try:
            self.name.setPlaceholderText(parse_server_url(typed).database)
        except StoreError:
            self.name.setPlaceholderText("")

    def _typed(self) -> ServerUrl | None:
        """Return the server that was typed; None where something is to be corrected, which is shown."""
        if not self.password.text():
            self.password_field.show_error(tr("Enter the password of the database's owner."))
            self.password.setFocus()
        try:
            parse_server_url(self.server.text())
        except StoreError as error:
            self.server_field.show_error(str(error))
            self.server.setFocus()
            return None
        file = self.certificates.text().strip()
        try:
            typed = parse_server_url(self.server.text(), Path(file) if file else None)
        except StoreError as error:
            self.certificates_field.show_error(str(error))
            self.certificates.setFocus()
            return None
        return typed if self.password.text() else None

    def _test(self) -> None:
        server = self._typed()
        if server is not None:
            self.ask(partial(self._office.test, server, self.password.text()), self._show_fit)

    def _show_fit(self, _agreed: None) -> None:
        self.status.show_status(CheckStatus.GOOD, tr("The server can keep your office's queue. Nothing was changed."))

    def _share(self) -> None:
        server = self._typed()
        try:
            name = clean_office_name(self.name.text())
        except StoreError as error:
            self.name_field.show_error(str(error))
            self.name.setFocus()
            return
        if server is not None:
            self.ask(partial(self._office.found, server, self.password.text(), name), self._show_created)

    def _show_created(self, address: OfficeAddress) -> None:
        self.created.emit(address, self.workstation.text().strip(), self.moves.isChecked())
        self.accept()
