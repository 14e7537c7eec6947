"""Filters of records as typed: words and the tokens `state:`, `file:`, `page:` and `cause:`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState

_TOKEN: Final = re.compile(r'(?:(?P<name>\w+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S+))')


@dataclass(frozen=True)
class RecordFilter:
    """A filter; all words have to match, and of each token one of its values."""

    words: tuple[str, ...] = ()
    states: tuple[RecordState, ...] = ()
    files: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    codes: tuple[ReasonCode, ...] = ()

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
