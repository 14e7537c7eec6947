"""Words, icons and numbers that several places of the window share."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtGui import Qt

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reason_codes import Remedy
from ac_desktop.model.states import ConnectionState, RecordState, Step
from ac_desktop.model.wording import ntr, tr
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base.theme import Tone

if TYPE_CHECKING:
    from ac_desktop.model.import_result import ImportResult

ENOUGH_FOR_AN_ESTIMATE: Final = 20


@dataclass(frozen=True)
class StateLabel:
    """A state as icon, word and tone."""

    word: str
    icon: str
    tone: Tone


def record_label(state: RecordState) -> StateLabel:
    """Return a record state's label."""
    match state:
        case RecordState.WAITING:
            return StateLabel(tr("Waiting"), "waiting", Tone.PLAIN)
        case RecordState.SENDING:
            return StateLabel(tr("Sending"), "sending", Tone.NOTE)
        case RecordState.SENT:
            return StateLabel(tr("Sent"), "sent", Tone.GOOD)
        case RecordState.HELD:
            return StateLabel(tr("Held"), "held", Tone.WARNING)
        case RecordState.SKIPPED:
            return StateLabel(tr("Skipped"), "skipped", Tone.QUIET)
        case RecordState.FAILED:
            return StateLabel(tr("Failed"), "failed", Tone.PROBLEM)


def connection_label(state: ConnectionState) -> StateLabel:
    """Return a connection state's label."""
    match state:
        case ConnectionState.ACTIVE:
            return StateLabel(tr("Active"), "active", Tone.GOOD)
        case ConnectionState.PAUSED:
            return StateLabel(tr("Paused"), "paused", Tone.WARNING)
        case ConnectionState.INACTIVE:
            return StateLabel(tr("Inactive"), "inactive", Tone.PROBLEM)


def list_text(connection: Connection) -> str:
    """Return the list's number, and its name where it is known."""
    settings = connection.settings
    if settings.list_name:
        return tr("list {number} “{name}”", number=settings.list_id, name=settings.list_name)
    return tr("list {number}", number=settings.list_id)


def remedy_text(remedy: Remedy) -> str:
    """Return the label of a banner's button."""
    match remedy:
        case Remedy.REPLACE_KEY:
            return tr("Replace API key…")
        case Remedy.CHOOSE_LIST:
            return tr("Change list…")
        case Remedy.EDIT:
            return tr("Correct API URL…")
        case Remedy.OPEN_DONORS:
            return tr("Show failed donors…")
        case Remedy.TEST:
            return tr("Test the connection…")
        case Remedy.REACTIVATE:
            return tr("Test and reactivate…")
        case Remedy.RESUME:
            return tr("Resume")
        case Remedy.EXPLAIN:
            return tr("Why five?")


def tip(text: str) -> str:
    """Return a tooltip that shows a text literally: Qt would render what resembles HTML."""
    if not Qt.mightBeRichText(text):
        return text
    from html import escape  # its 2,000 names of characters are rarely needed

    return f"<p>{escape(text)}</p>"


def donor_name(donor: Donor) -> str:
    """Return a donor's name, as far as it is known."""
    return f"{donor.first_name} {donor.last_name}".strip()


def donors(number: int) -> str:
    """Return a number of donors in words."""
    return ntr("{count} donor", "{count} donors", number)


def left_alone(number: int) -> str:
    """Return the sentence about the chosen donors that a decision does not fit."""
    return ntr(
        "Not changed, because this doesn't apply: {count}.",
        "Not changed, because this doesn't apply: {count}.",
        number,
    )


def count(number: int) -> str:
    """Return a number as the locale writes it."""
    return QLocale().toString(number)


def source_text(record: Record) -> str:
    """Return file, sheet and row."""
    if not record.row:
        return record.file_name
    place = f"{record.file_name} ({record.sheet})" if record.sheet else record.file_name
    return tr("{file} · {row}", file=place, row=record.row)


def steps_text(record: Record) -> str:
    """Return the state of both steps in a sentence."""
    if record.state is RecordState.SENT:
        return tr("Contact {contact} is on the list.", contact=record.contact_id or "")
    if record.step is Step.RESULT:
        return tr("Sent in bulk. ActiveCampaign hasn't reported the result yet.")
    if record.contact_id is not None:
        return tr("Contact {contact} is saved. Adding it to the list is pending.", contact=record.contact_id)
    if record.state is RecordState.SKIPPED:
        return tr("Skipped. Neither step was done.")
    return tr("Neither step is done yet.")


def outcome_text(record: Record) -> str:
    """Return why a record is in its state, or what became of it."""
    if record.reason is not None:
        return record.reason.text
    match record.state:
        case RecordState.SENDING:
            return _sending_text(record)
        case RecordState.SENT if record.contact_id and record.was_new is not None:
            text = tr("New contact {contact}.") if record.was_new else tr("Updated contact {contact}.")
            return text.format(contact=record.contact_id)
        case _:
            return ""


def _sending_text(record: Record) -> str:
    match record.step:
        case Step.CONTACT:
            return tr("Saving the contact.")
        case Step.LIST:
            return tr("Contact saved. Now adding to the list.")
        case Step.RESULT:
            return tr("Sent in bulk. ActiveCampaign hasn't reported the result yet.")


def import_result_text(result: "ImportResult") -> str:
    """Return an import result in a sentence; one that does not balance says so."""
    if not result.balances:
        return result.text
    rows = ntr("{count} row", "{count} rows", result.rows)
    parts = (
        (result.waiting, ntr("{count} waiting", "{count} waiting", result.waiting)),
        (result.skipped, ntr("{count} skipped", "{count} skipped", result.skipped)),
        (result.held, ntr("{count} held", "{count} held", result.held)),
        (result.sent, ntr("{count} sent", "{count} sent", result.sent)),
        (result.failed, ntr("{count} failed", "{count} failed", result.failed)),
    )
    joined = ", ".join(text for number, text in parts if number)
    return tr("{rows}: {parts}", rows=rows, parts=joined)


def when(at: float, now: float) -> str:
    """Return the time of day, with the date where it is not today."""
    moment, today = _moment(at), _moment(now).date()
    time = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    if moment.date() == today:
        return time
    return f"{QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat)} {time}"


def date_and_time(at: float, now: float) -> tuple[str, str]:
    """Return the time of day, or the date with the time of day as its second line where it is not today."""
    moment = _moment(at)
    time = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    if moment.date() == _moment(now).date():
        return time, ""
    return QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat), time


def exact(at: float) -> str:
    """Return date and time to the second."""
    moment = _moment(at)
    date = QLocale().toString(moment.date(), QLocale.FormatType.LongFormat)
    return f"{date} {clock_time(at)}"


def clock_time(at: float) -> str:
    """Return the time of day to the second."""
    return QLocale().toString(_moment(at).time(), _with_seconds(QLocale().timeFormat(QLocale.FormatType.ShortFormat)))


def _with_seconds(time_format: str) -> str:
    """Return the locale's short form of a time (“h:mm AP”, “HH.mm”) with the seconds."""
    return re.sub(r"(\W?)mm(?!\W?ss)", r"\1mm\1ss", time_format)


def _moment(at: float) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(round(at * 1000))
