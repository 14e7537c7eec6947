"""What a list of records shows: IDs, selected and sorted by SQLite whatever their number, and what to filter by."""

from array import array
from collections.abc import Collection, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.store.ports import Composed, Database, QueryToken
from ac_desktop.store.queries.record_query import UNNAMED_KINDS, RecordQuery, SourceFilter
from ac_desktop.store.statements import in_word_table

if TYPE_CHECKING:
    from ac_desktop.store.queries.record_sql import RecordSql

LONG: Final = 20_000
"""Of more records than this the first ones are read before all of them."""
_TABLE_SCAN_SHARE: Final = 3
"""Where one record in three matches, or more, the table itself is scanned rather than the index."""


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
        """Return all IDs in order. Raise QueryCancelledError once `token` is cancelled."""
        query = self._query(record_query, self._extent(record_query))
        if token is None:
            return self._database.ids(query)
        with self._database.looking(token) as reader:
            return reader.ids(query)

    def steps(
        self, record_query: RecordQuery, first: int, token: QueryToken | None = None
    ) -> Generator[IdBatch, None, None]:
        """Yield the first IDs as soon as they are known, and all of them in the end."""
        token = token or QueryToken()
        extent = self._extent(record_query)
        if first and extent.count > LONG:
            with self._database.looking(token) as reader:
                found = reader.ids(self._query(record_query, extent, first))
            is_whole = len(found) < first
            yield IdBatch(found, is_whole=is_whole)
            if is_whole:
                return
        with self._database.looking(token) as reader:
            found = reader.ids(self._query(record_query, extent))
        yield IdBatch(found, is_whole=True)

    def first_ids(self, record_query: RecordQuery, limit: int) -> "array[int]":
        """Return the first IDs alone."""
        if record_query.is_ascending and not record_query.filter:
            states = tuple(RecordState) if record_query.state is None else (record_query.state,)
            return self._first_queued(record_query.connection_id, states, limit)
        return self._database.ids(self._query(record_query, self._extent(record_query), limit))

    def among(self, record_query: RecordQuery, record_ids: Iterable[int]) -> frozenset[int]:
        """Return those of some IDs that match the query."""
        wanted = list(record_ids)
        if not wanted:
            return frozenset()
        staged = self._staged(record_query.connection_id)
        return frozenset(self._database.ids(self._sql().among(record_query, staged, wanted)))

    def _first_queued(self, connection_id: int, states: Sequence[RecordState], limit: int) -> "array[int]":
        """Return the first IDs as queued: for all states they are among each state's first ones."""
        shown = _shown(self._staged(connection_id))
        part = f"SELECT id FROM record WHERE connection_id = ? AND state = ?{shown} ORDER BY id LIMIT ?"
        parts = " UNION ALL ".join([f"SELECT id FROM ({part}) AS firsts"] * len(states))
        values = [value for state in states for value in (connection_id, state.value, limit)]
        return array("q", sorted(self._database.ids(parts, values))[:limit])

    def _query(self, record_query: RecordQuery, extent: "_Extent", first: int = 0) -> Composed:
        if record_query.is_ascending and not record_query.filter:
            return _Queued(record_query, extent.staged, first)
        by_index = extent.count * _TABLE_SCAN_SHARE < extent.size
        sql = self._sql(extent.rare_words)
        composed: Composed = sql.ids(record_query, extent.staged, by_index=by_index, first=first)
        return composed

    def _sql(self, rare_words: Collection[str] = ()) -> "RecordSql":
        from ac_desktop.store.queries.record_sql import RecordSql

        return RecordSql(self._database.fragments, rare_words)

    def _extent(self, record_query: RecordQuery) -> "_Extent":
        """Read what decides how a query is asked, in one question."""
        state, values = ("", ()) if record_query.state is None else (" AND state = ?", (record_query.state.value,))
        connection = record_query.connection_id
        table, words = self._database.fragments.word_table, record_query.filter.words
        question, given = _EXTENT.format(state=state), [connection, *values, connection]
        for word in words if table else ():
            patterns = in_word_table(word)
            likes = " OR ".join(["words LIKE ?"] * len(patterns))
            question += f" UNION ALL SELECT ?, COUNT(*) FROM (SELECT 1 FROM {table} WHERE {likes} LIMIT ?) AS counted"
            given += [f"{_WORD}{word}", *patterns, MANY + 1]
        rows = self._database.rows(question, given)
        known = {row["name"]: row["value"] or 0 for row in rows if row["name"] != _STAGED}
        return _Extent(
            count=known["count"],
            size=known["high"] + 1 - known["low"],
            staged=tuple(row["value"] for row in rows if row["name"] == _STAGED),
            rare_words=frozenset(word for word in words if known.get(f"{_WORD}{word}", MANY + 1) <= MANY),
        )

    def _staged(self, connection_id: int) -> tuple[int, ...]:
        """Return the staged batches, whose records no list shows; there is hardly ever one."""
        rows = self._database.rows(
            "SELECT id FROM batch WHERE connection_id = ? AND loading_owner IS NOT NULL", (connection_id,)
        )
        return tuple(row["id"] for row in rows)


