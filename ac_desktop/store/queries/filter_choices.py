"""What a connection's donors can be filtered by: the files they came from, their action pages, and their reasons."""

from dataclasses import dataclass
from typing import Final

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.store.ports import Database
from ac_desktop.store.queries.record_query import UNNAMED_KINDS, SourceFilter

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
