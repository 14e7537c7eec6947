"""The question whether this computer's clock is right, before anything is deleted by age (rule 19)."""

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.store.agreed_time import TimeReading
from ac_desktop.ui.base.dialogs import make_room, plain_buttons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic


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
        make_room(self)

    def _confirm(self) -> None:
        self.confirmed.emit()
        self.accept()


def day(at: float) -> str:
    """Return a day in the locale's format."""
    when = datetime.fromtimestamp(at).astimezone()
    return QLocale().toString(QDate(when.year, when.month, when.day), QLocale.FormatType.LongFormat)
