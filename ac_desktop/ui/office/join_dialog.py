"""Joining an office: its invitation file, a password of one's own, and what the server says to both."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.reporting.office_texts import office_text, role_name
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.invitation import Invitation
from ac_desktop.store.office.membership import server_name
from ac_desktop.store.office.office_folder import OfficeFolder, this_workstation
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.dialogs import action_buttons
from ac_desktop.ui.base.file_dialogs import begin_in_documents
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.connection.connection_service import Runner
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.office.asking_dialog import AskingDialog
from ac_desktop.ui.office.password_fields import NewPassword

CHARACTERS_WIDE: Final = 40


class JoinDialog(AskingDialog):
    """Changes nothing of this computer: `accepted_by_office` says where it may work from now on, and by which name."""

    accepted_by_office = Signal(object, str)

    def __init__(self, office: OfficeFolder, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._office = office
        self._invitation: Invitation | None = None
        self._file = Path()
        self.file = QLineEdit()
        self.browse = QPushButton(tr("&Browse…"))
        self.invited = small_label("")
        self.workstation = QLineEdit(this_workstation())
        self.join = QPushButton(tr("&Join"))
        self._form = Form()
        self._lay_out()
        self.file.textChanged.connect(self._forget_invitation)
        self.file.editingFinished.connect(self._read_typed)
        self.browse.clicked.connect(self._choose_file)
        self.join.clicked.connect(self._join)
        self.finished.connect(self.password.forget)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Join an office"))
        help_key(self, Topic.OFFICE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.browse.setAutoDefault(False)
        chooser = QWidget()
        row = QHBoxLayout(chooser)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.file, 1)
        row.addWidget(self.browse)
        chooser.setFocusProxy(self.file)
        self.file.setMinimumWidth(self.fontMetrics().averageCharWidth() * CHARACTERS_WIDE)
        self.file_field = self._form.add_field(
            tr("&Invitation:"),
            chooser,
            tr("The file from your office's administrator. You can also drop it on the window."),
        )
        self._form.addRow(self.invited)
        self.password = NewPassword(self._form)
        self.workstation_field = self._form.add_field(
            tr("&Name of this computer:"), self.workstation, tr("The others see this name, for example “Front desk”.")
        )
        self.buttons = action_buttons(self, self.join)
        layout = QVBoxLayout(self)
        layout.addWidget(
            small_label(
                tr(
                    "AC Desktop works on the office's queue from then on. The donors on this computer stay here, and "
                    "are there again when you leave the office."
                )
            )
        )
        layout.addLayout(self._form)
        layout.addWidget(self.status)
        layout.addStretch()
        layout.addWidget(self.buttons)
        self.invited.hide()
        self.locked = (
            *(self.file_field, self.password.first_field, self.password.again_field, self.workstation_field),
            self.join,
        )

    def use(self, file: Path) -> None:
        """Read an invitation that was dropped, opened or chosen."""
        self.file.setText(str(file))
        self._read_typed()
        self.password.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, tr("Choose the invitation"))
        begin_in_documents(dialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Invitations ({endings})", endings="*.acoffice"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.use(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _forget_invitation(self, _text: str) -> None:
        self._invitation, self._file = None, Path()
        self.invited.hide()
        self.file_field.show_error("")

    def _read_typed(self) -> None:
        typed = self.file.text().strip()
        file = Path(typed)
        if typed and file != self._file:
            self._file = file
            self._read(file, self._show_invitation)

    def _read(self, file: Path, then: Callable[[Path, Invitation], None]) -> None:
        self._runner.run(
            partial(self._office.invitation, file), partial(then, file), partial(self._show_unreadable, file)
        )

    def _show_invitation(self, file: Path, invitation: Invitation) -> None:
        if file != self._file:
            return
        self._invitation = invitation
        self.invited.setText(
            tr(
                "For “{person}” ({role}), to the office {office}. It works until {time}.",
                person=invitation.person,
                role=role_name(invitation.role),
                office=office_text(
                    invitation.office, invitation.database, server_name(invitation.host, invitation.port)
                ),
                time=formatting.exact(invitation.expires_at),
            )
        )
        self.invited.show()

    def _show_unreadable(self, file: Path, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        if file == self._file:
            self.file_field.show_error(str(error))

    def _join(self) -> None:
        invitation = self._invitation
        if invitation is None:
            if not self.file_field.error:
                self.file_field.show_error(tr("Choose the invitation file first."))
            self.file.setFocus()
        wrong = self.password.problem()
        if invitation is not None and wrong is not None:
            wrong.widget.setFocus()
        if invitation is None or wrong is not None:
            return
        self.ask(partial(self._office.accept, self._file, invitation, self.password.text), self._accept)

    def _accept(self, address: OfficeAddress) -> None:
        self.accepted_by_office.emit(address, self.workstation.text().strip())
        self.accept()
