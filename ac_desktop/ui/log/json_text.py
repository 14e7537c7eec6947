"""JSON as it is shown: short objects on one line, brackets gathered, and what says nothing folded away."""

import json
from typing import Final

from ac_desktop.model.outside import parsed

INDENT: Final = "  "
LONGEST_OBJECT: Final = 60
"""An object that is longer than this gets a line for each field."""
USUAL_WIDTH: Final = 48
"""In characters; shorter objects are broken where a line would be longer."""
DEEPEST: Final = 24
"""Deeper objects are written on one line, however long it is."""
MARK: Final = "▸"
_NOTHING: Final[tuple[object, ...]] = (None, "", "0", [], {})
_LINKS: Final = "links"
_NEVER_FOLDED: Final = frozenset({"id", "list", "contact", "status"})
"""The fields that a relay is about."""
FEWEST_FOLDED: Final = 3


def arranged(text: str, *, folds: bool, more: str, links: str, width: int = USUAL_WIDTH) -> str:
    """Return JSON arranged for reading, other texts as they are.

    With `folds`, fields that are null, empty or "0" become one line at the end of their object; links and lists of
    objects become a line each. `more` and `links` are the words, with {count}.
    """
    try:
        value = parsed(text)
    except ValueError:
        return text
    if not isinstance(value, dict | list):
        return text
    return _Writer(folds=folds, more=more, links=links, width=width).written(value, 0, 0)


class _Writer:
    def __init__(self, *, folds: bool, more: str, links: str, width: int) -> None:
        self._folds = folds
        self._more = more
        self._links = links
        self._width = width

    def written(self, value: object, depth: int, column: int) -> str:
        """Return a value that begins in a column, its later lines indented by its depth."""
        if not isinstance(value, dict | list) or not value or depth >= DEEPEST:
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, dict) and (around := self._around_another(value, depth, column)):
            return around
        parts = self._fields(value, depth) if isinstance(value, dict) else self._items(value, depth)
        opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
        length = len(", ".join(parts)) + 2
        fits = column + len(parts[0]) + 2 <= self._width
        if depth and fits and length <= LONGEST_OBJECT and not _has_containers(value):
            return _packed(opening, parts, closing, depth, column, self._width)
        inner, outer = "\n" + INDENT * (depth + 1), "\n" + INDENT * depth
        gathers = "\n" in parts[-1] and parts[-1].endswith(("}", "]"))
        return f"{opening}{inner}{f',{inner}'.join(parts)}{'' if gathers else outer}{closing}"

    def _around_another(self, value: dict[str, object], depth: int, column: int) -> str | None:
        """Return an object whose one field is another object, both on the same lines; None for any other."""
        if len(value) > 1:
            return None
        ((name, one),) = value.items()
        opening = f"{{{json.dumps(name, ensure_ascii=False)}: "
        if not isinstance(one, dict) or not one or name == _LINKS or column + len(opening) >= self._width:
            return None
        return f"{opening}{self.written(one, depth, column + len(opening))}}}"

    def _fields(self, value: dict[str, object], depth: int) -> list[str]:
        folded = [name for name, one in value.items() if self._folds and _is_folded(name, one)]
        if len(folded) < FEWEST_FOLDED:
            folded = []
        parts = []
        for name, one in value.items():
            if name in folded:
                continue
            key = json.dumps(name, ensure_ascii=False)
            if self._folds and name == _LINKS and isinstance(one, dict) and len(one) >= FEWEST_FOLDED:
                parts.append(f"{key}: {MARK} {{{self._links.format(count=len(one))}}}")
            elif self._folds and isinstance(one, list) and _has_containers(one):
                # The answer to a list step repeats the whole contact before what it is about.
                parts.append(f"{key}: {MARK} [{len(one)}]")
            else:
                begin = len(INDENT) * (depth + 1) + len(key) + 2
                parts.append(f"{key}: {self.written(one, depth + 1, begin)}")
        if folded:
            parts.append(f"{MARK} {self._more.format(count=len(folded))}")
        return parts

    def _items(self, value: list[object], depth: int) -> list[str]:
        return [self.written(one, depth + 1, len(INDENT) * (depth + 1)) for one in value]


def _packed(opening: str, parts: list[str], closing: str, depth: int, column: int, width: int) -> str:
    """Return a short object on one line, or on as few as it needs."""
    text, at = opening, column + 1
    for number, part in enumerate(parts):
        end = closing if number == len(parts) - 1 else ","
        if number and at + len(part) + 2 > width:
            text += "\n" + INDENT * (depth + 1)
            at = len(INDENT) * (depth + 1)
        elif number:
            text, at = f"{text} ", at + 1
        text, at = f"{text}{part}{end}", at + len(part) + 1
    return text


def _is_folded(name: str, value: object) -> bool:
    return name not in _NEVER_FOLDED and any(value is one or value == one for one in _NOTHING)


def _has_containers(value: dict[str, object] | list[object]) -> bool:
    parts = value.values() if isinstance(value, dict) else value
    return any(isinstance(one, dict | list) and one for one in parts)
