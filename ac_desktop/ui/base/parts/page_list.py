"""Pages with a list of them at the left: the chosen one is shown beside it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from ac_desktop.ui.base import icons
from ac_desktop.ui.base.visual.kinds import PROPERTY
from ac_desktop.ui.base.visual.metrics import SPACE_L, scaled

_LIST: Final = 188


class PageList(QWidget):
    """A list of pages, and the chosen page, which scrolls where there is less space."""

    page_shown = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.stack = QStackedWidget()
        self.list.setAccessibleName(name)
        self.list.setProperty(PROPERTY, "pages")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setIconSize(icons.size_for(self, 1.2))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addWidget(self.stack, 1)
        self.list.currentRowChanged.connect(self._show_page)

    def add_page(self, title: str, icon: str, page: QWidget) -> None:
        """Add a page after the others."""
        self.stack.addWidget(_scrolling(page))
        self.list.addItem(QListWidgetItem(icons.icon(icon), title))
        wanted = self.list.sizeHintForColumn(0) + scaled(SPACE_L * 2, self)
        self.list.setFixedWidth(max(scaled(_LIST, self), wanted))

    def _show_page(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.page_shown.emit(at)


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area
