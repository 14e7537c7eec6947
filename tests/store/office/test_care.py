"""An office knows when its database was last backed up, as an admin's backup says, and warns after a week."""

from collections.abc import Iterator

import pytest
from psycopg.sql import SQL, Identifier

from ac_desktop.reporting.office_texts import backup_warning
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.people.office_server import PostgresOfficeServer
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.care import LastBackup, last_backup
from ac_desktop.store.office.roles import Role
from tests.console.offices import OWNER_PASSWORD, OfficeDatabase
from tests.postgres_server import server

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")


@pytest.fixture
def database() -> Iterator[OfficeDatabase]:
    made = OfficeDatabase()
    yield made
    server().drop_database(made.name)


def age(database: OfficeDatabase, table: str, column: str) -> None:
    """Let a week go by for a table."""
    names = {"table": Identifier("ac_desktop", table), "column": Identifier(column)}
    with server().connect(database.name) as sql:
        sql.execute(SQL("ALTER TABLE {table} DISABLE TRIGGER USER").format(**names))
        sql.execute(SQL("UPDATE {table} SET {column} = {column} - 604860").format(**names))


def test_people_are_warned_once_the_last_backup_is_older_than_a_week(database: OfficeDatabase) -> None:
    address = server().address(database.name, database.owner, OWNER_PASSWORD)
    office = PostgresOfficeServer(address)
    office.create()
    assert backup_warning(office.last_backup()) == ""

    age(database, "person", "joined_at")
    assert backup_warning(office.last_backup()).startswith("AC Desktop knows of no backup of the office's database.")

    office.note_backup()
    assert backup_warning(office.last_backup()) == ""
    age(database, "backup_made", "at")
    opened = PostgresDatabase(address)
    found = last_backup(opened)
    opened.close()
    assert found is not None
    assert (found.is_old, found.at is not None) == (True, True)
    assert backup_warning(found).startswith("The last backup of the office's database was on ")


def test_an_admin_alone_says_that_a_backup_was_made(database: OfficeDatabase) -> None:
    owner = PostgresOfficeServer(server().address(database.name, database.owner, OWNER_PASSWORD))
    owner.create()
    person = f"ana_{database.mark}"
    invited = owner.invite(person, Role.STAFF, "for one use")
    PostgresOfficeServer(server().address(database.name, invited.login, "for one use")).join("her own words")
    ana = PostgresOfficeServer(server().address(database.name, invited.login, "her own words"))

    with pytest.raises(StoreError):
        ana.note_backup()

    last = ana.last_backup()
    assert isinstance(last, LastBackup)
    assert last.at is None
