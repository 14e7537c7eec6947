"""A reader's process that was started before its file reads it as another would, and is never in the way."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.importing import prepared_reader
from ac_desktop.importing.options import ImportOptions, ImportSource
from ac_desktop.importing.prepared_reader import Readers
from ac_desktop.importing.reader_process import FileRefused, FileStaged, ReadJob
from ac_desktop.language import use_language
from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import language_in_use
from ac_desktop.store.imports.staging import Staging
from ac_desktop.store.opening import store_in
from tests.anedot import donation_rows, write_export
from tests.made_up import Store

ROWS = 30


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as made:
        yield made


@pytest.fixture
def readers(store: Store) -> Iterator[Readers]:
    made = Readers(store_in(store.folder))
    yield made
    made.close()
    assert multiprocessing.active_children() == []


def processes() -> list[int | None]:
    return [child.pid for child in multiprocessing.active_children()]


def job(store: Store, connection: Connection, path: Path) -> ReadJob:
    return ReadJob(
        store=store_in(store.folder),
        owner=store.owners.me,
        connection_id=connection.id,
        source=ImportSource(path),
        options=ImportOptions(),
    )


@pytest.fixture
def wanted(store: Store, tmp_path: Path) -> ReadJob:
    return job(store, store.connect(), write_export(tmp_path / "gifts.csv", donation_rows(ROWS)))


def test_the_prepared_process_reads_the_next_file_and_ends(readers: Readers, wanted: ReadJob) -> None:
    readers.prepare()
    prepared = processes()
    reader = readers.reader_for(wanted)
    reader.start()
    assert processes() == prepared, "no other process was started"
    end = reader.wait()
    assert isinstance(end, FileStaged)
    assert end.staged.result.waiting == ROWS
    assert reader.preview is not None
    assert processes() == []


def test_one_is_prepared_however_often_it_is_asked_for(readers: Readers) -> None:
    readers.prepare()
    readers.prepare()
    assert len(processes()) == 1


def test_the_second_file_is_read_by_a_process_of_its_own(readers: Readers, wanted: ReadJob) -> None:
    readers.prepare()
    first, second = readers.reader_for(wanted), readers.reader_for(wanted)
    for reader in (first, second):
        reader.start()
    assert len(processes()) == 2
    for reader in (first, second):
        assert isinstance(reader.wait(), FileStaged)


def test_a_long_file_leaves_it_for_the_next_one(
    readers: Readers, wanted: ReadJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers.prepare()
    prepared = processes()
    with monkeypatch.context() as patched:
        patched.setattr(prepared_reader, "WRITER_FROM_BYTES", 0)
        reader = readers.reader_for(wanted)
        reader.start()
        assert isinstance(reader.wait(), FileStaged)
    assert processes() == prepared


def test_a_prepared_process_that_died_is_replaced(readers: Readers, wanted: ReadJob) -> None:
    readers.prepare()
    (child,) = multiprocessing.active_children()
    reader = readers.reader_for(wanted)
    child.kill()
    child.join()
    reader.start()
    assert isinstance(reader.wait(), FileStaged)


def test_one_that_died_before_a_file_came_is_prepared_anew(readers: Readers, wanted: ReadJob) -> None:
    readers.prepare()
    (child,) = multiprocessing.active_children()
    child.kill()
    child.join()
    readers.prepare()
    (again,) = processes()
    reader = readers.reader_for(wanted)
    reader.start()
    assert processes() == [again]
    assert isinstance(reader.wait(), FileStaged)


def test_a_cancelled_one_leaves_nothing(readers: Readers, store: Store, wanted: ReadJob) -> None:
    readers.prepare()
    reader = readers.reader_for(wanted)
    reader.start()
    reader.cancel()
    assert isinstance(reader.wait(), FileRefused | FileStaged)
    Staging(store.database, store.owners).drop_all()
    assert store.count("SELECT COUNT(*) FROM batch") == store.count("SELECT COUNT(*) FROM record") == 0


def test_nothing_is_prepared_once_the_window_is_closed(readers: Readers) -> None:
    readers.prepare()
    readers.close()
    readers.prepare()
    assert processes() == []


def test_it_speaks_the_language_in_use_when_the_file_comes(readers: Readers, store: Store, tmp_path: Path) -> None:
    readers.prepare()
    before = language_in_use()
    use_language("es")
    try:
        path = tmp_path / "empty.csv"
        path.write_bytes(b"")
        reader = readers.reader_for(job(store, store.connect(), path))
        reader.start()
        end = reader.wait()
    finally:
        use_language(before)
    assert isinstance(end, FileRefused)
    assert "está vac" in end.text
