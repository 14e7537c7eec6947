"""Where validated rows are written: into the store from this process, or through a writer process."""

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ac_desktop.model.reasons import ReasonCode, json_around
from ac_desktop.model.states import RecordState
from ac_desktop.store.imports.row_hashes import RowHashes, with_row_hashes
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.records import NewRows, joined


@dataclass(frozen=True, slots=True)
class BatchTarget:
    """An open batch that rows are written to; `key` is that of the rows' hashes."""

    connection_id: int
    batch_id: int
    key: bytes
    now: float
    skip_known: bool


class RowSink(Protocol):
    """Receives the rows of one batch after another."""

    def begin(self, target: BatchTarget) -> None:
        """Start to receive the rows of this batch."""

    def add(self, rows: NewRows) -> None:
        """Receive rows, still without hashes."""

    def finish(self, superseded: Mapping[int, int]) -> None:
        """Skip the rows superseded by others of the same donor (rule 11); everything is stored afterwards."""


class StoreRowSink:
    """Writes rows to the store."""

    def __init__(self, queue: Queue, row_hashes: RowHashes) -> None:
        self._queue = queue
        self._row_hashes = row_hashes

    def begin(self, target: BatchTarget) -> None:
        """Start to receive the rows of this batch."""
        self._target = target
        self._rows, self._records = array("q"), array("q")
        self._waiting: list[NewRows] = []

    def add(self, rows: NewRows) -> None:
        """Store rows with their hashes, once there are enough of them."""
        self._waiting.append(rows)
        if sum(len(one.rows) for one in self._waiting) >= self._queue.rows_at_once:
            self._store()

    def _store(self) -> None:
        target = self._target
        rows = with_row_hashes(joined(self._waiting), target.key)
        self._waiting.clear()
        if target.skip_known:
            rows = self._row_hashes.without_known(target.connection_id, rows)
        first = self._queue.add_rows(target.connection_id, target.batch_id, rows, target.now)
        self._rows.extend(rows.rows)
        self._records.extend(range(first, first + len(rows.rows)))

    def finish(self, superseded: Mapping[int, int]) -> None:
        """Skip the rows superseded by others."""
        if self._waiting:
            self._store()
        before, after = json_around(ReasonCode.DUPLICATE_ROW, "row", row="")
        corrections = (
            (self._records[bisect_left(self._rows, row)], RecordState.SKIPPED, f"{before}{superseded[row]}{after}")
            for row in sorted(superseded)
        )
        self._queue.correct(self._target.batch_id, corrections, self._target.now)
