"""Reasons and warnings by kind, in the few words of a list."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from ac_desktop.importing.detection.fields import Field
from ac_desktop.importing.validation.warnings import WarningCode
from ac_desktop.model.reasons import ReasonCode

_CONTEXT: Final = "Kinds"


def reason_kind(code: ReasonCode) -> str:
    """Name a kind of reason."""
    translate = QCoreApplication.translate
    names = {
        ReasonCode.NO_EMAIL: translate(_CONTEXT, "no e-mail address"),
        ReasonCode.BAD_EMAIL: translate(_CONTEXT, "incomplete e-mail address"),
        ReasonCode.DUPLICATE_ROW: translate(_CONTEXT, "same donor twice, newest goes"),
        ReasonCode.PAGE_EXCLUDED: translate(_CONTEXT, "page is excluded"),
        ReasonCode.PAGE_NOT_CHOSEN: translate(_CONTEXT, "page is not chosen"),
        ReasonCode.PAGE_NOT_IN_TEAM: translate(_CONTEXT, "page of another team"),
        ReasonCode.PAGE_UNKNOWN: translate(_CONTEXT, "page not known"),
        ReasonCode.TEAM_UNKNOWN: translate(_CONTEXT, "team not known"),
        ReasonCode.OTHER_TEAM: translate(_CONTEXT, "another team"),
        ReasonCode.NOT_A_DONATION: translate(_CONTEXT, "not a donation"),
        ReasonCode.NOT_COMPLETED: translate(_CONTEXT, "not completed"),
        ReasonCode.TEST_MODE: translate(_CONTEXT, "test donation"),
        ReasonCode.REFUNDED: translate(_CONTEXT, "refunded"),
        ReasonCode.RAGGED_ROW: translate(_CONTEXT, "columns may have moved"),
        ReasonCode.FILE_FORBIDS: translate(_CONTEXT, "not to be emailed, says the file"),
        ReasonCode.FILE_UNCLEAR: translate(_CONTEXT, "consent not clear"),
        ReasonCode.ALREADY_SENT: translate(_CONTEXT, "already sent, unchanged"),
        ReasonCode.ALREADY_QUEUED: translate(_CONTEXT, "already in the queue, unchanged"),
        ReasonCode.CORRECTED: translate(_CONTEXT, "replaced by a correction"),
        ReasonCode.MARK_MISSING: translate(_CONTEXT, "no mark, donor not found"),
        ReasonCode.MARK_DAMAGED: translate(_CONTEXT, "damaged mark, donor not found"),
        ReasonCode.MARK_FOREIGN: translate(_CONTEXT, "mark of another data folder"),
        ReasonCode.MARK_OTHER_CONNECTION: translate(_CONTEXT, "donor of another connection"),
        ReasonCode.MARK_TWICE: translate(_CONTEXT, "same mark twice"),
        ReasonCode.MARK_GONE: translate(_CONTEXT, "donor removed or erased"),
        ReasonCode.MARK_SENT: translate(_CONTEXT, "sent before the correction"),
        ReasonCode.MARK_BUSY: translate(_CONTEXT, "being sent"),
        ReasonCode.MARK_CONFLICT: translate(_CONTEXT, "corrected elsewhere meanwhile"),
        ReasonCode.BULK_TAKEN: translate(_CONTEXT, "sent in bulk, to be confirmed"),
        ReasonCode.FOUND_ON_LIST: translate(_CONTEXT, "sent in bulk, found on the list"),
        ReasonCode.CONFIRMED_ALONE: translate(_CONTEXT, "sent in bulk, confirmed one by one"),
        ReasonCode.NOT_ON_LIST: translate(_CONTEXT, "not found on the list after a bulk request"),
        ReasonCode.REMOVED_FROM_LIST: translate(_CONTEXT, "removed from the list"),
        ReasonCode.STATUS_UNKNOWN: translate(_CONTEXT, "on the list, but not active there"),
    }
    return names.get(code, code.value.replace("_", " "))


def warning_kind(code: WarningCode) -> str:
    """Name a kind of warning."""
    translate = QCoreApplication.translate
    names = {
        WarningCode.PHONE_DAMAGED: translate(_CONTEXT, "damaged phone, left out"),
        WarningCode.PHONE_LENGTH: translate(_CONTEXT, "phone of odd length"),
        WarningCode.PHONE_NO_DIGITS: translate(_CONTEXT, "phone without digits, left out"),
        WarningCode.EMAIL_SUGGESTION: translate(_CONTEXT, "address perhaps mistyped"),
        WarningCode.EMAIL_SEVERAL: translate(_CONTEXT, "several addresses, first taken"),
        WarningCode.EMAIL_PEELED: translate(_CONTEXT, "address taken out of other text"),
        WarningCode.NAME_IS_EMAIL: translate(_CONTEXT, "name is an address, left out"),
        WarningCode.DO_NOT_CONTACT: translate(_CONTEXT, "not to be contacted, says the file"),
    }
    return names[code]


def field_name(field: Field) -> str:
    """Name a field that a column can be matched with."""
    translate = QCoreApplication.translate
    names = {
        Field.EMAIL: translate(_CONTEXT, "E-mail"),
        Field.PHONE: translate(_CONTEXT, "Phone"),
        Field.FIRST_NAME: translate(_CONTEXT, "First name"),
        Field.LAST_NAME: translate(_CONTEXT, "Last name"),
        Field.NAME: translate(_CONTEXT, "Whole name, to be parted"),
        Field.PAGE: translate(_CONTEXT, "Action page ID"),
        Field.PAGE_NAME: translate(_CONTEXT, "Action page name"),
        Field.TEAM: translate(_CONTEXT, "Team"),
        Field.DATE: translate(_CONTEXT, "Date, to tell the newest"),
        Field.RECORD_ID: translate(_CONTEXT, "Donation ID"),
    }
    return names.get(field, field.value)


MATCHED: Final = (
    Field.EMAIL,
    Field.PHONE,
    Field.FIRST_NAME,
    Field.LAST_NAME,
    Field.NAME,
    Field.PAGE,
    Field.PAGE_NAME,
    Field.TEAM,
    Field.DATE,
    Field.RECORD_ID,
)
"""The fields that a person can match a column with."""
