"""The numbers of the records a list shows: chosen and sorted by SQLite, whatever their number."""

import os
from array import array
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice, pairwise
from time import monotonic
from typing import Any, Final

from ac_desktop.model.states import RecordState
from ac_desktop.store.engines.sqlite.cancellable_query import QueryReader, QueryToken
from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.engines.sqlite.id_codec import decode_ids, encode_ids
from ac_desktop.store.queries.filters import EVERYTHING, RecordFilter

SIDE_BY_SIDE: Final = max(1, min(4, os.cpu_count() or 1))
"""So many connections look through a long table at once; SQLite lets go of the interpreter while it looks."""
LONG: Final = 20_000
"""A table of more records than this is looked through in parts."""
_MOST_OF: Final = 3
"""Where one record in three answers, or more, the table itself is looked through rather than the index."""
SAMPLED: Final = 16
"""So many times the records asked for are looked at first; one in so many of the others is then put in its place."""
_RUN: Final = 16
"""Neighbours looked at together, as they mostly lie on one page of the file."""
BLOCK: Final = 20_000
"""Records looked through at a time, where what is found is told on the way."""
_AHEAD: Final = 2
"""Blocks for each connection to look through before what the first ones gave is taken."""
_BETWEEN_TELLING: Final = 0.1
"""Seconds between what is found so far and what is found then."""


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
class RecordQuery:
    """Which records are to be shown, and in which order."""

    connection_id: int
    state: RecordState | None = None
    filter: RecordFilter = EVERYTHING
    sort: Sort = AS_QUEUED

    @property
    def is_ascending(self) -> bool:
        """Whether the numbers come in ascending order, so that one is found by halving."""
        return self.sort == AS_QUEUED


@dataclass(frozen=True)
class IdBatch:
    """Numbers in order: the first ones, or, where it `is_whole`, all of them."""

    ids: "array[int]"
    is_whole: bool


