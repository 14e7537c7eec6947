"""Every released database opens: migrated to today's schema with all that it holds, and the program works with it."""

import json
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

import pytest

from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.engines.sqlite.migrations import VERSION
from ac_desktop.store.imports.layouts import Layouts
from ac_desktop.store.imports.staging import Staging
from ac_desktop.store.queue.bulk_changes import BulkChanges
from ac_desktop.store.queue.corrections import RecordEdits
from ac_desktop.store.queue.decisions import Decisions
from tests.made_up import NOW, Store
from tests.store.plain_rows import plain
from tests.store.release import FOLDER, GIVEN_UP, load, stored

Rows = dict[str, list[tuple[object, ...]]]

RELEASED = sorted(FOLDER.glob("version_*.sql"))
each_released = pytest.mark.parametrize("script", RELEASED, ids=lambda script: script.stem)


def columns(file: Path, given_up: Collection[str] = ()) -> dict[str, str]:
    """Name each table's columns, but for SQLite's own and those dropped."""
    with closing(sqlite3.connect(file)) as sql:
        tables = sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            table: ", ".join(row[1] for row in sql.execute(f"PRAGMA table_info({table})") if row[1] not in given_up)
            for (table,) in tables
            if table != "sqlite_sequence"
        }


def contents(file: Path, tables: dict[str, str]) -> Rows:
    with closing(sqlite3.connect(file)) as sql:
        return {
            table: sorted(sql.execute(f"SELECT {names} FROM {table}").fetchall(), key=repr)  # noqa: S608  our names
            for table, names in tables.items()
        }


def version(file: Path) -> int:
    with closing(sqlite3.connect(file)) as sql:
        return int(sql.execute("PRAGMA user_version").fetchone()[0])


def test_the_first_schema_is_stored_filled_with_every_state() -> None:
    assert stored(1) in RELEASED
    with closing(sqlite3.connect(":memory:")) as sql:
        sql.executescript(stored(1).read_text(encoding="utf-8"))
        states = {row[0] for row in sql.execute("SELECT DISTINCT state FROM record")}
        empty = [
            table
            for (table,) in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            if not sql.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608  names of ours
        ]
    assert states == set(RecordState)
    assert empty == []


@each_released
def test_it_opens_at_todays_schema_with_all_that_it_held(script: Path, tmp_path: Path) -> None:
    file = load(script, tmp_path / "data")
    tables, released_as = columns(file, GIVEN_UP), version(file)
    everything = columns(file)
    before, whole = contents(file, tables), contents(file, everything)

    database = SqliteDatabase(file.parent)
    sound = plain(database.row("PRAGMA integrity_check")), database.rows("PRAGMA foreign_key_check")
    database.close()

    assert version(file) == VERSION
    assert sound == (("ok",), [])
    assert contents(file, tables) == before
    backups = list(file.parent.glob("*.backup"))
    assert len(backups) == (released_as < VERSION)
    for backup in backups:
        assert version(backup) == released_as
        assert contents(backup, everything) == whole


@each_released
def test_the_program_goes_on_with_it(script: Path, tmp_path: Path) -> None:
    load(script, tmp_path / "data")
    with Store(tmp_path / "data") as store:
        autumn, spring, winter = store.connections.all()
        everyone = [record for each in (spring, autumn, winter) for record in store.views.all_records(each.id)]
        assert len({record.id for record in everyone}) == len(everyone) >= 57
        for connection in (spring, autumn, winter):
            counts = store.queue.counts(connection.id)
            assert counts.rows == len(list(store.views.all_records(connection.id)))
            assert list(store.history.all_attempts(connection.id))
            assert store.history.events(connection.id)
        assert winter.state is ConnectionState.INACTIVE
        assert winter.circuit.streak == 5
        assert [len(attempt.steps) > 0 for attempt in store.history.all_attempts(autumn.id)]
        assert len(Decisions(store.database).all(spring.id)) == 3
        assert any(RecordEdits(store.database).of(record.id) for record in everyone)
        assert Layouts(store.database).of("layout-1") is not None
        facts = Staging(store.database, store.owners).batches(spring.id)
        assert sum(one.withdrawn for one in facts) == 1
        store.queue.release_dead(spring.id, 1_795_100_000.0)
        claim = store.claim(spring, 1_795_100_000.0)
        assert store.queue.renew(claim, 1_795_100_000.0)


@each_released
def test_who_was_new_is_still_reported_and_no_later_attempt_can_know_it(script: Path, tmp_path: Path) -> None:
    """What the account said when it was asked is true of that moment alone: people may have left since."""
    file = load(script, tmp_path / "data")
    with closing(sqlite3.connect(file)) as sql:
        sql.execute("UPDATE record SET contact_created = 1 WHERE id % 2 AND contact_id IS NOT NULL")
        sql.commit()
        created = dict(sql.execute("SELECT id, contact_created FROM record WHERE contact_id IS NOT NULL").fetchall())

    with Store(tmp_path / "data") as store:
        everyone = [record for each in store.connections.all() for record in store.views.all_records(each.id)]
    expected = {record.id: record.was_new for record in everyone}

    sent = {record.id for record in everyone if record.state is RecordState.SENT and record.contact_id is not None}
    assert sent
    assert {number: expected[number] for number in sent} == {number: bool(created[number]) for number in sent}
    assert all(known is None for number, known in expected.items() if number not in sent)
    assert "contact_created" not in columns(file)["record"].split(", ")


@each_released
def test_what_was_removed_before_comes_back_although_a_column_was_given_up(script: Path, tmp_path: Path) -> None:
    file = load(script, tmp_path / "data")
    with closing(sqlite3.connect(file)) as sql:
        kept = dict(sql.execute("SELECT record_id, kept FROM bin WHERE belongs_to = 'record'").fetchall())
        (removal,) = sql.execute("SELECT MAX(removal) FROM bin").fetchone()
    assert any("contact_created" in row for row in kept.values())

    with Store(tmp_path / "data") as store:
        restored = BulkChanges(store.database).restore(removal, NOW)
        found = {record.id for record in store.views.by_ids(list(kept))}

    assert restored == len(found) == len(kept)


@each_released
def test_codes_and_records_of_what_was_kept_as_json_are_columns(script: Path, tmp_path: Path) -> None:
    file = load(script, tmp_path / "data")
    with closing(sqlite3.connect(file)) as sql:
        sql.execute("""UPDATE event SET details = '{"record": "7", "why": "a letter"}' WHERE id = 2""")
        sql.commit()
    SqliteDatabase(file.parent).close()

    with closing(sqlite3.connect(file)) as sql:
        reasons = sql.execute("SELECT reason, reason_code FROM record").fetchall()
        events = sql.execute("SELECT details, record_id FROM event").fetchall()
    assert len({code for _, code in reasons}) > 5
    assert all(code == (json.loads(reason)[0] if reason else None) for reason, code in reasons)
    about = [json.loads(details).get("record") for details, _ in events]
    assert any(about)
    assert [record_id for _, record_id in events] == [int(one) if one else None for one in about]
