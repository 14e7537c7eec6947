"""The table's columns: the text of each cell, and which columns are shown."""

from enum import IntEnum
from typing import Final

from ac_desktop.model import wording
from ac_desktop.model.reasons import responsible_text
from ac_desktop.model.states import RecordState, Step
from ac_desktop.model.wording import escape_control_characters, ntr, tr, translatable
from ac_desktop.store.queries.record_query import SortKey
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.theme import Tone


class QueueColumn(IntEnum):
    """The columns, in their usual order."""

    STATE = 0
    DONOR = 1
    EMAIL = 2
    SOURCE = 3
    PAGE = 4
    CONTACT = 5
    LIST = 6
    TRIES = 7
    NEXT_TRY = 8
    CHANGED = 9
    REASON = 10
    WHO = 11
    CONTACT_ID = 12
    PHONE = 13
    TEAM = 14
    STEP = 15
    CREATED = 16
    CODE = 17
    DECIDE = 18


SORTED_BY: Final[dict[QueueColumn, SortKey]] = {
    column: SortKey[column.name] for column in QueueColumn if column.name in SortKey.__members__
}
"""What a click on a column title sorts by; the other columns cannot be sorted."""


TABS: Final[tuple[RecordState | None, ...]] = (
    None,
    RecordState.WAITING,
    RecordState.SENDING,
    RecordState.HELD,
    RecordState.FAILED,
    RecordState.SENT,
    RecordState.SKIPPED,
)
"""The tabs, in the order of Ctrl+1 to Ctrl+7; None stands for all."""

SHOWN: Final = (QueueColumn.STATE, QueueColumn.DONOR, QueueColumn.REASON, QueueColumn.SOURCE, QueueColumn.CHANGED)
"""The columns that are shown until a person chooses others."""

ALWAYS_SHOWN: Final = frozenset({QueueColumn.DONOR, QueueColumn.REASON})
"""The columns that nobody can hide: whom a row is about, and why it is where it is."""

RIGHT: Final = frozenset({QueueColumn.TRIES, QueueColumn.CHANGED, QueueColumn.CONTACT_ID})
"""The columns of figures, which are aligned to the right."""

COLLAPSED_FIRST: Final = (QueueColumn.CHANGED, QueueColumn.SOURCE)
"""The columns that give way, in this order, where the reason would have too little room."""

FEWEST_REASON_DIGITS: Final = 22
"""The room that the reason keeps, in digits of the font."""

WIDTHS: Final[dict[QueueColumn, int]] = {
    QueueColumn.STATE: 13,
    QueueColumn.DONOR: 20,
    QueueColumn.EMAIL: 27,
    QueueColumn.SOURCE: 18,
    QueueColumn.PAGE: 14,
    QueueColumn.CONTACT: 11,
    QueueColumn.LIST: 11,
    QueueColumn.TRIES: 7,
    QueueColumn.NEXT_TRY: 11,
    QueueColumn.CHANGED: 10,
    QueueColumn.REASON: 30,
    QueueColumn.WHO: 20,
    QueueColumn.CONTACT_ID: 16,
    QueueColumn.PHONE: 15,
    QueueColumn.TEAM: 16,
    QueueColumn.STEP: 16,
    QueueColumn.CREATED: 16,
    QueueColumn.CODE: 18,
    QueueColumn.DECIDE: 12,
}
"""Widths in digits of the font, so that they scale with it."""


_TITLES: Final[dict[QueueColumn, str]] = {
    QueueColumn.STATE: translatable("State"),
    QueueColumn.DONOR: translatable("Donor"),
    QueueColumn.EMAIL: translatable("Email"),
    QueueColumn.SOURCE: translatable("File and page"),
    QueueColumn.PAGE: translatable("Page"),
    QueueColumn.CONTACT: translatable("Contact"),
    QueueColumn.LIST: translatable("List"),
    QueueColumn.TRIES: translatable("Attempts"),
    QueueColumn.NEXT_TRY: translatable("Next attempt"),
    QueueColumn.CHANGED: translatable("Updated"),
    QueueColumn.REASON: translatable("Reason"),
    QueueColumn.WHO: translatable("Who can fix it"),
    QueueColumn.CONTACT_ID: translatable("Contact ID"),
    QueueColumn.PHONE: translatable("Phone"),
    QueueColumn.TEAM: translatable("Team"),
    QueueColumn.STEP: translatable("Current step"),
    QueueColumn.CREATED: translatable("New or updated"),
    QueueColumn.CODE: translatable("Code"),
    QueueColumn.DECIDE: translatable("Decide"),
}


def title(column: QueueColumn) -> str:
    """Return a column's title."""
    return tr(_TITLES[column])


def empty() -> str:
    """Return the text of an empty cell, for screen readers."""
    return tr("none")


def text(record: Record, column: QueueColumn, now: float) -> str:
    """Return a cell's text, with control characters from files and accounts escaped."""
    return escape_control_characters(_text(record, column, now))


def _text(record: Record, column: QueueColumn, now: float) -> str:
    match column:
        case QueueColumn.STATE:
            return formatting.record_label(record.state).word
        case QueueColumn.DONOR:
            return formatting.donor_name(record.donor)
        case QueueColumn.SOURCE:
            return formatting.source_text(record)
        case QueueColumn.CONTACT:
            return contact_label(record).word
        case QueueColumn.LIST:
            return list_label(record).word
        case QueueColumn.TRIES:
            return formatting.count(record.attempts) if record.attempts else ""
        case QueueColumn.NEXT_TRY:
            return next_try_text(record, now)
        case QueueColumn.CHANGED:
            return formatting.when(record.changed_at, now)
        case _:
            return _plain(record, column)


