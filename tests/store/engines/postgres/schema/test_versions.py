"""The schema of an office's database: made once, whole or not at all, and never in a database of somebody else."""

import itertools
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.engines.postgres import session
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.owners import GRACE, PostgresOwners
from ac_desktop.store.engines.postgres.schema import versions
from ac_desktop.store.engines.postgres.schema.versions import create_schema
from ac_desktop.store.engines.postgres.session import connect
from ac_desktop.store.engines.postgres.version_numbers import VERSION
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office_address import OfficeAddress
from tests.made_up import Store
from tests.postgres_server import server

NUMBERS = itertools.count(1)


@pytest.fixture
def empty() -> Iterator[OfficeAddress]:
    made = server().create_database(f"empty_{next(NUMBERS)}")
    yield made
    server().drop_database(made.database)


def refused(address: OfficeAddress) -> StoreError:
    with pytest.raises(StoreError) as caught:
        PostgresDatabase(address)
    return caught.value


def put(address: OfficeAddress, statement: str, *values: int) -> None:
    with connect(address) as connection:
        connection.execute(statement, values)


def test_a_schema_is_made_once_and_an_office_then_opens(empty: OfficeAddress) -> None:
    assert refused(empty).message is StoreMessage.OFFICE_FOREIGN
    create_schema(empty)
    create_schema(empty)
    database = PostgresDatabase(empty)
    found = database.row("SELECT version, oldest_program FROM office")
    assert found is not None
    assert tuple(found) == (VERSION, 1)
    database.close()


def test_who_makes_the_schema_at_the_same_time_makes_one(empty: OfficeAddress) -> None:
    problems: list[Exception] = []

    def make() -> None:
        try:
            create_schema(empty)
        except StoreError as error:
            problems.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    PostgresDatabase(empty).close()


def test_a_database_with_tables_of_somebody_else_is_left_alone(empty: OfficeAddress) -> None:
    put(empty, "CREATE TABLE public.invoice (id bigint)")
    with pytest.raises(StoreError) as caught:
        create_schema(empty)
    assert (caught.value.trouble, caught.value.message) == (StoreProblem.FOREIGN, StoreMessage.OFFICE_FOREIGN)
    assert refused(empty).trouble is StoreProblem.FOREIGN
    with connect(empty) as connection:
        found = connection.execute("SELECT COUNT(*) FROM pg_namespace WHERE nspname = 'ac_desktop'").fetchone()
    assert found == (0,)


def test_a_database_of_a_newer_program_is_refused_with_both_versions(address: OfficeAddress) -> None:
    put(address, "UPDATE office SET version = $1, oldest_program = $1", VERSION + 1)
    for attempt in (create_schema, PostgresDatabase):
        with pytest.raises(StoreError) as caught:
            attempt(address)
        assert caught.value.trouble is StoreProblem.NEWER
        assert caught.value.values == {"found": str(VERSION + 1), "known": str(VERSION)}


def test_a_newer_schema_that_older_programs_can_work_with_opens(address: OfficeAddress) -> None:
    put(address, "UPDATE office SET version = $1", VERSION + 1)
    PostgresDatabase(address).close()


def test_an_office_that_is_not_brought_up_to_date_yet_is_not_opened(address: OfficeAddress) -> None:
    put(address, "UPDATE office SET version = 0")
    assert refused(address).message is StoreMessage.OFFICE_FOREIGN
    put(address, "UPDATE office SET version = -1")
    assert refused(address).message is StoreMessage.OFFICE_OUTDATED


def test_a_program_knows_the_version_that_its_steps_lead_to() -> None:
    assert len(versions.STEPS) == VERSION
    assert versions.SEEN_FOR == GRACE


