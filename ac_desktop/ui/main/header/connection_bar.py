"""The header: the connection that is chosen, its facts, the daily actions, and the button that relays."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QMenu, QToolBar, QToolButton, QVBoxLayout, QWidget

from ac_desktop.model.connection import Connection
from ac_desktop.model.rules import MOST_FAILURES_IN_A_ROW
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base import formatting, icons
from ac_desktop.ui.base.labels import ElidedLabel
from ac_desktop.ui.base.parts.pill import StatePill
from ac_desktop.ui.base.parts.primary_button import PrimaryButton
from ac_desktop.ui.base.theme import Tone, tone_color
from ac_desktop.ui.base.visual.kinds import FrameKind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import HELP, PAGE_TITLE, SPACE_L, SPACE_S, SPACE_XS, sized_font
from ac_desktop.ui.base.window_state import WindowState
from ac_desktop.ui.main.header.failure_indicator import AMBER_FROM, FailureIndicator
from ac_desktop.ui.main.header.relay_button import RelayAction, RelayButtonState, relay_button_state

if TYPE_CHECKING:
    from ac_desktop.automation.status import AutomationStatus

_TOOL_ICON: Final = 1.2


class ConnectionBar(QFrame):
    """Shows at all times which connection is chosen and its state."""

    connection_chosen = Signal(object)
    relay_pressed = Signal(object)
    failures_pressed = Signal()
    automatic_chosen = Signal(bool)
    left_out = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button_state: RelayButtonState | None = None
        self._shown: WindowState | None = None
        self._is_short = False
        self._has_switch = True
        self.title = ElidedLabel()
        self.chooser = QToolButton()
        self.state = StatePill()
        self.tool_bar = QToolBar(tr("Tools"))
        self.more = QToolButton()
        self.relay = PrimaryButton()
        self.facts = ElidedLabel()
        self.workstation_mark = QLabel()
        self.workstation = ElidedLabel()
        self.failures_caption = QLabel(tr("Failures in a row"))
        self.failure_indicator = FailureIndicator()
        self.failures_text = QLabel()
        self.automatic = QCheckBox(tr("Relay &automatically"))
        self.automatic_text = ElidedLabel()
        self._lay_out()
        self.relay.clicked.connect(self._emit_relay)
        self.failure_indicator.clicked.connect(self.failures_pressed)
        self.automatic.clicked.connect(self._emit_automatic)
        self.chooser.clicked.connect(self._open_chooser)

    def _lay_out(self) -> None:
        set_frame_kind(self, FrameKind.HEADER)
        self.setAccessibleName(tr("Connection"))
        self.chooser.setAccessibleName(tr("Choose a connection"))
        self.chooser.setToolTip(tr("Choose a connection"))
        icons.set_icon(self.chooser, "chevron-down")
        self.more.setAccessibleName(tr("More about this connection"))
        self.more.setToolTip(tr("More about this connection"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setAutoRaise(True)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icons.set_icon(self.more, "more")
        self.tool_bar.setMovable(False)
        self.tool_bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.tool_bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.relay.setObjectName("relay")
        self.automatic.hide()
        self.automatic_text.hide()
        self.chooser.hide()
        top = QHBoxLayout()
        top.setSpacing(SPACE_S)
        for widget, stretch in (
            (self.title, 0),
            (self.chooser, 0),
            (self.state, 0),
            (QWidget(), 1),
            (self.tool_bar, 0),
            (self.more, 0),
            (self.relay, 0),
        ):
            top.addWidget(widget, stretch)
        below = QHBoxLayout()
        below.setSpacing(SPACE_S)
        below.addWidget(self.facts, 1)
        for label in (self.workstation_mark, self.workstation):
            label.hide()
            below.addWidget(label)
        for part in (self.failures_caption, self.failure_indicator, self.failures_text):
            below.addWidget(part)
        below.addSpacing(SPACE_S)
        below.addWidget(self.automatic)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_S, SPACE_L, SPACE_S)
        layout.setSpacing(SPACE_XS)
        layout.addLayout(top)
        layout.addLayout(below)
        layout.addWidget(self.automatic_text)
        self._fit_to_font()

    def show_state(self, state: WindowState) -> None:
        """Show the window's state."""
        self._shown = state
        connection = state.connection
        self.title.show_text(connection.name if connection else tr("AC Desktop"))
        self.state.show_label(formatting.connection_label(connection.state) if connection else None)
        self._show_workstation()
        self._show_facts(connection)
        self.failure_indicator.show_state(state)
        self._show_failures(connection)
        self._show_automatic(state)
        self._show_button(relay_button_state(state))

    def show_short(self, *, words: bool, facts: bool, switch: bool) -> None:
        """Leave the words of the tools out, all facts but the list, or the switch, where there is little space.

        The menu has what is left out.
        """
        self._has_switch = switch
        self.automatic.setVisible(switch and self._shown is not None and self._shown.automation is not None)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if words else Qt.ToolButtonStyle.ToolButtonIconOnly
        if style != self.tool_bar.toolButtonStyle():
            self.tool_bar.setToolButtonStyle(style)
            self._fit_tool_icons()
        if self._is_short == facts:
            self._is_short = not facts
            self._show_workstation()
            if self._shown is not None:
                self._show_facts(self._shown.connection)

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            self._show_failures(self._shown.connection)
            self._show_workstation()

    def _fit_to_font(self) -> None:
        self.title.setFont(sized_font(self.font(), PAGE_TITLE, QFont.Weight.DemiBold))
        for label in (self.facts, self.failures_caption, self.failures_text, self.automatic_text):
            label.setFont(sized_font(self.font(), HELP))
        self.workstation.setFont(sized_font(self.font(), HELP, QFont.Weight.DemiBold))
        self._fit_tool_icons()
        self.chooser.setIconSize(icons.size_for(self))
        self.more.setIconSize(icons.size_for(self, _TOOL_ICON))
        for label in (self.facts, self.failures_caption, self.automatic_text):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)

    def _fit_tool_icons(self) -> None:
        has_words = self.tool_bar.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        size = icons.size_beside_text if has_words else icons.size_for
        self.tool_bar.setIconSize(size(self, _TOOL_ICON))

    def press_relay(self) -> None:
        """Do what the button says, where it can be pressed."""
        self.relay.click()

    def _workstation_text(self) -> str:
        place = self._shown.office if self._shown is not None else None
        return tr("{workstation} · {person}", workstation=place.workstation, person=place.person) if place else ""

    def _place_text(self) -> str:
        """Return the office with this workstation, "" outside one."""
        place = self._shown.office if self._shown is not None else None
        if place is None:
            return ""
        office = tr("Office of {name}", name=place.office)
        return tr("{office} · {workstation}", office=office, workstation=self._workstation_text())

    def _show_workstation(self) -> None:
        """Show in an office which workstation this is, and whose, where there is space."""
        text, whole = self._workstation_text(), self._place_text()
        self.workstation.show_text(text)
        self.workstation.setToolTip(whole)
        self.workstation.setAccessibleName(tr("This computer in the office: {name}", name=text) if text else "")
        self.workstation.setAccessibleDescription(whole)
        for part in (self.workstation_mark, self.workstation):
            part.setVisible(bool(text) and not self._is_short)
        if text:
            size = self.fontMetrics().height()
            self.workstation_mark.setPixmap(icons.pixmap("computer", Tone.QUIET, size, self.devicePixelRatioF()))

    def _show_facts(self, connection: Connection | None) -> None:
        """Show the facts, those for which there is no space in the menu."""
        if connection is None:
            self.facts.show_text(tr("To begin, connect ActiveCampaign."))
            self.left_out.emit("")
            return
        list_text = _list_text(connection)
        pace = connection.settings.pace
        speed = ntr("{count} request per second", "{count} requests per second", pace)
        whole = tr("{list} · {account} · {speed}", list=list_text, account=connection.host, speed=speed)
        self.facts.show_text(list_text if self._is_short else whole)
        self.left_out.emit(self._left_out(connection.host, speed) if self._is_short else "")

    def _left_out(self, account: str, speed: str) -> str:
        """Return the facts for which there is no space."""
        facts = tr("{account} · {speed}", account=account, speed=speed)
        place = self._place_text()
        return tr("{facts} · {workstation}", facts=facts, workstation=place) if place else facts

    def _show_failures(self, connection: Connection | None) -> None:
        streak = min(connection.circuit.streak, MOST_FAILURES_IN_A_ROW) if connection else 0
        text = tr("{number} of {most}", number=streak, most=MOST_FAILURES_IN_A_ROW) if streak else tr("none")
        tone = Tone.QUIET
        if streak:
            tone = Tone.PROBLEM if streak >= MOST_FAILURES_IN_A_ROW else Tone.WARNING
        self.failures_text.setText(text)
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, tone_color(tone, palette))
        if palette != self.failures_text.palette():
            self.failures_text.setPalette(palette)
        weight = QFont.Weight.DemiBold if streak >= AMBER_FROM else QFont.Weight.Normal
        self.failures_text.setFont(sized_font(self.font(), HELP, weight))
        for part in (self.failures_caption, self.failure_indicator, self.failures_text):
            part.setVisible(connection is not None)

    def _show_automatic(self, state: WindowState) -> None:
        status = state.automation
        self.automatic.setVisible(status is not None and self._has_switch)
        self.automatic.setChecked(status is not None and status.switch.is_on)
        text = "" if status is None else _automation_text(status, state.now)
        self.automatic_text.show_text(text)
        self.automatic_text.setVisible(bool(text))
        self.automatic.setAccessibleDescription(text)

    def _emit_automatic(self, wanted: bool) -> None:  # noqa: FBT001  Qt's own signal
        """Report what a person wants; the box follows the store, where it may be a moment later, or never."""
        self.automatic.setChecked(not wanted)
        self.automatic_chosen.emit(wanted)

    def _show_button(self, state: RelayButtonState) -> None:
        if state == self._button_state:
            return
        self._button_state = state
        self.relay.setText(state.label)
        self.relay.setEnabled(state.is_enabled)
        self.relay.setToolTip(state.tip)
        self.relay.setAccessibleName(state.label)
        self.relay.setAccessibleDescription(state.tip)
        self.relay.show_icon(state.icon)

    def _open_chooser(self) -> None:
        """Open the menu of connections, which stands in for the sidebar."""
        if self._shown is not None:
            self.chooser_menu().popup(self.chooser.mapToGlobal(self.chooser.rect().bottomLeft()))

    def chooser_menu(self) -> QMenu:
        """Return a menu of all connections."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._shown.connections if self._shown is not None else ():
            label = formatting.connection_label(one.state)
            text = tr("{name} ({state})", name=one.name, state=label.word)
            action = menu.addAction(icons.icon(label.icon, label.tone), text)
            action.setData(one.id)
        menu.triggered.connect(self._emit_connection)
        return menu

    def _emit_connection(self, action: object) -> None:
        self.connection_chosen.emit(action.data())  # type: ignore[attr-defined]

    def _emit_relay(self) -> None:
        if self._button_state is not None and self._button_state.action is not RelayAction.NOTHING:
            self.relay_pressed.emit(self._button_state.action)


def _automation_text(status: "AutomationStatus", now: float) -> str:
    from ac_desktop.ui.automation.status_texts import status_text

    return status_text(status, now)


def _list_text(connection: Connection) -> str:
    settings = connection.settings
    if settings.list_name:
        return tr("List “{name}” (ID {number})", name=settings.list_name, number=settings.list_id)
    return tr("List with ID {number}", number=settings.list_id)
