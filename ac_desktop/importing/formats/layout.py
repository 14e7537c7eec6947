"""Detects the header of a sheet, and the rows that are neither header nor donor."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from ac_desktop.importing.profiles.columns import normalised

HEADER_WITHIN: Final = 30
_SURE: Final = 2
_TRAILERS: Final = frozenset({"total", "totals", "total donations (gross)", "net total payment"})
_EMAIL = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]")
_NUMBER = re.compile(r"^(?=\D*\d)[\s$€£()+\-.,:/\d]+$")


def is_blank(cells: Sequence[str]) -> bool:
    """Whether a row holds nothing but white space."""
    return not cells or (not cells[0].strip() and not any(map(str.strip, cells)))


def holds_email(cells: Sequence[str]) -> bool:
    """Whether any cell looks like an e-mail address."""
    return any("@" in cell and _EMAIL.search(cell) for cell in cells)


def starts_trailer(cells: Sequence[str]) -> bool:
    """Whether a row begins the sums below the donors; a donor whose company is called Total does not."""
    first = cells[0].strip().casefold()
    return (first in _TRAILERS or first.startswith("#---")) and not holds_email(cells)


def find_header(rows: Sequence[tuple[int, Sequence[str]]], known: Collection[str]) -> int:
    """Return the number of the header row, 0 where there is none.

    `rows` are the first rows with their numbers, `known` the normalised headings of all profiles.
    """
    filled = [(number, cells) for number, cells in rows[:HEADER_WITHIN] if not is_blank(cells)]
    if not filled:
        return 0
    usual = _usual_width([cells for _, cells in rows])
    best, most, below_donor = 0, 0, False
    for number, cells in filled:
        below_donor = below_donor or holds_email(cells)
        hits = 0 if holds_email(cells) else sum(normalised(cell) in known for cell in cells)
        if hits > most and (hits >= _SURE or not below_donor):
            best, most = number, hits
    if most >= _SURE or (most and usual <= 1):
        return best
    return _unknown_header(filled, usual)


def _unknown_header(filled: Sequence[tuple[int, Sequence[str]]], usual: int) -> int:
    for number, cells in filled:
        if _filled(cells) * 2 < usual:
            continue
        if holds_email(cells) or any(_NUMBER.match(cell) for cell in cells):
            return 0
        return number
    return 0


def full_width(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Count the columns: a delimiter that ends every row but the header's adds an empty one."""
    usual = _usual_width(rows)
    if usual > len(header) and all(is_blank(cells[len(header) :]) for cells in rows):
        return usual
    return len(header)


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    widths = Counter(len(cells) for cells in rows if not is_blank(cells))
    return max(widths, key=lambda width: (widths[width], width), default=0)
