"""What a file's own columns say about consent: who unsubscribed, bounced, opted out or is not to be contacted (rule 8).

A cell that cannot be understood in a column about consent never counts as consent.
"""

from enum import Enum, auto
from functools import lru_cache
from typing import Final

from ac_desktop.importing.values import consent_words as words
from ac_desktop.importing.values.cells import clean_cell, plain

_MOST_WORDS: Final = 7
"""A longer heading is a question, and “state” in it is no status."""
_ERROR: Final = "#"
"""How a spreadsheet's errors begin, such as `#N/A`."""


class ConsentColumn(Enum):
    """What a column holds about consent."""

    OPT_OUT = auto()
    """Yes forbids: unsubscribed, bounced, do not contact."""
    OPT_OUT_DETAIL = auto()
    """Filled forbids: the time of an unsubscription, the reason of a bounce."""
    OPT_IN = auto()
    """No forbids: e-mail opt-in, newsletter, consent."""
    OPT_IN_DETAIL = auto()
    """When or how somebody opted in; only a plain no forbids."""
    MAILING_STATUS = auto()
    """A mailing status; no unknown value allows."""
    ANY_STATUS = auto()
    """Any status: its values may be about consent."""


class Consent(Enum):
    """What a cell says about consent."""

    SILENT = auto()
    ALLOWS = auto()
    FORBIDS = auto()
    UNCLEAR = auto()
    """It is about consent and cannot be understood."""
    UNKNOWN = auto()
    """It is not known to be about consent."""


@lru_cache(maxsize=4_096)
def consent_column(heading: str) -> ConsentColumn | None:
    """Return what a column with this heading holds about the donor's consent to e-mail, None where nothing."""
    plain_text = words.BOILERPLATE.sub("", plain(heading)).strip()
    if words.SOMEBODY_ELSE.search(plain_text) or words.OTHER_CONSENT.search(plain_text) or is_other_channel(plain_text):
        return None
    out, into = words.HEADING_OUT.search(plain_text), words.HEADING_IN.search(plain_text)
    if words.HEADING_NOT_OUT.search(plain_text):
        return ConsentColumn.OPT_IN
    if into and words.HEADING_NOT.search(plain_text):
        return _opt_out(plain_text)
    if out and into:
        return ConsentColumn.MAILING_STATUS
    if out:
        return _opt_out(plain_text)
    if into:
        return ConsentColumn.OPT_IN_DETAIL if words.IN_DETAIL.search(plain_text) else ConsentColumn.OPT_IN
    if words.STATUS.search(plain_text) and plain_text.count(" ") < _MOST_WORDS:
        mailing = words.MAILING.search(plain_text) and not words.OTHER_STATUS.search(plain_text)
        return (
            ConsentColumn.MAILING_STATUS
            if mailing and not words.PREFERENCE.search(plain_text)
            else ConsentColumn.ANY_STATUS
        )
    return None


def is_other_channel(plain_text: str) -> bool:
    """Whether plain words are about text messages, calls or letters and not about e-mail."""
    return bool(words.OTHER_CHANNEL.search(plain_text)) and not words.EMAIL.search(plain_text)


@lru_cache(maxsize=16_384)
def read_consent(column: ConsentColumn, cell: str) -> Consent:
    """Return what a cell of such a column says."""
    text = clean_cell(cell, marked=True)
    plain_text = plain(text)
    if not text.strip(" -\u2013\u2014.") or (plain_text and plain_text in words.NOTHING and text[0] != _ERROR):
        return Consent.SILENT
    match column:
        case ConsentColumn.OPT_OUT:
            return _read_opt_out(text, plain_text)
        case ConsentColumn.OPT_OUT_DETAIL:
            is_no = plain_text in words.NO or words.ZERO_DATE.fullmatch(text)
            return Consent.SILENT if is_no else Consent.FORBIDS
        case ConsentColumn.OPT_IN:
            return _read_opt_in(text, plain_text)
        case ConsentColumn.OPT_IN_DETAIL:
            forbids = plain_text in words.DETAIL_NO or words.FORBIDS.search(plain_text)
            return Consent.FORBIDS if forbids else Consent.SILENT
        case ConsentColumn.MAILING_STATUS:
            return _read_mailing_status(plain_text) or Consent.UNCLEAR
        case ConsentColumn.ANY_STATUS:
            if words.FORBIDS.search(plain_text):
                return Consent.FORBIDS
            return Consent.ALLOWS if plain_text in words.ALLOWS else Consent.UNKNOWN


def is_no(cell: str) -> bool:
    """Whether a cell says no in a word, a tick or a number."""
    return plain(cell) in words.NO


def _opt_out(plain_text: str) -> ConsentColumn | None:
    if words.NOT_OUT.search(plain_text):
        return None
    return ConsentColumn.OPT_OUT_DETAIL if words.DETAIL.search(plain_text) else ConsentColumn.OPT_OUT


def _read_opt_out(text: str, plain_text: str) -> Consent:
    if plain_text in words.NO or words.ZERO_DATE.fullmatch(text):
        return Consent.ALLOWS
    if plain_text in words.YES or words.NUMBER.fullmatch(text) or words.DATED.search(text):
        return Consent.FORBIDS
    return _read_mailing_status(plain_text) or Consent.UNCLEAR


def _read_opt_in(text: str, plain_text: str) -> Consent:
    if plain_text in words.YES:
        return Consent.ALLOWS
    if plain_text in words.NO:
        return Consent.FORBIDS
    found = _read_mailing_status(plain_text)
    if found is not None:
        return found
    if words.REFUSES.match(plain_text):
        return Consent.FORBIDS
    agrees = words.AGREES.match(plain_text) or (words.DATED.search(text) and not words.ZERO_DATE.fullmatch(text))
    return Consent.ALLOWS if agrees and not words.NEGATES.search(plain_text) else Consent.UNCLEAR


def _read_mailing_status(plain_text: str) -> Consent | None:
    if words.FORBIDS.search(plain_text) or words.FORBIDS_MAILING.search(plain_text):
        return Consent.FORBIDS
    return Consent.ALLOWS if plain_text in words.ALLOWS else None
