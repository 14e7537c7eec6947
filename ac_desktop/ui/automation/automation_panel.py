"""What runs by itself for a connection: the switch, what it did, and the schedule of its sources.

A dialog shows it, and so does a page in the connection's settings.
"""

from collections.abc import Callable
from datetime import time
from functools import partial

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QSpinBox, QTimeEdit, QVBoxLayout, QWidget

from ac_desktop.automation.status import AutomationControl
from ac_desktop.model.connection import Connection
from ac_desktop.model.schedule import DEFAULT_MINUTES, LONGEST_MINUTES, SHORTEST_MINUTES, Schedule
from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.automation.status_texts import status_text
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.base.visual.metrics import SPACE_M
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.dialogs.settings.page import SettingsPage

_MORNING = QTime(6, 30)
_DIALOG_WIDTH = 68


class AutomationPanel(QWidget):
    """Whoever shows it stores the schedule. The switch applies at once: `switch_chosen` carries what a person wants."""

    switch_chosen = Signal(bool)
    grown = Signal()

    def __init__(
        self, control: AutomationControl, bridge: Bridge, connection: Connection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._control = control
        self._connection = connection
        self.switch = QCheckBox(tr("Relay &automatically"))
        self.status = small_label("")
        self.kind = QComboBox()
        self.minutes, self.time = QSpinBox(), QTimeEdit()
        self.problem = small_label("")
        self._form = Form()
        self._lay_out()
        self._shown = self.schedule
        self.switch.clicked.connect(self._choose_switch)
        self.kind.currentIndexChanged.connect(self._show_kind)
        bridge.changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        self.kind.addItem(tr("Every few minutes"), False)  # noqa: FBT003  Qt's own order
        self.kind.addItem(tr("Once a day"), True)  # noqa: FBT003  Qt's own order
        self.minutes.setRange(SHORTEST_MINUTES, LONGEST_MINUTES)
        self._form.add_field(tr("&Check the sources:"), self.kind)
        self._minutes_field = self._form.add_field(tr("&Minutes between checks:"), self.minutes)
        self._time_field = self._form.add_field(tr("&Time of day:"), self.time)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        layout.addWidget(self.switch)
        layout.addWidget(self.status)
        layout.addLayout(self._form)
        layout.addWidget(
            small_label(
                tr(
                    "The schedule is for donations from Anedot. Anedot is asked once an hour at most. While this "
                    "window is open, AC Desktop notices new files in the watched folder within seconds."
                )
            )
        )
        layout.addWidget(self.problem)
        layout.addStretch(1)
        self.problem.hide()
        self._show_schedule(self._control.status(self._connection.id).schedule)

    def refresh(self, *_: object) -> None:
        """Show the switch and what it did as it is now."""
        try:
            status = self._control.status_in_window(self._connection.id)
        except (StoreError, LookupError) as error:
            self.show_problem(str(error))
            return
        self.switch.setChecked(status.switch.is_on)
        text = status_text(status, self._control.now()) or tr("New donors wait until you click Relay.")
        self.status.setText(text)
        self.switch.setAccessibleDescription(text)

    def _choose_switch(self, wanted: bool) -> None:  # noqa: FBT001  Qt's own signal
        self.switch.setChecked(not wanted)
        self.switch_chosen.emit(wanted)

    def _show_schedule(self, schedule: Schedule) -> None:
        self.minutes.setValue(schedule.every_minutes or DEFAULT_MINUTES)
        at = schedule.at
        self.time.setTime(QTime(at.hour, at.minute) if at is not None else _MORNING)
        self.kind.setCurrentIndex(self.kind.findData(at is not None))
        self._show_kind()

    def _show_kind(self, *_: object) -> None:
        is_daily = bool(self.kind.currentData())
        self._form.setRowVisible(self._minutes_field, not is_daily)
        self._form.setRowVisible(self._time_field, is_daily)
        self.grown.emit()

    @property
    def schedule(self) -> Schedule:
        """The schedule that the person chose."""
        if self.kind.currentData():
            return Schedule(at=time(self.time.time().hour(), self.time.time().minute()))
        return Schedule(every_minutes=self.minutes.value())

    def change(self) -> Callable[[], None] | None:
        """Return what stores the schedule; None where it was not changed."""
        return None if self.schedule == self._shown else self.store()

    def store(self) -> Callable[[], None]:
        """Return what stores the schedule as it is shown."""
        return partial(self._control.choose_schedule, self._connection.id, self.schedule)

    def show_problem(self, text: str) -> None:
        """Show why something could not be read or stored."""
        self.problem.setText(text)
        self.problem.show()
        self.grown.emit()


class AutomationDialog(QDialog):
    """Save stores the schedule. The switch applies at once: `switch_chosen` carries what a person wants."""

    switch_chosen = Signal(bool)
    saved = Signal()

    def __init__(
        self, control: AutomationControl, bridge: Bridge, connection: Connection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.panel = AutomationPanel(control, bridge, connection)
        self.switch, self.status, self.kind = self.panel.switch, self.panel.status, self.panel.kind
        self.minutes, self.time = self.panel.minutes, self.panel.time
        self.refresh = self.panel.refresh
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.setWindowTitle(tr("Relay automatically for {connection}", connection=connection.name))
        help_key(self, Topic.UNATTENDED)
        plain_buttons(self.buttons)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE_M)
        layout.addWidget(self.panel, 1)
        layout.addWidget(self.buttons)
        self.resize(self.fontMetrics().averageCharWidth() * _DIALOG_WIDTH, self.sizeHint().height())
        self.panel.switch_chosen.connect(self.switch_chosen)
        self.panel.grown.connect(partial(grow_to_fit, self))
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        grow_to_fit(self)

    def _save(self) -> None:
        self.buttons.setEnabled(False)
        self._bridge.run(self.panel.store(), self._saved, self._not_saved)

    def _saved(self, _nothing: None) -> None:
        self.saved.emit()
        self.accept()

    def _not_saved(self, error: Exception) -> None:
        self.buttons.setEnabled(True)
        if not isinstance(error, StoreError):
            raise error
        self.panel.show_problem(str(error))


class AutomationPage(SettingsPage):
    """The switch applies at once, after its own question.

    The schedule is stored with the other settings, and `saved` reports that it was.
    """

    saved = Signal()

    def __init__(
        self, control: AutomationControl, bridge: Bridge, connection: Connection, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Relay automatically"), "relay", parent)
        self.panel = AutomationPanel(control, bridge, connection)
        self.add_text(tr("The switch applies immediately. AC Desktop asks you first."))
        self.add_part(self.panel)

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self

    def change(self) -> Callable[[], None] | None:
        """Return what stores the schedule; None where it was not changed."""
        return self.panel.change()

    def stored(self) -> None:
        """Report that the answers are stored."""
        self.saved.emit()
