"""Amounts of money, read for their sign and for comparison; never for calculation."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_AMOUNT: Final = re.compile(
    r"(?P<before>[-\u2212\u2013(]?)\s*[^\W\d_]{0,4}[$€£¥]?\s*(?P<within>[-\u2212\u2013]?)\s*[$€£¥]?\s*"
    r"(?P<number>\d[\d.,' \u00a0\u202f]*)\s*[$€£¥]?\s*[^\W\d_]{0,4}\s*(?P<after>[-\u2212\u2013)]?)"
)
_MINUS_CHARACTERS: Final = ("-", "(", "\u2212", "\u2013")
_CENTS: Final = 2


@lru_cache(maxsize=8_192)
def amount(text: str) -> float | None:
    """Return an amount with its sign, `(1,000.00)` and `5-` being negative; None for what is no amount."""
    found = _AMOUNT.fullmatch(text.strip().removeprefix("'"))
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
