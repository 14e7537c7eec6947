"""Asks for the password of an office at the start, where this computer does not have it."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.membership import OfficeMembership
from ac_desktop.store.office.office_folder import OfficeFolder
from ac_desktop.store.opening import StoreLocation, membership_of, office_folder, store_in
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.application import desktop_application
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import action_buttons
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.base.theme import Theme
from ac_desktop.ui.base.translators import install_translators, remove_translators
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.connection.connection_service import Runner
from ac_desktop.ui.office.asking_dialog import AskingDialog
from ac_desktop.ui.office.password_fields import password_line


class PasswordDialog(AskingDialog):
    """Ends with a password that the server accepts, or that cannot be tried as the server is away."""

    def __init__(
        self, office: OfficeFolder, membership: OfficeMembership, runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__(runner, parent)
        self._office = office
        self.password = password_line()
        self.go_on = QPushButton(tr("&Open"))
        self.setWindowTitle(tr("Password for the office"))
        self.setWindowIcon(icons.icon("app"))
        form = Form()
        self.field = form.add_field(
            tr("&Password:"),
            self.password,
            tr("If you don't have it, ask your office's administrator for a new invitation."),
        )
        layout = QVBoxLayout(self)
        layout.addWidget(
            small_label(
                tr(
                    "This computer works on the queue of the office {database} at {server}. The password of “{person}” "
                    "isn't saved here.",
                    database=membership.database,
                    server=membership.server,
                    person=membership.person,
                )
            )
        )
        layout.addLayout(form)
        layout.addWidget(self.status)
        layout.addStretch()
        layout.addWidget(action_buttons(self, self.go_on))
        self.locked = (self.field, self.go_on)
        self.go_on.clicked.connect(self._try)

    def _try(self) -> None:
        if not self.password.text():
            self.field.show_error(tr("Enter your password for the office."))
            return
        self.field.show_error("")
        self.ask(partial(self._office.keep_password, self.password.text()), self._go_on)

    def _go_on(self, _kept: None) -> None:
        self.accept()

    def refuse(self, error: StoreError) -> None:
        """Show that the password was refused; a server that is away is the window's to deal with."""
        if error.may_pass:
            self.accept()
            return
        super().refuse(error)
        self.password.selectAll()
        self.password.setFocus()


class _NoStore:
    """Nothing is opened yet, so nothing changes."""

    def version_seen(self) -> int:
        """Return the same number always."""
        return 0


def asked_location(folder: Path, missing: StoreError) -> StoreLocation:
    """Return the location of an office's store with the password that the person types, before there is a window.

    Raise `missing` where they leave.
    """
    membership = membership_of(folder)
    if membership is None:
        raise missing
    application = desktop_application()
    settings = WindowSettings(folder)
    translators = install_translators(application, settings.language)
    theme = Theme(application, settings.scheme, settings.text_percent)
    bridge = Bridge(_NoStore())
    stays = QApplication.quitOnLastWindowClosed()
    QApplication.setQuitOnLastWindowClosed(False)
    try:
        dialog = PasswordDialog(office_folder(folder), membership, bridge)
        if not dialog.exec():
            raise missing
        return store_in(folder, dialog.password.text())
    finally:
        QApplication.setQuitOnLastWindowClosed(stays)
        bridge.close()
        theme.close()
        remove_translators(application, translators)
