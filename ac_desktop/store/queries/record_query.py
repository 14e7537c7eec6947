"""A query of records: which ones, by a filter as typed or by their reason, and in which order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ac_desktop.model.reasons import Reason, ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.store.ports import Database

_TOKEN: Final = re.compile(r'(?:(?P<name>\w+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S+))')


UNNAMED_KINDS: Final = ("typed", "paste")
"""The kinds of batches whose source is no file with a name."""


@dataclass(frozen=True)
class SourceFilter:
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
    sources: tuple[SourceFilter, ...] = ()
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


class SortKey(StrEnum):
    """The columns by which records can be sorted."""

    QUEUED = "queued"
    STATE = "state"
    DONOR = "donor"
    EMAIL = "email"
    SOURCE = "source"
    PAGE = "page"
    CONTACT = "contact"
    LIST = "list"
    TRIES = "tries"
    NEXT_TRY = "next_try"
    CHANGED = "changed"
    REASON = "reason"
    WHO = "who"
    CONTACT_ID = "contact_id"
    PHONE = "phone"
    TEAM = "team"
    STEP = "step"
    CREATED = "created"
    CODE = "code"


@dataclass(frozen=True)
class Sort:
    """An order of records; equal ones are in the order in which they were queued."""

    key: SortKey = SortKey.QUEUED
    descending: bool = False


AS_QUEUED: Final = Sort()


@dataclass(frozen=True)
class RecordQuery:
    """A query of records: which ones, in which order."""

    connection_id: int
    state: RecordState | None = None
    filter: RecordFilter = EVERYTHING
    sort: Sort = AS_QUEUED

    @property
    def is_ascending(self) -> bool:
        """Whether the IDs are in ascending order, so that binary search works."""
        return self.sort == AS_QUEUED


_BY_CODE: Final = """
    SELECT COUNT(*) AS number, MIN(reason) AS example, COUNT(DISTINCT reason) AS kinds FROM record
    WHERE connection_id = ? AND state = ? AND reason IS NOT NULL GROUP BY reason_code ORDER BY number DESC, reason_code
"""


@dataclass(frozen=True)
class CauseGroup:
    """The records of one reason code; `example` is the reason of one of them, and of all where `is_same`."""

    example: Reason
    count: int
    is_same: bool

    @property
    def code(self) -> ReasonCode:
        """The reason code."""
        return self.example.code


def causes(database: Database, connection_id: int, state: RecordState = RecordState.FAILED) -> list[CauseGroup]:
    """Return a connection's records of one state grouped by reason code."""
    rows = database.rows(_BY_CODE, (connection_id, state.value))
    return [CauseGroup(Reason.from_json(row["example"]), row["number"], row["kinds"] == 1) for row in rows]


def of_cause(connection_id: int, code: ReasonCode) -> RecordQuery:
    """Return the query for the failed records of one reason code."""
    return RecordQuery(connection_id, RecordState.FAILED, RecordFilter(codes=(code,)))
