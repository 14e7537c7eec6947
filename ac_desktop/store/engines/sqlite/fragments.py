"""What SQLite says in its own way."""

import json
from collections.abc import Iterable
from typing import Final

from ac_desktop.store.ports import Fragments


def _list_value(values: Iterable[object]) -> str:
    """Return a list as one value: SQLite takes some hundred places in a statement at most."""
    return json.dumps(list(values))


FRAGMENTS: Final = Fragments(
    list_value=_list_value,
    in_list="IN (SELECT value FROM json_each(?))",
    numbered_list="(SELECT key AS place, value FROM json_each(?))",
    join_in_order="CROSS JOIN",
    truncated="CAST({} AS INTEGER)",
    without_index="+{}",
    like="LIKE",
    position="instr({}, {})",
    without_case="COLLATE NOCASE",
)
