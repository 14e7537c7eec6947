"""What the store needs of a database, whatever its engine: transactions, rows, and an end to long queries.

Statements are in the subset that SQLite and PostgreSQL share, with `?` or `:name` for values. What only one engine has
(files, locks, schema steps, bulk loading) is in `store/engines/`.
"""

import threading
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Protocol


class QueryCancelledError(Exception):
    """The query was cancelled."""


class QueryToken:
    """Cancels the queries that run under it; any thread may call `cancel`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._interrupts: list[Callable[[], object]] = []
        self._is_cancelled = False

    def cancel(self) -> None:
        """Interrupt every running query, and refuse new ones."""
        with self._lock:
            self._is_cancelled = True
            for interrupt in self._interrupts:
                interrupt()

    @property
    def is_cancelled(self) -> bool:
        """Whether the queries are cancelled."""
        with self._lock:
            return self._is_cancelled

    @contextmanager
    def interrupting(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """Call `interrupt` where the queries are cancelled meanwhile."""
        with self._lock:
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)

    def raise_if_cancelled(self) -> None:
        """Raise QueryCancelledError where the queries are cancelled."""
        if self.is_cancelled:
            raise QueryCancelledError


Values = Sequence[object] | Mapping[str, object]
"""The values of a statement's places: in order for `?`, by name for `:name`."""


class Row(Protocol):
    """A row whose values are read by the names of its columns; equal rows are equal keys."""

    def __hash__(self) -> int: ...

    def __getitem__(self, column: str, /) -> Any: ...  # noqa: ANN401  a column's own type

    def __iter__(self) -> Iterator[Any]: ...

    def keys(self) -> list[str]:
        """Return the names of the columns."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Fragments:
    """What the engines say differently, as parts of statements; one object for each engine, so compared as such."""

    list_value: Callable[[Iterable[object]], object]
    """Returns a list as one value of a statement, for the two below."""
    in_list: str
    """The condition, after a column, that it is one of a list: `id {in_list}`."""
    numbered_list: str
    """A table of a list's values, of which there are some, with their places from 0 on, as `place` and `value`."""
    join_in_order: str
    """A join whose left side is read first: from an address to its few records, not the other way."""
    looked_up: str
    """A join with the one row of a table by its ID, `{table}`, `{name}` and `{id}`, read after what is before it."""
    needs_index_order: bool
    """Whether a query for first records has to be ordered as the index is that it should use. Else those may be looked
    for among all, in order of their IDs."""
    joins_laterally: bool
    """Whether each row before a join may have a query of its own after it, ended by its own LIMIT. Such an engine
    finds first records without it as soon from the table's beginning as from its end."""
    truncated: str
    """A number without its fraction; `{}` is the number."""
    without_index: str
    """A column for which no index is used, as most rows match; `{}` is the column."""
    like: str
    """Whether a text matches a pattern, without case of ASCII at least; between the two."""
    position: str
    """The place of a text within another from 1 on, 0 where it is not in it; `{}` are the other and the text."""
    word_table: str | None
    """A table of each record's texts in one column in small letters, by `record_id` and `words`, which finds words at
    once; a batch whose records are not in it yet says so by `has_words`. None where a search reads the records."""
    waiting_owners: str | None
    """A table of the owners that wait for an attempt of a connection; None where they do not tell one another."""
    claim_column: str | None
    """The column of an attempt for the token of its claim, which no other one has; None where there is none."""
    after_change: str
    """The condition, in a later statement of `at_once`, that the first one changed a row."""
    editors: str
    """The people who are changing the record `r`, as JSON of owner, person and workstation; NULL without any."""
    without_case: str
    """A text by which to compare and to order, with capital letters of ASCII as the small ones; `{}` is the text."""


class Composed(Protocol):
    """A query composed by a library."""

    def sql(self) -> tuple[str, Sequence[object]]:
        """Return the statement and its values."""