def broken(address: OfficeAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a step, as a newer program, that older ones cannot work with."""
    with monkeypatch.context() as newer:
        for module in (versions, session):
            newer.setattr(module, "VERSION", VERSION + 1)
        newer.setattr(versions, "OLDEST_PROGRAM", VERSION + 1)
        newer.setattr(versions, "STEPS", (*versions.STEPS, "ALTER TABLE batch DROP COLUMN sheet"))
        create_schema(address)


def test_a_breaking_step_waits_until_no_older_program_is_connected_or_was_seen_a_moment_ago(
    address: OfficeAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = PostgresDatabase(address)
    owner = PostgresOwners(database, "desk", address.user)
    with pytest.raises(StoreError) as caught:
        broken(address, monkeypatch)
    assert caught.value.message is StoreMessage.OFFICE_HAS_OLDER
    assert caught.value.values["workstations"].startswith("desk (")
    owner.close()
    with pytest.raises(StoreError) as caught:
        broken(address, monkeypatch)
    assert caught.value.values["workstations"], "it is connected"
    database.close()
    put(
        address,
        "INSERT INTO owner (id, workstation, person, version, since, seen, knows) VALUES ('a', 'b', '', '', 0,"
        " extract(epoch FROM clock_timestamp()) - 80, $1)",
        VERSION,
    )
    with pytest.raises(StoreError):
        broken(address, monkeypatch)
    put(address, "UPDATE owner SET seen = seen - 20")

    broken(address, monkeypatch)
    assert refused(address).message is StoreMessage.OFFICE_NEWER


def test_a_program_that_was_cut_off_during_a_breaking_step_is_refused_when_it_is_back(
    address: OfficeAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = PostgresDatabase(address)
    database.rows("SELECT 1 AS one")
    with server().connect() as sql:
        sql.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (address.database,))
    broken(address, monkeypatch)
    for _ in range(2):
        with pytest.raises(StoreError) as caught, database.writing() as sql:
            sql.execute("UPDATE batch SET file_name = ''")
        assert caught.value.message is StoreMessage.OFFICE_NEWER
    database.close()


def test_what_only_adds_is_added_while_older_programs_work(
    address: OfficeAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = PostgresDatabase(address)
    with monkeypatch.context() as newer:
        newer.setattr(versions, "VERSION", VERSION + 1)
        newer.setattr(versions, "STEPS", (*versions.STEPS, "ALTER TABLE batch ADD COLUMN more TEXT"))
        create_schema(address)
    assert database.row("SELECT more FROM batch") is None
    database.close()


def test_every_table_and_column_of_a_file_is_in_an_office(store: Store, file: SqliteDatabase) -> None:
    tables = [row["name"] for row in file.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    with store.database.writing() as ours, file.writing() as theirs:
        for table in tables:
            if not table.startswith("sqlite_"):
                assert set(theirs.columns(table)) <= set(ours.columns(table)), table


@pytest.fixture
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteDatabase]:
    made = SqliteDatabase(tmp_path_factory.mktemp("file") / "data")
    yield made
    made.close()


@pytest.fixture(scope="module")
def one_row() -> Iterator[PostgresDatabase]:
    made = server().create_database(f"empty_{next(NUMBERS)}")
    create_schema(made)
    database = PostgresDatabase(made)
    with database.writing() as sql:
        sql.execute("INSERT INTO account VALUES ('acct.api-us1.com', 4)")
        sql.execute(
            "INSERT INTO connection (name, key_name, base, account, list_id, list_name, scope_kind, scope_pages,"
            " phone_style, consent_guard, keep_fields, state, streak, wait_until, careful, created_at) VALUES"
            " ('Spring', 'k', '', 'acct.api-us1.com', '1', '', 'all', '[]', 'digits', 1, '', 'active', 0, 0, 0, 0)"
        )
        sql.execute(
            "INSERT INTO event (connection_id, at, kind, details, who, after_attempt) VALUES (1, 0, '', '{}', '', 0)"
        )
    yield database
    database.close()
    server().drop_database(made.database)


@given(st.text() | st.from_regex(r'\A\{"record": ?"?[0-9]{0,25}[a-z]?"?\}\Z') | st.from_regex(r'\A\["[^"]*",'))
def test_no_text_is_too_odd_for_what_is_generated_from_it(one_row: PostgresDatabase, text: str) -> None:
    with one_row.writing() as sql:
        sql.execute("UPDATE event SET details = ?", (text,))
        found = sql.row("SELECT record_id FROM event")
    assert found is not None
    assert found["record_id"] is None or isinstance(found["record_id"], int)
