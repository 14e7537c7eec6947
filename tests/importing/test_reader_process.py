"""Files read beside us: a long one by two processes, with the same outcome as a short one by one."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.importing import reader_process
from ac_desktop.importing.options import ImportOptions, ImportSource
from ac_desktop.importing.pipeline import import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.reader_process import FileRefused, FileStaged, ReaderProcess, ReadJob, ReadResult
from ac_desktop.importing.writer_process import PipeRowSink, WriterProcess
from ac_desktop.model.connection import Connection
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.imports.staging import Staging
from ac_desktop.store.opening import store_in
from tests.anedot import DonationRow, donation_rows, write_export
from tests.made_up import NOW, Store, settings
from tests.store.plain_rows import plain_rows

RECORDS = """
    SELECT row, email, phone, first_name, last_name, page, page_name, team, source, donation_id, donated_at, state,
        reason, warnings, row_hash, cells FROM record JOIN source_row ON record_id = id WHERE batch_id = ? ORDER BY id
"""
GIFTS = [
    *donation_rows(4_200),
    DonationRow(number=4_201, email="donor7@example.org", day="2026-05-01"),
    DonationRow(number=4_202, email="nobody"),
    DonationRow(number=4_203, email="refund@example.org", kind="Refund"),
    DonationRow(number=4_204, email="maria@example.org", first="María", phone="2.25E+09"),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as made:
        yield made


@pytest.fixture(autouse=True)
def _every_file_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_process, "WRITER_FROM_BYTES", 0)


def reader(store: Store, connection: Connection, path: Path) -> ReaderProcess:
    owner = store.owners.me
    return ReaderProcess(
        ReadJob(
            store=store_in(store.folder),
            owner=owner,
            connection_id=connection.id,
            source=ImportSource(path),
            options=ImportOptions(),
        )
    )


def read(store: Store, connection: Connection, path: Path) -> ReadResult:
    made = reader(store, connection, path)
    made.start()
    return made.wait()


def records(store: Store, batch_id: int) -> list[tuple[object, ...]]:
    return plain_rows(store.database.rows(RECORDS, (batch_id,)))


def test_two_processes_stage_what_one_would(store: Store, tmp_path: Path) -> None:
    here, there = store.connect(), store.connect(settings("Autumn"))
    path = write_export(tmp_path / "gifts.csv", GIFTS)
    (alone,) = import_table(store.queue, RowHashes(store.database), here, [path], load_profiles(), now=NOW)

    end = read(store, there, path)

    assert isinstance(end, FileStaged)
    assert end.staged.result.rows == len(GIFTS)
    assert records(store, end.staged.batch_id) == records(store, alone.batch_id)
    assert store.queue.close_batch(end.staged.batch_id) == store.queue.batch_counts(alone.batch_id)


def test_thousands_of_blank_rows_are_counted_and_stored_nowhere(store: Store, tmp_path: Path) -> None:
    path = write_export(tmp_path / "gifts.csv", donation_rows(3))
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(",,,\r\n" * 5_000)
    end = read(store, store.connect(), path)
    assert isinstance(end, FileStaged)
    assert (end.staged.result.rows, end.staged.blank_rows) == (3, 5_000)
    assert len(records(store, end.staged.batch_id)) == 3


def test_rows_that_are_known_are_skipped_as_they_come(store: Store, tmp_path: Path) -> None:
    connection, known = store.connect(), RowHashes(store.database)
    path = write_export(tmp_path / "gifts.csv", GIFTS)
    import_table(store.queue, known, connection, [path], load_profiles(), now=NOW)
    store.claim(connection)

    end = read(store, connection, path)

    assert isinstance(end, FileStaged)
    batch = end.staged.batch_id
    as_they_came = records(store, batch)
    assert (store.queue.batch_counts(batch).skipped, known.skip_known(batch, NOW)) == (len(GIFTS), 0)
    assert known.take_known(batch, NOW) == len(GIFTS) - 2
    assert known.skip_known(batch, NOW) == len(GIFTS) - 2
    assert records(store, batch) == as_they_came


def test_a_reader_that_is_cancelled_leaves_what_its_owner_drops(store: Store, tmp_path: Path) -> None:
    connection = store.connect()
    made = reader(store, connection, write_export(tmp_path / "gifts.csv", GIFTS))
    made.start()
    made.cancel()
    assert isinstance(made.wait(), FileRefused)
    Staging(store.database, store.owners).drop_all()
    assert store.count("SELECT COUNT(*) FROM batch") == store.count("SELECT COUNT(*) FROM record") == 0


def test_a_reader_that_is_cancelled_at_once_is_waited_for_though_its_end_of_the_pipe_is_open_here(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a child that is killed before it fetched its end of the pipe leaves a duplicate open in its parent."""
    made = reader(store, store.connect(), write_export(tmp_path / "gifts.csv", GIFTS))
    with monkeypatch.context() as patched:
        patched.setattr(made._sender, "close", lambda: None)
        made.start()
        made.cancel()
        assert isinstance(made.wait(), FileRefused)
    made._sender.close()


def test_a_reader_that_dies_early_leaves_no_writer_waiting(store: Store, tmp_path: Path) -> None:
    made = reader(store, store.connect(), write_export(tmp_path / "gifts.csv", GIFTS))
    made.start()
    (process,) = (child for child in multiprocessing.active_children() if child.name == "reader")
    process.kill()
    assert isinstance(made.wait(), FileRefused)
    assert multiprocessing.active_children() == []


def test_what_is_the_matter_with_the_store_is_reported_here(tmp_path: Path) -> None:
    (tmp_path / "donors.sqlite3").mkdir()
    writer = WriterProcess(store_in(tmp_path))
    writer.start()
    with pytest.raises(StoreError) as raised:
        PipeRowSink(writer.pipe).finish({})
    assert raised.value.trouble is StoreProblem.UNREACHABLE
    writer.close()
