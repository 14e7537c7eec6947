"""The table's columns: what stands in each cell, and which columns a tab shows."""

from enum import IntEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from ac_desktop.model.reasons import who_text
from ac_desktop.model.states import RecordState, Step
from ac_desktop.model.wording import harmless
from ac_desktop.store.listing import SortKey
from ac_desktop.store.records import Record
from ac_desktop.ui import words
from ac_desktop.ui.theme import Tone
from ac_desktop.ui.words import Sign


class Col(IntEnum):
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


SORTED_BY: Final[dict[Col, SortKey]] = {
    column: SortKey[column.name] for column in Col if column.name in SortKey.__members__
}
"""What a click on a head sorts by; the others cannot be sorted by."""


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

_WHOSE: Final = (Col.DONOR, Col.EMAIL, Col.SOURCE)
_STEPS: Final = (Col.CONTACT, Col.LIST)

SHOWN: Final[dict[RecordState | None, tuple[Col, ...]]] = {
    None: (Col.STATE, *_WHOSE, Col.PAGE, *_STEPS, Col.TRIES, Col.CHANGED, Col.REASON),
    RecordState.WAITING: (*_WHOSE, Col.PAGE, *_STEPS, Col.TRIES, Col.NEXT_TRY, Col.REASON),
    RecordState.SENDING: (*_WHOSE, Col.STEP, Col.CHANGED),
    RecordState.HELD: (*_WHOSE, Col.REASON, Col.CHANGED, Col.DECIDE),
    RecordState.FAILED: (*_WHOSE, *_STEPS, Col.TRIES, Col.REASON, Col.WHO, Col.CODE, Col.CHANGED),
    RecordState.SENT: (*_WHOSE, Col.CHANGED, Col.CONTACT_ID, Col.CREATED, Col.TRIES),
    RecordState.SKIPPED: (*_WHOSE, Col.PAGE, Col.REASON, Col.CHANGED),
}
"""The columns each tab shows until a person chooses others."""

WIDTHS: Final[dict[Col, int]] = {
    Col.STATE: 12,
    Col.DONOR: 18,
    Col.EMAIL: 27,
    Col.SOURCE: 24,
    Col.PAGE: 14,
    Col.CONTACT: 11,
    Col.LIST: 11,
    Col.TRIES: 7,
    Col.NEXT_TRY: 11,
    Col.CHANGED: 18,
    Col.REASON: 30,
    Col.WHO: 20,
    Col.CONTACT_ID: 16,
    Col.PHONE: 15,
    Col.TEAM: 16,
    Col.STEP: 16,
    Col.CREATED: 16,
    Col.CODE: 18,
    Col.DECIDE: 12,
}
"""Widths in digits of the font, so that they grow with it."""


def title(column: Col, state: RecordState | None = None) -> str:
    """Head a column; some are called otherwise in a state's own tab."""
    return _own_titles().get((state, column)) or _titles()[column]


def _own_titles() -> dict[tuple[RecordState | None, Col], str]:
    translate = QCoreApplication.translate
    return {
        (RecordState.SENDING, Col.CHANGED): translate("Columns", "Started"),
        (RecordState.HELD, Col.CHANGED): translate("Columns", "Since"),
        (RecordState.HELD, Col.REASON): translate("Columns", "Why held"),
        (RecordState.SKIPPED, Col.REASON): translate("Columns", "Why skipped"),
        (RecordState.SENT, Col.CHANGED): translate("Columns", "When"),
    }


def _titles() -> dict[Col, str]:
    translate = QCoreApplication.translate
    return {
        Col.STATE: translate("Columns", "State"),
        Col.DONOR: translate("Columns", "Donor"),
        Col.EMAIL: translate("Columns", "E-mail"),
        Col.SOURCE: translate("Columns", "Source · row"),
        Col.PAGE: translate("Columns", "Page"),
        Col.CONTACT: translate("Columns", "Contact"),
        Col.LIST: translate("Columns", "List"),
        Col.TRIES: translate("Columns", "Tries"),
        Col.NEXT_TRY: translate("Columns", "Next try"),
        Col.CHANGED: translate("Columns", "Last change"),
        Col.REASON: translate("Columns", "Reason"),
        Col.WHO: translate("Columns", "Who can fix it"),
        Col.CONTACT_ID: translate("Columns", "Contact number"),
        Col.PHONE: translate("Columns", "Phone"),
        Col.TEAM: translate("Columns", "Team"),
        Col.STEP: translate("Columns", "Step now"),
        Col.CREATED: translate("Columns", "New or updated"),
        Col.CODE: translate("Columns", "Code"),
        Col.DECIDE: translate("Columns", "Decide"),
    }


def empty() -> str:
    """Say that a cell is empty, for screen readers."""
    return QCoreApplication.translate("Columns", "none")


def text(record: Record, column: Col, now: float) -> str:
    """Return a cell's text, with what files and accounts say made harmless."""
    return harmless(_text(record, column, now))


def _text(record: Record, column: Col, now: float) -> str:
    match column:
        case Col.STATE:
            return words.record_sign(record.state).word
        case Col.DONOR:
            return words.donor_name(record.donor)
        case Col.SOURCE:
            return source_text(record)
        case Col.CONTACT:
            return contact_sign(record).word
        case Col.LIST:
            return list_sign(record).word
        case Col.TRIES:
            return words.count(record.attempts) if record.attempts else ""
        case Col.NEXT_TRY:
            return next_try_text(record, now)
        case Col.CHANGED:
            return words.when(record.changed_at, now)
        case _:
            return _plain(record, column)


