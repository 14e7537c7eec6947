"""The WHERE clause of a query of records, composed by peewee."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from peewee import SQL, NodeList, Value, fn

from ac_desktop.model.reasons import ReasonCode, template
from ac_desktop.model.states import Cause
from ac_desktop.model.wording import source_name
from ac_desktop.store.queries.filters import RecordFilter
from ac_desktop.store.queries.listing import RecordQuery
from ac_desktop.store.queries.tables import BATCH, RECORD

_TEXTS: Final = (
    RECORD.c.email,
    RECORD.c.first_name,
    RECORD.c.last_name,
    RECORD.c.phone,
    RECORD.c.page_name,
    RECORD.c.page,
    RECORD.c.contact_id,
)
_OFTEN_EMPTY: Final = (RECORD.c.team, RECORD.c.source)
"""Texts that most records lack: that test costs half of a search for a word in them."""

Condition = Any
"""A part of peewee's query; its own types are not exact enough to name it."""


def numbers(record_query: RecordQuery, staged: Sequence[int], *, by_index: bool = True) -> Any:  # noqa: ANN401  peewee's own
    """Return the query for a query's record IDs, in no order; records of `staged` batches are left out.

    Without the index, SQLite scans the table itself: three times as fast where most records match.
    """
    record = RECORD.c
    connection, state = (
        (record.connection_id, record.state) if by_index else (_without_index("connection_id"), _without_index("state"))
    )
    query = RECORD.select(record.id).where(connection == record_query.connection_id)
    if staged:
        query = query.where(record.batch_id.not_in(staged))
    if record_query.state is not None:
        query = query.where(state == record_query.state.value)
    wanted = condition(record_query.filter)
    return query if wanted is None else query.where(wanted)


def between(query: Any, low: int, high: int) -> Any:  # noqa: ANN401
    """Limit a query to records with IDs from `low` to below `high`."""
    return query.where(RECORD.c.id.between(low, high - 1))


def among(query: Any, some: Sequence[int]) -> Any:  # noqa: ANN401
    """Limit a query to some records, any number of them."""
    return query.where(RECORD.c.id.in_(SQL("(SELECT value FROM json_each(?))", [str(list(some))])))


def _without_index(column: str) -> Any:  # noqa: ANN401
    """Return a column for which SQLite uses no index."""
    return SQL(f'+"t1"."{column}"')


def condition(wanted: RecordFilter) -> Condition | None:
    """Return the condition of a filter, as part of a composed query; None where it is empty."""
    parts: list[Condition] = [_any_text(word) for word in wanted.words]
    if wanted.states:
        parts.append(RECORD.c.state.in_([state.value for state in wanted.states]))
    if wanted.codes:
        parts.append(of_code(wanted.codes))
    for values, one in ((wanted.files, _file), (wanted.pages, _page), (wanted.causes, _cause)):
        if values:
            parts.append(_either(map(one, values)))
    return _joined(and_, parts) if parts else None


def like(column: object, text: str) -> Condition:
    """Return the condition that a column contains a text, literally and without case."""
    return _either(_like(column, f"%{one}%") for one in _spellings(_escaped(text)))


def of_code(codes: Iterable[ReasonCode]) -> Condition:
    """Return the condition that a record's reason has one of these codes."""
    return _either(_like(RECORD.c.reason, f'["{_escaped(code.value)}"%') for code in codes)


def _any_text(word: str) -> Condition:
    texts = [like(column, word) for column in _TEXTS]
    texts += [(column != "") & like(column, word) for column in _OFTEN_EMPTY]
    return _either([*texts, _file(word), _reason_text(word)])


def _file(value: str) -> Condition:
    """Return the condition that a record's file name contains a text; batches are read only where any matches."""
    kinds = [kind for kind in ("typed", "paste") if value.casefold() in source_name(kind, "").casefold()]
    name_matches = like(BATCH.c.file_name, value)
    matching = BATCH.select(BATCH.c.id).where(name_matches | BATCH.c.kind.in_(kinds) if kinds else name_matches)
    return fn.EXISTS(matching) & RECORD.c.batch_id.in_(matching)


def _page(value: str) -> Condition:
    return like(RECORD.c.page_name, value) | like(RECORD.c.page, value)


def _cause(value: str) -> Condition:
    wanted = value.lower()
    parts: list[Condition] = [RECORD.c.cause == cause.value for cause in Cause if cause.value.startswith(wanted)]
    parts += [of_code([code]) for code in ReasonCode if code.value == wanted]
    return _either([*parts, _reason_text(value)])


def _reason_text(word: str) -> Condition:
    """Return the condition that a reason contains a word, in the sentence of its code or in one of its values."""
    wanted = word.casefold()
    codes = [code for code in ReasonCode if wanted in template(code).casefold()]
    values = NodeList((SQL("substr("), RECORD.c.reason, SQL(", instr("), RECORD.c.reason, SQL(", '{'))")))
    in_values = like(values, word)
    has_reason = NodeList((RECORD.c.reason, SQL("IS NOT NULL")))
    return has_reason & (of_code(codes) | in_values if codes else in_values)


def _spellings(text: str) -> Iterable[str]:
    """Return the spellings to compare, as SQLite ignores case in ASCII alone."""
    if text.isascii():
        return (text,)
    return dict.fromkeys((text, text.lower(), text.upper(), text.title()))


def _like(column: object, pattern: str) -> Condition:
    """Return a LIKE condition; ESCAPE, which only a wildcard in the text needs, takes a sixth longer."""
    escape = (SQL("ESCAPE '\\'"),) if "\\" in pattern else ()
    return NodeList((column, SQL("LIKE"), Value(pattern), *escape))


def _escaped(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


def _either(parts: Iterable[Condition]) -> Condition:
    return _joined(or_, parts)


def _joined(operator: Callable[[Condition, Condition], Condition], parts: Iterable[Condition]) -> Condition:
    """Return the parts joined in pairs, and the pairs in pairs: SQLite takes brackets a hundred deep at most."""
    joined = list(parts)
    while len(joined) > 1:
        joined = [reduce(operator, joined[at : at + 2]) for at in range(0, len(joined), 2)]
    return joined[0]
