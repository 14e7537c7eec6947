"""In which order a list's question wants its records, put into SQL composed by peewee."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from peewee import JOIN, SQL, Case, EnclosedNodeList, NodeList, Value, fn

from ac_desktop.model.reasons import ReasonCode, responsible_for
from ac_desktop.model.states import Responsible, Step
from ac_desktop.store.history.history import ATTEMPTS_OF
from ac_desktop.store.queries.listing import Sort, SortKey
from ac_desktop.store.queries.tables import BATCH, RECORD

_STATES: Final = {"sent": 4, "waiting": 0, "skipped": 5, "failed": 3, "held": 2, "sending": 1}
"""Ranks, the most frequent first: SQLite compares with one after the other, a million times."""
_LISTED: Final = {"sent": 0, "waiting": 2, "skipped": 5, "failed": 4, "held": 3, "sending": 1}
_STEPS: Final = {step.value: at for at, step in enumerate(Step)}
_WHOS: Final = (Responsible.YOU, Responsible.YOU_OR_ADMIN, Responsible.ADMIN, Responsible.IT, Responsible.WAIT)

Composed = Any
"""A query, or a part of one; peewee's own types are not exact enough to name it."""


@dataclass(frozen=True)
class RowPosition:
    """Where a record stands in an order: the record's number, which parts equal ones, and the value of each key."""

    number: int
    values: tuple[object, ...]


def ordered(query: Composed, sort: Sort) -> Composed:
    """Put numbers in order; NULL stands before every value, and after them where it goes down."""
    if sort.key is SortKey.QUEUED:
        return query.order_by(RECORD.c.id.desc() if sort.descending else RECORD.c.id.asc())
    wanted = [key.desc() if sort.descending else key.asc() for key in _keys(sort.key)]
    return _with_batch(query, sort.key).order_by(*wanted, RECORD.c.id.asc())


def place_at(query: Composed, sort: Sort, at: int) -> Composed:
    """Ask for the place of the record that stands so many after the first one: its number, the values of its keys."""
    return ordered(query, sort).columns(RECORD.c.id, *_keys(sort.key)).offset(at).limit(1)


def up_to(query: Composed, sort: Sort, place: RowPosition) -> Composed:
    """Choose the records that stand no later than a place; each key is read once a record, as some cost much.

    Only an order by a single key knows NULL.
    """
    keys, values = _keys(sort.key), place.values
    is_early = RECORD.c.id <= place.number
    if None in values:
        (is_null,) = (_test(key, "IS NULL") for key in keys)
        return query.where(~is_null | is_early if sort.descending else is_null & is_early)
    row, bound = EnclosedNodeList(keys), EnclosedNodeList([Value(value, unpack=False) for value in values])
    if sort.descending:
        return query.where(Case(None, [(is_early, row >= bound)], row > bound))
    return query.where(_test(Case(None, [(is_early, row > bound)], row >= bound), "IS NOT TRUE"))


def _test(part: Composed, test: str) -> Composed:
    return NodeList((SQL("("), part, SQL(f"{test})")))


def _with_batch(query: Composed, key: SortKey) -> Composed:
    """Have each record's batch at hand where the order asks for it; CROSS keeps SQLite from beginning with batches."""
    if key is not SortKey.SOURCE:
        return query
    return query.join(BATCH, JOIN.CROSS, on=(BATCH.c.id == RECORD.c.batch_id))


def _keys(key: SortKey) -> tuple[Composed, ...]:
    record = RECORD.c
    orders: dict[SortKey, tuple[Composed, ...]] = {
        SortKey.STATE: (_rank(record.state, _STATES),),
        SortKey.DONOR: (_any_case(record.first_name), _any_case(record.last_name)),
        SortKey.SOURCE: (_any_case(BATCH.c.file_name), BATCH.c.sheet, record.row),
        SortKey.PAGE: (_any_case(Case(None, [(record.page_name != "", record.page_name)], record.page)),),
        SortKey.CONTACT: (_test(record.contact_id, "IS NULL"), _rank(record.state, _STATES)),
        SortKey.LIST: (_rank(record.state, _LISTED),),
        SortKey.TRIES: (SQL(ATTEMPTS_OF.format(record='"t1"."id"')),),
        SortKey.NEXT_TRY: (record.next_try_at,),
        SortKey.CHANGED: (record.changed_at,),
        SortKey.REASON: (record.reason,),
        SortKey.CODE: (record.reason,),
        SortKey.WHO: (_who_rank(),),
        SortKey.CONTACT_ID: (SQL('CAST("t1"."contact_id" AS INTEGER)'),),
        SortKey.STEP: (_rank(record.step, _STEPS),),
        SortKey.CREATED: (record.was_new,),
    }
    return orders.get(key) or (_any_case(getattr(record, key.value)),)


def _any_case(column: Composed) -> Composed:
    return NodeList((column, SQL("COLLATE NOCASE")))


def _rank(column: Composed, ranks: Mapping[str, int]) -> Composed:
    return Case(column, list(ranks.items()), len(ranks))


def _who_rank() -> Composed:
    """Most records have no reason: nothing is taken out of what is not there."""
    ranks = {code.value: _WHOS.index(responsible_for(code)) for code in ReasonCode if responsible_for(code) in _WHOS}
    code = fn.json_extract(RECORD.c.reason, "$[0]")
    return Case(None, [(_test(RECORD.c.reason, "IS NULL"), len(_WHOS))], Case(code, list(ranks.items()), len(_WHOS)))
