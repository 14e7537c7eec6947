"""Verify with ActiveCampaign: which of the sent donors are on the list, found by reading alone."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import responsible_text
from ac_desktop.model.wording import tr
from ac_desktop.relay.connection_keys import KeyUnusableError
from ac_desktop.relay.reconciliation import Presence
from ac_desktop.relay.request_runner import AccountReadError
from ac_desktop.relay.verification import Verified
from ac_desktop.reporting.csv_files import write_verified
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base import formatting, privacy_mask
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.base.file_dialogs import save_dialog
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic

_PROGRESS_INTERVAL_MS: Final = 200
_LINES: Final = 12
_COLUMNS: Final = 76


@dataclass(frozen=True)
class VerifyFound:
    """What was found, with the names of the donors who are not there."""

    verified: Verified
    names: Mapping[str, str]

    def rows(self) -> list[tuple[str, str, str]]:
        """Return name, address and presence of each."""
        return [(self.names.get(one.email, ""), one.email, presence_text(one.presence)) for one in self.verified.donors]

    def text(self) -> str:
        """Return a line for each."""
        return "\n".join("  ".join(part for part in row if part) for row in self.rows())

    def masked_rows(self) -> str:
        """Return the same lines as they may be shown."""
        return "\n".join(
            "  ".join(part for part in (privacy_mask.mask_word(name), privacy_mask.mask_text(email), state) if part)
            for name, email, state in self.rows()
        )


class VerifyDialog(QDialog):
    """Starts to read on command; the same button stops it, and closing the dialog does too."""

    def __init__(
        self, services: Services, bridge: Bridge, connection: Connection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._connection = connection
        self._work: _Work | None = None
        self._found: VerifyFound | None = None
        self._progress_timer = QTimer(self)
        self._progress_timer.setInterval(_PROGRESS_INTERVAL_MS)
        self._progress_timer.timeout.connect(self._show_progress)
        self.note = small_label("")
        self.bar = QProgressBar()
        self.donors = QPlainTextEdit()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.go = QPushButton()
        self.copy_button = QPushButton(tr("&Copy"))
        self.save_button = QPushButton(tr("&Save…"))
        self._lay_out()
        self._connect()
        self._show_buttons()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Verify with ActiveCampaign: {connection}", connection=self._connection.name))
        help_key(self, Topic.RELAY)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.hide()
        self.donors.setReadOnly(True)
        self.donors.setAcceptDrops(False)
        self.donors.setTabChangesFocus(True)
        self.donors.setAccessibleName(tr("Donors who aren't on the list"))
        self.donors.setMinimumHeight(self.donors.fontMetrics().height() * _LINES)
        self.donors.hide()
        for button in (self.copy_button, self.save_button):
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        plain_buttons(self.buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(
            small_label(
                tr(
                    (
                        "Reads {list} and looks for every donor who was sent with this connection. "
                        "Nothing is changed here or in ActiveCampaign."
                    ),
                    list=formatting.list_text(self._connection),
                )
            )
        )
        layout.addWidget(self.note)
        layout.addWidget(self.bar)
        layout.addWidget(self.donors, 1)
        layout.addWidget(self.buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * _COLUMNS, self.sizeHint().height())

    def _connect(self) -> None:
        self.go.clicked.connect(self._press)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._ask_where)
        self.buttons.rejected.connect(self.reject)

    def done(self, result: int) -> None:
        """Close, and stop reading."""
        self._stop()
        super().done(result)

    def _press(self) -> None:
        if self._work is not None:
            self._stop()
            self.note.setText(tr("Stopping after the current response."))
            return
        self._found = None
        self.donors.hide()
        self._work = _Work(self._services, self._connection)
        self._bridge.run(self._work.run, partial(self._ended, self._work), partial(self._show_failure, self._work))
        self._progress_timer.start()
        self._show_progress()
        self._show_buttons()

    def _stop(self) -> None:
        self._progress_timer.stop()
        if self._work is not None:
            self._work.stop()

    def _show_progress(self) -> None:
        if self._work is not None:
            settled, sent = self._work.progress
            self.bar.setRange(0, sent)
            self.bar.setValue(settled)
            self.note.setText(
                tr(
                    "Checked: {settled} of {sent} donors.",
                    settled=formatting.count(settled),
                    sent=formatting.count(sent),
                )
            )

    def _ended(self, work: "_Work", found: VerifyFound) -> None:
        if work is self._work:
            self._work = None
            self._progress_timer.stop()
            self.show_found(found)

    def show_found(self, found: VerifyFound) -> None:
        """Show the presence of the donors."""
        self._found = found
        self.note.setText(_result_text(found.verified))
        self.donors.setVisible(bool(found.verified.donors))
        self._show_buttons()
        self.show_again()

    def show_again(self) -> None:
        """Show the donors again, as the privacy mask has changed."""
        if self._found is not None:
            self.donors.setPlainText(self._found.masked_rows())
            grow_to_fit(self)

    def _show_failure(self, work: "_Work", error: Exception) -> None:
        if isinstance(error, AccountReadError):
            who = responsible_text(error.reason.who)
            text = f"{error.reason.text} ({who})" if who else error.reason.text
        elif isinstance(error, StoreError):
            text = str(error)
        else:
            raise error
        if work is self._work:
            self._work = None
            self._progress_timer.stop()
            self.note.setText(text)
            self._show_buttons()
            grow_to_fit(self)

    def _show_buttons(self) -> None:
        running = self._work is not None
        self.bar.setVisible(running)
        self.go.setText(tr("&Stop") if running else tr("&Verify"))
        has_donors = self._found is not None and bool(self._found.verified.donors)
        self.copy_button.setVisible(has_donors)
        self.save_button.setVisible(has_donors)

    def _copy(self) -> None:
        if self._found is not None:
            QGuiApplication.clipboard().setText(self._found.text())

    def _ask_where(self) -> None:
        save_dialog(
            self,
            tr("Save the donors"),
            name=tr("not-on-the-list.csv"),
            name_filters=[tr("CSV (*.csv)")],
            suffix="csv",
            save=self.save,
        ).open()

    def save(self, name: str) -> None:
        """Write the donors to a file; an error is shown."""
        if self._found is None:
            return
        try:
            write_verified(Path(name), self._found.rows())
        except OSError as error:
            self.note.setText(tr("{file} couldn't be saved: {problem}.", file=name, problem=error.strerror))
        else:
            self.note.setText(tr("Saved as {file}.", file=name))


def presence_text(presence: Presence) -> str:
    """Return a donor's presence on the list in words."""
    return {
        Presence.THERE: tr("on the list"),
        Presence.LEFT: tr("left the list or not active"),
        Presence.MISSING: tr("not found on the list"),
    }[presence]


