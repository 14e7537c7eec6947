"""What the checker is told: the account's own record, the files that were made, and plain rows of the databases."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change of somebody's status on the list; `number` is the request that made it, 0 for a person's own deed.

    `is_bulk`: it was made by a bulk import, whatever request let the account do it.
    """

    at: float
    contact: str
    email: str
    before: int | None
    after: int
    number: int = 0
    is_bulk: bool = False


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A true answer about a person: to the question about their lists, or that they were just created.

    `contact` is empty where an address was asked about, `email` where a contact was.
    """

    at: float
    who: str
    contact: str
    email: str


@dataclass(frozen=True, kw_only=True)
class ListCall:
    """A request to put somebody onto the list."""

    number: int
    at: float
    who: str
    contact: str
    email: str


@dataclass(frozen=True, kw_only=True)
class GivenFile:
    """A file's content, as it was made: how many rows it has, and the addresses that nothing is wrong with."""

    name: str
    sha256: str
    rows: int
    emails: Counter[str]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """A batch as the database has it; `is_loading` until all of it is in."""

    id: int
    connection: int
    kind: str
    sha256: str
    is_loading: bool
    rows_read: int | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A record as the database has it, with the cells it came from."""

    id: int
    batch: int
    row: int
    email: str
    state: str
    reason: str
    donation: str
    cells: str


@dataclass(frozen=True, kw_only=True)
class Try:
    """An attempt as the database has it."""

    id: int
    connection: int
    outcome: str
    is_failed: bool
    streak: int


@dataclass
class Given:
    """What was given to the program: files whose import ended well, those that may be in, typed donors, donations."""

    files: dict[str, GivenFile] = field(default_factory=dict)
    must: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    donations: set[str] = field(default_factory=set)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """All that a database has."""

    batches: Mapping[int, Batch]
    rows: tuple[Row, ...]
    tally: Mapping[tuple[int, str], int]
    attempts: tuple[Try, ...]
    reactivated: frozenset[tuple[int, int]]
    """The connections that a person reactivated, and after which attempt."""
