"""Numbers as accounts write them: as numbers, as texts, or within the record that they are of."""

import re
from typing import Final

_SPELLED = re.compile(r"(?P<whole>[+-]?[0-9]{1,19})(?:\.0{0,19})?")
_LARGEST_FLOAT: Final = 2.0**53
"""Whole numbers up to here are exact as a float (IEEE 754)."""
_LARGEST: Final = 10**19


def whole_number(value: object) -> int | None:
    """Return the whole number that a value spells (`1`, `1.0`, `"01"`, `" 1"`), None where it spells none."""
    match value:
        case bool():
            return None
        case int():
            return value if -_LARGEST < value < _LARGEST else None
        case float():
            return int(value) if value.is_integer() and abs(value) <= _LARGEST_FLOAT else None
        case str():
            spelled = _SPELLED.fullmatch(value.strip())
            return int(spelled["whole"]) if spelled else None
        case _:
            return None


def record_number(value: object) -> int | None:
    """Return the number of a record: a positive one, or that within the record itself; None where there is none."""
    number = whole_number(value.get("id") if isinstance(value, dict) else value)
    return number if number is not None and number > 0 else None
