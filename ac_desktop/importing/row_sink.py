"""Where checked rows go: into the store from here, or to a process of its own that does nothing else."""

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ac_desktop.model.reasons import ReasonCode, json_around
from ac_desktop.model.states import RecordState
from ac_desktop.store.imports.row_hashes import RowHashes, with_row_hashes
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.records import NewRows


@dataclass(frozen=True, slots=True)
class BatchFilling:
    """An open batch that is being filled; `key` is that of the rows' marks."""

    connection_id: int
    batch_id: int
    key: bytes
    now: float
    skip_known: bool


class RowSink(Protocol):
    """Takes the rows of one batch after another."""

    def begin(self, filling: BatchFilling) -> None:
        """Take the rows of this batch from now on."""

    def add(self, rows: NewRows) -> None:
        """Take rows, still without marks."""

    def finish(self, superseded: Mapping[int, int]) -> None:
        """Skip the rows that give way to others of the same donor (rule 11); all is stored afterwards."""


class StoreRowSink:
    """Puts rows into the store."""

    def __init__(self, queue: Queue, fingerprints: RowHashes) -> None:
        self._queue = queue
        self._fingerprints = fingerprints

    def begin(self, filling: BatchFilling) -> None:
        """Take the rows of this batch from now on."""
        self._filling = filling
        self._rows, self._records = array("q"), array("q")

    def add(self, rows: NewRows) -> None:
        """Store rows with their marks."""
        filling = self._filling
        rows = with_row_hashes(rows, filling.key)
        if filling.skip_known:
            rows = self._fingerprints.without_known(filling.connection_id, rows)
        first = self._queue.add_rows(filling.connection_id, filling.batch_id, rows, filling.now)
        self._rows.extend(rows.rows)
        self._records.extend(range(first, first + len(rows.rows)))

    def finish(self, superseded: Mapping[int, int]) -> None:
        """Skip the rows that give way to others."""
        before, after = json_around(ReasonCode.DUPLICATE_ROW, "row", row="")
        gone = (
            (self._records[bisect_left(self._rows, row)], RecordState.SKIPPED, f"{before}{superseded[row]}{after}")
            for row in sorted(superseded)
        )
        self._queue.correct(self._filling.batch_id, gone, self._filling.now)
