"""Where a connection's donors come from, as a page in its settings: a folder that is watched, and Anedot."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.ui.dialogs.settings.page import SettingsPage
from ac_desktop.ui.importing.watching.watch_panel import WatchPanel


class SourcesPage(SettingsPage):
    """The folder is stored with the other settings, and `saved` reports that it was."""

    saved = Signal()

    def __init__(self, services: Services, connection: Connection, parent: QWidget | None = None) -> None:
        super().__init__(tr("Folder and Anedot"), "import", parent)
        self.panel = WatchPanel(services, connection.id)
        self.add_part(self.panel, stretches=False)
        self.add_heading(tr("Anedot"))
        is_known = services.anedot.accounts.of(connection.id) is not None
        self.add_text(
            tr("This connection fetches donations from an Anedot account.")
            if is_known
            else tr("This connection doesn't fetch donations from Anedot yet.")
        )
        self.add_text(tr("To choose the account or to fetch now, choose File > Fetch from Anedot."))
        self.finish()

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def change(self) -> Callable[[], None] | None:
        """Return what stores the folder; None where it was not changed."""
        return self.panel.change()

    def stored(self) -> None:
        """Report that the answers are stored."""
        self.saved.emit()