@dataclass(frozen=True, slots=True)
class _Extent:
    """How many records a query has before its filter, with those of staged batches, and how many IDs the store has.

    The records of staged batches are in no list; there is hardly ever such a batch.
    """

    count: int
    size: int
    staged: tuple[int, ...]
    rare_words: frozenset[str]


@dataclass(frozen=True)
class _Queued:
    """A query for IDs as queued: the first one after the start works without peewee."""

    record_query: RecordQuery
    staged: tuple[int, ...]
    first: int

    def sql(self) -> tuple[str, tuple[object, ...]]:
        state, values = (
            ("", ()) if self.record_query.state is None else (" AND state = ?", (self.record_query.state.value,))
        )
        where = f"connection_id = ?{state}{_shown(self.staged)}"
        limit = f" LIMIT {self.first}" if self.first else ""
        return f"SELECT id FROM record WHERE {where} ORDER BY id{limit}", (self.record_query.connection_id, *values)


def _shown(staged: Sequence[int]) -> str:
    return f" AND batch_id NOT IN ({','.join(map(str, staged))})" if staged else ""


MANY: Final = 10_000
"""A word that more records have is found sooner by reading the records from the first one on."""
_WORD: Final = "word "
_STAGED: Final = "staged"
_EXTENT: Final = f"""
    SELECT 'count' AS name, CAST(SUM(number) AS BIGINT) AS value FROM tally WHERE connection_id = ?{{state}}
    UNION ALL SELECT 'low', MIN(id) FROM record
    UNION ALL SELECT 'high', MAX(id) FROM record
    UNION ALL SELECT '{_STAGED}', id FROM batch WHERE connection_id = ? AND loading_owner IS NOT NULL
"""
MOST_CHOICES: Final = 50
"""More files or pages than this are found by typing."""

_SOURCES: Final = """
    SELECT kind, file_name, MAX(id) AS newest FROM batch WHERE connection_id = ? AND loading_owner IS NULL
    GROUP BY kind, file_name ORDER BY newest DESC
"""
_PAGES: Final = """
    SELECT CASE WHEN page_name = '' THEN page ELSE page_name END AS name, COUNT(*) AS number FROM record
    WHERE connection_id = ? GROUP BY 1 ORDER BY number DESC, 1
"""
_REASONS: Final = """
    SELECT reason_code AS code, COUNT(*) AS number FROM record
    WHERE connection_id = ? AND reason_code IS NOT NULL GROUP BY 1 ORDER BY number DESC, 1
"""


@dataclass(frozen=True)
class FilterChoices:
    """The values that donors of a connection have: the newest file first, the most frequent page and reason first."""

    sources: tuple[SourceFilter, ...] = ()
    pages: tuple[str, ...] = ()
    reasons: tuple[ReasonCode, ...] = ()


def filter_choices(database: Database, connection_id: int) -> FilterChoices:
    """Read what a connection's donors can be filtered by; a table scan, so off the main thread."""
    sources = dict.fromkeys(_source(row["kind"], row["file_name"]) for row in database.rows(_SOURCES, (connection_id,)))
    known = set(ReasonCode)
    codes = [row["code"] for row in database.rows(_REASONS, (connection_id,))]
    reasons = [ReasonCode(code) for code in codes if code in known]
    return FilterChoices(tuple(sources)[:MOST_CHOICES], seen_pages(database, connection_id), tuple(reasons))


def seen_pages(database: Database, connection_id: int) -> tuple[str, ...]:
    """Read the action pages that a connection's donors came from; a table scan, so off the main thread."""
    pages = [row["name"] for row in database.rows(_PAGES, (connection_id,)) if row["name"]]
    return tuple(pages)[:MOST_CHOICES]


def _source(kind: str, file_name: str) -> SourceFilter:
    if kind in UNNAMED_KINDS:
        return SourceFilter(kind)
    return SourceFilter("fetch" if kind == "fetch" else "file", file_name)
