"""A list's question put into SQL, composed by peewee: which records, and in which order."""

import re
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from peewee import SQL, Case, NodeList, Value, fn

from ac_desktop.model.reasons import ReasonCode, template, who_of
from ac_desktop.model.states import Cause, Step, Who
from ac_desktop.store.filters import Filter
from ac_desktop.store.listing import Question, Sort, SortKey
from ac_desktop.store.tables import BATCH, RECORD

_STATES: Final = ("waiting", "sending", "held", "failed", "sent", "skipped")
_WHOS: Final = (Who.YOU, Who.YOU_OR_ADMIN, Who.ADMIN, Who.IT, Who.WAIT)
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


def numbers(question: Question, staged: Sequence[int], *, by_index: bool = True) -> Any:  # noqa: ANN401  peewee's own
    """Choose the numbers of a question's records, in no order; `staged` are batches whose records no list shows.

    Without the index, SQLite goes through the table itself: three times as fast where most records answer.
    """
    record = RECORD.c
    connection, state = (record.connection_id, record.state) if by_index else (_plus("connection_id"), _plus("state"))
    query = RECORD.select(record.id).where(connection == question.connection_id)
    if staged:
        query = query.where(record.batch_id.not_in(staged))
    if question.state is not None:
        query = query.where(state == question.state.value)
    wanted = condition(question.filter)
    return query if wanted is None else query.where(wanted)


def between(query: Any, low: int, high: int) -> Any:  # noqa: ANN401
    """Choose among the records from number `low` to below `high`."""
    return query.where(RECORD.c.id.between(low, high - 1))


def among(query: Any, some: Sequence[int]) -> Any:  # noqa: ANN401
    """Choose among some records."""
    return query.where(RECORD.c.id.in_(some))


def ordered(query: Any, sort: Sort) -> Any:  # noqa: ANN401
    """Put numbers in order."""
    if sort.key is SortKey.SOURCE:
        query = query.join(BATCH, on=(BATCH.c.id == RECORD.c.batch_id))
    keys = () if sort.key is SortKey.QUEUED else _order(sort.key)
    wanted = [key.desc() if sort.descending else key.asc() for key in keys]
    last = RECORD.c.id.desc() if sort.key is SortKey.QUEUED and sort.descending else RECORD.c.id.asc()
    return query.order_by(*wanted, last)


def _plus(column: str) -> Any:  # noqa: ANN401
    """Keep SQLite from using an index on a column."""
    return SQL(f'+"t1"."{column}"')


def _order(key: SortKey) -> tuple[Any, ...]:
    record = RECORD.c
    orders: dict[SortKey, tuple[Any, ...]] = {
        SortKey.STATE: (_rank(record.state, _STATES),),
        SortKey.DONOR: (_any_case(record.first_name), _any_case(record.last_name)),
        SortKey.SOURCE: (_any_case(BATCH.c.file_name), BATCH.c.sheet, record.row),
        SortKey.PAGE: (_any_case(fn.COALESCE(fn.NULLIF(record.page_name, ""), record.page)),),
        SortKey.CONTACT: (NodeList((SQL("("), record.contact_id, SQL("IS NULL)"))), _rank(record.state, _STATES)),
        SortKey.LIST: (_rank(record.state, ("sent", "sending", "waiting", "held", "failed", "skipped")),),
        SortKey.TRIES: (record.tries,),
        SortKey.NEXT_TRY: (record.next_try_at,),
        SortKey.CHANGED: (record.changed_at,),
        SortKey.REASON: (record.reason,),
        SortKey.CODE: (record.reason,),
        SortKey.WHO: (_who_rank(),),
        SortKey.CONTACT_ID: (SQL('CAST("t1"."contact_id" AS INTEGER)'),),
        SortKey.STEP: (_rank(record.step, tuple(step.value for step in Step)),),
        SortKey.CREATED: (record.contact_created,),
    }
    return orders.get(key) or (_any_case(getattr(record, key.value)),)


def _any_case(column: object) -> Any:  # noqa: ANN401  peewee's types are not exact enough
    return NodeList((column, SQL("COLLATE NOCASE")))


def _rank(column: object, values: Sequence[str]) -> Any:  # noqa: ANN401
    return Case(column, [(value, at) for at, value in enumerate(values)], len(values))


def _who_rank() -> Any:  # noqa: ANN401
    code = fn.json_extract(RECORD.c.reason, "$[0]")
    ranks = [(code.in_([one.value for one in ReasonCode if who_of(one) is who]), at) for at, who in enumerate(_WHOS)]
    return Case(None, ranks, len(_WHOS))


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
    """Compare; with ESCAPE, which only a wildcard in the text needs, SQLite takes a sixth longer."""
    escape = (SQL("ESCAPE '\\'"),) if "\\" in pattern else ()
    return NodeList((column, SQL("LIKE"), Value(pattern), *escape))


def _escaped(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


def _either(parts: Iterable[Condition]) -> Condition:
    return reduce(or_, parts)
