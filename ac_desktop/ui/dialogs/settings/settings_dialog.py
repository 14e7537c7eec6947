"""The dialog: its pages at the left, the chosen one beside them. Changes apply immediately."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.parts.page_list import PageList, lay_out_pages
from ac_desktop.ui.base.parts.primary_button import PrimaryButton
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.dialogs.settings.access import SettingsAccess
from ac_desktop.ui.dialogs.settings.general_page import GeneralPage
from ac_desktop.ui.dialogs.settings.other_pages import DataPage, NetworkPage, NoticesPage, UpdatesPage
from ac_desktop.ui.dialogs.settings.page import SettingsPage


class SettingsDialog(QDialog):
    """Everything that holds for the program, whatever connection is chosen."""

    def __init__(self, access: SettingsAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.general = GeneralPage(access)
        self.data = DataPage(access)
        self.pages: tuple[SettingsPage, ...] = (
            self.general,
            NoticesPage(access.settings),
            self.data,
            NetworkPage(),
            UpdatesPage(access),
        )
        self.page_list = PageList(tr("Pages of the settings"), self)
        self.list, self.stack = self.page_list.list, self.page_list.stack
        self.restore = QPushButton(tr("&Restore defaults"))
        self.close_button = PrimaryButton(tr("Close"))
        self._lay_out()
        self.page_list.page_shown.connect(self._show_page)
        self.restore.clicked.connect(self._restore_defaults)
        self.close_button.clicked.connect(self.accept)
        self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        help_key(self, Topic.START)
        for page in self.pages:
            self.page_list.add_page(page.title, page.icon, page)
        self.restore.setAutoDefault(False)
        self.close_button.setDefault(True)
        explanation = small_label(tr("Changes apply immediately."))
        lay_out_pages(self, self.page_list, (explanation,), (self.restore, self.close_button))

    @property
    def page(self) -> SettingsPage:
        """The page shown."""
        return self.pages[self.list.currentRow()]

    def _show_page(self, _at: int) -> None:
        self.data.show_settings()
        self._show_restore()

    def _show_restore(self) -> None:
        has_defaults = self.page.has_defaults
        self.restore.setEnabled(has_defaults)
        self.restore.setToolTip("" if has_defaults else tr("Nothing on this page has a default."))

    def _restore_defaults(self) -> None:
        self.page.restore_defaults()
