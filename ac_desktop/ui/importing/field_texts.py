"""Warnings by kind and fields, in the few words of a list."""

from ac_desktop.importing.profiles.columns import Field
from ac_desktop.importing.validation.warnings import WarningCode
from ac_desktop.model.wording import tr


def warning_kind(code: WarningCode) -> str:
    """Return the name of a kind of warning."""
    names = {
        WarningCode.PHONE_DAMAGED: tr("damaged phone, left out"),
        WarningCode.PHONE_LENGTH: tr("unusual phone length"),
        WarningCode.PHONE_NO_DIGITS: tr("phone without digits, left out"),
        WarningCode.EMAIL_SUGGESTION: tr("possible typo in email"),
        WarningCode.EMAIL_SEVERAL: tr("several emails, first one used"),
        WarningCode.EMAIL_PEELED: tr("email found in longer text"),
        WarningCode.NAME_IS_EMAIL: tr("name is an email, left out"),
        WarningCode.DO_NOT_CONTACT: tr("marked “do not contact”"),
    }
    return names[code]


def field_name(field: Field) -> str:
    """Return the name of a field that a column can be matched with."""
    names = {
        Field.EMAIL: tr("Email"),
        Field.PHONE: tr("Phone"),
        Field.FIRST_NAME: tr("First name"),
        Field.LAST_NAME: tr("Last name"),
        Field.NAME: tr("Full name (will be split)"),
        Field.PAGE: tr("Action page ID"),
        Field.PAGE_NAME: tr("Action page name"),
        Field.TEAM: tr("Team"),
        Field.DATE: tr("Donation date"),
        Field.RECORD_ID: tr("Donation ID"),
    }
    return names.get(field, field.value)