def _result_text(verified: Verified) -> str:
    if not verified.sent:
        return tr("No donors were sent with this connection yet.")
    if not verified.is_whole:
        text = tr("Stopped. Found on the list so far: {there} of {sent} donors.")
    elif not verified.donors:
        text = tr("Every sent donor is on the list: {sent}.")
    else:
        text = tr(
            "On the list: {there} of {sent} donors. Left or not active: {left}. Not found: "
            "{missing}. Nothing was changed."
        )
    return text.format(
        sent=formatting.count(verified.sent),
        there=formatting.count(verified.there),
        left=formatting.count(verified.count(Presence.LEFT)),
        missing=formatting.count(verified.count(Presence.MISSING)),
    )


class _Work:
    """The verification itself, on a thread of the bridge; the main thread reads its progress."""

    def __init__(self, services: Services, connection: Connection) -> None:
        self._services = services
        self._connection = connection
        self._stopping = threading.Event()
        self.progress = (0, 0)

    def stop(self) -> None:
        """Stop asking."""
        self._stopping.set()

    def run(self) -> VerifyFound:
        """Verify to the end. Raises AccountReadError where the account does not answer as it should."""
        services, connection = self._services, self._connection
        try:
            key = services.connection_keys.get(connection.id)
        except KeyUnusableError as error:
            raise AccountReadError(error.reason) from error
        names = services.record_reader.sent_names(connection.id)
        self.progress = (0, len(names))
        verified = services.verification.verify(
            connection, key, names, on_progress=self._record_progress, stopping=self._stopping.is_set
        )
        return VerifyFound(verified, {one.email: names[one.email] for one in verified.donors})

    def _record_progress(self, settled: int, sent: int) -> None:
        self.progress = (settled, sent)
