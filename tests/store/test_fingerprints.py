"""A row that an earlier file brought unchanged is known again, by the first file that brought it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.model.reasons import Reason, ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.store.fingerprints import Fingerprints
from ac_desktop.store.records import BatchSource, NewRows
from tests.made_up import NOW, Store, donor, new_record

MARK = 4711


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as made:
        yield made


def _rows(*marks: int) -> NewRows:
    blanks = [""] * len(marks)
    standing = ("", "", "", "", RecordState.WAITING.value, None, None)
    return NewRows(
        rows=range(2, len(marks) + 2),
        emails=[donor().email] * len(marks),
        phones=blanks,
        first_names=blanks,
        last_names=blanks,
        standings=[standing] * len(marks),
        donation_ids=blanks,
        donated_at=blanks,
        row_hashes=marks,
        cells=blanks,
    )


def test_a_row_that_two_files_brought_is_known_by_the_first_of_them(store: Store) -> None:
    connection = store.connect()
    for name in ("first.csv", "second.csv"):
        batch_id = store.queue.open_batch(connection.id, BatchSource(kind="file", file_name=name), NOW)
        store.queue.add(connection.id, batch_id, [replace(new_record(2), row_hash=MARK)], NOW)
        store.queue.close_batch(batch_id)

    known, fresh = Fingerprints(store.database).without_known(connection.id, _rows(MARK, MARK + 1)).standings

    assert known[4] == RecordState.SKIPPED
    why = Reason.from_json(known[5] or "")
    assert (why.code, why.values["file"]) == (ReasonCode.ALREADY_QUEUED, "first.csv")
    assert (fresh[4], fresh[5]) == (RecordState.WAITING, None)


def test_a_batch_that_is_gone_has_no_rows_to_take_back(store: Store) -> None:
    connection = store.connect()
    marks = Fingerprints(store.database)
    batch_id = store.fill(connection, [replace(new_record(2), row_hash=MARK)])

    assert marks.take_known(batch_id + 1, NOW) == marks.skip_known(batch_id + 1, NOW) == 0
    assert store.states(connection) == [RecordState.WAITING]