def lines(record: Record, column: QueueColumn, now: float) -> tuple[str, str]:
    """Return a cell's two lines; the second one is empty where one line says all."""
    first = text(record, column, now)
    match column:
        case QueueColumn.DONOR:
            email = text(record, QueueColumn.EMAIL, now)
            return (first, email) if first else (email, "")
        case QueueColumn.SOURCE:
            return escape_control_characters(record.file_name), escape_control_characters(_place(record))
        case QueueColumn.CHANGED if record.state is RecordState.SENDING:
            return tr("now"), ""
        case QueueColumn.CHANGED:
            return formatting.date_and_time(record.changed_at, now)
        case _:
            return first, ""


def _place(record: Record) -> str:
    """Return the row within a file, and the action page."""
    page = record.donor.page_name or record.donor.page
    sheet = f"{record.sheet} · " if record.sheet else ""
    row = sheet + tr("row {row}", row=formatting.count(record.row)) if record.row else ""
    return " · ".join(part for part in (row, page) if part)


def _no_longer_kept(record: Record) -> str:
    """Return why a donor who was sent has no address any more."""
    return tr("(deleted after the retention period)") if record.state is RecordState.SENT else ""


def _plain(record: Record, column: QueueColumn) -> str:
    donor = record.donor
    match column:
        case QueueColumn.EMAIL:
            return donor.email or _no_longer_kept(record)
        case QueueColumn.PAGE:
            return donor.page_name or donor.page
        case QueueColumn.REASON:
            return " ".join(filter(None, (editing_text(record), formatting.outcome_text(record))))
        case QueueColumn.WHO:
            return responsible_text(record.reason.who) if record.reason else ""
        case QueueColumn.CONTACT_ID:
            return record.contact_id or ""
        case QueueColumn.PHONE:
            return donor.phone
        case QueueColumn.TEAM:
            return donor.team
        case _:
            return _donor_value(record, column)


def _donor_value(record: Record, column: QueueColumn) -> str:
    match column:
        case QueueColumn.STEP:
            return step_text(record.step)
        case QueueColumn.CREATED if record.was_new is not None:
            return tr("new") if record.was_new else tr("updated")
        case QueueColumn.CODE:
            return record.reason.code.value if record.reason else ""
        case QueueColumn.DECIDE if record.state is RecordState.HELD:
            return tr("Decide…")
        case _:
            return ""


def editing_text(record: Record) -> str:
    """Return who is changing a record at another computer of the office."""
    people = dict.fromkeys(one.person for one in record.editors)
    if len(people) == 1:
        return tr("“{person}” is editing.", person=record.editors[0].person)
    return tr("Editing now: {people}.", people=", ".join(people)) if people else ""


def step_text(step: Step) -> str:
    """Return the name of the step that a record is at."""
    match step:
        case Step.CONTACT:
            return tr("contact step")
        case Step.LIST:
            return tr("list step")
        case Step.RESULT:
            return tr("checking the result")


def tooltip(record: Record, column: QueueColumn) -> str:
    """Return more than the cell shows, where there is more."""
    match column:
        case QueueColumn.CHANGED:
            return formatting.exact(record.changed_at)
        case QueueColumn.NEXT_TRY:
            return formatting.exact(record.next_try_at) if record.next_try_at else ""
        case QueueColumn.CONTACT | QueueColumn.LIST:
            return formatting.steps_text(record)
        case QueueColumn.REASON | QueueColumn.EMAIL | QueueColumn.DONOR | QueueColumn.SOURCE | QueueColumn.PAGE:
            return text(record, column, record.changed_at)
        case _:
            return ""


def next_try_text(record: Record, now: float) -> str:
    """Return when a waiting record may be sent."""
    left = record.next_try_at - now
    if left <= 0:
        return tr("with the next relay")
    return tr("in {time}", time=wording.span(left))


def contact_label(record: Record) -> StateLabel:
    """Return the label of the first step."""
    if record.contact_id is not None:
        return _done_label()
    return _step_label(record, here=record.step is Step.CONTACT)


def list_label(record: Record) -> StateLabel:
    """Return the label of the second step."""
    if record.state is RecordState.SENT:
        return _done_label()
    return _step_label(record, here=record.step is not Step.CONTACT)


def _done_label() -> StateLabel:
    return StateLabel(tr("done"), "lamp-done", Tone.GOOD)


def _step_label(record: Record, *, here: bool) -> StateLabel:
    match record.state:
        case RecordState.SENT:
            return _done_label()
        case RecordState.SENDING if here:
            return StateLabel(tr("now"), "lamp-now", Tone.NOTE)
        case RecordState.FAILED if here:
            return StateLabel(tr("failed"), "lamp-failed", Tone.PROBLEM)
        case RecordState.HELD if here:
            return StateLabel(tr("held"), "held", Tone.WARNING)
        case RecordState.SKIPPED:
            return StateLabel(tr("none"), "lamp-none", Tone.QUIET)
        case _:
            return StateLabel(tr("pending"), "lamp-todo", Tone.QUIET)


def sentence(record: Record) -> str:
    """Return a row as one sentence, for screen readers."""
    name, email = lines(record, QueueColumn.DONOR, record.changed_at)
    parts = [
        name,
        formatting.record_label(record.state).word.lower(),
        editing_text(record).rstrip("."),
        formatting.outcome_text(record).rstrip("."),
        email,
    ]
    if record.attempts:
        parts.append(ntr("attempts: {count}", "attempts: {count}", record.attempts))
    return escape_control_characters(", ".join(part for part in parts if part))
