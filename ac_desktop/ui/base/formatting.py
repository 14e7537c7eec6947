"""Words, icons and numbers that several places of the window share."""

from dataclasses import dataclass
from html import escape
from typing import Final

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtGui import Qt

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base.theme import Tone

MINUTE: Final = 60
HOUR: Final = 3600
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


def tip(text: str) -> str:
    """Return a tooltip that shows a text literally: Qt would render what resembles HTML."""
    return f"<p>{escape(text)}</p>" if Qt.mightBeRichText(text) else text


def donor_name(donor: Donor) -> str:
    """Return a donor's name, as far as it is known."""
    return f"{donor.first_name} {donor.last_name}".strip()


def donors(number: int) -> str:
    """Return a number of donors in words."""
    return ntr("{count} donor", "{count} donors", number)


def left_alone(number: int) -> str:
    """Return the sentence about the chosen donors that a decision does not fit."""
    return ntr(
        "{count} was left as it is, as this does not fit it.",
        "{count} were left as they are, as this does not fit them.",
        number,
    )


def count(number: int) -> str:
    """Return a number as the locale writes it."""
    return QLocale().toString(number)


def when(at: float, now: float) -> str:
    """Return the time of day, with the date where it is not today."""
    moment, today = _moment(at), _moment(now).date()
    time = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    if moment.date() == today:
        return time
    return f"{QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat)} {time}"


def exact(at: float) -> str:
    """Return date and time to the second."""
    moment = _moment(at)
    date = QLocale().toString(moment.date(), QLocale.FormatType.LongFormat)
    return f"{date} {moment.time().toString('HH:mm:ss')}"


def clock_time(at: float) -> str:
    """Return the time of day to the second."""
    return _moment(at).time().toString("HH:mm:ss")


def countdown(seconds: float) -> str:
    """Return minutes and seconds, as 0:27."""
    whole = max(0, round(seconds))
    return f"{whole // MINUTE}:{whole % MINUTE:02d}"


def span(seconds: float) -> str:
    """Return a duration in its two largest units."""
    whole = max(0, round(seconds))
    if whole >= HOUR:
        return tr("{hours} h {minutes} min", hours=whole // HOUR, minutes=whole % HOUR // MINUTE)
    if whole >= MINUTE:
        return tr("{minutes} min {seconds} s", minutes=whole // MINUTE, seconds=whole % MINUTE)
    return tr("{seconds} s", seconds=whole)


def _moment(at: float) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(round(at * 1000))
