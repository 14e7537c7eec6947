"""The dialogs about deletion by age: for how long data is kept, and whether the clock is right first (rule 19)."""

from functools import partial

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QSpinBox, QVBoxLayout, QWidget

from ac_desktop.model.rules import DEFAULT_RETENTION_DAYS, KEEP_FOREVER, LONGEST_RETENTION_DAYS
from ac_desktop.model.wording import tr
from ac_desktop.platform.local_time import local_time
from ac_desktop.services import Services
from ac_desktop.store.agreed_time import TimeReading
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic


class RetentionDialog(QDialog):
    """Sets the days; what is older is deleted automatically, soon after."""

    kept = Signal()

    def __init__(self, services: Services, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self.forget = QCheckBox(tr("Delete &personal data of sent donors automatically"))
        self.days = QSpinBox()
        self.problem = small_label("")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        days = services.retention.days()
        self.forget.toggled.connect(self.days.setEnabled)
        self.forget.setChecked(days != KEEP_FOREVER)
        self.days.setEnabled(days != KEEP_FOREVER)
        self.days.setValue(days or DEFAULT_RETENTION_DAYS)
        self.buttons.accepted.connect(self._keep)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Data retention"))
        help_key(self, Topic.DATA)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.days.setRange(1, LONGEST_RETENTION_DAYS)
        plain_buttons(self.buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(
            small_label(
                tr(
                    "After this time, AC Desktop deletes the names, addresses, requests and responses of sent "
                    "and skipped donors. Counts and import results stay, and repeated rows are still recognized. "
                    "Waiting, held and failed donors are kept."
                )
            )
        )
        layout.addWidget(self.forget)
        form = Form()
        form.add_field(tr("&Days after sending:"), self.days)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        self.problem.hide()
        layout.addWidget(self.buttons)
        grow_to_fit(self)

    def _keep(self) -> None:
        days = self.days.value() if self.forget.isChecked() else KEEP_FOREVER
        self._bridge.run(partial(self._services.retention.set_days, days), self._done, self._show_failure)

    def _done(self, _: None) -> None:
        self.kept.emit()
        self.accept()

    def _show_failure(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self.problem.setText(str(error))
        self.problem.show()
        grow_to_fit(self)


class ClockDialog(QDialog):
    """Shows both dates; `confirmed` means that today's is right, and closing it changes nothing."""

    confirmed = Signal()

    def __init__(self, reading: TimeReading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Is today's date right?"))
        help_key(self, Topic.DATA)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = small_label(
            tr(
                (
                    "This computer's date is {clock}. The last date AC Desktop saw is {last_seen}. "
                    "If today's date is right, AC Desktop now deletes the donor data that has "
                    "reached its age limit. If it is wrong, correct the computer's clock first. "
                    "Until you confirm the date, no donor data is deleted because of its age."
                ),
                clock=day(reading.clock),
                last_seen=day(reading.last_seen),
            )
        )
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.is_right = self.buttons.addButton(tr("The date is &right"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setDefault(True)
        plain_buttons(self.buttons)
        self.buttons.accepted.connect(self._confirm)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(self.buttons)
        grow_to_fit(self)

    def _confirm(self) -> None:
        self.confirmed.emit()
        self.accept()


def day(at: float) -> str:
    """Return a day in the locale's format."""
    when = local_time(at)
    return QLocale().toString(QDate(when.year, when.month, when.day), QLocale.FormatType.LongFormat)
