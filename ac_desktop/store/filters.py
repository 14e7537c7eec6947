"""What a person typed to find records: words and `state:`, `file:`, `page:` and `cause:`, turned into a condition."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from peewee import SQL, NodeList, Value

from ac_desktop.model.reasons import ReasonCode, template
from ac_desktop.model.states import Cause, RecordState
from ac_desktop.store.tables import BATCH, RECORD

_TOKEN: Final = re.compile(r'(?:(?P<name>\w+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S+))')
_TEXTS: Final = (
    RECORD.c.email,
    RECORD.c.first_name,
    RECORD.c.last_name,
    RECORD.c.phone,
    RECORD.c.page_name,
    RECORD.c.page,
    RECORD.c.team,
    RECORD.c.source,
    RECORD.c.contact_id,
)

Condition = Any
"""A part of peewee's query; its own types are not exact enough to name it."""


@dataclass(frozen=True)
class Filter:
    """What is looked for; words all have to be found, and of each token one of its values."""

    words: tuple[str, ...] = ()
    states: tuple[RecordState, ...] = ()
    files: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    codes: tuple[ReasonCode, ...] = ()

    def __bool__(self) -> bool:
        return self != EVERYTHING


EVERYTHING: Final = Filter()


def parse(text: str, state_words: Mapping[str, RecordState] | None = None) -> Filter:
    """Read what was typed; `state_words` are the states' names in the person's language, beside the English ones."""
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
    return Filter(
        words=tuple(words),
        states=tuple(dict.fromkeys(states)),
        files=tuple(filter(None, named["file"])),
        pages=tuple(filter(None, named["page"])),
        causes=tuple(filter(None, named["cause"])),
    )


def condition(wanted: Filter) -> Condition | None:
    """Give the condition on a record, as part of a composed query; None where all are wanted."""
    parts: list[Condition] = [_any_text(word) for word in wanted.words]
    if wanted.states:
        parts.append(RECORD.c.state.in_([state.value for state in wanted.states]))
    if wanted.codes:
        parts.append(of_code(wanted.codes))
    for values, one in ((wanted.files, _file), (wanted.pages, _page), (wanted.causes, _cause)):
        if values:
            parts.append(_either(map(one, values)))
    return reduce(and_, parts) if parts else None


def like(column: object, text: str) -> Condition:
    """Whether a column holds a text, with its wildcards taken as they are and without regard to case."""
    return _either(_like(column, f"%{one}%") for one in _spellings(_escaped(text)))


def of_code(codes: Iterable[ReasonCode]) -> Condition:
    """Whether a record's reason has one of these codes."""
    return _either(_like(RECORD.c.reason, f'["{_escaped(code.value)}"%') for code in codes)


def _states(value: str, state_words: Mapping[str, RecordState]) -> list[RecordState]:
    told = {**{state.value: state for state in RecordState}, **{word.lower(): s for word, s in state_words.items()}}
    wanted = value.lower()
    return [state for word, state in told.items() if wanted and word.startswith(wanted)]


def _any_text(word: str) -> Condition:
    return _either([*(like(column, word) for column in _TEXTS), _file(word), _reason_text(word)])


def _file(value: str) -> Condition:
    return RECORD.c.batch_id.in_(BATCH.select(BATCH.c.id).where(like(BATCH.c.file_name, value)))


def _page(value: str) -> Condition:
    return like(RECORD.c.page_name, value) | like(RECORD.c.page, value)


def _cause(value: str) -> Condition:
    wanted = value.lower()
    parts: list[Condition] = [RECORD.c.cause == cause.value for cause in Cause if cause.value.startswith(wanted)]
    parts += [of_code([code]) for code in ReasonCode if code.value == wanted]
    return _either([*parts, _reason_text(value)])


def _reason_text(word: str) -> Condition:
    """A reason is kept as a code with values: the word may stand in the code's sentence or in a value."""
    wanted = word.casefold()
    codes = [code for code in ReasonCode if wanted in template(code).casefold()]
    values = NodeList((SQL("substr("), RECORD.c.reason, SQL(", instr("), RECORD.c.reason, SQL(", '{'))")))
    in_values = like(values, word)
    return of_code(codes) | in_values if codes else in_values


def _spellings(text: str) -> Iterable[str]:
    """SQLite knows upper and lower case of the plain letters alone."""
    if text.isascii():
        return (text,)
    return dict.fromkeys((text, text.lower(), text.upper(), text.title()))


def _like(column: object, pattern: str) -> Condition:
    return NodeList((column, SQL("LIKE"), Value(pattern), SQL("ESCAPE '\\'")))


def _escaped(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


def _either(parts: Iterable[Condition]) -> Condition:
    return reduce(or_, parts)
