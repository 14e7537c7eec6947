"""The sidebar's widget: a list of connections and states, *New connection* after it, and *Settings* at the foot."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.visual.kinds import ButtonKind, FrameKind, set_button_kind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import SECOND_LINE, SPACE_L, SPACE_S, SPACE_XS, scaled, sized_font
from ac_desktop.ui.base.window_state import WindowState
from ac_desktop.ui.main.sidebar.delegate import SidebarDelegate
from ac_desktop.ui.main.sidebar.model import SidebarModel
from ac_desktop.ui.main.sidebar.rows import ConnectionRow, StateRow, office_rows, sidebar_rows
from ac_desktop.ui.main.sidebar.sidebar_list import SidebarList

if TYPE_CHECKING:
    from ac_desktop.store.office.place import OfficePlace
    from ac_desktop.ui.main.sidebar.office_block import OfficeBlock

WIDTH: Final = 204


class Sidebar(QFrame):
    """Chooses the connection and the state shown; the menus of a state and of a connection carry their places."""

    connection_chosen = Signal(object)
    state_chosen = Signal(object)
    menu_wanted = Signal(object)
    connection_menu_wanted = Signal(object)
    workstations_wanted = Signal()

    def __init__(
        self,
        states: Sequence[RecordState | None],
        new_connection: QAction,
        settings: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._states = tuple(states)
        self._state: WindowState | None = None
        self._chosen: RecordState | None = None
        self._has_states = True
        self._is_showing = False
        self.model = SidebarModel(self)
        self.list = SidebarList(self)
        self.heading = QLabel(tr("Connections"))
        self.empty = QLabel(tr("No connections yet"))
        self.office: OfficeBlock | None = None
        self._office_place = QVBoxLayout()
        self.new_connection = _button_of(new_connection, tr("New connection"))
        self.settings = _button_of(settings, tr("Settings"))
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.clicked.connect(self._choose)
        self.list.customContextMenuRequested.connect(self._want_menu)

    def _lay_out(self) -> None:
        set_frame_kind(self, FrameKind.SIDEBAR)
        self.setAccessibleName(tr("Connections"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(SidebarDelegate(self.list))
        self.list.setAccessibleName(tr("Connections and states"))
        self.heading.setBuddy(self.list)
        for label in (self.heading, self.empty):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE_S, 0, SPACE_S)
        layout.setSpacing(SPACE_XS)
        for part in (self.heading, self.empty):
            part.setContentsMargins(SPACE_L + 2, 0, SPACE_S, 0)
            layout.addWidget(part)
        layout.addWidget(self.list)
        layout.addWidget(_inset(self.new_connection))
        layout.addStretch(1)
        layout.addLayout(self._office_place)
        layout.addWidget(_line())
        layout.addWidget(_inset(self.settings))
        self._fit_to_font()

    def show_state(self, state: WindowState) -> None:
        """Show the window's state."""
        self._state = state
        self.empty.setVisible(not state.connections)
        if state.office is not None:
            self._show_office(state, state.office)
        self._show()

    def show_reached(self, is_reached: bool) -> None:  # noqa: FBT001  a signal's argument
        """Show whether the office's server is reached."""
        if self.office is not None:
            self.office.show_reached(is_reached=is_reached)

    def show_place(self, place: "OfficePlace") -> None:
        """Show who is in the office by now, between two states of the window."""
        if self._state is not None:
            self._state = replace(self._state, office=place)
            self._show_office(self._state, place)
            self._show()

    def _show_office(self, state: WindowState, place: "OfficePlace") -> None:
        """Show the office above *Settings*; outside one nothing of it is loaded."""
        if self.office is None:
            from ac_desktop.ui.main.sidebar.office_block import OfficeBlock

            self.office = OfficeBlock()
            self._office_place.addWidget(_line())
            self._office_place.addWidget(self.office)
            self.office.workstations_wanted.connect(self.workstations_wanted)
        self.office.show_place(place, office_rows(state, place))

    def show_chosen(self, state: RecordState | None) -> None:
        """Mark the state whose donors are shown."""
        self._chosen = state
        self._show()

    def show_states(self, *, shown: bool) -> None:
        """Show the states of the chosen connection, or the connections alone."""
        self._has_states = shown
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()

    def _fit_to_font(self) -> None:
        self.heading.setFont(sized_font(self.font(), SECOND_LINE, QFont.Weight.DemiBold))
        self.empty.setFont(sized_font(self.font(), SECOND_LINE))
        for button in (self.new_connection, self.settings):
            button.setIconSize(icons.size_beside_text(self))
        hints = (button.sizeHint().width() + 2 * SPACE_S for button in (self.new_connection, self.settings))
        self.setFixedWidth(max(scaled(WIDTH, self), *hints))

    def _show(self) -> None:
        if self._state is None:
            return
        self._is_showing = True
        rows = sidebar_rows(self._state, self._states, self._chosen, has_states=self._has_states)
        if self.model.show_rows(rows):
            self.list.fit()
        current = self.model.row_at(self.list.currentIndex())
        if current is None or not current.is_chosen:
            self.list.setCurrentIndex(self.model.index(self.model.place_of_chosen()))
        self._is_showing = False

    def _choose(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        if self._is_showing:
            return
        row = self.model.row_at(index)
        if isinstance(row, StateRow):
            self.state_chosen.emit(row.state)
        elif isinstance(row, ConnectionRow) and not row.is_chosen:
            self.connection_chosen.emit(row.connection_id)

    def _want_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        row = self.model.row_at(index)
        place = self.list.viewport().mapToGlobal(at)
        if isinstance(row, StateRow):
            self.state_chosen.emit(row.state)
            self.menu_wanted.emit(place)
        elif isinstance(row, ConnectionRow):
            self._choose(index)
            self.connection_menu_wanted.emit(place)


def _line() -> QFrame:
    line = QFrame()
    set_frame_kind(line, FrameKind.LINE)
    return line


def _button_of(action: QAction, text: str) -> QPushButton:
    """Return a flat button that does what an action does."""
    button = QPushButton(text)
    set_button_kind(button, ButtonKind.FLAT)
    name = action.property(icons.NAME_PROPERTY)
    if name:
        icons.set_icon(button, str(name))
    button.setProperty("align", "left")
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    return button


def _inset(button: QPushButton) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(SPACE_S, 0, SPACE_S, 0)
    layout.addWidget(button)
    return holder
