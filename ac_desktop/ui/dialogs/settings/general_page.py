"""General: language, colors, text size, starting, and what is hidden on the screen."""

from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from ac_desktop.language import Language
from ac_desktop.model.wording import tr
from ac_desktop.ui.base.theme import Scheme
from ac_desktop.ui.base.window_settings import USUAL_PERCENT
from ac_desktop.ui.dialogs.settings.access import SettingsAccess, StartAtLogin
from ac_desktop.ui.dialogs.settings.page import SettingsPage

TEXT_SIZES: Final = (90, 100, 110, 125, 150, 175, 200)
"""In percent of the size that the system uses."""


class GeneralPage(SettingsPage):
    """What the window looks like, and when it starts."""

    def __init__(self, access: SettingsAccess, parent: QWidget | None = None) -> None:
        super().__init__(tr("General"), "settings", parent)
        self._access = access
        self.language, self.scheme, self.text_size = QComboBox(), QComboBox(), QComboBox()
        self.starts_at_login = QCheckBox(tr("&Start AC Desktop when I sign in"))
        self.keeps_running = QCheckBox(tr("&Keep running when I close the window"))
        self.login_problem = QLabel()
        self.hides_names = QCheckBox(tr("&Hide names and emails"))
        self._fill()
        form = self.add_form()
        form.add_field(tr("&Language:"), self.language)
        form.add_field(tr("&Colors:"), self.scheme)
        form.add_field(tr("&Text size:"), self.text_size, tr("100 % is the size your system uses."))
        if access.start_at_login is not None or access.has_tray:
            self.add_heading(tr("Starting and closing"))
        if access.start_at_login is not None:
            self._add_start(access.start_at_login)
        if access.has_tray:
            self._add_tray()
        self.add_heading(tr("On screen"))
        self.add_check(self.hides_names, tr("For screen sharing. Search still finds them."))
        self.finish()
        self._connect()

    def _fill(self) -> None:
        for language, text in (
            (Language.SYSTEM, tr("As the system")),
            (Language.ENGLISH, "English (US)"),
            (Language.SPANISH, "Español"),
        ):
            self.language.addItem(text, language)
        for scheme, text in (
            (Scheme.SYSTEM, tr("As the system")),
            (Scheme.LIGHT, tr("Light")),
            (Scheme.DARK, tr("Dark")),
        ):
            self.scheme.addItem(text, scheme)
        for percent in TEXT_SIZES:
            self.text_size.addItem(tr("{percent} %", percent=percent), percent)
        self.show_settings()

    def _connect(self) -> None:
        self.language.activated.connect(self._choose_language)
        self.scheme.activated.connect(self._choose_scheme)
        self.text_size.activated.connect(self._choose_text_size)
        self.hides_names.toggled.connect(self._access.privacy_mask.setChecked)

    def _add_start(self, start: StartAtLogin) -> None:
        self.add_check(
            self.starts_at_login, tr("Needed for watched folders and for connections that relay automatically.")
        )
        self.login_problem = self.add_text("")
        self.login_problem.hide()
        self._show_start(start)
        self.starts_at_login.clicked.connect(lambda on: self._set_start(start, on=on))

    def _show_start(self, start: StartAtLogin) -> None:
        try:
            self.starts_at_login.setChecked(start.is_on())
        except OSError as error:
            self._show_login_problem(error)

    def _set_start(self, start: StartAtLogin, *, on: bool) -> None:
        self.login_problem.hide()
        try:
            start.set_on(on=on)
        except OSError as error:
            self._show_login_problem(error)
            self.starts_at_login.setChecked(not on)

    def _show_login_problem(self, error: OSError) -> None:
        detail = error.strerror or str(error)
        self.login_problem.setText(
            tr("Your system doesn't let AC Desktop change what starts when you sign in ({detail}).", detail=detail)
        )
        self.login_problem.show()

    def _add_tray(self) -> None:
        settings = self._access.settings
        self.keeps_running.setChecked(settings.keeps_running)
        self.add_check(
            self.keeps_running,
            tr("AC Desktop stays in the system tray and relays automatically. To end it, choose File > Quit."),
        )
        self.keeps_running.toggled.connect(self._keep_running)

    def _keep_running(self, on: bool) -> None:  # noqa: FBT001  Qt's own signal
        self._access.settings.keeps_running = on

    def show_settings(self) -> None:
        """Show what is chosen now."""
        settings = self._access.settings
        for box, chosen in (
            (self.language, settings.language),
            (self.scheme, settings.scheme),
            (self.text_size, settings.text_percent),
        ):
            box.setCurrentIndex(max(0, box.findData(chosen)))
        blocker = QSignalBlocker(self.hides_names)
        self.hides_names.setChecked(self._access.privacy_mask.isChecked())
        blocker.unblock()

    @property
    def has_defaults(self) -> bool:
        """Whether anything on the page has a default to go back to."""
        return True

    def restore_defaults(self) -> None:
        """Choose what the system has, and no start or run by itself.

        What is hidden on the screen stays so: names must not come into sight while a screen is shared. The language
        comes last, as another one closes this dialog.
        """
        access = self._access
        access.choose_scheme(Scheme.SYSTEM)
        access.choose_text_size(USUAL_PERCENT)
        if access.has_tray:
            self.keeps_running.setChecked(False)
        if access.start_at_login is not None and self.starts_at_login.isChecked():
            self.starts_at_login.click()
        self.show_settings()
        access.choose_language(Language.SYSTEM)
        self.show_settings()

    def _choose_language(self, at: int) -> None:
        self._access.choose_language(Language(self.language.itemData(at)))
        self.show_settings()

    def _choose_scheme(self, at: int) -> None:
        self._access.choose_scheme(Scheme(self.scheme.itemData(at)))

    def _choose_text_size(self, at: int) -> None:
        self._access.choose_text_size(int(self.text_size.itemData(at)))
