"""How a spreadsheet changes a value that nobody edited, so that the change is not taken for a correction."""

import re
from math import isclose
from typing import Final

from ac_desktop.importing.profiles.report_columns import unescaped
from ac_desktop.model.donor import clean_text
from ac_desktop.model.wording import escape_control_characters

_NUMBER = re.compile(r"([+-]?)(\d{1,400})(?:[.,](\d{0,400}))?(?:[Ee]([+-]?\d{1,4}))?")
_LIKE_A_DATE = re.compile(
    r"[A-Za-z]{3,10}[-/. ][0-9]{1,4}|[0-9]{1,2}[-/. ][A-Za-z]{3,10}(?:[-/. ][0-9]{2,4})?"
    r"|[0-9]{1,4}[-/][0-9]{1,2}(?:[-/][0-9]{1,4})?"
)
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_NO_MONTH: Final = -1
_LONGEST_DATE: Final = 20
_MOST_DATE_PARTS: Final = 3
_MONTHS: Final = {
    name: number
    for names in ("jan feb mar apr may jun jul aug sep oct nov dec", "ene feb mar abr may jun jul ago sep oct nov dic")
    for number, name in enumerate(names.split(), 1)
}
_MOST_DIGITS: Final = 15
"""The digits of a number that a spreadsheet keeps."""
_NEAR: Final = 1e-14
_OLD_ENCODINGS: Final = ("ascii", "cp437", "cp850", "mac_roman", "latin-1")
_LOGICAL: Final = frozenset({"true", "false"})


def is_same(cell: str, kept: str) -> bool:
    """Whether a cell still holds the kept value, though a spreadsheet may have changed how it is written.

    White space around it, an apostrophe before it, lost leading zeros and plus signs, long numbers in E-notation, and
    letters damaged by another encoding make no other value.
    """
    was = clean_text(kept)
    for text in (clean_text(cell), clean_text(unescaped([cell])[0])):
        if text == was or text == clean_text(escape_control_characters(kept)):
            return True
        if text.casefold() == was.casefold() and was.casefold() in _LOGICAL:
            return True
        if _same_number(text, was) or _same_date(text, was) or _reencoded(text, was):
            return True
    return False


def _same_number(text: str, was: str) -> bool:
    """Whether both are the same number, to as many digits as the cell shows."""
    kept, shown = _NUMBER.fullmatch(was), _NUMBER.fullmatch(text)
    if kept is None or shown is None or (kept[1] == "-") != (shown[1] == "-"):
        return False
    if _exact(kept) == _exact(shown):
        return True
    if len(_exact(kept)[0]) > _MOST_DIGITS and isclose(float(_plain(kept)), float(_plain(shown)), rel_tol=_NEAR):
        return True
    places = len((shown[2] + (shown[3] or "")).lstrip("0"))
    return shown[4] is not None and _rounded(kept, places) == _rounded(shown, places)


def _plain(number: "re.Match[str]") -> str:
    return f"{number[2]}.{number[3] or 0}e{number[4] or 0}"


def _exact(number: "re.Match[str]") -> tuple[str, int]:
    """Return a number as its digits, without leading and trailing zeros, and their power of ten."""
    fraction = number[3] or ""
    digits = (number[2] + fraction).lstrip("0")
    power = int(number[4] or 0) - len(fraction)
    bare = digits.rstrip("0")
    return bare, power + len(digits) - len(bare) if bare else 0


def _rounded(number: "re.Match[str]", places: int) -> tuple[str, int]:
    """Return a number rounded to this number of digits, as E-notation shows it."""
    digits, power = _exact(number)
    if len(digits) <= places or places < 1:
        return digits, power
    cut = str(int(digits[:places]) + (digits[places] >= "5"))
    bare = cut.rstrip("0")
    return bare, power + len(digits) - places + len(cut) - len(bare)


def _same_date(text: str, was: str) -> bool:
    """Whether the cell is the date that a spreadsheet reads the kept text as, such as May-26 for may-2026."""
    if len(text) > _LONGEST_DATE or not _LIKE_A_DATE.fullmatch(was):
        return False
    kept, shown = _date_parts(was), _date_parts(text)
    return _NO_MONTH not in kept and kept <= shown and len(shown) <= _MOST_DATE_PARTS


def _date_parts(text: str) -> frozenset[int]:
    """Return the numbers of a date: months by name as numbers, years without the century."""
    words = _WORD.findall(text.removesuffix(" 00:00:00").casefold())
    return frozenset(int(word) % 100 if word.isdecimal() else _MONTHS.get(word[:3], _NO_MONTH) for word in words)


def _reencoded(text: str, was: str) -> bool:
    """Whether the cell is the kept text damaged by another encoding."""
    if was.isascii():
        return False
    made = {was.encode(name, "replace").decode(name) for name in ("cp1252", *_OLD_ENCODINGS)}
    made |= {was.encode("utf-8").decode(name, "replace") for name in ("cp1252", *_OLD_ENCODINGS)}
    made |= {was.encode(name, "replace").decode("cp1252", "replace") for name in _OLD_ENCODINGS}
    return clean_text(text) in {clean_text(one) for one in made}
