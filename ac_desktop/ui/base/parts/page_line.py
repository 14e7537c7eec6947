"""A field for an action page: anything can be typed, and the pages that are known are offered."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QToolButton, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import icons

_MOST_SHOWN: Final = 8


class PageLine(QLineEdit):
    """Completes what is typed from the known pages; the Down arrow key and the arrow at its end list them all."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAcceptDrops(False)
        self._pages = QStringListModel(self)
        self._all = QCompleter(self._pages, self)
        self._all.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        matching = QCompleter(self._pages, self)
        matching.setFilterMode(Qt.MatchFlag.MatchContains)
        matching.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        for completer in (matching, self._all):
            completer.setMaxVisibleItems(_MOST_SHOWN)
        self.setCompleter(matching)
        self._all.setWidget(self)
        self._all.activated.connect(self._take)
        self._open = self.addAction(icons.icon("chevron-down"), QLineEdit.ActionPosition.TrailingPosition)
        icons.set_icon(self._open, "chevron-down")
        name = tr("Show the known pages")
        self._open.setToolTip(name)
        # The text of the action would make its button wider than the field gives it.
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(name)
        self._open.triggered.connect(self.show_all)
        self._open.setVisible(False)

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages that are offered."""
        return tuple(self._pages.stringList())

    def offer(self, pages: Sequence[str]) -> None:
        """Offer these pages."""
        self._pages.setStringList(list(pages))
        self._open.setVisible(bool(pages))

    def show_all(self) -> None:
        """List every known page below the field."""
        if self.pages:
            self.setFocus(Qt.FocusReason.PopupFocusReason)
            self._all.complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """List the pages with the Down arrow key."""
        if event.key() == Qt.Key.Key_Down and self.pages:
            self.show_all()
        else:
            super().keyPressEvent(event)

    def _take(self, page: str) -> None:
        """Take a page from the list as if it was typed."""
        self.setText(page)
        self.textEdited.emit(page)