class KeptHistory(Protocol):
    """Changes of what people may only add to and read: attempts, events, edits and decisions.

    Each leaves an event, and is refused to whom the office's roles do not allow it. Those of `erasure` belong to the
    erasure record of that number.
    """

    def delete_staged(self, batch_id: int, first: int, last: int) -> int:
        """Delete the records of an open batch from one ID to another; return how many."""

    def delete_batch(self, batch_id: int) -> None:
        """Delete an open batch, with its records."""

    def withdraw(self, batch_id: int, first: int, last: int, at: float | None) -> int:
        """Delete a closed batch's waiting records from one ID to another; return how many."""

    def remove(self, record_ids: Sequence[int], removal: int, at: float) -> int:
        """Remove records, but for those being sent, so that they can be restored; return how many."""

    def restore(self, record_ids: Sequence[int], removal: int, at: float) -> int:
        """Restore records of a removal, with all that belonged to them; return how many."""

    def purge(self, before: float) -> int:
        """Delete what was removed before a time; return how many rows."""

    def empty_attempts(self, emptied: Sequence[tuple[int, str | None, bytes]], at: float, erasure: str) -> None:
        """Empty attempts of their payloads; those given have their IDs, reasons and steps without a donor's data."""

    def anonymise(self, record_ids: Sequence[int], at: float, erasure: str) -> None:
        """Delete records' source rows and edits, and what people wrote in decisions and events about them."""

    def forget_removed(self, removals: Sequence[tuple[int, int]], at: float, erasure: str) -> None:
        """Delete removed records, given by removal and record, which can be restored no longer."""

    def note_erasure(self, erasure: str, at: float) -> None:
        """Leave the event of an erasure where none of its changes has."""


class Sql(Protocol):
    """Statements within one transaction."""

    @property
    def fragments(self) -> Fragments:
        """What this engine says differently."""

    @property
    def kept_history(self) -> KeptHistory | None:
        """What changes the history where no statement of ours may; None where the store's own statements do."""

    def person(self) -> str:
        """Return who writes: the person of the office, or the login name at this computer; "" where not known."""

    def execute(self, statement: str, values: Values = ()) -> int:
        """Execute a statement; return the number of rows it changed."""

    def row(self, query: str, values: Values = ()) -> Row | None:
        """Return a query's first row, None without one."""

    def rows(self, query: str, values: Values = ()) -> list[Row]:
        """Return a query's rows."""

    def insert(self, statement: str, values: Values = ()) -> int:
        """Execute an INSERT of one row; return its `id`. Raise RuntimeError where it inserted none."""

    def many(self, statement: str, values: Iterable[Values]) -> None:
        """Execute a statement once for each group of values."""

    def update(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]], shared: Mapping[str, object]
    ) -> None:
        """Update rows by their IDs: each of `rows` is an ID and the values of `columns`; `shared` are those of all.

        No ID is given twice.
        """

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns, but for those that are generated from others."""

    def reserve_ids(self, table: str, count: int) -> int:
        """Return the first of so many consecutive IDs that no other insert into the table gets."""

    def load(
        self,
        table: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[object]],
        shared: Mapping[str, object] | None = None,
        *,
        first_id: int | None = None,
    ) -> None:
        """Insert many rows as fast as the engine can, each with the values of `shared`, by column, as well.

        With `first_id`, from `reserve_ids` in this transaction, they get the IDs from there on, in their order.
        """


@dataclass(frozen=True, slots=True)
class WriteScope:
    """The connections that a transaction writes about: those named, of an account, of a batch, of records, or all.

    An engine with row locks locks these connections before anything else, in the order of their IDs: writers that
    come upon them in another order each would wait for one another for ever.
    """

    connections: tuple[int, ...] = ()
    account_of_connection: int | None = None
    batch: int | None = None
    records: Sequence[int] = ()
    every: bool = False

    @classmethod
    def of(cls, *connection_ids: int) -> "WriteScope":
        """Return the scope of these connections."""
        return cls(connections=connection_ids)

    @classmethod
    def account_of(cls, connection_id: int) -> "WriteScope":
        """Return the scope of all connections of a connection's account."""
        return cls(account_of_connection=connection_id)

    @classmethod
    def of_batch(cls, batch_id: int) -> "WriteScope":
        """Return the scope of a batch's connection."""
        return cls(batch=batch_id)

    @classmethod
    def of_records(cls, record_ids: Sequence[int]) -> "WriteScope":
        """Return the scope of the records' connections."""
        return cls(records=record_ids)


