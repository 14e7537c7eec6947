"""The ORDER BY of a query of records, composed by peewee."""

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
"""Ranks, the most frequent state first: SQLite compares with one after the other, a million times."""
_LISTED: Final = {"sent": 0, "waiting": 2, "skipped": 5, "failed": 4, "held": 3, "sending": 1}
_STEPS: Final = {step.value: at for at, step in enumerate(Step)}
_RESPONSIBLE_ORDER: Final = (
    Responsible.YOU,
    Responsible.YOU_OR_ADMIN,
    Responsible.ADMIN,
    Responsible.IT,
    Responsible.WAIT,
)

Composed = Any
"""A query, or a part of one; peewee's own types are not exact enough to name it."""


@dataclass(frozen=True)
class RowPosition:
    """A record's position in an order: its ID, which orders equal ones, and the value of each key."""

    number: int
    values: tuple[object, ...]


def ordered(query: Composed, sort: Sort) -> Composed:
    """Return a query in order; NULL is before every value, and after them where descending."""
    if sort.key is SortKey.QUEUED:
        return query.order_by(RECORD.c.id.desc() if sort.descending else RECORD.c.id.asc())
    wanted = [key.desc() if sort.descending else key.asc() for key in _keys(sort.key)]
    return _with_batch(query, sort.key).order_by(*wanted, RECORD.c.id.asc())


def place_at(query: Composed, sort: Sort, at: int) -> Composed:
    """Return the query for the position of a record by its index: its ID and the values of its keys."""
    return ordered(query, sort).columns(RECORD.c.id, *_keys(sort.key)).offset(at).limit(1)


def up_to(query: Composed, sort: Sort, place: RowPosition) -> Composed:
    """Return the query for records at or before a position; each key is evaluated once per record, as some are costly.

    Only an order by a single key has NULL values.
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
    """Join each record's batch where the order needs it; CROSS keeps SQLite from starting with batches."""
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
    """Return the rank of who can resolve a record's reason; most have none, so NULL is tested first."""
    ranks = {
        code.value: _RESPONSIBLE_ORDER.index(responsible_for(code))
        for code in ReasonCode
        if responsible_for(code) in _RESPONSIBLE_ORDER
    }
    code = fn.json_extract(RECORD.c.reason, "$[0]")
    return Case(
        None,
        [(_test(RECORD.c.reason, "IS NULL"), len(_RESPONSIBLE_ORDER))],
        Case(code, list(ranks.items()), len(_RESPONSIBLE_ORDER)),
    )
