"""Each writer names the connections it writes about, so that an engine with row locks can lock them first."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import ac_desktop
from ac_desktop.store.history.history import EventKind, insert_event
from ac_desktop.store.ports import EVERY_CONNECTION, NO_CONNECTION, Sql, WriteScope
from ac_desktop.store.queue.records import BatchSource
from tests.made_up import NOW, SQLITE, Engine, Store, settings
from tests.store.recording import PROGRAM, RecordingDatabase

PACKAGE = Path(ac_desktop.__file__).parent
FORGETFUL = """
def write(database, scope, work):
    with database.writing(scope) as sql:
        work(sql)
"""
"""A writer of the program's, as the recording database sees it."""


@pytest.fixture
def engine() -> Engine:
    return SQLITE


def write_as_the_program(store: Store, scope: WriteScope, work: Callable[[Sql], object]) -> None:
    space: dict[str, object] = {}
    exec(compile(FORGETFUL, f"{PROGRAM}/store/forgetful.py", "exec"), space)  # noqa: S102  the text above
    write = space["write"]
    assert callable(write)
    write(store.database, scope, work)


def pausing(connection_id: int) -> Callable[[Sql], object]:
    return lambda sql: insert_event(sql, connection_id, EventKind.PAUSED, NOW)


def calls_without_scope(path: Path) -> list[str]:
    return [
        f"{path.name}:{call.lineno}"
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "writing"
        and not call.args
    ]


def test_every_transaction_of_the_program_says_what_it_writes_about() -> None:
    engines = PACKAGE / "store" / "engines"
    modules = [path for path in PACKAGE.rglob("*.py") if engines not in path.parents]
    assert [found for path in modules for found in calls_without_scope(path)] == []


def test_the_store_of_these_tests_compares_what_is_written_with_what_is_named(store: Store) -> None:
    assert isinstance(store.database, RecordingDatabase)
    connection = store.connect()
    store.fill(connection, 2)
    assert {"connections.create", "batches.open_batch", "batches.close_batch"} <= store.database.writers


def test_who_opens_a_batch_or_begins_a_relay_names_no_other_connection(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        first, second = store.connect(), store.connect(settings("Autumn"))
        assert isinstance(store.database, RecordingDatabase)
        named = store.database.named
        for work in (
            lambda: store.queue.open_batch(first.id, BatchSource(kind="typed"), NOW),
            lambda: store.queue.release_dead(first.id, NOW),
        ):
            with store.another() as window:
                window.queue.open_batch(second.id, BatchSource(kind="file"), NOW)
            named.clear()

            work()

            assert store.count("SELECT COUNT(*) FROM batch WHERE connection_id = 2") == 0, "its owner is dead"
            assert named.pop("batches.drop_dead") == {second.id}
            assert list(named.values()) == [{first.id}]


@pytest.mark.parametrize("scope", [NO_CONNECTION, WriteScope.of(2), WriteScope.of_batch(7), WriteScope.of_records([7])])
def test_a_writer_that_names_no_or_another_connection_is_found(store: Store, scope: WriteScope) -> None:
    connection = store.connect()
    with pytest.raises(AssertionError, match=r"forgetful\.write writes about \{1\}"):
        write_as_the_program(store, scope, pausing(connection.id))


@pytest.mark.parametrize(
    "scope", [WriteScope.of(1), WriteScope.account_of(1), EVERY_CONNECTION, WriteScope.of_batch(1)]
)
def test_a_writer_that_names_its_connection_may_write(store: Store, scope: WriteScope) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    write_as_the_program(store, scope, pausing(connection.id))


def test_a_joined_transaction_stays_within_what_the_outer_one_names(store: Store) -> None:
    first, second = store.connect(), store.connect(settings("Autumn"))
    with pytest.raises(AssertionError, match="joins a transaction that does not name"):
        write_as_the_program(store, WriteScope.of(first.id), lambda _: store.connections.pause(second.id, NOW))
