"""What can be copied of records: their rows, their requests with the key masked, and a message for the admin."""

import csv
import io
import json
import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from ac_desktop.importing.profiles.report_columns import escaped
from ac_desktop.model.address import API_PATH, is_loopback
from ac_desktop.model.attempts import StoredAttempt
from ac_desktop.model.connection import Connection
from ac_desktop.model.payload import ContactPayload, JsonObject, ListPayload
from ac_desktop.model.redact import MASK
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting, privacy_mask
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.queue import columns
from ac_desktop.ui.queue.columns import QueueColumn

_APPLICATION_HOST = "activehosted.com"
_KEY_HEADER = "Api-Token"
_NOT_KNOWN_YET = "CONTACT_ID"
MOST_READ_AT_ONCE: Final = 2_000
"""Records read in one query; the texts of more are made off the UI thread."""
_IDS = frozenset({"x-request-id", "cf-ray", "x-amzn-requestid", "x-amz-cf-id", "request-id"})
COLUMNS = (
    QueueColumn.EMAIL,
    QueueColumn.DONOR,
    QueueColumn.PHONE,
    QueueColumn.SOURCE,
    QueueColumn.PAGE,
    QueueColumn.STATE,
    QueueColumn.CONTACT_ID,
    QueueColumn.TRIES,
    QueueColumn.REASON,
)


def emails(records: Sequence[Record]) -> str:
    """Return the addresses, one a line."""
    return "\n".join(privacy_mask.masked_record(record).donor.email for record in records)


def records_csv(records: Sequence[Record], now: float) -> str:
    """Return rows as CSV with a header, safe to be opened by a spreadsheet."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([columns.title(column) for column in COLUMNS])
    for one in records:
        record = replace(privacy_mask.masked_record(one), editors=())
        writer.writerow(escaped([columns.text(record, column, now) for column in COLUMNS]))
    return file.getvalue()


def as_curl(record: Record, connection: Connection) -> str:
    """Return both requests as commands; the key stays masked, so that they can be shown to anybody."""
    shown = privacy_mask.masked_record(record)
    contact = ContactPayload.of(shown.donor).body()
    entry = ListPayload(connection.settings.list_id, record.contact_id or _NOT_KNOWN_YET).body()
    base = connection.settings.address.base
    return "\n\n".join((_curl(f"{base}/contact/sync", contact), _curl(f"{base}/contactLists", entry)))


def _curl(url: str, body: JsonObject) -> str:
    data = json.dumps(body, ensure_ascii=False)
    return (
        f"curl -X POST {shlex.quote(url)} \\\n  -H {shlex.quote(f'{_KEY_HEADER}: {MASK}')} \\\n"
        f"  -H 'Content-Type: application/json' \\\n  -d {shlex.quote(data)}"
    )


def for_admin(record: Record, connection: Connection, attempt: StoredAttempt | None) -> str:
    """Return what an admin needs to know: nothing of the donor, nothing of the key."""
    lines = [
        tr("AC Desktop couldn't add a donor to a list in ActiveCampaign."),
        tr("Account: {account}", account=connection.host),
        tr("List: {list}", list=formatting.list_text(connection)),
        tr("API key: {key}", key=MASK),
    ]
    if record.reason is not None:
        lines.append(tr("Reason: {cause}", cause=record.reason.code.value))
    step = attempt.steps[-1] if attempt is not None and attempt.steps else None
    if attempt is not None and step is not None:
        status = tr("no response") if step.status is None else str(step.status)
        lines += [
            tr("Request: {method} {path}", method=step.method, path=step.path.partition("?")[0]),
            tr("Response: {status}", status=status),
            tr("Time: {time}", time=formatting.exact(attempt.started_at)),
            *(f"{name}: {value}" for name, value in step.headers if name.lower() in _IDS),
        ]
    return "\n".join(lines)


def contact_url(connection: Connection, contact_id: str) -> QUrl:
    """Return the contact's page in ActiveCampaign, or on the practice account's own address."""
    base = connection.settings.address.base.removesuffix(API_PATH)
    host = urlsplit(base).hostname or ""
    name, _, domain = host.partition(".")
    if not is_loopback(connection.host) and domain.startswith("api-"):
        base = f"https://{name}.{_APPLICATION_HOST}"
    return QUrl(f"{base}/app/contacts/{contact_id}")


class RecordClipboard:
    """Copies what people choose in the menus; `fail` gets an error of the store."""

    def __init__(self, services: Services, bridge: Bridge, fail: Callable[[Exception], None]) -> None:
        self._services = services
        self._bridge = bridge
        self._fail = fail

    def copy_emails(self, ids: Sequence[int]) -> None:
        """Copy the addresses of donors."""
        self._copy_text_of(ids, emails)

    def copy_csv(self, ids: Sequence[int]) -> None:
        """Copy donors as CSV."""
        now = self._services.clock.now()
        self._copy_text_of(ids, lambda records: records_csv(records, now))

    def copy_curl(self, record: Record) -> None:
        """Copy a donor's requests, with the key masked."""
        connection = self._services.connections.get(record.connection_id)
        if connection is not None:
            copy_text(self._services.redactor(as_curl(record, connection)))

    def copy_for_admin(self, record: Record) -> None:
        """Copy what the admin needs to know, without donor data."""
        connection = self._services.connections.get(record.connection_id)
        attempts = self._services.history.attempts_of(record.id)
        if connection is not None:
            last = attempts[-1] if attempts else None
            copy_text(self._services.redactor(for_admin(record, connection, last)))

    def open_contact(self, record: Record) -> None:
        """Open the donor's page in ActiveCampaign."""
        connection = self._services.connections.get(record.connection_id)
        if connection is not None and record.contact_id is not None:
            QDesktopServices.openUrl(contact_url(connection, record.contact_id))

    def _copy_text_of(self, ids: Sequence[int], make: Callable[[list[Record]], str]) -> None:
        """Copy the text of a few donors at once, of many when it has been built."""
        if len(ids) <= MOST_READ_AT_ONCE:
            copy_text(make(self._records(ids)))
        else:
            self._bridge.run(lambda: make(self._records(ids)), copy_text, self._fail)

    def _records(self, ids: Sequence[int]) -> list[Record]:
        return [
            record
            for first in range(0, len(ids), MOST_READ_AT_ONCE)
            for record in self._services.record_reader.by_ids(list(ids[first : first + MOST_READ_AT_ONCE]))
        ]


def copy_text(text: str) -> None:
    """Put a text onto the clipboard."""
    QGuiApplication.clipboard().setText(text)
