"""Conversion of values from outside, within bounds: JSON that is not nested too deep, numbers and texts."""

import json
import math
import re
from typing import Final

LARGEST: Final = 2**63 - 1
"""The largest integer that the database stores."""
LARGEST_SHOWN: Final = 2**31 - 1
"""The largest count that plural forms are given."""
LONGEST_TEXT: Final = 1_000
"""Characters of a text that are kept by default."""

MAX_DEPTH: Final = 100
"""Levels of nesting that are accepted in JSON; real files have a few."""

_LONGEST_NUMBER: Final = 40
_WHOLE = re.compile(r"[+-]?[0-9]{1,19}(?:\.0{0,19})?")


def number(value: object, most: int = LARGEST, *, least: int = 0) -> int | None:
    """Return a whole number from `least` to `most` in any spelling of JSON, headers and PHP (1, "1", "01", " 1", 1.0).

    Return None for everything else: true and false, fractions, digits of other scripts, what is too large or too long.
    """
    found: int | None = None
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        found = value
    elif isinstance(value, float):
        found = int(value) if math.isfinite(value) and value.is_integer() else None
    elif isinstance(value, str) and len(value) <= _LONGEST_NUMBER:
        spelled = value.strip()
        found = int(spelled.partition(".")[0]) if _WHOLE.fullmatch(spelled) else None
    return found if found is not None and least <= found <= most else None


def record_number(value: object) -> int | None:
    """Return the positive ID that a value is, or that an object has as `id`; None where there is none."""
    return number(value.get("id") if isinstance(value, dict) else value, least=1)


def text(value: object, longest: int = LONGEST_TEXT) -> str:
    """Return a string, or a number as one, cut to its first `longest` characters; "" for everything else."""
    if isinstance(value, str):
        return value[:longest]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else ""
    return str(value) if abs(value) <= LARGEST else ""


def parsed(text: str | bytes) -> object:
    """Return the parsed value. Raise ValueError where the text is not JSON, or is nested too deep."""
    try:
        value: object = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if is_deep(value):
        raise ValueError("nested too deep")
    return value


def is_deep(value: object) -> bool:
    """Whether a value has more than MAX_DEPTH levels."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _children(outer)]
        if not level:
            return False
    return True


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
