"""JSON from outside: read within bounds, so that no nesting makes a fault of it."""

import json
from typing import Final

DEEPEST: Final = 100
"""Levels that are read; whatever writes JSON for people needs a few."""


def parsed(text: str | bytes) -> object:
    """Return what JSON says. Raises ValueError where it is none, or nested deeper than anybody writes it."""
    try:
        value: object = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if is_deep(value):
        raise ValueError("nested too deep")
    return value


def is_deep(value: object) -> bool:
    """Whether a value is nested deeper than anybody writes it."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _within(outer)]
        if not level:
            return False
    return True


def _within(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
