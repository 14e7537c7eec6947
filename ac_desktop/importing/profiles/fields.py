"""The fields that a column of a file can hold, and how they are typed on the command line."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.model.wording import tr


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


def parse_map(entries: Iterable[str]) -> Mapping[Field, str]:
    """Parse `field=COLUMN` as it is typed on the command line.

    Raises ImportFileError for an unknown field, or one given twice.
    """
    found: dict[Field, str] = {}
    for entry in entries:
        name, equals, column = entry.partition("=")
        key = name.strip().lower().replace("-", "_").replace(" ", "_")
        field = next((field for field in Field if field.value == key), None)
        if field is None or not equals:
            raise ImportFileError(
                tr(
                    "“{entry}” isn't of the form FIELD=COLUMN. The fields are: {fields}.",
                    entry=entry,
                    fields=", ".join(field.value for field in Field),
                )
            )
        if field in found:
            raise ImportFileError(
                tr("The field {field} is assigned twice. Choose one column for it.", field=field.value)
            )
        found[field] = column.strip()
    return found