def _no_longer_kept(record: Record) -> str:
    """Return why a donor who was sent has no address any more."""
    return QCoreApplication.translate("Queue", "(no longer kept)") if record.state is RecordState.SENT else ""


def _plain(record: Record, column: Col) -> str:
    donor = record.donor
    match column:
        case Col.EMAIL:
            return donor.email or _no_longer_kept(record)
        case Col.PAGE:
            return donor.page_name or donor.page
        case Col.REASON:
            return record.reason.text if record.reason else ""
        case Col.WHO:
            return who_text(record.reason.who) if record.reason else ""
        case Col.CONTACT_ID:
            return record.contact_id or ""
        case Col.PHONE:
            return donor.phone
        case Col.TEAM:
            return donor.team
        case _:
            return _told(record, column)


def _told(record: Record, column: Col) -> str:
    translate = QCoreApplication.translate
    match column:
        case Col.STEP:
            return step_text(record.step)
        case Col.CREATED if record.was_new is not None:
            return translate("Columns", "new") if record.was_new else translate("Columns", "updated")
        case Col.CODE:
            return record.reason.code.value if record.reason else ""
        case Col.DECIDE if record.state is RecordState.HELD:
            return translate("Columns", "Decide…")
        case _:
            return ""


def step_text(step: Step) -> str:
    """Name the step that a record stands at."""
    translate = QCoreApplication.translate
    match step:
        case Step.CONTACT:
            return translate("Columns", "contact step")
        case Step.LIST:
            return translate("Columns", "list step")
        case Step.RESULT:
            return translate("Columns", "asking for the result")


def tooltip(record: Record, column: Col) -> str:
    """Say more than the cell does, where there is more."""
    match column:
        case Col.CHANGED:
            return words.exact(record.changed_at)
        case Col.NEXT_TRY:
            return words.exact(record.next_try_at) if record.next_try_at else ""
        case Col.CONTACT | Col.LIST:
            return ledger_text(record)
        case Col.REASON | Col.EMAIL | Col.DONOR | Col.SOURCE | Col.PAGE:
            return text(record, column, record.changed_at)
        case _:
            return ""


def source_text(record: Record) -> str:
    """Name file, sheet and row."""
    translate = QCoreApplication.translate
    if not record.row:
        return record.file_name
    place = f"{record.file_name} ({record.sheet})" if record.sheet else record.file_name
    return translate("Columns", "{file} · {row}").format(file=place, row=record.row)


def next_try_text(record: Record, now: float) -> str:
    """Say when a waiting record may go."""
    translate = QCoreApplication.translate
    left = record.next_try_at - now
    if left <= 0:
        return translate("Columns", "when relayed")
    return translate("Columns", "in {time}").format(time=words.span(left))


def contact_sign(record: Record) -> Sign:
    """Light the lamp of the first step."""
    if record.contact_id is not None:
        return _lamp_done()
    return _lamp(record, here=record.step is Step.CONTACT)


def list_sign(record: Record) -> Sign:
    """Light the lamp of the second step."""
    if record.state is RecordState.SENT:
        return _lamp_done()
    return _lamp(record, here=record.step is not Step.CONTACT)


def _lamp_done() -> Sign:
    return Sign(QCoreApplication.translate("Columns", "done"), "lamp-done", Tone.GOOD)


def _lamp(record: Record, *, here: bool) -> Sign:
    translate = QCoreApplication.translate
    match record.state:
        case RecordState.SENT:
            return _lamp_done()
        case RecordState.SENDING if here:
            return Sign(translate("Columns", "now"), "lamp-now", Tone.NOTE)
        case RecordState.FAILED if here:
            return Sign(translate("Columns", "failed"), "lamp-failed", Tone.PROBLEM)
        case RecordState.HELD if here:
            return Sign(translate("Columns", "held"), "held", Tone.WARNING)
        case RecordState.SKIPPED:
            return Sign(translate("Columns", "none"), "lamp-none", Tone.QUIET)
        case _:
            return Sign(translate("Columns", "to do"), "lamp-todo", Tone.QUIET)


def ledger_text(record: Record) -> str:
    """Tell both steps in a sentence."""
    translate = QCoreApplication.translate
    if record.state is RecordState.SENT:
        return translate("Columns", "Contact {contact} is on the list.").format(contact=record.contact_id or "")
    if record.step is Step.RESULT:
        return translate("Columns", "Handed over in bulk; what became of it is still to be asked.")
    if record.contact_id is not None:
        return translate("Columns", "Contact {contact} is saved; the list step is to do.").format(
            contact=record.contact_id
        )
    if record.state is RecordState.SKIPPED:
        return translate("Columns", "Skipped: neither step is done.")
    return translate("Columns", "Both steps are to do.")


def sentence(record: Record) -> str:
    """Read a row as one sentence, for screen readers."""
    parts = [words.donor_name(record.donor), record.donor.email, words.record_sign(record.state).word]
    if record.reason:
        parts.append(record.reason.text)
    if record.attempts:
        parts.append(QCoreApplication.translate("Columns", "attempts: %Ln", None, record.attempts))
    return ", ".join(part for part in parts if part)
