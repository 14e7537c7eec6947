"""Fetching donations from Anedot: the account, its key, the days, and what came of it."""

import threading
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ac_desktop.importing.sources.anedot_api import FetchProblem, parse_uid, problem_text
from ac_desktop.importing.sources.anedot_fetch import FailedFetch, FetchedDonations
from ac_desktop.model.address import AddressError, clean_key
from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import tr
from ac_desktop.platform.local_time import local_day
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import action_buttons, grow_to_fit
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.connection.wizard.key_field import KeyField
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic

_OF_THE_KEY = frozenset({FetchProblem.NO_KEY, FetchProblem.KEY_REFUSED})
_OF_THE_ACCOUNT = frozenset({FetchProblem.NOT_SET_UP, FetchProblem.WRONG_ACCOUNT})


class FetchCancelledError(Exception):
    """The person closed the dialog while days were being read."""


@dataclass(frozen=True)
class _SetUp:
    """What is stored of the connection's account."""

    uid: str
    has_key: bool
    key_location: str
    requests_left: int


class FetchDialog(QDialog):
    """Fetches in the background; `fetched` carries the ImportSource that the Check page is to show."""

    fetched = Signal(object)

    def __init__(
        self, services: Services, bridge: Bridge, connection: Connection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._connection = connection
        self._cancelled = threading.Event()
        self._left: int | None = None
        self._has_key = False
        self.account, self.key = QLineEdit(), KeyField()
        self.since, self.until = QDateEdit(), QDateEdit()
        self.requests, self.message = small_label(""), small_label("")
        self.fetch = QPushButton(tr("&Fetch"))
        self._lay_out()
        self.account.editingFinished.connect(self._read_account)
        self.since.dateChanged.connect(self._show_requests)
        self.until.dateChanged.connect(self._show_requests)
        self.fetch.clicked.connect(self._fetch)
        self.fetch.setEnabled(False)
        bridge.run(self._read_set_up, self._show_set_up, self._fail)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Fetch from Anedot for {connection}", connection=self._connection.name))
        help_key(self, Topic.FETCH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        today = QDate.fromString(local_day(self._services.clock.now()), Qt.DateFormat.ISODate)
        for edit, day in ((self.since, today.addDays(-1)), (self.until, today)):
            edit.setCalendarPopup(True)
            edit.setDate(day)
        form = Form()
        self._account_field = form.add_field(
            tr("Account &UID:"), self.account, tr("A UID usually starts with the letter a.")
        )
        self._key_field = form.add_field(tr("Anedot API &key:"), self.key)
        form.add_field(tr("F&irst day:"), self.since)
        self._until_field = form.add_field(tr("&Last day:"), self.until)
        layout = QVBoxLayout(self)
        layout.addWidget(small_label(_approval_text()))
        layout.addLayout(form)
        layout.addWidget(self.requests)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addWidget(action_buttons(self, self.fetch))
        self.message.hide()
        self.key.setFocus()
        self.resize(self.fontMetrics().averageCharWidth() * 76, self.sizeHint().height())
        grow_to_fit(self)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that the person chose."""
        first, last = self.since.date(), self.until.date()
        return date(first.year(), first.month(), first.day()), date(last.year(), last.month(), last.day())

    def done(self, result: int) -> None:
        """Close, and stop reading days."""
        self._cancelled.set()
        self.key.forget()
        super().done(result)

    # What is stored

    def _read_set_up(self) -> _SetUp:
        anedot = self._services.anedot
        account = anedot.accounts.of(self._connection.id)
        uid = account.uid if account is not None else ""
        return _SetUp(
            uid=uid,
            has_key=anedot.has_key(self._connection.id),
            key_location=anedot.keys.describe().text,
            requests_left=anedot.accounts.requests_left(uid, anedot.now()),
        )

    def _show_set_up(self, found: _SetUp) -> None:
        if not self.account.text():
            self.account.setText(found.uid)
        if found.has_key:
            self._use_saved_key()
            self.fetch.setFocus()
        else:
            self._key_field.show_hint(found.key_location)
        self.fetch.setEnabled(True)
        self._show_left(found.requests_left)

    def _use_saved_key(self) -> None:
        self._has_key = True
        self.key.forget()
        self._key_field.show_hint(tr("Leave this field empty to use the saved key."))

    def _read_account(self) -> None:
        """Read how many requests the account has left that was just typed."""
        uid, anedot = self.account.text().strip(), self._services.anedot
        self._bridge.run(lambda: anedot.accounts.requests_left(uid, anedot.now()), self._show_left, self._fail)

    def _show_left(self, left: int) -> None:
        self._left = left
        self._show_requests()

    def _show_requests(self, *_: object) -> None:
        first, last = self.days
        needed = max(0, (last - first).days + 1)
        if self._left is not None:
            self.requests.setText(
                tr(
                    "Requests left this month: {left}. This fetch needs: {needed}.",
                    left=formatting.count(self._left),
                    needed=formatting.count(needed),
                )
            )
        self._until_field.show_error("" if needed else tr("The first day is after the last day."))
        grow_to_fit(self)

    # The fetch

    def _fetch(self) -> None:
        """Check what was typed, and fetch."""
        uid, key = self._uid(), self._typed_key()
        first, last = self.days
        if uid is None or key is None or first > last:
            grow_to_fit(self)
            return
        self._set_busy(busy=True)
        self._show_message(tr("Asking Anedot…"))
        self._bridge.run(partial(self._run, uid, key, first, last), self._show_result, self._fail)

    def _uid(self) -> str | None:
        try:
            uid = parse_uid(self.account.text())
        except AddressError as error:
            self._account_field.show_error(str(error))
            self.account.setFocus()
            return None
        self._account_field.show_error("")
        return uid

    def _typed_key(self) -> str | None:
        """Return the key that was typed, "" for the one that is stored, None where there is none."""
        self._key_field.show_error("")
        if not self.key.key and self._has_key:
            return ""
        try:
            return clean_key(self.key.key)
        except AddressError:
            self._key_field.show_error(tr("Enter the API key that Anedot gave you."))
            self.key.setFocus()
            return None

    def _run(self, uid: str, key: str, first: date, last: date) -> FetchedDonations | FailedFetch:
        """Fetch off the main thread; the account and a typed key are stored once they worked."""
        anedot = self._services.anedot
        found = anedot.fetch.fetch(
            self._connection,
            first,
            last,
            by_itself=False,
            uid=uid,
            key=key,
            watch=partial(self._watch, (last - first).days + 1),
        )
        if isinstance(found, FetchedDonations):
            anedot.keep(self._connection.id, uid, key)
        return found

    def _watch(self, days: int, read: int) -> None:
        if self._cancelled.is_set():
            raise FetchCancelledError
        if days > 1:
            self._bridge.call(partial(self._show_progress, read + 1, days))

    def _show_progress(self, day: int, days: int) -> None:
        self._show_message(tr("Reading day {day} of {days}…", day=day, days=days))

    def _show_result(self, found: FetchedDonations | FailedFetch) -> None:
        self._set_busy(busy=False)
        self._show_left(found.requests_left)
        if isinstance(found, FailedFetch):
            self._show_problem(found.problem)
        elif found.source is not None:
            self.fetched.emit(found.source)
            self.accept()
        else:
            self._use_saved_key()
            self._show_message(_nothing_new_text(found.known))

    def _show_problem(self, problem: FetchProblem) -> None:
        text = problem_text(problem)
        self._show_message("" if problem in _OF_THE_KEY | _OF_THE_ACCOUNT else text)
        if problem in _OF_THE_KEY:
            self._key_field.show_error(text)
            self.key.setFocus()
        elif problem in _OF_THE_ACCOUNT:
            self._account_field.show_error(text)
            self.account.setFocus()
        grow_to_fit(self)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, FetchCancelledError):
            return
        if not isinstance(error, StoreError | AddressError):
            raise error
        self._set_busy(busy=False)
        self._show_message(str(error))

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.account, self.key, self.since, self.until, self.fetch):
            widget.setEnabled(not busy)

    def _show_message(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
        grow_to_fit(self)


def _approval_text() -> str:
    return tr(
        "Anedot must approve your account before AC Desktop can fetch donations. Ask Anedot's support for access to "
        "the Transaction API and for an API key. You check the donations before AC Desktop queues them."
    )


def _nothing_new_text(known: int) -> str:
    if known:
        return tr("No new donations. Known from earlier imports: {count}.", count=formatting.count(known))
    return tr("Anedot has no donations for these days. If you expected some, check the account UID.")
