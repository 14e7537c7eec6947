"""Filters of records as typed: words and the tokens `state:`, `file:`, `page:` and `cause:`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState

_TOKEN: Final = re.compile(r'(?:(?P<name>\w+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S+))')


UNNAMED_KINDS: Final = ("typed", "paste")
"""The kinds of batches whose source is no file with a name."""


@dataclass(frozen=True)
class BatchSource:
    """Where the donors of a batch came from: the kind of batch, and the name of its file."""

    kind: str
    file_name: str = ""


@dataclass(frozen=True)
class Period:
    """A period in seconds since 1970, without its end."""

    since: float
    until: float


@dataclass(frozen=True)
class RecordFilter:
    """A filter; all words have to match, and of each token one of its values.

    `sources` and `named_pages` are names as they are, not parts of them; `changed` is when a record last changed.
    """

    words: tuple[str, ...] = ()
    states: tuple[RecordState, ...] = ()
    files: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    codes: tuple[ReasonCode, ...] = ()
    sources: tuple[BatchSource, ...] = ()
    named_pages: tuple[str, ...] = ()
    changed: Period | None = None

    def __bool__(self) -> bool:
        return self != EVERYTHING


EVERYTHING: Final = RecordFilter()


def parse_filter(text: str, state_words: Mapping[str, RecordState] | None = None) -> RecordFilter:
    """Parse a typed filter; `state_words` are the states' names in the person's language, beside the English ones."""
    named: dict[str, list[str]] = {"state": [], "file": [], "page": [], "cause": []}
    words: list[str] = []
    for found in _TOKEN.finditer(text):
        value = found["quoted"] if found["quoted"] is not None else found["plain"]
        name = (found["name"] or "").lower()
        if name in named:
            named[name].append(value)
        elif value:
            words.append(f"{found['name']}:{value}" if found["name"] else value)
    states = [state for value in named["state"] for state in _states(value, state_words or {})]
    return RecordFilter(
        words=tuple(words),
        states=tuple(dict.fromkeys(states)),
        files=tuple(filter(None, named["file"])),
        pages=tuple(filter(None, named["page"])),
        causes=tuple(filter(None, named["cause"])),
    )


def _states(value: str, state_words: Mapping[str, RecordState]) -> list[RecordState]:
    names = {**{state.value: state for state in RecordState}, **{word.lower(): s for word, s in state_words.items()}}
    wanted = value.lower()
    return [state for word, state in names.items() if wanted and word.startswith(wanted)]
