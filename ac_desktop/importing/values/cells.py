"""Cleans single cells of what a spreadsheet or a service added to them."""

import re
from typing import Final

from ac_desktop.model.donor import clean_text

_NOT_SHARED: Final = "not shared by donor"
_PLACEHOLDERS: Final = frozenset({"n/a", "na", "none", "null", "-", "#n/a"})
_MARKED = re.compile(r"'(?=[=+\-@\d])")
_NEGATIVE: Final = frozenset({"", "0", "f", "false", "n", "no", "off"})


def clean_cell(cell: str, empty: frozenset[str] = frozenset(), *, marked: bool = False) -> str:
    """Return a cell of any column, cleaned; `empty` are a service's words for nothing.

    `marked`: the column carries Excel's text mark, so that a leading apostrophe is not the donor's.
    """
    if not cell or (not empty and cell.isalnum() and cell.isascii()):
        return cell
    if cell[0] == "'" and (marked or _MARKED.match(cell)):
        cell = cell[1:]
    text = clean_text(cell)
    if len(text) == len(_NOT_SHARED) and text.casefold() == _NOT_SHARED:
        return ""
    return "" if empty and text.casefold() in empty else text


def without_placeholder(text: str) -> str:
    """Return a cleaned e-mail or phone cell, `""` where it says “none”; Null is a surname, so names keep it."""
    return "" if len(text) < 5 and text.casefold() in _PLACEHOLDERS else text  # noqa: PLR2004


def is_yes(cell: str) -> bool:
    """Whether a cell says yes to its heading."""
    return cell.strip().casefold() not in _NEGATIVE


def split_name(name: str) -> tuple[str, str]:
    """Split a whole name at its last space, “Dot, Annie” at its comma."""
    last, comma, first = name.partition(",")
    if comma and first.strip() and "," not in first:
        return first.strip(), last.strip()
    first, _, last = name.rpartition(" ")
    return (first.strip(), last) if first.strip() else (last, "")
