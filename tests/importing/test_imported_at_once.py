"""The same rows imported by two programs or workstations at once are queued once; an import that dies hides none."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from ac_desktop.importing.options import ImportOptions
from ac_desktop.importing.pipeline import ImportedBatch, ImportPipeline, import_table, queue_staged
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.model.connection import Connection
from ac_desktop.store.imports.row_hashes import RowHashes
from tests.anedot import donation_rows, write_export
from tests.made_up import ENGINES, NOW, Engine, Store

ROWS = 7


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    engine: Engine = request.param
    with Store(tmp_path / "data", engine) as opened:
        yield opened


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write_export(tmp_path / "spring.csv", donation_rows(ROWS))


def imported(store: Store, connection: Connection, export: Path, **how: object) -> ImportedBatch:
    hashes = RowHashes(store.database)
    (batch,) = import_table(store.queue, hashes, connection, [export], load_profiles(), now=NOW, **how)  # type: ignore[arg-type]
    return batch


def imported_by_another(store: Store, connection: Connection, export: Path) -> None:
    with store.another() as other:
        assert imported(other, connection, export).result.waiting == ROWS


def test_what_another_program_queued_since_the_file_was_read_is_skipped(store: Store, export: Path) -> None:
    connection = store.connect()

    result = imported(
        store, connection, export, before_queueing=lambda _: imported_by_another(store, connection, export)
    ).result

    assert (result.waiting, result.skipped) == (0, ROWS)


def test_what_another_program_began_before_and_queued_meanwhile_is_skipped(store: Store, export: Path) -> None:
    connection = store.connect()
    results = []

    with store.another() as other:
        first = imported(
            other,
            connection,
            export,
            before_queueing=lambda _: results.append(imported(store, connection, export).result),
        )

    assert [one.waiting for one in results] == [ROWS]
    assert (first.result.waiting, first.result.skipped) == (0, ROWS)


def test_what_is_queued_at_the_last_moment_is_skipped_and_known_once(
    store: Store, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection, hashes = store.connect(), RowHashes(store.database)
    pipeline = ImportPipeline(store.queue, hashes, connection, load_profiles(), now=NOW)
    with closing(pipeline.opened_file(export, ImportOptions())) as tables:
        staged = pipeline.stage(next(tables))
    closed_beside = store.queue.closed_beside

    def looked_too_soon(batch_id: int, open_then: frozenset[int]) -> frozenset[int]:
        found = closed_beside(batch_id, open_then)
        imported_by_another(store, connection, export)
        return found

    monkeypatch.setattr(store.queue, "closed_beside", looked_too_soon)
    counts = queue_staged(store.queue, staged, NOW, compare=hashes)

    assert (counts.waiting, counts.skipped) == (0, ROWS)
    assert store.count("SELECT COUNT(*) FROM seen_row") == ROWS


def test_a_file_that_is_to_be_queued_again_is_not_compared(store: Store, export: Path) -> None:
    connection = store.connect()
    again = partial(imported_by_another, store, connection, export)

    result = imported(store, connection, export, again=True, before_queueing=lambda _: again()).result

    assert result.waiting == ROWS


def test_a_batch_that_may_still_be_dropped_hides_no_row(store: Store, export: Path) -> None:
    connection, hashes = store.connect(), RowHashes(store.database)
    pipeline = ImportPipeline(store.queue, hashes, connection, load_profiles(), now=NOW)
    with closing(pipeline.opened_file(export, ImportOptions())) as tables:
        dying = pipeline.stage(next(tables))
    store.database.index_batch(dying.batch_id)

    imported_by_another(store, connection, export)
    store.queue.drop_batch(dying.batch_id)

    assert store.count("SELECT COUNT(*) FROM record WHERE state = 'waiting'") == ROWS
