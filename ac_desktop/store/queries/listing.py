"""The IDs of the records a list shows, selected and sorted by SQLite, whatever their number."""

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

PARALLEL_READERS: Final = max(1, min(4, os.cpu_count() or 1))
"""Connections that scan a long table in parallel; SQLite releases the interpreter's lock while it scans."""
LONG: Final = 20_000
"""A table of more records than this is scanned in parts."""
_TABLE_SCAN_SHARE: Final = 3
"""Where one record in three matches, or more, the table itself is scanned rather than the index."""
SAMPLED: Final = 16
"""Records sampled first, as a multiple of the limit; of the others one in so many is then sorted."""
_RUN: Final = 16
"""Neighbours sampled together, as they are mostly on one page of the file."""
BLOCK: Final = 20_000
"""Records scanned at a time, where results are reported on the way."""
_BLOCKS_AHEAD: Final = 2
"""Blocks queued per connection before the first results are read."""
_REPORT_INTERVAL: Final = 0.1
"""Seconds between two reports of results."""


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


@dataclass(frozen=True)
class IdBatch:
    """IDs in order: the first ones, or, where it `is_whole`, all of them."""

    ids: "array[int]"
    is_whole: bool


class Listing:
    """Runs queries for record IDs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self, record_query: RecordQuery, token: QueryToken | None = None) -> "array[int]":
        """Return all IDs in order."""
        token = token or QueryToken()
        plan = self._plan(record_query)
        if plan.is_long and record_query.is_ascending and record_query.filter:
            return array("q", chain.from_iterable(self._blocks(plan, token)))
        return self._all(plan, token)

    def steps(
        self, record_query: RecordQuery, first: int, token: QueryToken | None = None
    ) -> Generator[IdBatch, None, None]:
        """Yield the first IDs as soon as they are known, and all of them in the end.

        Words are searched from the first record on, and the matches so far are yielded at intervals.
        """
        token = token or QueryToken()
        plan = self._plan(record_query)
        if not first:
            yield IdBatch(self.ids(record_query, token), is_whole=True)
        elif not plan.is_long:
            yield IdBatch(self._all(plan, token), is_whole=True)
        elif record_query.is_ascending and record_query.filter:
            yield from self._matches(plan, first, token)
        else:
            yield IdBatch(self._first(plan, first, token), is_whole=False)
            yield IdBatch(self._all(plan, token), is_whole=True)

    def first_ids(self, record_query: RecordQuery, limit: int) -> "array[int]":
        """Return the first IDs alone."""
        if record_query.state is None and record_query.is_ascending and not record_query.filter:
            return self._first_queued(record_query.connection_id, tuple(RecordState), limit)
        if record_query.state is not None and record_query.is_ascending and not record_query.filter:
            return self._first_queued(record_query.connection_id, (record_query.state,), limit)
        return self._first(self._plan(record_query), limit, QueryToken())

    def among(self, record_query: RecordQuery, record_ids: Iterable[int]) -> frozenset[int]:
        """Return those of some IDs that match the query."""
        from ac_desktop.store.queries import where_clause

        wanted = list(record_ids)
        if not wanted:
            return frozenset()
        query = where_clause.numbers(record_query, self._staged(record_query.connection_id), by_index=False)
        return frozenset(row[0] for row in self._database.rows(where_clause.among(query, wanted)))

    def _first_queued(self, connection_id: int, states: Sequence[RecordState], limit: int) -> "array[int]":
        """Return the first IDs as queued: for all states they are among each state's first ones."""
        shown = _shown(self._staged(connection_id))
        heads = (
            self._database.rows(
                f"SELECT id FROM record WHERE connection_id = ? AND state = ?{shown} ORDER BY id LIMIT ?",
                (connection_id, state.value, limit),
            )
            for state in states
        )
        return array("q", sorted(row[0] for row in chain.from_iterable(heads))[:limit])

    def _first(self, plan: "_Plan", limit: int, token: QueryToken) -> "array[int]":
        """Return the first IDs: those of each part of the table, sorted again."""
        from concurrent.futures import ThreadPoolExecutor

        from ac_desktop.store.queries import order_by, where_clause

        sort = plan.record_query.sort
        if plan.record_query.is_ascending and not plan.record_query.filter:
            return self.first_ids(plan.record_query, limit)
        parts = plan.parts(PARALLEL_READERS) if plan.is_long else [(plan.low, plan.high)]
        with ExitStack() as stack, ThreadPoolExecutor(len(parts)) as threads:
            readers = [stack.enter_context(token.reader(self._database)) for _ in parts]
            query = self._limited(plan, limit, readers[0]) if plan.is_long else plan.query()
            queries = [order_by.ordered(where_clause.between(query, *part), sort).limit(limit) for part in parts]
            firsts = threads.map(QueryReader.rows, readers, queries)
            candidates = sorted(row[0] for row in chain.from_iterable(firsts))
            query = order_by.ordered(where_clause.among(plan.query(), candidates), sort)
            return array("q", [row[0] for row in readers[0].rows(query.limit(limit))])

    def _limited(self, plan: "_Plan", limit: int, reader: QueryReader) -> Any:  # noqa: ANN401  peewee's own types
        """Return the query without records that sort after enough sampled ones: sorting costs the most."""
        from ac_desktop.store.queries import order_by, where_clause

        query, sort = plan.query(), plan.record_query.sort
        if sort.key is SortKey.QUEUED:
            return query
        some = where_clause.among(query, plan.sample(limit * SAMPLED))
        for number, *values in reader.rows(order_by.place_at(some, sort, limit - 1)):
            query = order_by.up_to(query, sort, order_by.RowPosition(number, tuple(values)))
        return query

    def _all(self, plan: "_Plan", token: QueryToken) -> "array[int]":
        if not plan.is_long:
            row = self._database.row(*encode_ids(*plan.whole().sql()))
            return decode_ids(row[0] if row else None)
        with token.reader(self._database) as reader:
            return decode_ids(reader.text(plan.whole()))

    def _matches(self, plan: "_Plan", first: int, token: QueryToken) -> Iterator[IdBatch]:
        found: array[int] = array("q")
        reported, last = 0, monotonic()
        for some in self._blocks(plan, token):
            found.extend(some)
            if len(found) > reported and (reported < first <= len(found) or monotonic() - last > _REPORT_INTERVAL):
                yield IdBatch(found[:], is_whole=False)
                reported, last = len(found), monotonic()
        yield IdBatch(found, is_whole=True)

    def _blocks(self, plan: "_Plan", token: QueryToken) -> Iterator["array[int]"]:
        """Scan the table a block at a time, some blocks in parallel, and yield their IDs in order."""
        from concurrent.futures import ThreadPoolExecutor
        from queue import SimpleQueue

        def found(block: _Block) -> str:
            reader = free.get()
            try:
                return reader.text(block)
            finally:
                free.put(reader)

        blocks = iter(plan.blocks())
        with ExitStack() as stack, ThreadPoolExecutor(PARALLEL_READERS) as threads:
            free: SimpleQueue[QueryReader] = SimpleQueue()
            for _ in range(PARALLEL_READERS):
                free.put(stack.enter_context(token.reader(self._database)))
            running = deque(threads.submit(found, block) for block in islice(blocks, PARALLEL_READERS * _BLOCKS_AHEAD))
            while running:
                some = decode_ids(running.popleft().result())
                running.extend(threads.submit(found, block) for block in islice(blocks, 1))
                yield some

    def _plan(self, record_query: RecordQuery) -> "_Plan":
        span = self._database.row("SELECT (SELECT MIN(id) FROM record), (SELECT MAX(id) + 1 FROM record)")
        low, high = (int(span[0] or 0), int(span[1] or 0)) if span else (0, 0)
        return _Plan(record_query, self._staged(record_query.connection_id), low, high, self._count(record_query))

    def _count(self, record_query: RecordQuery) -> int:
        """Return the number of records of a query before its filter, with those of staged batches."""
        state, values = ("", ()) if record_query.state is None else (" AND state = ?", (record_query.state.value,))
        row = self._database.row(
            f"SELECT SUM(number) FROM tally WHERE connection_id = ?{state}", (record_query.connection_id, *values)
        )
        return int(row[0] or 0) if row else 0

    def _staged(self, connection_id: int) -> tuple[int, ...]:
        """Return the staged batches, whose records no list shows; there is hardly ever one."""
        rows = self._database.rows(
            "SELECT id FROM batch WHERE connection_id = ? AND loading_owner IS NOT NULL", (connection_id,)
        )
        return tuple(row[0] for row in rows)


