"""A window asks an office's server in one round trip what it asked before, and never waits for it for long."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.reading import window_reads
from ac_desktop.store.errors import StoreError
from ac_desktop.store.ports import ReadAnswers
from tests.made_up import POSTGRES, Store
from tests.office.proxy import Proxy
from tests.postgres_store import office_of

PATIENCE: Final = 30.0
ALL: Final = "SELECT id FROM record"
NAMES: Final = "SELECT email, state FROM record WHERE id < ?"


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    made = Proxy(office_of(tmp_path).port).start()
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path, POSTGRES) as opened:
        opened.fill(opened.connect(), 5)
        yield opened


@pytest.fixture
def far(store: Store, proxy: Proxy) -> Iterator[PostgresDatabase]:
    database = PostgresDatabase(replace(office_of(store.folder), port=proxy.port))
    yield database
    proxy.reopen()
    database.close()


def look(database: PostgresDatabase) -> object:
    """Read what a window reads, some of it twice."""
    return (
        [list(row) for row in database.rows(NAMES, (4,))],
        database.ids(ALL),
        [list(row) for row in database.rows("SELECT count(*) AS number FROM event")],
        [list(row) for row in database.rows(NAMES, (4,))],
    )


def test_what_was_read_before_is_read_again_in_one_round_trip(
    far: PostgresDatabase, proxy: Proxy, store: Store
) -> None:
    reads, first = far.window_reads, ReadAnswers()
    with reads.answering(first):
        look(far)
    store.fill(store.connections.all()[0], 1)
    before = proxy.round_trips
    with reads.answering(reads.again(first)):
        found = look(far)
    assert proxy.round_trips - before == 1
    assert found == look(far)


def test_what_was_not_read_before_is_read_once(far: PostgresDatabase, proxy: Proxy) -> None:
    look(far)
    before = proxy.round_trips
    with far.window_reads.answering(ReadAnswers()):
        look(far)
    assert proxy.round_trips - before == 3


def test_answers_are_those_of_one_thread_and_of_its_time(far: PostgresDatabase, store: Store) -> None:
    answers, other = ReadAnswers(), []
    with far.window_reads.answering(answers):
        ids = far.ids(ALL)
        store.fill(store.connections.all()[0], 1)
        thread = threading.Thread(target=lambda: other.append(far.ids(ALL)))
        thread.start()
        thread.join()
        assert far.ids(ALL) == ids
    assert len(other[0]) == len(ids) + 1
    assert far.ids(ALL) == other[0]


def test_a_thread_that_stays_responsive_waits_for_a_silent_server_once_and_not_for_long(
    far: PostgresDatabase, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_reads, "PATIENCE", 0.1)
    far.window_reads.stay_responsive()
    proxy.silence()
    for _ in range(20):
        with pytest.raises(StoreError) as caught:
            far.ids(ALL)
        assert caught.value.may_pass
    asking = [one for one in threading.enumerate() if one.name == "window-read"]
    assert len(asking) == 1
    proxy.reopen()
    asking[0].join(PATIENCE)
    monkeypatch.setattr(window_reads, "PATIENCE", PATIENCE)
    assert len(far.ids(ALL)) == 5


def test_a_statement_that_has_no_rows_has_none_on_the_windows_thread_too(far: PostgresDatabase, store: Store) -> None:
    assert far.window_reads.rows("DELETE FROM event", ()) == []
    assert store.database.rows("SELECT id FROM event") == []
