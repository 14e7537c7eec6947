"""The office in the sidebar: its name, whether its server is reached, and its workstations."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QListView, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.store.office.place import OfficePlace
from ac_desktop.ui.base import formatting, icons
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.visual.metrics import SECOND_LINE, SPACE_L, SPACE_S, sized_font
from ac_desktop.ui.main.sidebar.delegate import SidebarDelegate
from ac_desktop.ui.main.sidebar.model import SidebarModel
from ac_desktop.ui.main.sidebar.rows import WorkstationRow
from ac_desktop.ui.main.sidebar.sidebar_list import SidebarList

_MARK: Final = 1.15
MOST_ROWS: Final = 5
"""So many workstations are shown without scrolling."""
_LEAST_LINES: Final = 3


class OfficeBlock(QFrame):
    """Shows quietly that the server is reached, and in a sentence what it means where it is not.

    `workstations_wanted` is sent where a person opens a workstation.
    """

    workstations_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_reached = True
        self._is_closed = False
        self._round_trip: float | None = None
        self._mark = QLabel()
        self.title = QLabel()
        self.reached = QLabel()
        for label in (self.title, self.reached):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.reached.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.model = SidebarModel(self)
        self.list = SidebarList(self, most_rows=MOST_ROWS, least_lines=_LEAST_LINES)
        self.list.setModel(self.model)
        self.list.setItemDelegate(SidebarDelegate(self.list))
        self.list.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.list.setAccessibleName(tr("Workstations of the office"))
        for opened in (self.list.clicked, self.list.activated):
            opened.connect(self.workstations_wanted)
        self._lay_out()
        self._fit_to_font()

    def _lay_out(self) -> None:
        head = QGridLayout()
        head.setContentsMargins(SPACE_L + 2, SPACE_S, SPACE_S, SPACE_S)
        head.setHorizontalSpacing(SPACE_S)
        head.setVerticalSpacing(0)
        head.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 0, 1)
        head.addWidget(self.reached, 1, 1)
        head.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list)

    def show_place(self, place: OfficePlace, rows: Sequence[WorkstationRow] = ()) -> None:
        """Show an office with its workstations."""
        self.title.setText(tr("Office of {name}", name=place.office))
        self._is_closed = place.is_closed
        self._round_trip = place.seen.round_trip
        if self.model.show_rows(rows):
            self.list.fit()
        self.show_reached(is_reached=self._is_reached)

    def show_reached(self, *, is_reached: bool) -> None:
        """Show whether the server is reached."""
        self._is_reached = is_reached
        # What the others do is not known while the server is away.
        self.list.setVisible(is_reached and self.model.rowCount() > 0)
        text = self._text()
        if text != self.reached.text():
            self.reached.setText(text)
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(text)
        self._paint_mark()

    def _text(self) -> str:
        if not self._is_reached:
            return tr("Server not reached. Donors in its queue are safe. This computer sends nothing until it is back.")
        if self._is_closed:
            return tr("Closed. Its queue was moved to another computer, and nothing is sent from here.")
        return self._reached_text()

    def _reached_text(self) -> str:
        if self._round_trip is None:
            return tr("Server reached")
        return tr("Server reached, {count} ms", count=formatting.count(max(1, round(1000 * self._round_trip))))

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.PaletteChange}:
            self._paint_mark()

    def _fit_to_font(self) -> None:
        self.title.setFont(sized_font(self.font(), 1.0, QFont.Weight.DemiBold))
        self.reached.setFont(sized_font(self.font(), SECOND_LINE))

    def _paint_mark(self) -> None:
        name, tone = ("network", Tone.QUIET) if self._is_reached and not self._is_closed else ("offline", Tone.WARNING)
        size = round(self.fontMetrics().height() * _MARK)
        self._mark.setPixmap(icons.pixmap(name, tone, size, self.devicePixelRatioF()))
