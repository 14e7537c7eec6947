"""Who is in an office is read with the looks for news: nobody asks for it, and whoever ends is offline."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.store.engines.postgres import news
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.office.place import SeenWorkstation
from ac_desktop.store.ports import Row, Values
from tests.postgres_store import office_of
from tests.store.engines.postgres.workstations import await_that, workstations

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
JOINED = """
    INSERT INTO workstation (name, person, version, seen) SELECT 'Accounting', 'ana', '1', 1000
    UNION ALL SELECT 'Back office', 'cleo', '1', 2000
"""
COMES = """
    INSERT INTO owner (id, workstation, person, version, since, seen, relaying)
    SELECT ?, 'Accounting', 'ana', '1', at, at, ? FROM extract(epoch FROM clock_timestamp()) AS at
"""
CLEO = SeenWorkstation("Back office", "cleo", offline_since=2000)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostgresDatabase]:
    monkeypatch.setattr(news, "POLL", 0.1)
    with workstations(office_of(tmp_path / "data"), 1) as (one,):
        one.database.rows(JOINED)
        yield one.database


def test_whoever_has_a_program_is_there_and_the_others_are_offline_since_they_were_seen(
    database: PostgresDatabase,
) -> None:
    database.rows(COMES, ("window", []))
    assert database.presence().workstations == (SeenWorkstation("Accounting", "ana"), CLEO)
    database.version_seen()
    database.rows(COMES, ("relay", [8, 7]))
    await_that(lambda: database.presence().workstations == (SeenWorkstation("Accounting", "ana", (7, 8)), CLEO))
    database.rows("UPDATE owner SET seen = seen - 31")
    await_that(lambda: database.presence().workstations[0].offline_since is not None)
    assert not database.presence().workstations[0].relaying, "what it did is not known any more"


def test_a_name_that_is_changed_is_known_with_the_next_look(database: PostgresDatabase) -> None:
    assert not database.presence().name
    database.version_seen()
    database.rows("UPDATE office SET name = 'River Trust'")
    await_that(lambda: database.presence().name == "River Trust")


def test_it_is_asked_for_once_at_most_and_the_answer_is_timed_by_beats(
    database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    rows = PostgresDatabase.rows

    def counted(self: PostgresDatabase, query: str, values: Values = ()) -> list[Row]:
        if threading.current_thread() is threading.main_thread():
            asked.append(query)
        return rows(self, query, values)

    monkeypatch.setattr(PostgresDatabase, "rows", counted)
    database.when_changed(lambda: None)
    await_that(lambda: database.presence().round_trip is not None)
    assert len(asked) <= 1
    assert 0 < (database.presence().round_trip or 0) < 60
