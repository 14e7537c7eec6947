"""The list of rows in the sidebar."""

import sys
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QWidget

from ac_desktop.ui.base.parts.viewports import replace_viewport

LEAST_LINES: Final = 6


class SidebarList(QListView):
    """A list as high as its rows, or the first of them, which scrolls where there is less space."""

    def __init__(
        self, parent: QWidget | None = None, *, most_rows: int = sys.maxsize, least_lines: int = LEAST_LINES
    ) -> None:
        super().__init__(parent)
        self._most_rows = most_rows
        self._least_lines = least_lines
        self._by_keyboard = False
        replace_viewport(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAcceptDrops(False)

    @property
    def shows_focus(self) -> bool:
        """Whether the focus came by the keyboard, and is shown."""
        return self._by_keyboard and self.hasFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note whether the focus came by the keyboard."""
        super().focusInEvent(event)
        by_keys = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
        self._by_keyboard = event.reason() in by_keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the focus from the first key on."""
        self._by_keyboard = True
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ask for the menu of the row in focus where a key asks: Qt takes the middle of the list."""
        by_key = isinstance(event, QContextMenuEvent) and event.reason() is QContextMenuEvent.Reason.Keyboard
        if by_key and self.currentIndex().isValid():
            self.customContextMenuRequested.emit(self.visualRect(self.currentIndex()).center())
            return True
        return super().event(event)

    def fit(self) -> None:
        """Follow the number of rows."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the height of the rows."""
        model = self.model()
        rows = range(min(model.rowCount(), self._most_rows))
        return QSize(0, sum(self.sizeHintForRow(row) for row in rows) + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the height of a few rows."""
        return QSize(0, min(self.sizeHint().height(), self.fontMetrics().height() * self._least_lines))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()
