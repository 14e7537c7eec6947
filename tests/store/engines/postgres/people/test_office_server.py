"""People get a login each, within the rights of their role, and no log of the server ever has a password."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import errors
from psycopg.sql import SQL, Identifier, Literal

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.people.office_server import PostgresOfficeServer
from ac_desktop.store.engines.postgres.people.provisioning import INVITATION_DAYS, group_name
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office.office_server import OfficePerson, Workstation
from ac_desktop.store.office.roles import Role
from ac_desktop.store.office_address import OfficeAddress
from tests.console.offices import OWNER_PASSWORD, OfficeDatabase
from tests.made_up import NOW, settings
from tests.postgres_server import server

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
DAY = 86_400


@dataclass(frozen=True)
class Office:
    """An office that was just created, and what its server's administrator does."""

    database: OfficeDatabase

    def address(self, person: str, password: str) -> OfficeAddress:
        return server().address(self.database.name, person, password)

    def by(self, person: str, password: str) -> PostgresOfficeServer:
        return PostgresOfficeServer(self.address(person, password))

    @property
    def owner(self) -> PostgresOfficeServer:
        return self.by(self.database.owner, OWNER_PASSWORD)

    @property
    def ana(self) -> str:
        return f"ana_{self.database.mark}"

    def administrator(self) -> psycopg.Connection:
        return server().connect(self.database.name)


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office(OfficeDatabase())
    made.owner.create()
    yield made
    server().drop_database(made.database.name)


def test_a_person_is_invited_and_joins_with_a_password_of_their_own(office: Office) -> None:
    made = office.owner.invite(office.ana, Role.STAFF, "for one use")
    assert made.login == office.ana
    with office.administrator() as sql:
        now, expiry = sql.execute(
            "SELECT extract(epoch FROM clock_timestamp()), extract(epoch FROM rolvaliduntil) FROM pg_roles"
            " WHERE rolname = %s",
            (office.ana,),
        ).fetchone() or (0, 0)
    assert expiry == made.expires_at
    assert 0 <= now + INVITATION_DAYS * DAY - made.expires_at < DAY
    with pytest.raises(StoreError, match="isn't a person of this office"):
        office.by(office.ana, "for one use").member()

    office.by(office.ana, "for one use").join("own words")

    assert office.by(office.ana, "own words").member() == OfficePerson(office.ana, Role.STAFF)
    with pytest.raises(StoreError) as refused:
        office.by(office.ana, "for one use").member()
    assert refused.value.trouble is StoreProblem.REFUSED
    with office.administrator() as sql:
        forever = sql.execute("SELECT rolvaliduntil::text FROM pg_roles WHERE rolname = %s", (office.ana,)).fetchone()
    assert forever == ("infinity",)


def test_an_office_has_a_name_of_its_own_that_invitations_carry_and_its_owner_changes(office: Office) -> None:
    assert not office.owner.name()
    office.owner.create("River Trust")
    assert office.owner.invite(office.ana, Role.STAFF, "for one use").office == "River Trust"
    office.owner.create()
    assert office.owner.name() == "River Trust", "an update leaves it"
    with office.administrator() as sql:
        sql.execute("TRUNCATE ac_desktop.news")
    office.owner.create("River & Lake Trust")
    assert office.owner.name() == "River & Lake Trust"
    with office.administrator() as sql:
        assert sql.execute("SELECT count(*) FROM ac_desktop.news").fetchone() == (1,), "open windows read it again"


def test_joining_twice_changes_no_password(office: Office) -> None:
    office.owner.invite(office.ana, Role.STAFF, "for one use")
    office.by(office.ana, "for one use").join("own words")
    with pytest.raises(StoreError, match="isn't a person of this office"):
        office.by(office.ana, "own words").join("other words")
    assert office.by(office.ana, "own words").member() == OfficePerson(office.ana, Role.STAFF)


def test_another_role_replaces_the_former_one(office: Office) -> None:
    for role in (Role.ADMIN, Role.RELAY):
        office.owner.invite(office.ana, role, "for one use")
    with office.administrator() as sql:
        groups = sql.execute(
            "SELECT g.rolname FROM pg_auth_members JOIN pg_roles g ON g.oid = roleid"
            " JOIN pg_roles p ON p.oid = member WHERE p.rolname = %s",
            (office.ana,),
        ).fetchall()
    assert groups == [(group_name(office.database.name, Role.RELAY),)]


@pytest.mark.parametrize(
    "name", ['Ana "the Boss"', "ana@example.org", "Ána López", "ana'; DROP SCHEMA x; --", "x" * 55]
)
def test_any_name_can_be_a_login(office: Office, name: str) -> None:
    person = f"{name}{office.database.mark[:7]}"
    office.owner.invite(person, Role.STAFF, "for one use")
    office.by(person, "for one use").join("Pässword ñ")
    assert office.by(person, "Pässword ñ").member() == OfficePerson(person, Role.STAFF)


