"""Pages with a list of them at the left: the chosen one is shown beside it."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
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

from ac_desktop.ui.base import icons
from ac_desktop.ui.base.visual.kinds import PROPERTY, FrameKind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_M, SPACE_S, scaled

_LIST: Final = 188
_SIZE: Final = QSize(800, 556)
"""The usual size of a dialog of pages, at the usual text size."""


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
        self.stack.addWidget(_scrolling(page, self.stack))
        self.list.addItem(QListWidgetItem(icons.icon(icon), title))
        wanted = self.list.sizeHintForColumn(0) + scaled(SPACE_L * 2, self)
        self.list.setFixedWidth(max(scaled(_LIST, self), wanted))

    def _show_page(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.page_shown.emit(at)


def lay_out_pages(
    dialog: QDialog, pages: PageList, explanations: Iterable[QWidget], buttons: Iterable[QWidget]
) -> None:
    """Put a dialog's pages above a footer, and give it the usual size as far as the screen has it."""
    footer = QFrame()
    set_frame_kind(footer, FrameKind.FOOTER)
    below = QHBoxLayout(footer)
    below.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_M)
    below.setSpacing(SPACE_S)
    for part in explanations:
        below.addWidget(part, 1, Qt.AlignmentFlag.AlignVCenter)
    for part in buttons:
        below.addWidget(part)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(pages, 1)
    layout.addWidget(footer)
    wanted = QSize(scaled(_SIZE.width(), dialog), scaled(_SIZE.height(), dialog))
    dialog.resize(wanted.boundedTo(dialog.screen().availableSize()))


def _scrolling(page: QWidget, parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area
