"""Columns of files: the fields they hold, how header cells compare, and the fingerprint that identifies a layout."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
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


_SPACE = re.compile(r"\s+")
_CURLY = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"", "\ufeff\u200b")
_WORD = re.compile(r"[^\W_]+")
_ANYTHING: Final = "(*)"
_NOT_THE_DONOR: Final = frozenset({
    "fundraiser", "partner", "owner", "recipient", "honoree", "employer", "company", "committee", "seller", "to",
    "honouree", "dedication", "tribute", "memorial", "spouse",
    "destinatario", "empleador", "empresa", "vendedor", "cónyuge",
    "destinataire", "employeur", "entreprise", "vendeur", "conjoint",
    "empfänger", "arbeitgeber", "firma", "verkäufer", "ehepartner",
    "destinatário", "empregador", "cônjuge",
})  # fmt: skip


def normalised(heading: str) -> str:
    """Return the form in which headings compare: one space for any white space, straight quotes, no case."""
    text = _SPACE.sub(" ", heading.translate(_CURLY)).strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].strip()
    return text.removeprefix("'").strip().casefold()


def without_accents(text: str) -> str:
    """Return a text without its accents, as some programs write headings."""
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))


def fits_name(heading: str, name: str) -> bool:
    """Whether a heading has a profile's name; one that ends with “(*)” stands for anything in the brackets."""
    if name.endswith(_ANYTHING):
        return heading.startswith(name.removesuffix(_ANYTHING) + "(") and heading.endswith(")")
    return heading == name


def fingerprint(header: Sequence[str]) -> str:
    """Return a fingerprint that is the same for every file with these headings in this order."""
    joined = "\x1f".join(normalised(heading) for heading in header)
    return hashlib.sha256(joined.encode(errors="replace")).hexdigest()[:16]


def of_somebody_else(heading: str) -> bool:
    """Whether a heading names a fundraiser, a partner, an employer or the like, and not the donor."""
    return not _NOT_THE_DONOR.isdisjoint(_WORD.findall(normalised(heading)))


def named(header: Iterable[str], width: int = 0) -> tuple[str, ...]:
    """Return a name for each column; one without a heading is named by its position."""
    names = [heading if heading.strip() else f"Column {place}" for place, heading in enumerate(header, 1)]
    names += [f"Column {place}" for place in range(len(names) + 1, width + 1)]
    return tuple(names)


def distinct(header: Iterable[str]) -> tuple[str, ...]:
    """Return the headings, each made unique: a second “Email” becomes “Email (2)”."""
    names: dict[str, None] = {}
    for heading in header:
        name, count = heading, 1
        while name in names:
            count += 1
            name = f"{heading} ({count})"
        names[name] = None
    return tuple(names)


def by_heading(header: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    """Return a row's cells under distinct names, cells beyond the header included."""
    return dict(zip(distinct(named(header, len(cells))), cells, strict=False))