def test_a_person_has_another_login_where_somebody_of_the_server_has_that_name(office: Office) -> None:
    other = Office(OfficeDatabase())
    other.owner.create()
    for one in (other, office):
        made = one.owner.invite(office.ana, Role.STAFF, "for one use")
        again = one.owner.invite(office.ana, Role.STAFF, "once more")
        assert again.login == made.login
        one.by(made.login, "once more").join("own words")
        assert one.by(made.login, "own words").member() == OfficePerson(office.ana, Role.STAFF)
        assert one.by(made.login, "own words").add_workstation("desk", "1.0") == "desk"
    assert made.login == f"{office.ana}_2"
    with pytest.raises(StoreError, match="isn't a person of this office"):
        other.by(made.login, "own words").member()
    server().drop_database(other.database.name)


def test_people_of_an_earlier_office_with_the_databases_name_are_out(office: Office) -> None:
    made = office.owner.invite(office.ana, Role.STAFF, "for one use")
    office.by(made.login, "for one use").join("own words")
    server().drop_database(office.database.name)
    with server().connect() as sql:
        names = {"database": Identifier(office.database.name), "owner": Identifier(office.database.owner)}
        sql.execute(SQL("CREATE DATABASE {database} OWNER {owner}").format(**names))
    office.owner.create()
    theirs = server().connect(office.database.name, made.login, "own words")
    with theirs as sql, pytest.raises(errors.InsufficientPrivilege):
        sql.execute("SELECT * FROM ac_desktop.record")


@pytest.fixture
def writes_statements_down() -> Iterator[None]:
    """Let the server write down what its administrator does."""
    with server().connect() as sql:
        sql.execute("ALTER ROLE postgres SET log_statement = 'all'")
    yield
    with server().connect() as sql:
        sql.execute("ALTER ROLE postgres RESET log_statement")


@pytest.mark.usefixtures("writes_statements_down")
def test_no_statement_holds_a_password(office: Office) -> None:
    with office.administrator() as sql:
        sql.execute(SQL("ALTER ROLE {} SET log_statement = 'all'").format(Identifier(office.database.owner)))
    office.owner.invite(office.ana, Role.STAFF, "words-for-one-use")
    with office.administrator() as sql:
        sql.execute(SQL("ALTER ROLE {} SET log_statement = 'all'").format(Identifier(office.ana)))
    office.by(office.ana, "words-for-one-use").join("her-own-words")
    log = server().log()
    assert "invite_person" in log
    assert "join_office" in log
    assert "words-for-one-use" not in log
    assert "her-own-words" not in log


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ac_desktop.person SET role = 'admin'",
        "UPDATE ac_desktop.office SET oldest_program = 99",
        "CREATE TABLE ac_desktop.own (id int)",
        "DROP TABLE ac_desktop.record",
        "ALTER TABLE ac_desktop.record DISABLE TRIGGER ALL",
        "TRUNCATE ac_desktop.record",
        "CREATE ROLE somebody",
        "SELECT * FROM ac_desktop.invite_person('somebody', 'admin', 'SCRAM-SHA-256$')",
    ],
)
def test_staff_changes_neither_people_nor_the_schema(office: Office, statement: str) -> None:
    office.owner.invite(office.ana, Role.STAFF, "for one use")
    office.by(office.ana, "for one use").join("own words")
    hers = server().connect(office.database.name, office.ana, "own words")
    with hers as sql, pytest.raises(errors.InsufficientPrivilege):
        sql.execute(statement)


def test_who_is_withdrawn_is_out_at_once_and_stays_in_the_history(office: Office) -> None:
    office.owner.invite(office.ana, Role.ADMIN, "for one use")
    office.by(office.ana, "for one use").join("own words")
    hers = server().connect(office.database.name, office.ana, "own words")
    hers.execute("SELECT 1 FROM ac_desktop.record")

    office.owner.withdraw(office.ana)
    office.owner.withdraw(office.ana)

    with pytest.raises(errors.AdminShutdown):
        hers.execute("SELECT 1")
    with pytest.raises(StoreError) as refused:
        office.by(office.ana, "own words").member()
    assert refused.value.message is StoreMessage.OFFICE_REFUSED
    (ana, owner) = office.owner.invited_people()
    assert (ana.person, ana.role, ana.withdrawn_by) == (office.ana, Role.ADMIN, office.database.owner)
    assert ana.joined_at is not None
    assert ana.withdrawn_at is not None
    assert (owner.person, owner.withdrawn_at) == (office.database.owner, None)
    with office.administrator() as sql:
        left = sql.execute(
            "SELECT rolcanlogin, (SELECT COUNT(*) FROM pg_auth_members WHERE r.oid IN (roleid, member)) FROM pg_roles r"
            " WHERE rolname = %s",
            (office.ana,),
        ).fetchone()
    assert left == (False, 0)

    office.owner.invite(office.ana, Role.STAFF, "once more")
    office.by(office.ana, "once more").join("other words")
    assert office.by(office.ana, "other words").member() == OfficePerson(office.ana, Role.STAFF)


