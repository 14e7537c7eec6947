"""Reads the text of single cells: cleaned of what a spreadsheet or a service added, as plain words, as an amount."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ac_desktop.model.donor import clean_text

_NOT_SHARED: Final = "not shared by donor"
_PLACEHOLDERS: Final = frozenset({"n/a", "na", "none", "null", "-", "#n/a"})
_MARKED = re.compile(r"'(?=[=+\-@\d])")
_NEGATIVE: Final = frozenset({"", "0", "f", "false", "n", "no", "off"})
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z][a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD: Final = re.compile(r"[^\W_]+")
_TICKS: Final = str.maketrans(
    dict.fromkeys("\u2713\u2714\u2611\u2705", " yes ")
    | dict.fromkeys("\u2717\u2718\u2610\u274c\u2716\u2612", " no ")
    | dict.fromkeys("'\u2019\u2018`", " ")
)
_JOINED: Final = (
    (re.compile(r"\be mail(s|ed|ing|able)?\b"), r"email\1"),
    (re.compile(r"\b(\w*?)opt(s|ed|ing)?(in|out)((?:of|at|on|date|time|status|flag|email)\w*)?\b"), r"\1 opt\2 \3 \4"),
    (re.compile(r"\b(do|don|dont|did|does|is|was|has|can|are|wo|won|should)(n)? t\b"), r"\1 not"),
    (re.compile(r"\bdont\b"), "do not"),
    (re.compile(r"\bdonot(?=\w)"), "do not "),
    (re.compile(r"\b(don|won|isn|wasn|hasn|doesn|didn|can) not\b"), "do not"),
)
_LONGEST_PLAIN: Final = 2_000
_LONGEST_AMOUNT: Final = 100
_AMOUNT: Final = re.compile(
    r"(?P<before>[-\u2212\u2013(]?)\s*[^\W\d_]{0,4}[$€£¥]?\s*(?P<within>[-\u2212\u2013]?)\s*[$€£¥]?\s*"
    r"(?P<number>\d[\d.,' \u00a0\u202f]*)\s*[$€£¥]?\s*[^\W\d_]{0,4}\s*(?P<after>[-\u2212\u2013)]?)"
)
_MINUS_CHARACTERS: Final = ("-", "(", "\u2212", "\u2013")
_CENTS: Final = 2


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


@lru_cache(maxsize=8_192)
def plain(text: str) -> str:
    """Return the words of a text without case, accents and punctuation, separated by single spaces."""
    spaced = _CAMEL.sub(" ", text[:_LONGEST_PLAIN].translate(_TICKS))
    letters = unicodedata.normalize("NFKD", spaced).casefold()
    words = " ".join(_WORD.findall("".join(character for character in letters if not unicodedata.combining(character))))
    for pattern, joined in _JOINED:
        words = pattern.sub(joined, words)
    return " ".join(words.split())


def any_of(*parts: str) -> re.Pattern[str]:
    """Return a pattern that finds any of these as whole words."""
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")


@lru_cache(maxsize=8_192)
def amount(text: str) -> float | None:
    """Return an amount with its sign, `(1,000.00)` and `5-` being negative; None for what is no amount."""
    typed = text.strip().removeprefix("'")
    found = _AMOUNT.fullmatch(typed) if len(typed) <= _LONGEST_AMOUNT else None
    if found is None:
        return None
    number = float(_digits(found["number"]))
    is_negative = any(found[place].strip(")") for place in ("before", "within", "after"))
    return -number if is_negative else number


def may_hold_negative(cells: Iterable[str]) -> bool:
    """Whether any of these cells has a character that marks negative amounts."""
    together = "\n".join(cells)
    return any(character in together for character in _MINUS_CHARACTERS)


def _digits(text: str) -> str:
    """Return the number as Python writes it; the last of `.` and `,` is the decimal point."""
    plain = re.sub(r"[^\d.,]", "", text)
    at = max(plain.rfind("."), plain.rfind(","))
    if at < 0:
        return plain
    whole, rest = re.sub(r"\D", "", plain[:at]), re.sub(r"\D", "", plain[at:])
    character = plain[at]
    both = "." in plain[:at] or "," in plain[:at]
    are_cents = plain.count(character) == 1 and (character == "." or both or len(rest) <= _CENTS)
    return f"{whole or '0'}.{rest or '0'}" if are_cents else f"{whole}{rest}"