class Listing:
    """Answers questions with the records' numbers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self, question: RecordQuery, look: QueryToken | None = None) -> "array[int]":
        """Return all numbers in order."""
        look = look or QueryToken()
        plan = self._plan(question)
        if plan.is_long and question.is_ascending and question.filter:
            return array("q", chain.from_iterable(self._blocks(plan, look)))
        return self._all(plan, look)

    def steps(
        self, question: RecordQuery, first: int, look: QueryToken | None = None
    ) -> Generator[IdBatch, None, None]:
        """Return so many first numbers as soon as they are known, and all of them in the end.

        Words are looked for from the first record on, and those found so far are given now and then.
        """
        look = look or QueryToken()
        plan = self._plan(question)
        if not first:
            yield IdBatch(self.ids(question, look), is_whole=True)
        elif not plan.is_long:
            yield IdBatch(self._all(plan, look), is_whole=True)
        elif question.is_ascending and question.filter:
            yield from self._as_found(plan, first, look)
        else:
            yield IdBatch(self._first(plan, first, look), is_whole=False)
            yield IdBatch(self._all(plan, look), is_whole=True)

    def first_ids(self, question: RecordQuery, limit: int) -> "array[int]":
        """Return the first numbers alone."""
        if question.state is None and question.is_ascending and not question.filter:
            return self._first_queued(question.connection_id, tuple(RecordState), limit)
        if question.state is not None and question.is_ascending and not question.filter:
            return self._first_queued(question.connection_id, (question.state,), limit)
        return self._first(self._plan(question), limit, QueryToken())

    def among(self, question: RecordQuery, record_ids: Iterable[int]) -> frozenset[int]:
        """Return those of some numbers that belong to the answer."""
        from ac_desktop.store.queries import where_clause

        wanted = list(record_ids)
        if not wanted:
            return frozenset()
        query = where_clause.numbers(question, self._staged(question.connection_id), by_index=False)
        return frozenset(row[0] for row in self._database.rows(where_clause.among(query, wanted)))

    def _first_queued(self, connection_id: int, states: Sequence[RecordState], limit: int) -> "array[int]":
        """Return the first ones as queued: where all states are shown, each state's first ones hold them."""
        shown = _shown(self._staged(connection_id))
        heads = (
            self._database.rows(
                f"SELECT id FROM record WHERE connection_id = ? AND state = ?{shown} ORDER BY id LIMIT ?",
                (connection_id, state.value, limit),
            )
            for state in states
        )
        return array("q", sorted(row[0] for row in chain.from_iterable(heads))[:limit])

    def _first(self, plan: "_Plan", limit: int, look: QueryToken) -> "array[int]":
        """Return the first ones of each part of the table, put in order once more."""
        from concurrent.futures import ThreadPoolExecutor

        from ac_desktop.store.queries import order_by, where_clause

        sort = plan.question.sort
        if plan.question.is_ascending and not plan.question.filter:
            return self.first_ids(plan.question, limit)
        parts = plan.parts(SIDE_BY_SIDE) if plan.is_long else [(plan.low, plan.high)]
        with ExitStack() as stack, ThreadPoolExecutor(len(parts)) as hands:
            readers = [stack.enter_context(look.through(self._database)) for _ in parts]
            query = self._early(plan, limit, readers[0]) if plan.is_long else plan.query()
            queries = [order_by.ordered(where_clause.between(query, *part), sort).limit(limit) for part in parts]
            firsts = hands.map(QueryReader.rows, readers, queries)
            candidates = sorted(row[0] for row in chain.from_iterable(firsts))
            query = order_by.ordered(where_clause.among(plan.query(), candidates), sort)
            return array("q", [row[0] for row in readers[0].rows(query.limit(limit))])

    def _early(self, plan: "_Plan", limit: int, reader: QueryReader) -> Any:  # noqa: ANN401  peewee's own types
        """Leave out whatever stands behind so many of a few records: putting a record in its place costs the most."""
        from ac_desktop.store.queries import order_by, where_clause

        query, sort = plan.query(), plan.question.sort
        if sort.key is SortKey.QUEUED:
            return query
        some = where_clause.among(query, plan.sample(limit * SAMPLED))
        for number, *values in reader.rows(order_by.place_at(some, sort, limit - 1)):
            query = order_by.up_to(query, sort, order_by.RowPosition(number, tuple(values)))
        return query

    def _all(self, plan: "_Plan", look: QueryToken) -> "array[int]":
        if not plan.is_long:
            row = self._database.row(*encode_ids(*plan.whole().sql()))
            return decode_ids(row[0] if row else None)
        with look.through(self._database) as reader:
            return decode_ids(reader.text(plan.whole()))

    def _as_found(self, plan: "_Plan", first: int, look: QueryToken) -> Iterator[IdBatch]:
        found: array[int] = array("q")
        told, last = 0, monotonic()
        for some in self._blocks(plan, look):
            found.extend(some)
            if len(found) > told and (told < first <= len(found) or monotonic() - last > _BETWEEN_TELLING):
                yield IdBatch(found[:], is_whole=False)
                told, last = len(found), monotonic()
        yield IdBatch(found, is_whole=True)

    def _blocks(self, plan: "_Plan", look: QueryToken) -> Iterator["array[int]"]:
        """Look through the table a block at a time, some blocks side by side, and give them in order."""
        from concurrent.futures import ThreadPoolExecutor
        from queue import SimpleQueue

        def found(block: _Block) -> str:
            reader = free.get()
            try:
                return reader.text(block)
            finally:
                free.put(reader)

        blocks = iter(plan.blocks())
        with ExitStack() as stack, ThreadPoolExecutor(SIDE_BY_SIDE) as hands:
            free: SimpleQueue[QueryReader] = SimpleQueue()
            for _ in range(SIDE_BY_SIDE):
                free.put(stack.enter_context(look.through(self._database)))
            under_way = deque(hands.submit(found, block) for block in islice(blocks, SIDE_BY_SIDE * _AHEAD))
            while under_way:
                some = decode_ids(under_way.popleft().result())
                under_way.extend(hands.submit(found, block) for block in islice(blocks, 1))
                yield some

    def _plan(self, question: RecordQuery) -> "_Plan":
        span = self._database.row("SELECT (SELECT MIN(id) FROM record), (SELECT MAX(id) + 1 FROM record)")
        low, high = (int(span[0] or 0), int(span[1] or 0)) if span else (0, 0)
        return _Plan(question, self._staged(question.connection_id), low, high, self._count(question))

    def _count(self, question: RecordQuery) -> int:
        """Count the records among which a question chooses, before its filter; of those being checked, too."""
        state, values = ("", ()) if question.state is None else (" AND state = ?", (question.state.value,))
        row = self._database.row(
            f"SELECT SUM(number) FROM tally WHERE connection_id = ?{state}", (question.connection_id, *values)
        )
        return int(row[0] or 0) if row else 0

    def _staged(self, connection_id: int) -> tuple[int, ...]:
        """Return the batches that are still being checked, whose records no list shows; there is hardly ever one."""
        rows = self._database.rows(
            "SELECT id FROM batch WHERE connection_id = ? AND loading_owner IS NOT NULL", (connection_id,)
        )
        return tuple(row[0] for row in rows)


