"""What the server reads for a query: the query is run, and its plan says so."""

from collections.abc import Iterator
from typing import Any

from ac_desktop.store.ports import Sql


def pages_read(sql: Sql, query: str, values: Any) -> int:
    """Return the number of pages that a query reads."""
    plan = _plan(sql, query, values)
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


def records_read(sql: Sql, query: str, values: Any) -> int:
    """Return the number of records that a query reads."""
    return sum(_records_of(_plan(sql, query, values)))


def _plan(sql: Sql, query: str, values: Any) -> dict[str, Any]:
    (((plan,),),) = sql.rows(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query}", values)
    found: dict[str, Any] = plan["Plan"]
    return found


def _records_of(node: dict[str, Any]) -> Iterator[int]:
    if node.get("Relation Name") == "record":
        yield node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
    for part in node.get("Plans", ()):
        yield from _records_of(part)
