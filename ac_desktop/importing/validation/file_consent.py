"""What a file's own columns say about consent: who unsubscribed, bounced, opted out or is not to be contacted (rule 8).

A cell that cannot be understood in a column about consent never counts as consent.
"""

from enum import Enum, auto
from functools import lru_cache
from typing import Final

from ac_desktop.importing.detection.plain_words import plain
from ac_desktop.importing.formats.cells import clean_cell
from ac_desktop.importing.validation import consent_words as words

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
    told = words.BOILERPLATE.sub("", plain(heading)).strip()
    if words.SOMEBODY_ELSE.search(told) or words.OTHER_CONSENT.search(told) or is_other_channel(told):
        return None
    out, into = words.HEADING_OUT.search(told), words.HEADING_IN.search(told)
    if words.HEADING_NOT_OUT.search(told):
        return ConsentColumn.OPT_IN
    if into and words.HEADING_NOT.search(told):
        return _opt_out(told)
    if out and into:
        return ConsentColumn.MAILING_STATUS
    if out:
        return _opt_out(told)
    if into:
        return ConsentColumn.OPT_IN_DETAIL if words.IN_DETAIL.search(told) else ConsentColumn.OPT_IN
    if words.STATUS.search(told) and told.count(" ") < _MOST_WORDS:
        mailing = words.MAILING.search(told) and not words.OTHER_STATUS.search(told)
        return (
            ConsentColumn.MAILING_STATUS if mailing and not words.PREFERENCE.search(told) else ConsentColumn.ANY_STATUS
        )
    return None


def is_other_channel(told: str) -> bool:
    """Whether plain words are about text messages, calls or letters and not about e-mail."""
    return bool(words.OTHER_CHANNEL.search(told)) and not words.EMAIL.search(told)


@lru_cache(maxsize=16_384)
def consent_said(column: ConsentColumn, cell: str) -> Consent:
    """Return what a cell of such a column says."""
    text = clean_cell(cell, marked=True)
    told = plain(text)
    if not text.strip(" -\u2013\u2014.") or (told and told in words.NOTHING and text[0] != _ERROR):
        return Consent.SILENT
    match column:
        case ConsentColumn.OPT_OUT:
            return _said_of_opt_out(text, told)
        case ConsentColumn.OPT_OUT_DETAIL:
            said_no = told in words.NO or words.ZERO_DATE.fullmatch(text)
            return Consent.SILENT if said_no else Consent.FORBIDS
        case ConsentColumn.OPT_IN:
            return _said_of_opt_in(text, told)
        case ConsentColumn.OPT_IN_DETAIL:
            forbids = told in words.DETAIL_NO or words.FORBIDS.search(told)
            return Consent.FORBIDS if forbids else Consent.SILENT
        case ConsentColumn.MAILING_STATUS:
            return _said_of_mailing(told) or Consent.UNCLEAR
        case ConsentColumn.ANY_STATUS:
            if words.FORBIDS.search(told):
                return Consent.FORBIDS
            return Consent.ALLOWS if told in words.ALLOWS else Consent.UNKNOWN


def says_no(cell: str) -> bool:
    """Whether a cell says no in a word, a tick or a number."""
    return plain(cell) in words.NO


def _opt_out(told: str) -> ConsentColumn | None:
    if words.NOT_OUT.search(told):
        return None
    return ConsentColumn.OPT_OUT_DETAIL if words.DETAIL.search(told) else ConsentColumn.OPT_OUT


def _said_of_opt_out(text: str, told: str) -> Consent:
    if told in words.NO or words.ZERO_DATE.fullmatch(text):
        return Consent.ALLOWS
    if told in words.YES or words.NUMBER.fullmatch(text) or words.DATED.search(text):
        return Consent.FORBIDS
    return _said_of_mailing(told) or Consent.UNCLEAR


def _said_of_opt_in(text: str, told: str) -> Consent:
    if told in words.YES:
        return Consent.ALLOWS
    if told in words.NO:
        return Consent.FORBIDS
    said = _said_of_mailing(told)
    if said is not None:
        return said
    if words.REFUSES.match(told):
        return Consent.FORBIDS
    agrees = words.AGREES.match(told) or (words.DATED.search(text) and not words.ZERO_DATE.fullmatch(text))
    return Consent.ALLOWS if agrees and not words.NEGATES.search(told) else Consent.UNCLEAR


def _said_of_mailing(told: str) -> Consent | None:
    if words.FORBIDS.search(told) or words.FORBIDS_MAILING.search(told):
        return Consent.FORBIDS
    return Consent.ALLOWS if told in words.ALLOWS else None