NO_CONNECTION: Final = WriteScope()
"""The scope of what belongs to no connection, such as a setting, or to one that does not exist yet."""
EVERY_CONNECTION: Final = WriteScope(every=True)


@dataclass(frozen=True, slots=True)
class Planned:
    """A transaction whose statements are all known beforehand."""

    scope: WriteScope
    statements: Sequence[tuple[str, Values]]


@dataclass
class ReadAnswers:
    """What some questions were answered, and which of them were asked of these answers, in their order."""

    known: dict[Hashable, Any] = field(default_factory=dict)
    used: dict[Hashable, None] = field(default_factory=dict)


class Reader(Protocol):
    """Queries that can be cancelled. Raise QueryCancelledError once they are."""

    def rows(self, query: Composed | str, values: Values = ()) -> list[Row]:
        """Return a query's rows."""

    def ids(self, query: Composed | str, values: Values = ()) -> "array[int]":
        """Return the column `id` of a query, in its order."""


class Database(Protocol):
    """A database that every thread reads, and that one thread of a process writes at a time.

    Raise StoreError where the database or its disk, not the program, is at fault.
    """

    def person(self) -> str:
        """Return who writes: the person of the office, or the login name at this computer; "" where not known."""

    @property
    def fragments(self) -> Fragments:
        """What this engine says differently."""

    def row(self, query: Composed | str, values: Values = ()) -> Row | None:
        """Return a query's first row, None without one."""

    def rows(self, query: Composed | str, values: Values = ()) -> list[Row]:
        """Return a query's rows; within this thread's transaction, with what it has written."""

    def ids(self, query: Composed | str, values: Values = ()) -> "array[int]":
        """Return the column `id` of a query, in its order."""

    def looking(self, token: QueryToken) -> AbstractContextManager[Reader]:
        """Return a reader on a connection of its own, whose queries the token cancels."""

    def writing(self, scope: WriteScope = NO_CONNECTION, *, staging: bool = False) -> AbstractContextManager[Sql]:
        """Return a transaction that is committed and durable at the end, or rolled back; it joins an outer one.

        `scope` are the connections it writes about; that of a joined transaction is within the outer one's.

        `staging` is for rows of an open batch, which nobody reads yet: they become durable with the transaction that
        closes the batch.
        """

    def may_empty(self) -> bool:
        """Whether this person's role may remove donors' data that is older than the retention period."""

    @property
    def is_distant(self) -> bool:
        """Whether each statement costs a round trip over a network."""

    def at_once(self, *transactions: Planned) -> list[list[list[Row]]]:
        """Execute durable transactions one after the other, without a look at their results in between.

        Return the rows of each one's statements. All of it costs a distant database one round trip.
        """

    def index_batch(self, batch_id: int) -> None:
        """Index the addresses and row hashes of a batch that is about to be closed, in chunks."""

    def version_seen(self) -> int:
        """Return a number that changes whenever another connection has written."""

    def close_thread(self) -> None:
        """Close this thread's connection; called by a thread that ends."""


class Owners(Protocol):
    """The name of this process as an owner of claims, and whether other owners are still alive (rule 13)."""

    @property
    def me(self) -> str:
        """The owner name of this process."""

    def is_dead(self, owner: str) -> bool:
        """Whether the owner is known to be dead; one that nobody can see never is."""

    def is_watched(self, owner: str) -> bool:
        """Whether the owner's end would be noticed: then it alone ends its claims, and no lease or age does."""
