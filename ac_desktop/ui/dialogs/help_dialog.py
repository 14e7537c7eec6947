"""The window of the help: its pages beside the one that is read."""

from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.language import Language
from ac_desktop.model.wording import tr
from ac_desktop.ui.base.dialogs import plain_buttons
from ac_desktop.ui.base.translators import language_of_window
from ac_desktop.ui.dialogs import help_topics
from ac_desktop.ui.dialogs.help_topics import Topic

KEY: Final = "F1"
CHARACTERS_WIDE: Final = 108
LINES_HIGH: Final = 32
SHARE_OF_SCREEN: Final = 0.9
SCHEME: Final = "topic"


class HelpDialog(QDialog):
    """Shows the pages; it stays beside the window while a person works."""

    def __init__(self, topic: Topic, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.setWindowTitle(tr("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.topics = QListWidget()
        self.topics.setAccessibleName(tr("Help topics"))
        self.topics.setWordWrap(True)
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page = QTextBrowser()
        self.page.setAcceptDrops(False)
        self.page.setAccessibleName(tr("Help text"))
        self.page.setOpenLinks(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        plain_buttons(self.buttons)
        for one in Topic:
            item = QListWidgetItem(help_topics.title(one, language), self.topics)
            item.setData(Qt.ItemDataRole.UserRole, one.value)
        self._lay_out()
        self.topics.currentItemChanged.connect(self._show_item)
        self.page.anchorClicked.connect(self._follow)
        self.buttons.rejected.connect(self.reject)
        self.show_topic(topic)

    def _lay_out(self) -> None:
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.topics)
        halves.addWidget(self.page)
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 5)
        halves.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.addWidget(halves, 1)
        layout.addWidget(self.buttons)
        metrics, available = self.fontMetrics(), self.screen().availableSize() * SHARE_OF_SCREEN
        width, height = metrics.averageCharWidth() * CHARACTERS_WIDE, metrics.lineSpacing() * LINES_HIGH
        self.resize(min(width, available.width()), min(height, available.height()))
        halves.setSizes([width * 2 // 7, width * 5 // 7])

    @property
    def topic(self) -> Topic:
        """The page that is shown."""
        return Topic(self.topics.currentItem().data(Qt.ItemDataRole.UserRole))

    def show_topic(self, topic: Topic) -> None:
        """Show a page."""
        self.topics.setCurrentRow(list(Topic).index(topic))

    def _show_item(self, item: QListWidgetItem) -> None:
        self.page.setMarkdown(help_topics.text(Topic(item.data(Qt.ItemDataRole.UserRole)), self._language))

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == SCHEME:
            self.show_topic(Topic(link.path()))


def open_help(parent: QWidget, topic: Topic) -> HelpDialog:
    """Open the help at a page, or show the page in the help that is already open over this window."""
    found = parent.findChild(HelpDialog)
    dialog = found if isinstance(found, HelpDialog) else HelpDialog(topic, language_of_window(), parent)
    dialog.show_topic(topic)
    dialog.show()
    dialog.activateWindow()
    return dialog


def help_key(dialog: QDialog, topic: Topic) -> None:
    """Open a page on F1 over a dialog, which keeps the window behind it from receiving keys."""
    help_topics.explain(dialog, topic)

    def show() -> None:
        open_help(dialog, help_topics.topic_at(dialog.focusWidget()))

    QShortcut(QKeySequence(KEY), dialog).activated.connect(show)
