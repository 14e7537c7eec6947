"""What the server reads for a query."""

from collections.abc import Iterator
from typing import Any

from ac_desktop.store.ports import Sql


def records_read(sql: Sql, query: str, values: Any) -> int:
    """Run a query; return how many records the server read for it."""
    (plan,) = sql.rows(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}", values)
    return sum(_records_read(plan["QUERY PLAN"][0]["Plan"]))


def _records_read(node: dict[str, Any]) -> Iterator[int]:
    if node.get("Relation Name") == "record":
        yield node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
    for part in node.get("Plans", ()):
        yield from _records_read(part)
