"""Is there a newer version? Shows what is sent before anything is, and installs nothing."""

from functools import partial

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ac_desktop import __version__, release_check
from ac_desktop.model.wording import tr
from ac_desktop.release_check import NewestRelease, NoReleaseAnswerError
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.window_settings import WindowSettings


class UpdatesDialog(QDialog):
    """Asks on the person's command; `asked` carries the answer, so that nobody asks again at once."""

    asked = Signal(object)

    def __init__(self, address: str, bridge: Bridge, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address = address
        self._bridge = bridge
        self._settings = settings
        self._page = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Check for updates"))
        self.what_is_sent = small_label(
            tr(
                (
                    "AC Desktop asks {host} for the latest version number. It sends your version, {version}, and "
                    "nothing about you, your donors or your account. It never installs anything automatically."
                ),
                host=release_check.host(address),
                version=__version__,
            )
        )
        self.answer = small_label("")
        self.weekly = QCheckBox(tr("&Also check once a week when AC Desktop starts"))
        self.weekly.setChecked(settings.asks_for_updates)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.check = self.buttons.addButton(tr("&Check now"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.open_page = self.buttons.addButton(tr("&Open the page"), QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out()

    def _lay_out(self) -> None:
        plain_buttons(self.buttons)
        self.check.setDefault(True)
        self.open_page.hide()
        self.answer.hide()
        self.weekly.toggled.connect(self._keep)
        self.check.clicked.connect(self.ask)
        self.open_page.clicked.connect(self._open)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for part in (self.what_is_sent, self.answer, self.weekly, self.buttons):
            layout.addWidget(part)
        grow_to_fit(self)

    def ask(self) -> None:
        """Ask now, off the UI thread."""
        self.check.setEnabled(False)
        self._show_text(tr("Contacting {host}…", host=release_check.host(self._address)))
        self._bridge.run(partial(release_check.ask_for_newest, self._address), self.show_newest, self._fail)

    def show_newest(self, newest: NewestRelease) -> None:
        """Show the newest version."""
        self.check.setEnabled(True)
        self.asked.emit(newest)
        self._page = newest.page if newest.is_newer else ""
        self.open_page.setVisible(newest.is_newer)
        if newest.is_newer:
            text = tr(
                "Version {version} is available. You have {mine}. Open the page to see what's new and download it."
            )
            self._show_text(text.format(version=newest.version, mine=__version__))
        else:
            self._show_text(tr("You have the latest version."))

    def _fail(self, error: Exception) -> None:
        self.check.setEnabled(True)
        if not isinstance(error, NoReleaseAnswerError):
            raise error
        self._show_text(str(error))

    def _show_text(self, text: str) -> None:
        self.answer.setText(text)
        self.answer.show()
        grow_to_fit(self)

    def _keep(self, wanted: bool) -> None:  # noqa: FBT001  a signal's argument
        self._settings.asks_for_updates = wanted
        self._settings.save()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._page))
