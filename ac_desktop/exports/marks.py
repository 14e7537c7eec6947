"""How our own report is known again, and how cells are kept from being taken for formulas."""

import re
from collections.abc import Sequence
from enum import StrEnum

from ac_desktop.exports.headings import normalised

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


class Mark(StrEnum):
    """The report's own columns; those of the donor are what counts when the report comes back."""

    FILE = "Relay file"
    SHEET = "Relay sheet"
    ROW = "Relay row"
    STATE = "Relay state"
    REASON = "Relay reason"
    WHO = "Relay can be fixed by"
    EMAIL = "Relay email"
    FIRST_NAME = "Relay first name"
    LAST_NAME = "Relay last name"
    PHONE = "Relay phone"
    PAGE = "Relay page"
    CONTACT_ID = "Relay contact"
    STATUS = "Relay status"
    RESPONSE = "Relay response"


def is_report(header: Sequence[str]) -> bool:
    """Whether a header begins with the report's own columns."""
    return [normalised(heading) for heading in header[: len(Mark)]] == [normalised(mark) for mark in Mark]


def escaped(cells: Sequence[str]) -> list[str]:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return [f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells]


def unescaped(cells: Sequence[str]) -> list[str]:
    """Take away what `escaped` put there, and nothing else."""
    return [cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell for cell in cells]
