"""Parsing of JSON from outside, with a limit on its nesting."""

import json
from typing import Final

MAX_DEPTH: Final = 100
"""Levels of nesting that are accepted; real files have a few."""


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
