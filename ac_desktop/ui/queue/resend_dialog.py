"""The Push unsent dialog: which records are sent again, with their number in the button."""

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import ntr, tr
from ac_desktop.platform.local_time import local_day, start_of_day
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.queue.bulk_changes import Resend, ResendKind, ResendRequest
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import action_buttons, grow_to_fit
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic


class ResendDialog(QDialog):
    """Returns records of a date range or a batch to waiting; `pushed` carries how many."""

    pushed = Signal(int)

    def __init__(
        self, services: Services, bridge: Bridge, connection: Connection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._connection = connection
        self.which = QButtonGroup(self)
        self.batch = QComboBox()
        self.by_date = QCheckBox(tr("Only donors last changed between these &dates"))
        self.since, self.until = QDateEdit(), QDateEdit()
        self.note = small_label("")
        self.push = QPushButton()
        self._asked = 0
        self._found: Resend | None = None
        self._lay_out()
        self._connect()
        self._count()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Put back in queue: {connection}", connection=self._connection.name))
        help_key(self, Topic.QUEUE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        texts = {
            ResendKind.FAILED: tr("&Failed donors"),
            ResendKind.HELD: tr("&Held donors (except missing consent or email)"),
            ResendKind.ALL: tr("&All donors, including those already sent"),
        }
        for number, (which, text) in enumerate(texts.items()):
            button = QRadioButton(text)
            button.setChecked(which is ResendKind.FAILED)
            self.which.addButton(button, number)
            layout.addWidget(button)
        self.batch.addItem(tr("All files and manually added donors"), 0)
        now = self._services.clock.now()
        for facts in self._services.staging.batches(self._connection.id):
            self.batch.addItem(f"{facts.file_name}, {formatting.when(facts.queued_at, now)}", facts.id)
        today = QDate.fromString(local_day(now), Qt.DateFormat.ISODate)
        for edit, day in ((self.since, today.addDays(-30)), (self.until, today)):
            edit.setCalendarPopup(True)
            edit.setDate(day)
            edit.setEnabled(False)
        form = Form()
        form.add_field(tr("Of f&ile:"), self.batch)
        form.add_check(self.by_date)
        form.add_field(tr("F&rom:"), self.since)
        form.add_field(tr("&To:"), self.until)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addStretch(1)
        layout.addWidget(action_buttons(self, self.push))

    def _connect(self) -> None:
        self.which.idClicked.connect(self._count)
        self.batch.activated.connect(self._count)
        self.by_date.toggled.connect(self.since.setEnabled)
        self.by_date.toggled.connect(self.until.setEnabled)
        self.by_date.toggled.connect(self._count)
        self.since.dateChanged.connect(self._count)
        self.until.dateChanged.connect(self._count)
        self.push.clicked.connect(self._push)

    @property
    def wanted(self) -> ResendRequest:
        """The records that the person asks for."""
        dated = self.by_date.isChecked()
        return ResendRequest(
            connection_id=self._connection.id,
            which=list(ResendKind)[self.which.checkedId()],
            since=_start(self.since.date()) if dated else None,
            until=_start(self.until.date(), days=1) if dated else None,
            batch_id=self.batch.currentData() or None,
        )

    def _count(self, *_: object) -> None:
        """Count the records; the set found is the one that is pushed, so that no newcomer is included."""
        self._found = None
        self._asked += 1
        self.push.setEnabled(False)
        self.push.setText(tr("Put &back"))
        self._bridge.run(
            partial(self._services.resends.find, self.wanted), partial(self._show, self._asked), self._fail_reading
        )

    def _show(self, asked: int, found: Resend) -> None:
        if asked != self._asked:
            return
        self._found = found
        number = len(found.record_ids)
        self.push.setEnabled(number > 0)
        self.push.setText(ntr("Put {count} donor &back in queue", "Put {count} donors &back in queue", number))
        alone = ntr(
            "{count} held donor not included: consent, a valid email address or an action page is missing.",
            "{count} held donors not included: consent, a valid email address or an action page is missing.",
            found.left_alone,
        )
        self.note.setText(alone if found.left_alone else tr("They are sent with the next relay."))
        grow_to_fit(self)

    def _push(self) -> None:
        if self._found is not None:
            self.push.setEnabled(False)
            self._bridge.run(
                partial(self._services.resends.push, self._connection.id, self._found, self._services.clock.now()),
                self._done,
                self._fail_reading,
            )

    def _done(self, number: int) -> None:
        self._bridge.something_changed()
        self.pushed.emit(number)
        self.accept()

    def _fail_reading(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self.note.setText(str(error))


def _start(day: QDate, days: int = 0) -> float:
    first = datetime.fromisoformat(day.toString(Qt.DateFormat.ISODate)).date() + timedelta(days=days)
    return start_of_day(first)