@dataclass(frozen=True)
class _Plan:
    """How a question is answered: among `count` records, numbered from `low` to below `high` with others between."""

    question: RecordQuery
    staged: tuple[int, ...]
    low: int
    high: int
    count: int

    @property
    def is_long(self) -> bool:
        """Whether so much is to be looked through that it is done in parts."""
        return self.count > LONG

    def parts(self, number: int) -> list[tuple[int, int]]:
        """Cut the table into parts of the same size."""
        size = self.high - self.low
        cuts = [self.low + size * at // number for at in range(number + 1)]
        return list(pairwise(cuts))

    def sample(self, number: int) -> list[int]:
        """Return so many numbers from all over the table, a few neighbours at a time."""
        starts = range(self.low, self.high, max(_RUN, (self.high - self.low) * _RUN // max(1, number)))
        return [one for start in starts for one in range(start, min(start + _RUN, self.high))]

    def blocks(self) -> "list[_Block]":
        """Compose the choice for a block of the table after the other: once, as that takes a millisecond."""
        from ac_desktop.store.queries import order_by, where_clause

        sql, values = order_by.ordered(where_clause.between(self.query(), 0, 0), self.question.sort).sql()
        spans = self.parts(-(-(self.high - self.low) // BLOCK))
        return [_Block(sql, (*values[:-2], low, high - 1)) for low, high in spans]

    def whole(self) -> Any:  # noqa: ANN401  peewee's own types
        """Compose the whole answer."""
        if self.question.is_ascending and not self.question.filter:
            return _Queued(self)
        from ac_desktop.store.queries import order_by

        return order_by.ordered(self.query(), self.question.sort)

    def query(self) -> Any:  # noqa: ANN401  peewee's own types
        """Compose the choice."""
        from ac_desktop.store.queries import where_clause

        by_index = self.count * _MOST_OF < self.high - self.low
        return where_clause.numbers(self.question, self.staged, by_index=by_index)


@dataclass(frozen=True)
class _Block:
    """Asks for the records of a block."""

    text: str
    values: tuple[object, ...]

    def sql(self) -> tuple[str, tuple[object, ...]]:
        return self.text, self.values


@dataclass(frozen=True)
class _Queued:
    """Asks for records as queued: the first look at the queue does without peewee."""

    plan: _Plan

    def sql(self) -> tuple[str, tuple[object, ...]]:
        question = self.plan.question
        state, values = ("", ()) if question.state is None else (" AND state = ?", (question.state.value,))
        where = f"connection_id = ?{state}{_shown(self.plan.staged)}"
        return f"SELECT id FROM record WHERE {where} ORDER BY id", (question.connection_id, *values)


def _shown(staged: Sequence[int]) -> str:
    return f" AND batch_id NOT IN ({','.join(map(str, staged))})" if staged else ""
