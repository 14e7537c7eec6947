"""The columns of the program's own report, how a report is recognised, and how cells are escaped against formulas."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from ac_desktop.importing.profiles.columns import normalised
from ac_desktop.model.wording import escape_control_characters

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PARTS = re.compile(r"([\t\r\n])")
_KEPT: Final = frozenset("\t\r\n")
OF_THE_FILE: Final = "File: "
"""The prefix of the headings of columns that show the original row beside the donor."""


class ReportColumn(StrEnum):
    """The report's own columns; a person corrects only the donor's."""

    MARK = "Relay mark"
    FILE = "Relay file"
    SHEET = "Relay sheet"
    ROW = "Relay row"
    STATE = "Relay state"
    REASON = "Relay reason"
    WHO = "Relay can be fixed by"
    EMAIL = "Email"
    FIRST_NAME = "First name"
    LAST_NAME = "Last name"
    PHONE = "Phone"
    PAGE = "Page"
    CONTACT_ID = "Relay contact"
    STATUS = "Relay status"
    RESPONSE = "Relay response"


class OldReportColumn(StrEnum):
    """The donor's columns in reports of older versions, which had no mark and showed the original columns too."""

    EMAIL = "Relay email"
    FIRST_NAME = "Relay first name"
    LAST_NAME = "Relay last name"
    PHONE = "Relay phone"
    PAGE = "Relay page"


_OWN_HEADINGS: Final = frozenset(
    normalised(mark) for mark in (*ReportColumn, *OldReportColumn) if mark.startswith("Relay ")
)
_ENOUGH_COLUMNS: Final = 3
"""The number of a report's own headings from which on a file is a report."""


def is_report(header: Sequence[str]) -> bool:
    """Whether a header is that of a report, in any order of its columns."""
    headings = {normalised(heading) for heading in header}
    return normalised(ReportColumn.MARK) in headings or len(_OWN_HEADINGS & headings) >= _ENOUGH_COLUMNS


def is_own_column(heading: str) -> bool:
    """Whether a heading is one that a report adds to the original row."""
    name = normalised(heading)
    return name in _OWN_HEADINGS or name in {normalised(mark) for mark in ReportColumn}


def shown_heading(heading: str) -> str:
    """Return the heading of an original column in a report; the original file may itself be a report."""
    return heading if normalised(heading).startswith(normalised(OF_THE_FILE)) else f"{OF_THE_FILE}{heading}"


def escaped(cells: Sequence[str]) -> list[str]:
    """Prefix cells that a spreadsheet would read as a formula with an apostrophe, and escape control characters.

    Line breaks and tabs are kept, as spreadsheets write them.
    """
    return [f"'{cell}" if _FORMULA.match(cell) else cell for cell in map(_without_control_characters, cells)]


def _without_control_characters(cell: str) -> str:
    """Return a cell with the characters escaped that control a terminal or a text's direction."""
    if cell.isascii() and cell.isprintable():
        return cell
    return "".join(part if part in _KEPT else escape_control_characters(part) for part in _PARTS.split(cell))


def unescaped(cells: Sequence[str]) -> list[str]:
    """Remove the apostrophes that `escaped` adds, and nothing else."""
    return [cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell for cell in cells]
