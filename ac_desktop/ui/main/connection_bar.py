"""The bar at the top that shows the connection."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base import formatting, icons
from ac_desktop.ui.base.labels import ElidedLabel, IconLabel
from ac_desktop.ui.base.window_state import WindowState
from ac_desktop.ui.main.failure_indicator import FailureIndicator
from ac_desktop.ui.main.relay_button import RelayAction, RelayButtonState, relay_button_state


class ConnectionBar(QFrame):
    """Shows at all times which connection is chosen and its state."""

    connection_chosen = Signal(object)
    relay_pressed = Signal(object)
    failures_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button_state: RelayButtonState | None = None
        self._shown: tuple[Connection, ...] = ()
        self.picker = QComboBox()
        self.state = IconLabel()
        self.account = ElidedLabel()
        self.waiting = QLabel()
        self.failure_indicator = FailureIndicator()
        self.relay = QPushButton()
        self._lay_out()
        self.picker.activated.connect(self._emit_connection)
        self.relay.clicked.connect(self._emit_relay)
        self.failure_indicator.clicked.connect(self.failures_pressed)

    def _lay_out(self) -> None:
        self.setAccessibleName(tr("Connection"))
        caption = QLabel(tr("&Connection:"))
        caption.setBuddy(self.picker)
        self.picker.setAccessibleName(tr("Connection"))
        self.picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.picker.setMinimumContentsLength(12)
        self.account.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.waiting.setTextFormat(Qt.TextFormat.PlainText)
        self.relay.setObjectName("relay")
        failures_caption = QLabel(tr("Failures"))
        self._fit_to_font()
        layout = QHBoxLayout(self)
        layout.addWidget(caption)
        layout.addWidget(self.picker)
        layout.addWidget(self.state)
        layout.addWidget(self.account, 1)
        layout.addWidget(self.waiting)
        layout.addSpacing(self.fontMetrics().height())
        layout.addWidget(failures_caption)
        layout.addWidget(self.failure_indicator)
        layout.addSpacing(self.fontMetrics().height() // 2)
        layout.addWidget(self.relay)

    def show_state(self, state: WindowState) -> None:
        """Show the window's state."""
        self._show_connections(state)
        connection = state.connection
        self.state.show_label(formatting.connection_label(connection.state) if connection else None)
        self.account.show_text(self._account_text(connection))
        waiting = ntr("{count} waiting", "{count} waiting", state.counts.waiting) if connection else ""
        if waiting != self.waiting.text():
            self.waiting.setText(waiting)
        self.failure_indicator.show_state(state)
        self._show_button(relay_button_state(state))

    def changeEvent(self, event: QEvent) -> None:
        """Scale the icons with the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()

    def _fit_to_font(self) -> None:
        for widget in (self.picker, self.relay):
            widget.setIconSize(icons.size_for(self))

    def recolour(self) -> None:
        """Recolour the connections' icons, as the palette has changed."""
        for at, one in enumerate(self._shown):
            label = formatting.connection_label(one.state)
            self.picker.setItemIcon(at, icons.icon(label.icon, label.tone))

    def press_relay(self) -> None:
        """Do what the button says, where it can be pressed."""
        self.relay.click()

    def _show_connections(self, state: WindowState) -> None:
        if state.connections != self._shown:
            self._shown = state.connections
            self.picker.clear()
            for one in state.connections:
                label = formatting.connection_label(one.state)
                name = one.name
                if one.state is not ConnectionState.ACTIVE:
                    name = tr("{name} ({state})", name=one.name, state=label.word)
                self.picker.addItem(icons.icon(label.icon, label.tone), name, one.id)
            self.picker.setEnabled(bool(state.connections))
            if not state.connections:
                self.picker.addItem(tr("No connections yet"), None)
        if state.connection:
            at = self.picker.findData(state.connection.id)
            if at != self.picker.currentIndex():
                self.picker.setCurrentIndex(at)

    def _account_text(self, connection: Connection | None) -> str:
        if connection is None:
            return tr("To begin, connect ActiveCampaign.")
        return tr("{account} · {list}", account=connection.host, list=formatting.list_text(connection))

    def _show_button(self, state: RelayButtonState) -> None:
        if state == self._button_state:
            return
        self._button_state = state
        self.relay.setText(state.label)
        self.relay.setEnabled(state.is_enabled)
        self.relay.setToolTip(state.tip)
        self.relay.setAccessibleName(state.label)
        self.relay.setAccessibleDescription(state.tip)
        icons.set_icon(self.relay, state.icon)

    def _emit_connection(self, at: int) -> None:
        self.connection_chosen.emit(self.picker.itemData(at))

    def _emit_relay(self) -> None:
        if self._button_state is not None and self._button_state.action is not RelayAction.NOTHING:
            self.relay_pressed.emit(self._button_state.action)
