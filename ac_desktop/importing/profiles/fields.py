"""The fields that a column of a file can hold."""

from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """What a column holds about a donor or a donation."""

    EMAIL = "email"
    PHONE = "phone"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    NAME = "name"
    PAGE = "page"
    PAGE_NAME = "page_name"
    TEAM = "team"
    DATE = "date"
    RECORD_ID = "record_id"
    KIND = "kind"
    STATUS = "status"
    MODE = "mode"
    CONSENT = "consent"
    DO_NOT_CONTACT = "do_not_contact"


RELAYED: Final = (Field.EMAIL, Field.PHONE, Field.FIRST_NAME, Field.LAST_NAME, Field.NAME)
"""The fields whose values leave the computer; all others are for filtering, de-duplication and display."""

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
