"""A row that an earlier file had unchanged is recognised, with the first file that had it."""

from dataclasses import replace

from ac_desktop.model.reasons import Reason, ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.queue.records import BatchSource, NewRows
from tests.made_up import NOW, Store, donor, new_record

MARK = 4711


def _rows(*marks: int) -> NewRows:
    blanks = [""] * len(marks)
    standing = ("", "", "", "", RecordState.WAITING.value, None, None)
    return NewRows(
        rows=range(2, len(marks) + 2),
        emails=[donor().email] * len(marks),
        phones=blanks,
        first_names=blanks,
        last_names=blanks,
        shared_values=[standing] * len(marks),
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

    known, fresh = RowHashes(store.database).without_known(connection.id, _rows(MARK, MARK + 1)).shared_values

    assert known[4] == RecordState.SKIPPED
    why = Reason.from_json(known[5] or "")
    assert (why.code, why.values["file"]) == (ReasonCode.ALREADY_QUEUED, "first.csv")
    assert (fresh[4], fresh[5]) == (RecordState.WAITING, None)


def test_a_batch_that_is_gone_has_no_rows_to_take_back(store: Store) -> None:
    connection = store.connect()
    marks = RowHashes(store.database)
    batch_id = store.fill(connection, [replace(new_record(2), row_hash=MARK)])

    assert marks.take_known(batch_id + 1, NOW) == marks.skip_known(batch_id + 1, NOW) == 0
    assert store.states(connection) == [RecordState.WAITING]


def test_a_file_that_was_queued_before_is_known_with_the_rows_it_left_unchanged(store: Store) -> None:
    connection, marks = store.connect(), RowHashes(store.database)

    def opened(name: str, *row_hashes: int) -> int:
        source = BatchSource(kind="file", file_name=name, sha256="of the file")
        batch_id = store.queue.open_batch(connection.id, source, NOW)
        rows = [replace(new_record(row), row_hash=mark) for row, mark in enumerate(row_hashes, 2)]
        store.queue.add(connection.id, batch_id, rows, NOW)
        return batch_id

    first = opened("first.csv", MARK, MARK + 1)
    assert (marks.earlier(first), marks.unchanged(first)) == (None, 0)
    store.queue.close_batch(first)
    again = opened("again.csv", MARK, MARK + 2)

    earlier = marks.earlier(again)
    assert earlier is not None
    assert (earlier.batch_id, earlier.file_name) == (first, "first.csv")
    assert marks.unchanged(again) == 1
    assert marks.unchanged(again + 1) == 0
