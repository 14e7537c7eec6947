"""Rows reach a distant store in few transactions, and are the same as in one beside us."""

from pathlib import Path
from typing import Any

import pytest

from ac_desktop.importing.row_sink import BatchTarget, StoreRowSink
from ac_desktop.model.states import RecordState
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.queue import batches
from ac_desktop.store.queue.batches import columns_of
from ac_desktop.store.queue.records import BatchSource
from tests.made_up import NOW, SQLITE, Store, new_record

KEY = bytes(16)
PARTS = ((2, 3), (4, 5), (6, 7), (8,))


def taken_in(folder: Path, patch: pytest.MonkeyPatch, transactions: list[int]) -> list[Any]:
    """Take in two files of which the second has a new row; return what is stored of the records."""
    with Store(folder, SQLITE) as store:
        connection = store.connect()
        sink = StoreRowSink(store.queue, RowHashes(store.database))
        original = store.queue.add_rows

        def counted(*args: Any) -> int:
            transactions.append(len(args[2].rows))
            return original(*args)

        patch.setattr(store.queue, "add_rows", counted)
        for rows in (PARTS, (*PARTS, (9,))):
            batch = store.queue.open_batch(connection.id, BatchSource(kind="file", file_name="made-up.csv"), NOW)
            sink.begin(BatchTarget(connection.id, batch, KEY, NOW, skip_known=True))
            for part in rows:
                sink.add(columns_of([new_record(row) for row in part]))
            sink.finish({4: 8})
            store.queue.close_batch(batch)
        states = store.states(connection)
        assert states.count(RecordState.WAITING) == 7
        assert states.count(RecordState.SKIPPED) == 8
        return [list(row) for row in store.database.rows("SELECT * FROM record ORDER BY id")]


def test_rows_wait_for_others_at_a_distance_and_none_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside: list[int] = []
    distant: list[int] = []
    first = taken_in(tmp_path / "beside", monkeypatch, beside)
    monkeypatch.setattr(SQLITE.database, "is_distant", True)
    monkeypatch.setattr(batches, "DISTANT_ROWS", 4)
    assert taken_in(tmp_path / "distant", monkeypatch, distant) == first
    assert beside == [2, 2, 2, 1, 2, 2, 2, 1, 1]
    assert distant == [4, 3, 4, 4]
