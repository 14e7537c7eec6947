"""Reasons and warnings by kind, in the few words of a list."""

from typing import Final

from ac_desktop.importing.detection.fields import Field
from ac_desktop.importing.validation.warnings import WarningCode
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.wording import tr

_CONTEXT: Final = "Kinds"


def reason_kind(code: ReasonCode) -> str:
    """Return the name of a kind of reason."""
    names = {
        ReasonCode.NO_EMAIL: tr("no e-mail address"),
        ReasonCode.BAD_EMAIL: tr("incomplete e-mail address"),
        ReasonCode.DUPLICATE_ROW: tr("same donor twice, newest goes"),
        ReasonCode.PAGE_EXCLUDED: tr("page is excluded"),
        ReasonCode.PAGE_NOT_CHOSEN: tr("page is not chosen"),
        ReasonCode.PAGE_NOT_IN_TEAM: tr("page of another team"),
        ReasonCode.PAGE_UNKNOWN: tr("page not known"),
        ReasonCode.TEAM_UNKNOWN: tr("team not known"),
        ReasonCode.OTHER_TEAM: tr("another team"),
        ReasonCode.NOT_A_DONATION: tr("not a donation"),
        ReasonCode.NOT_COMPLETED: tr("not completed"),
        ReasonCode.TEST_MODE: tr("test donation"),
        ReasonCode.REFUNDED: tr("refunded"),
        ReasonCode.RAGGED_ROW: tr("columns may have moved"),
        ReasonCode.FILE_FORBIDS: tr("not to be emailed, says the file"),
        ReasonCode.FILE_UNCLEAR: tr("consent not clear"),
        ReasonCode.ALREADY_SENT: tr("already sent, unchanged"),
        ReasonCode.ALREADY_QUEUED: tr("already in the queue, unchanged"),
        ReasonCode.CORRECTED: tr("replaced by a correction"),
        ReasonCode.MARK_MISSING: tr("no mark, donor not found"),
        ReasonCode.MARK_DAMAGED: tr("damaged mark, donor not found"),
        ReasonCode.MARK_FOREIGN: tr("mark of another data folder"),
        ReasonCode.MARK_OTHER_CONNECTION: tr("donor of another connection"),
        ReasonCode.MARK_TWICE: tr("same mark twice"),
        ReasonCode.MARK_GONE: tr("donor removed or erased"),
        ReasonCode.MARK_SENT: tr("sent before the correction"),
        ReasonCode.MARK_BUSY: tr("being sent"),
        ReasonCode.MARK_CONFLICT: tr("corrected elsewhere meanwhile"),
        ReasonCode.BULK_TAKEN: tr("sent in bulk, to be confirmed"),
        ReasonCode.FOUND_ON_LIST: tr("sent in bulk, found on the list"),
        ReasonCode.CONFIRMED_ALONE: tr("sent in bulk, confirmed one by one"),
        ReasonCode.NOT_ON_LIST: tr("not found on the list after a bulk request"),
        ReasonCode.REMOVED_FROM_LIST: tr("removed from the list"),
        ReasonCode.STATUS_UNKNOWN: tr("on the list, but not active there"),
    }
    return names.get(code, code.value.replace("_", " "))


def warning_kind(code: WarningCode) -> str:
    """Return the name of a kind of warning."""
    names = {
        WarningCode.PHONE_DAMAGED: tr("damaged phone, left out"),
        WarningCode.PHONE_LENGTH: tr("phone of odd length"),
        WarningCode.PHONE_NO_DIGITS: tr("phone without digits, left out"),
        WarningCode.EMAIL_SUGGESTION: tr("address perhaps mistyped"),
        WarningCode.EMAIL_SEVERAL: tr("several addresses, first taken"),
        WarningCode.EMAIL_PEELED: tr("address taken out of other text"),
        WarningCode.NAME_IS_EMAIL: tr("name is an address, left out"),
        WarningCode.DO_NOT_CONTACT: tr("not to be contacted, says the file"),
    }
    return names[code]


def field_name(field: Field) -> str:
    """Return the name of a field that a column can be matched with."""
    names = {
        Field.EMAIL: tr("E-mail"),
        Field.PHONE: tr("Phone"),
        Field.FIRST_NAME: tr("First name"),
        Field.LAST_NAME: tr("Last name"),
        Field.NAME: tr("Whole name, to be parted"),
        Field.PAGE: tr("Action page ID"),
        Field.PAGE_NAME: tr("Action page name"),
        Field.TEAM: tr("Team"),
        Field.DATE: tr("Date, to tell the newest"),
        Field.RECORD_ID: tr("Donation ID"),
    }
    return names.get(field, field.value)