@dataclass(frozen=True)
class _Plan:
    """The plan of a query: among `count` records, with IDs from `low` to below `high` and others between."""

    record_query: RecordQuery
    staged: tuple[int, ...]
    low: int
    high: int
    count: int

    @property
    def is_long(self) -> bool:
        """Whether so much has to be scanned that it is done in parts."""
        return self.count > LONG

    def parts(self, number: int) -> list[tuple[int, int]]:
        """Return ID ranges that divide the table into parts of the same size."""
        size = self.high - self.low
        cuts = [self.low + size * at // number for at in range(number + 1)]
        return list(pairwise(cuts))

    def sample(self, number: int) -> list[int]:
        """Return IDs sampled from all over the table, a few neighbours at a time."""
        starts = range(self.low, self.high, max(_RUN, (self.high - self.low) * _RUN // max(1, number)))
        return [one for start in starts for one in range(start, min(start + _RUN, self.high))]

    def blocks(self) -> "list[_Block]":
        """Return a query for each block of the table, composed once, as that takes a millisecond."""
        from ac_desktop.store.queries import order_by, where_clause

        sql, values = order_by.ordered(where_clause.between(self.query(), 0, 0), self.record_query.sort).sql()
        spans = self.parts(-(-(self.high - self.low) // BLOCK))
        return [_Block(sql, (*values[:-2], low, high - 1)) for low, high in spans]

    def whole(self) -> Any:  # noqa: ANN401  peewee's own types
        """Compose the query for all IDs in order."""
        if self.record_query.is_ascending and not self.record_query.filter:
            return _Queued(self)
        from ac_desktop.store.queries import order_by

        return order_by.ordered(self.query(), self.record_query.sort)

    def query(self) -> Any:  # noqa: ANN401  peewee's own types
        """Compose the query without an order."""
        from ac_desktop.store.queries import where_clause

        by_index = self.count * _TABLE_SCAN_SHARE < self.high - self.low
        return where_clause.numbers(self.record_query, self.staged, by_index=by_index)


@dataclass(frozen=True)
class _Block:
    """A query for the IDs of a block."""

    text: str
    values: tuple[object, ...]

    def sql(self) -> tuple[str, tuple[object, ...]]:
        return self.text, self.values


@dataclass(frozen=True)
class _Queued:
    """A query for IDs as queued: the first one after the start works without peewee."""

    plan: _Plan

    def sql(self) -> tuple[str, tuple[object, ...]]:
        record_query = self.plan.record_query
        state, values = ("", ()) if record_query.state is None else (" AND state = ?", (record_query.state.value,))
        where = f"connection_id = ?{state}{_shown(self.plan.staged)}"
        return f"SELECT id FROM record WHERE {where} ORDER BY id", (record_query.connection_id, *values)


def _shown(staged: Sequence[int]) -> str:
    return f" AND batch_id NOT IN ({','.join(map(str, staged))})" if staged else ""
