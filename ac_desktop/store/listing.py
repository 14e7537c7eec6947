"""The numbers of the records a list shows: chosen and sorted by SQLite, whatever their number."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import Any, Final

from peewee import SQL, Case, NodeList, fn

from ac_desktop.model.reasons import ReasonCode, who_of
from ac_desktop.model.states import RecordState, Step, Who
from ac_desktop.store.database import Database
from ac_desktop.store.filters import EVERYTHING, Filter, condition
from ac_desktop.store.tables import BATCH, RECORD

_DIGITS: Final = 16
_IN_ONE_GO: Final = 1 << 17
"""Hexadecimal digits turned into numbers at once: a millisecond's work, as other threads have to wait for it."""
_STATES: Final = ("waiting", "sending", "held", "failed", "sent", "skipped")
_WHOS: Final = (Who.YOU, Who.YOU_OR_ADMIN, Who.ADMIN, Who.IT, Who.WAIT)


class SortKey(StrEnum):
    """What records can be sorted by; the names of the table's columns."""

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
    """An order of records; equal ones stand in the order in which they were queued."""

    key: SortKey = SortKey.QUEUED
    descending: bool = False


AS_QUEUED: Final = Sort()


@dataclass(frozen=True)
class Question:
    """Which records are to be shown, and in which order."""

    connection_id: int
    state: RecordState | None = None
    filter: Filter = EVERYTHING
    sort: Sort = AS_QUEUED

    @property
    def is_ascending(self) -> bool:
        """Whether the numbers come in ascending order, so that one is found by halving."""
        return self.sort == AS_QUEUED


class Listing:
    """Answers questions with the records' numbers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self, question: Question) -> "array[int]":
        """Give all numbers in order.

        SQLite writes them into one text, so that no other thread has to wait while it looks for them.
        """
        inner, values = _query(question, self._staged(question)).sql()
        row = self._database.row(
            f"SELECT group_concat(printf('%016x', id), '') FROM (SELECT id FROM ({inner}))", values
        )
        return _numbers(row[0] if row and row[0] else "")

    def first_ids(self, question: Question, limit: int) -> "array[int]":
        """Give the first numbers alone; where all states are shown as queued, each state's first ones hold them."""
        if question.state is None and question.is_ascending and not question.filter:
            heads = (self.first_ids(replace(question, state=state), limit) for state in RecordState)
            return array("q", sorted(chain.from_iterable(heads))[:limit])
        return array(
            "q", [row[0] for row in self._database.rows(_query(question, self._staged(question)).limit(limit))]
        )

    def among(self, question: Question, record_ids: Iterable[int]) -> frozenset[int]:
        """Give those of some numbers that belong to the answer."""
        wanted = list(record_ids)
        if not wanted:
            return frozenset()
        column = NodeList((SQL("+"), RECORD.c.connection_id))
        query = _where(question, self._staged(question), column).where(RECORD.c.id.in_(wanted))
        return frozenset(row[0] for row in self._database.rows(query))

    def _staged(self, question: Question) -> list[int]:
        """Give the batches that are still being checked, whose records no list shows; there is hardly ever one."""
        rows = self._database.rows(
            "SELECT id FROM batch WHERE connection_id = ? AND loading_owner IS NOT NULL", (question.connection_id,)
        )
        return [row[0] for row in rows]


def _numbers(digits: str) -> "array[int]":
    numbers: array[int] = array("q")
    for at in range(0, len(digits), _IN_ONE_GO):
        part: array[int] = array("q", bytes.fromhex(digits[at : at + _IN_ONE_GO]))
        part.byteswap()
        numbers.extend(part)
    return numbers


def _where(
    question: Question,
    staged: Sequence[int],
    connection: Any = RECORD.c.connection_id,  # noqa: ANN401  peewee's own types
) -> Any:  # noqa: ANN401
    """Choose records; with a plus before its column SQLite looks up the numbers given, not the whole connection."""
    query = RECORD.select(RECORD.c.id).where(connection == question.connection_id)
    if staged:
        query = query.where(RECORD.c.batch_id.not_in(staged))
    if question.state is not None:
        query = query.where(RECORD.c.state == question.state.value)
    wanted = condition(question.filter)
    return query if wanted is None else query.where(wanted)


def _query(question: Question, staged: Sequence[int]) -> Any:  # noqa: ANN401
    query = _where(question, staged)
    sort = question.sort
    if sort.key is SortKey.SOURCE:
        query = query.join(BATCH, on=(BATCH.c.id == RECORD.c.batch_id))
    keys = () if sort.key is SortKey.QUEUED else _order(sort.key)
    ordered = [key.desc() if sort.descending else key.asc() for key in keys]
    last = RECORD.c.id.desc() if sort.key is SortKey.QUEUED and sort.descending else RECORD.c.id.asc()
    return query.order_by(*ordered, last)


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
