"""Inviting a person to an office: their name and role, and where the invitation is saved."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.wording import readable_date, tr
from ac_desktop.platform.local_time import local_day
from ac_desktop.reporting.office_texts import role_name
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.office_folder import OfficeFolder, clean_person
from ac_desktop.store.office.roles import Role
from ac_desktop.ui.base.dialogs import action_buttons
from ac_desktop.ui.base.file_dialogs import save_dialog
from ac_desktop.ui.base.forms import Form
from ac_desktop.ui.connection.connection_service import Runner
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.office.asking_dialog import AskingDialog

ROLES: Final = (Role.STAFF, Role.ADMIN, Role.RELAY)
CHARACTERS_WIDE: Final = 40


class InviteDialog(AskingDialog):
    """`invited` says, in a sentence, where the invitation is and how long it works."""

    invited = Signal(str)

    def __init__(
        self, office: OfficeFolder, password: str | None, runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__(runner, parent)
        self._office = office
        self._password = password
        self.person = QLineEdit()
        self.role = QComboBox()
        self.save = QPushButton(tr("&Save invitation…"))
        self._lay_out()
        self.save.clicked.connect(self._ask_where)
        self.role.currentIndexChanged.connect(self._explain)
        self._explain()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Invite a person"))
        help_key(self, Topic.OFFICE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for role in ROLES:
            self.role.addItem(role_name(role), role.value)
        self.person.setMinimumWidth(self.fontMetrics().averageCharWidth() * CHARACTERS_WIDE)
        form = Form()
        self.person_field = form.add_field(
            tr("&Name:"), self.person, tr("The others see this name. Use up to 60 letters, digits, dots and dashes.")
        )
        self.role_field = form.add_field(tr("&Role:"), self.role)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.status)
        layout.addStretch()
        layout.addWidget(action_buttons(self, self.save))
        self.locked = (self.person_field, self.role_field, self.save)

    def _explain(self, _index: int = 0) -> None:
        match ROLES[self.role.currentIndex()]:
            case Role.STAFF:
                hint = tr("Imports, types, corrects, decides and relays.")
            case Role.ADMIN:
                hint = tr("Also changes connections and speed, erases donors, invites and removes people.")
            case Role.RELAY:
                hint = tr("For a computer that relays without a person.")
        self.role_field.show_hint(hint)

    def _ask_where(self) -> None:
        if not self.person.text().strip():
            self.person_field.show_error(tr("Enter the person's name."))
            self.person.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            name = clean_person(self.person.text())
        except StoreError as error:
            self.person_field.show_error(str(error))
            self.person.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.person_field.show_error("")
        save_dialog(
            self,
            tr("Save the invitation"),
            name=f"{name}.acoffice",
            name_filters=[tr("Invitations ({endings})", endings="*.acoffice")],
            suffix="acoffice",
            save=self.invite_by,
        ).open()

    def invite_by(self, file: str) -> None:
        """Invite the person by a file of this name."""
        person, role = self.person.text().strip(), ROLES[self.role.currentIndex()]
        self.ask(
            partial(self._office.invite, person, role, Path(file), self._password), partial(self._say, person, file)
        )

    def _say(self, person: str, file: str, expires_at: int) -> None:
        self.invited.emit(
            tr(
                "The invitation for “{person}” was saved as {file}. It works once, until {day}. Send it in a way that "
                "only this person can read.",
                person=person,
                file=file,
                day=readable_date(local_day(expires_at)),
            )
        )
        self.accept()