def test_admins_withdraw_others_alone(office: Office) -> None:
    for name, role in ((office.ana, Role.ADMIN), (f"bob_{office.database.mark}", Role.STAFF)):
        office.owner.invite(name, role, "for one use")
        office.by(name, "for one use").join("own words")
    ana, bob = office.by(office.ana, "own words"), office.by(f"bob_{office.database.mark}", "own words")
    for by, person, message in (
        (bob, office.ana, StoreMessage.NOT_OFFICE_ADMIN),
        (ana, office.ana, StoreMessage.PERSON_IS_YOU),
        (ana, office.database.owner, StoreMessage.OWNER_STAYS),
        (ana, "nobody", StoreMessage.PERSON_NOT_INVITED),
    ):
        with pytest.raises(StoreError) as refused:
            by.withdraw(person)
        assert refused.value.message is message
    assert all(one.withdrawn_at is None for one in ana.invited_people())


def test_a_stranger_of_the_server_sees_nothing(office: Office) -> None:
    stranger = f"stranger_{office.database.mark}"
    with office.administrator() as sql:
        sql.execute(SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(Identifier(stranger), Literal("own words")))
    with pytest.raises(StoreError) as refused:
        office.by(stranger, "own words").member()
    assert refused.value.trouble is StoreProblem.REFUSED
    theirs = server().connect(office.database.name, stranger, "own words")
    with theirs as sql, pytest.raises(errors.InsufficientPrivilege):
        sql.execute("SELECT * FROM ac_desktop.record")


def test_workstations_of_one_name_are_told_apart(office: Office) -> None:
    names = [office.owner.add_workstation("desk", "1.0") for _ in range(3)]
    assert names == ["desk", "desk 2", "desk 3"]
    office.owner.remove_workstation("desk 2")
    assert [one.name for one in office.owner.workstations()] == ["desk", "desk 3"]


def test_who_says_so_relays_and_who_has_the_duty_is_shown(office: Office) -> None:
    owner = office.database.owner
    office.owner.add_workstation("desk", "1.0")
    database = PostgresDatabase(office.address(owner, OWNER_PASSWORD))
    spring, autumn = (Connections(database).create(settings(name), NOW) for name in ("Spring", "Autumn"))
    database.close()
    with office.administrator() as sql:
        sql.execute("SET search_path TO ac_desktop")
        sql.execute("INSERT INTO owner VALUES ('me', 'desk', %s, '1.1', 5, 9e9, %s)", (owner, [spring.id]))
        for connection in (spring, autumn):
            sql.execute(
                "INSERT INTO batch (connection_id, kind, file_name, sheet, sha256, fingerprint, header, queued_at)"
                " VALUES (%s, 'file', 'a.csv', '', '', '', '', 1)",
                (connection.id,),
            )
        sql.execute(
            "INSERT INTO tally SELECT connection_id, id, 'waiting', 1 FROM batch WHERE connection_id = %s", (spring.id,)
        )
        sql.execute("INSERT INTO duty VALUES (%s, 'me', 9e9)", (spring.settings.address.account,))
    assert office.owner.workstations() == [
        Workstation(
            name="desk",
            person=owner,
            version="1.1",
            seen_at=9e9,
            relaying=("Spring",),
            duty=(spring.settings.address.account,),
        )
    ]
    with office.administrator() as sql:
        sql.execute("SET search_path TO ac_desktop")
        sql.execute("UPDATE duty SET until = 1")
        sql.execute("UPDATE owner SET seen = 1")
    assert office.owner.workstations()[0].relaying == (), "it was not seen for long"
    assert office.owner.workstations()[0].duty == ()


def test_a_workstation_stays_as_it_was_last_seen_when_its_programs_have_ended(office: Office) -> None:
    owner = office.database.owner
    office.owner.add_workstation("desk", "1.0")
    with office.administrator() as sql:
        sql.execute("SET search_path TO ac_desktop")
        sql.execute("INSERT INTO owner VALUES ('me', 'desk', %s, '1.1', 5, 8e9)", (owner,))
        sql.execute("UPDATE owner SET seen = 9e9")
        sql.execute("DELETE FROM owner")
    seen = Workstation(name="desk", person=owner, version="1.1", seen_at=9e9)
    assert office.owner.workstations() == [seen]
    office.owner.see_workstation("desk", "1.2")
    office.owner.see_workstation("shelf", "1.2")
    now = office.owner.workstations()
    assert [(one.name, one.version) for one in now] == [("desk", "1.2"), ("shelf", "1.2")]
    assert all(one.seen_at < 9e9 for one in now)


def test_groups_of_long_names_differ() -> None:
    names = {group_name(database, role) for database in ("x" * 60, "x" * 59 + "y", "x") for role in Role}
    assert len(names) == 9
    assert max(map(len, names)) <= 63
