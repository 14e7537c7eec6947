"""Every import: the batches that were queued, by pages, searched and ordered, with the states of their rows now."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ac_desktop.model.wording import source_name
from ac_desktop.store.ports import Database
from ac_desktop.store.queue.records import StateCounts

PAGE: Final = 200
_ROWS: Final = (
    "COALESCE(b.rows_read, b.withdrawn + (SELECT COALESCE(SUM(t.number), 0) FROM tally t"
    " WHERE t.connection_id = b.connection_id AND t.batch_id = b.id))"
)
"""The rows of a batch's source, where the reader did not count them."""
_KINDS_WITHOUT_NAME: Final = ("typed", "paste")


class ImportOrder(StrEnum):
    """What imports are ordered by."""

    FILE = "file"
    CONNECTION = "connection"
    TIME = "time"
    PERSON = "person"
    ROWS = "rows"


@dataclass(frozen=True, kw_only=True)
class KnownImport:
    """A batch that was queued; `rows` that its source had, of which `withdrawn` were taken back out of the queue.

    `who` is "" where it was not stored, `queued_at` in seconds since the epoch.
    """

    batch_id: int
    connection_id: int
    connection: str
    kind: str
    file_name: str
    sheet: str
    queued_at: float
    who: str
    rows: int
    withdrawn: int
    counts: StateCounts

    @property
    def name(self) -> str:
        """The name of the source, as people read it."""
        name = source_name(self.kind, self.file_name)
        return f"{name} / {self.sheet}" if self.sheet else name


@dataclass(frozen=True, kw_only=True)
class ImportQuery:
    """Which imports are wanted: those with every word of a text, in an order."""

    text: str = ""
    order: ImportOrder = ImportOrder.TIME
    descending: bool = True


class Imports:
    """Reads the batches of all connections by pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, query: ImportQuery, offset: int = 0, limit: int = PAGE) -> list[KnownImport]:
        """Return a page of the imports that a query finds."""
        where, values = self._condition(query.text)
        direction = "DESC" if query.descending else "ASC"
        without_case = self._database.fragments.without_case
        key = {
            ImportOrder.FILE: without_case.format("b.file_name"),
            ImportOrder.CONNECTION: without_case.format("c.name"),
            ImportOrder.TIME: "b.queued_at",
            ImportOrder.PERSON: without_case.format("b.who"),
            ImportOrder.ROWS: _ROWS,
        }[query.order]
        rows = self._database.rows(
            "SELECT b.id, b.connection_id, c.name AS connection, b.kind, b.file_name, b.sheet, b.queued_at, b.who,"
            " b.rows_read, b.withdrawn FROM batch b JOIN connection c ON c.id = b.connection_id"
            f" WHERE {where} ORDER BY {key} {direction}, b.id {direction} LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        counts = self._counts([int(row["id"]) for row in rows])
        found = []
        for row in rows:
            now = counts[row["id"]]
            rows_read = now.rows + row["withdrawn"] if row["rows_read"] is None else row["rows_read"]
            found.append(
                KnownImport(
                    batch_id=row["id"],
                    connection_id=row["connection_id"],
                    connection=row["connection"],
                    kind=row["kind"],
                    file_name=row["file_name"],
                    sheet=row["sheet"],
                    queued_at=row["queued_at"],
                    who=row["who"],
                    rows=rows_read,
                    withdrawn=row["withdrawn"],
                    counts=now,
                )
            )
        return found

    def count(self, query: ImportQuery) -> int:
        """Return the number of imports that a query finds."""
        where, values = self._condition(query.text)
        row = self._database.row(
            f"SELECT COUNT(*) AS number FROM batch b JOIN connection c ON c.id = b.connection_id WHERE {where}", values
        )
        return int(row["number"]) if row else 0

    def _condition(self, text: str) -> tuple[str, tuple[object, ...]]:
        """Return the condition that each word is in a name, without case, and its values."""
        conditions, values = ["b.loading_owner IS NULL"], list[object]()
        like = self._database.fragments.like
        for word in text.split():
            pattern = "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"
            columns = [f"{column} {like} ? ESCAPE '\\'" for column in ("b.file_name", "b.sheet", "c.name", "b.who")]
            values += [pattern] * len(columns)
            for kind in _KINDS_WITHOUT_NAME:
                if word.casefold() in source_name(kind, "").casefold():
                    columns.append("b.kind = ?")
                    values.append(kind)
            conditions.append(f"({' OR '.join(columns)})")
        return " AND ".join(conditions), tuple(values)

    def _counts(self, batch_ids: Sequence[int]) -> dict[int, StateCounts]:
        fragments = self._database.fragments
        numbers: dict[int, dict[str, int]] = defaultdict(dict)
        for row in self._database.rows(
            "SELECT t.batch_id, t.state, t.number FROM tally t JOIN batch b"
            " ON b.id = t.batch_id AND b.connection_id = t.connection_id"
            f" WHERE t.batch_id {fragments.in_list}",
            (fragments.list_value(batch_ids),),
        ):
            numbers[row["batch_id"]][str(row["state"])] = int(row["number"])
        return {batch_id: StateCounts(**numbers[batch_id]) for batch_id in batch_ids}
