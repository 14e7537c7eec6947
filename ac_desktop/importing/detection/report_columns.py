"""The columns of our own report, how it is known again, and how cells are kept from being taken for formulas."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from ac_desktop.importing.detection.headings import normalised
from ac_desktop.model.wording import escape_control_characters

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PARTS = re.compile(r"([\t\r\n])")
_KEPT: Final = frozenset("\t\r\n")
OF_THE_FILE: Final = "File: "
"""Begins the headings of columns that show the original row beside the donor."""


class ReportColumn(StrEnum):
    """The report's own columns; of these, a person corrects the donor's alone."""

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


class OldMark(StrEnum):
    """The donor's columns in reports of older versions, which had no mark and showed the original columns too."""

    EMAIL = "Relay email"
    FIRST_NAME = "Relay first name"
    LAST_NAME = "Relay last name"
    PHONE = "Relay phone"
    PAGE = "Relay page"


_OURS: Final = frozenset(normalised(mark) for mark in (*ReportColumn, *OldMark) if mark.startswith("Relay "))
_TELLING: Final = 3
"""So many of our own headings make a report."""


def is_report(header: Sequence[str]) -> bool:
    """Whether a header is that of our own report, in whatever order its columns are."""
    headings = {normalised(heading) for heading in header}
    return normalised(ReportColumn.MARK) in headings or len(_OURS & headings) >= _TELLING


def is_own_column(heading: str) -> bool:
    """Whether a heading is one that a report adds to the original row."""
    name = normalised(heading)
    return name in _OURS or name in {normalised(mark) for mark in ReportColumn}


def shown_heading(heading: str) -> str:
    """Return the heading of an original column in a report, which may come from a report itself."""
    return heading if normalised(heading).startswith(normalised(OF_THE_FILE)) else f"{OF_THE_FILE}{heading}"


def escaped(cells: Sequence[str]) -> list[str]:
    """Put an apostrophe before what a spreadsheet would take for a formula, and take steering signs' power from them.

    Line breaks and tabs stay, as spreadsheets write them.
    """
    return [f"'{cell}" if _FORMULA.match(cell) else cell for cell in map(_harmless, cells)]


def _harmless(cell: str) -> str:
    """Show signs that steer a terminal or turn a text's direction as what they are not."""
    if cell.isascii() and cell.isprintable():
        return cell
    return "".join(part if part in _KEPT else escape_control_characters(part) for part in _PARTS.split(cell))


def unescaped(cells: Sequence[str]) -> list[str]:
    """Take away what `escaped` put there, and nothing else."""
    return [cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell for cell in cells]
