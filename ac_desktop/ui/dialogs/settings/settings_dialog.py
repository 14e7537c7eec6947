"""The dialog: its pages at the left, the chosen one beside them. Changes apply immediately."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.parts.primary_button import PrimaryButton
from ac_desktop.ui.base.visual.kinds import PROPERTY, FrameKind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_M, SPACE_S, scaled
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.dialogs.settings.access import SettingsAccess
from ac_desktop.ui.dialogs.settings.general_page import GeneralPage
from ac_desktop.ui.dialogs.settings.other_pages import DataPage, NetworkPage, NoticesPage, UpdatesPage
from ac_desktop.ui.dialogs.settings.page import SettingsPage

SIZE: Final = QSize(800, 540)
_LIST: Final = 188


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
        self.list = QListWidget()
        self.stack = QStackedWidget()
        self.close_button = PrimaryButton(tr("Close"))
        self._lay_out()
        self.list.currentRowChanged.connect(self._show_page)
        self.close_button.clicked.connect(self.accept)
        self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        help_key(self, Topic.START)
        self.list.setAccessibleName(tr("Pages of the settings"))
        self.list.setProperty(PROPERTY, "pages")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setIconSize(icons.size_for(self, 1.2))
        for page in self.pages:
            self.list.addItem(QListWidgetItem(icons.icon(page.icon), page.title))
            self.stack.addWidget(_scrolling(page))
        wanted = self.list.sizeHintForColumn(0) + scaled(SPACE_L * 2, self)
        self.list.setFixedWidth(max(scaled(_LIST, self), wanted))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.list)
        middle.addWidget(self.stack, 1)
        footer = QFrame()
        set_frame_kind(footer, FrameKind.FOOTER)
        below = QHBoxLayout(footer)
        below.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_M)
        below.setSpacing(SPACE_S)
        below.addWidget(small_label(tr("Changes apply immediately.")), 1)
        below.addWidget(self.close_button)
        self.close_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, 1)
        layout.addWidget(footer)
        self._resize()

    def _resize(self) -> None:
        """Take the usual size, as far as the screen has it."""
        wanted = QSize(scaled(SIZE.width(), self), scaled(SIZE.height(), self))
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    def _show_page(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.data.show_settings()


def _scrolling(page: SettingsPage) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area
