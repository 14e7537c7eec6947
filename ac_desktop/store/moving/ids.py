"""The numbers that rows have where they come from, and those that they get where they go."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ac_desktop.store.moving.tables import STREAMED

_REMOVED: Final = {table.name: table.ids for table in STREAMED}
"""The columns with IDs of rows that were removed from the queue and lie in the bin as JSON."""


@dataclass(frozen=True)
class MovedIds:
    """The new ID of each moved row: connections one by one, all others by what their table's IDs grow by.

    `last` is the highest ID of each table where the rows come from.
    """

    connections: Mapping[int, int] = field(default_factory=dict)
    offsets: Mapping[str, int] = field(default_factory=dict)
    last: Mapping[str, int] = field(default_factory=dict)

    @property
    def where_they_come_from(self) -> "MovedIds":
        """The same rows with the IDs that they have."""
        return MovedIds(last=self.last)

    def offset(self, table: str) -> int:
        """Return what the IDs of a table's rows grow by."""
        return self.offsets.get(table, 0)

    def expression(self, column: str, table: str) -> str:
        """Return the new ID in place of a column with IDs of a table, as part of a statement."""
        if table == "connection":
            return self._of_connection(column)
        offset = self.offset(table)
        return f"{column} + {offset}" if offset else column

    def of(self, table: str, number: int) -> int:
        """Return the new ID of a table's row."""
        return self.connections[number] if table == "connection" else number + self.offset(table)

    def details(self, text: str) -> str:
        """Return an event's details with the new ID of the record that it is about."""
        details = json.loads(text)
        number = details.get("record") if isinstance(details, dict) else None
        if not self.offset("record") or not str(number).isdecimal():
            return text
        return json.dumps({**details, "record": str(self.of("record", int(str(number))))}, ensure_ascii=False)

    def removed(self, table: str, text: str) -> str:
        """Return the JSON of a removed row with its new IDs."""
        kept: dict[str, Any] = json.loads(text)
        for column, of_table in _REMOVED[table].items():
            if kept.get(column) is not None:
                kept[column] = self.of(of_table, kept[column])
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    def _of_connection(self, column: str) -> str:
        if not self.connections:
            return column
        cases = " ".join(f"WHEN {old} THEN {new}" for old, new in self.connections.items())
        return f"CASE {column} {cases} END"
