"""What each role may do on an office's database is granted by the database: SQL with its login, tried directly."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from ac_desktop.model.rules import Failure, Success
from ac_desktop.model.states import Cause, Decision, RecordState
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.agreed_time import AgreedTime
from ac_desktop.store.connections.automatic_relay import AutomaticRelays
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.people.rights import RIGHTS
from ac_desktop.store.errors import StoreError
from ac_desktop.store.history.history import EventKind
from ac_desktop.store.imports.staging import Staging
from ac_desktop.store.office.roles import Role
from ac_desktop.store.privacy.erasure import Erasure
from ac_desktop.store.privacy.retention import Retention
from ac_desktop.store.queue.corrections import EditedRecord, RecordEdits
from ac_desktop.store.queue.decisions import Decisions
from tests.made_up import NOW, POSTGRES, Engine, Store, donor, ended, new_record, settings
from tests.postgres_server import server
from tests.postgres_store import as_role, office_of

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
LONG_AGO = 1_000_000_000.0
LIES = "someone else"


@dataclass(frozen=True)
class Office:
    """An office with a connection, and the store as each role's person has it."""

    folder: Path
    stores: dict[Role, Store]

    @property
    def staff(self) -> Store:
        return self.stores[Role.STAFF]

    @property
    def admin(self) -> Store:
        return self.stores[Role.ADMIN]

    @property
    def relay(self) -> Store:
        return self.stores[Role.RELAY]

    def sql(self, role: Role) -> psycopg.Connection:
        address = as_role(office_of(self.folder), role)
        made = server().connect(address.database, address.user, address.password)
        made.execute("SET search_path TO ac_desktop")
        return made


def as_person(role: Role) -> Engine:
    def opened(folder: Path) -> PostgresDatabase:
        return PostgresDatabase(as_role(office_of(folder), role))

    return Engine(role.value, opened, POSTGRES.owners)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    folder = tmp_path / "data"
    made = Office(folder, {role: Store(folder, as_person(role)) for role in Role})
    yield made
    for store in made.stores.values():
        store.close()


@pytest.fixture
def kept(office: Office) -> int:
    """Return a connection's ID with something in every table of the history."""
    connection = office.admin.connect(settings("Kept"))
    office.staff.fill(connection, 3)
    office.staff.end(office.staff.claim(connection), Failure(Cause.DONOR))
    first, _, last = office.staff.views.record_ids(connection.id)
    (record,) = office.staff.views.by_ids([last])
    edited = EditedRecord(donor=donor(77), state=RecordState.WAITING, reason=None, warnings=None)
    assert RecordEdits(office.staff.database).store(record, edited, connection.settings.scope, NOW)
    assert office.staff.changes.hold([last], NOW) == 1
    assert Decisions(office.staff.database).decide([last], Decision.KEEP, NOW, why="asked").done == 1
    office.staff.changes.remove([first + 1], NOW)
    return connection.id


HISTORY = ("attempt", "event", "edit", "decision")
REFUSED_TO_ALL = [
    *map("DELETE FROM {}".format, (*HISTORY, "bin", "source_row", "record", "batch", "person")),
    *map("TRUNCATE {} CASCADE".format, HISTORY),
    *map("UPDATE {} SET who = 'someone else'".format, (*HISTORY, "batch", "bin")),
    *map("UPDATE {} SET workstation = 'elsewhere'".format, (*HISTORY, "batch")),
    *map("ALTER TABLE {} DISABLE TRIGGER ALL".format, HISTORY),
    "UPDATE attempt SET outcome = 'sent'",
    "UPDATE event SET details = '{}'",
    "UPDATE edit SET new = ''",
    "UPDATE decision SET why = ''",
    "UPDATE bin SET kept = '{}'",
    "INSERT INTO bin (removal, record_id, connection_id, removed_at, who, belongs_to, kept)"
    " VALUES (1, 1, 1, 1, '', 'attempt', '{}')",
    "UPDATE record SET batch_id = 1",
    "UPDATE record SET connection_id = 1",
    "UPDATE batch SET loading_owner = 'me' WHERE loading_owner IS NULL",
    "UPDATE batch SET rows_read = 0 WHERE loading_owner IS NULL",
    "UPDATE person SET role = 'admin'",
    "UPDATE office SET version = 9",
    "UPDATE owner SET person = 'someone'",
    "CREATE TABLE ac_desktop.own (id int)",
    "ALTER TABLE record ADD COLUMN own int",
    "CREATE OR REPLACE FUNCTION ac_desktop.role_here() RETURNS text LANGUAGE sql AS 'SELECT ''admin'''",
    "DROP TRIGGER event_is_signed ON event",
    "SET SESSION AUTHORIZATION postgres",
    "SET ROLE empty_office_owner",
    "SET session_replication_role = replica",
    "CREATE ROLE somebody",
    "SELECT note_change(id, 'created', '{}', '{}', 1) FROM connection",
]
REFUSED_TO_STAFF = [
    "INSERT INTO account (host, pace) VALUES ('x', 1)",
    "UPDATE account SET pace = 1",
    "UPDATE team SET pages = '[]'",
    "DELETE FROM connection",
    *map("UPDATE connection SET {0} = {0}".format, ("name", "base", "list_id", "account", "scope_kind")),
    "UPDATE connection SET consent_guard = 0",
    "INSERT INTO key_hash (connection_id, salt, hash, who, at) VALUES (1, '', '', '', 1)",
    "UPDATE key_hash SET hash = ''",
    "DELETE FROM key_hash",
    "INSERT INTO setting (name, value) VALUES ('retention days', '1')",
    "SELECT invite_person('somebody', 'admin', 'SCRAM-SHA-256$')",
    "SELECT withdraw_person('somebody')",
    "SELECT end_sessions('somebody')",
    "SELECT note_erasure('0123ABCD', 1)",
    "SELECT empty_attempts('{}', '{}', '{}', 1, '0123ABCD')",
    "SELECT anonymise_records('{1}', 1, '0123ABCD')",
    "SELECT forget_removed('{1}', '{1}', 1, '0123ABCD')",
    "SELECT mask_value('attempt', 'outcome', '{\"id\": 1}', 'x', 'y', '0123ABCD', 1)",
    "SELECT sample_anew()",
]
REFUSED_TO_THE_SERVICE = [
    "INSERT INTO decision (connection_id, record_id, at, verdict, why, who) VALUES (1, 1, 1, 'keep', '', '')",
    "INSERT INTO edit (record_id, at, who, field, old, new) VALUES (1, 1, '', 'email', '', '')",
    "UPDATE automatic_relay SET is_on = 1",
    "UPDATE record SET resubscribe = 1",
    "UPDATE record SET state = 'waiting' WHERE state = 'held'",
    "UPDATE record SET state = 'sent' WHERE state = 'held'",
    "SELECT withdraw_records(1, 1, 1, 1)",
    "SELECT remove_records('{1}', 1, 1)",
    "SELECT restore_records('{1}', 1, 1)",
]


def test_the_history_and_the_schema_are_nobodys_to_change(office: Office, kept: int) -> None:
    assert kept
    for role in Role:
        refused(office, role, REFUSED_TO_ALL)
    for role in (Role.STAFF, Role.RELAY):
        refused(office, role, REFUSED_TO_STAFF)
    refused(office, Role.STAFF, ["SELECT empty_attempts('{}', '{}', '{}', 1, '')"])
    refused(office, Role.RELAY, REFUSED_TO_THE_SERVICE)


def refused(office: Office, role: Role, statements: list[str]) -> None:
    allowed = []
    with office.sql(role) as sql:
        for statement in statements:
            try:
                sql.execute(statement)
            except errors.InsufficientPrivilege:
                continue
            except psycopg.Error as error:
                allowed.append(f"{statement}: {error}")
            else:
                allowed.append(statement)
    assert allowed == []


def test_every_table_has_its_rights_named(office: Office) -> None:
    with office.sql(Role.STAFF) as sql:
        tables = sql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'ac_desktop'").fetchall()
        loose = sql.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'ac_desktop'::regnamespace AND prosecdef"
            " AND (proconfig IS NULL OR NOT 'search_path=ac_desktop, pg_temp' = ANY(proconfig)"
            " OR (prorettype <> 'trigger'::regtype AND has_function_privilege('public', oid, 'EXECUTE')))"
        ).fetchall()
    assert {name for (name,) in tables} == set(RIGHTS)
    assert loose == []


def test_the_server_signs_whatever_a_client_says(office: Office, kept: int) -> None:
    with office.sql(Role.STAFF) as sql:
        sql.execute("SELECT set_config('ac_desktop.keeps_who', 'on', false)")
        sql.execute("SELECT set_config('ac_desktop.workstation', 'front desk', false)")
        sql.execute("CREATE TEMPORARY TABLE person (name text, login text)")
        sql.execute("INSERT INTO pg_temp.person VALUES (%s, session_user)", (LIES,))
        signed = sql.execute(
            "INSERT INTO event (connection_id, at, kind, details, who, after_attempt)"
            " VALUES (%s, 1, 'paused', '{}', %s, 0) RETURNING who, workstation",
            (kept, LIES),
        ).fetchone()
        owner = sql.execute(
            "INSERT INTO owner VALUES ('made up', 'desk', %s, '1', 1, 1) RETURNING person", (LIES,)
        ).fetchone()
        sql.execute("DELETE FROM owner WHERE id = 'made up'")
    name = office.staff.database.person()
    assert (signed, owner) == ((name, "front desk"), (name,))


def test_people_do_their_work_within_their_rights_and_the_history_names_them(office: Office) -> None:
    connection = office.admin.connect(settings("Work", address="https://work.api-us1.com"))
    staff, relay = office.staff, office.relay
    names = {role: office.stores[role].database.person() for role in Role}
    staff.fill(connection, 4)
    relay.fill(connection, [new_record(9)])
    for store, end in ((staff, Success()), (relay, Failure(Cause.DONOR)), (office.admin, Success())):
        claim = store.claim(connection)
        assert store.queue.store_contact(claim, "7", now=NOW)
        assert store.queue.finish(claim, ended(claim, end), NOW) is not None
    first, second, *_, last = staff.views.record_ids(connection.id)
    assert staff.changes.retry([second], NOW) == 1
    assert staff.changes.hold([last], NOW) == 1
    assert staff.changes.release([last], NOW) == 1
    removal, removed = staff.changes.remove([first, last], NOW)
    assert (removed, staff.changes.restore(removal, NOW)) == (2, 2)
    staff.connections.pause(connection.id, NOW)
    staff.connections.resume(connection.id, NOW)
    AutomaticRelays(staff.database).turn_on(connection.id, NOW)
    batch = staff.fill(connection, 2)
    assert Staging(staff.database, staff.owners).withdraw(batch, NOW) == 2
    office.admin.connections.change(connection.id, settings("Work", address="https://work.api-us1.com", pace=2), NOW)
    signed = staff.database.rows("SELECT who FROM attempt WHERE connection_id = ? ORDER BY id", (connection.id,))
    assert [row["who"] for row in signed] == [names[Role.STAFF], names[Role.RELAY], names[Role.ADMIN]]
    events = staff.history.events(connection.id)
    assert [(event.kind, event.details.get("records") or event.details.get("rows")) for event in events] == [
        (EventKind.CREATED, None),
        (EventKind.RETRIED, "1"),
        (EventKind.HELD, "1"),
        (EventKind.RELEASED, "1"),
        (EventKind.REMOVED, "2"),
        (EventKind.RESTORED, "2"),
        (EventKind.PAUSED, None),
        (EventKind.RESUMED, None),
        (EventKind.AUTOMATIC_ON, None),
        (EventKind.WITHDRAWN, "2"),
        (EventKind.SPEED, None),
        (EventKind.CHANGED, None),
    ]
    assert {event.who for event in events} == {names[Role.STAFF], names[Role.ADMIN]}
    assert len(staff.history.attempts_of(first)) == 1, "what was removed came back with its history"


REFUSED_ACTIONS: list[tuple[Role, Callable[[Store, int], object]]] = [
    (Role.STAFF, lambda store, _: store.connections.create(settings("New"), NOW)),
    (Role.STAFF, lambda store, number: store.connections.change(number, settings("Other"), NOW)),
    (Role.STAFF, lambda store, number: store.connections.delete(number)),
    (Role.STAFF, lambda store, _: Retention(store.database).set_days(1)),
    (Role.STAFF, lambda store, _: Erasure(store.database, store.owners).erase("donor2@example.org", NOW)),
    (Role.RELAY, lambda store, number: AutomaticRelays(store.database).turn_on(number, NOW)),
    (Role.RELAY, lambda store, number: store.changes.remove(store.views.record_ids(number)[:1], NOW)),
]


def test_what_a_role_may_not_do_is_refused_with_a_sentence(office: Office, kept: int) -> None:
    for role, action in REFUSED_ACTIONS:
        with pytest.raises(StoreError) as caught:
            action(office.stores[role], kept)
        assert caught.value.message is StoreMessage.OFFICE_NO_RIGHT
        assert "CONTEXT" not in str(caught.value)


def test_only_a_person_brings_an_inactive_connection_back(office: Office) -> None:
    connection = office.admin.connect(settings("Inactive", address="https://inactive.api-us1.com"))
    office.staff.fill(connection, 5)
    for _ in range(5):
        office.relay.end(office.relay.claim(connection, NOW), Failure(Cause.ACCOUNT))
    with pytest.raises(StoreError, match="Your role in the office"):
        office.relay.connections.reactivate(connection.id, NOW)
    assert office.staff.connections.reactivate(connection.id, NOW).circuit.streak == 0


def test_old_data_is_removed_by_admins_and_the_service_alone_and_not_before_its_time(office: Office) -> None:
    connection, now = office.admin.connect(), time.time()
    office.staff.fill(connection, 3)
    for at in (LONG_AGO, now):
        office.staff.end(office.staff.claim(connection, at), Success(), at)
    old, fresh, waiting = office.staff.views.record_ids(connection.id)
    office.staff.changes.remove([waiting], now)
    with office.sql(Role.RELAY) as sql:
        sql.execute("SELECT anonymise_records(%s, 1, '')", ([fresh],))
        sql.execute("SELECT purge_removed(9e9)")
    kept = "SELECT COUNT(*) FROM source_row WHERE record_id = ?"
    assert office.staff.count(kept, (fresh,)) == 1, "the server's clock says that it is not old"
    assert office.staff.count("SELECT COUNT(*) FROM bin WHERE belongs_to = 'record'") == 1

    assert not Retention(office.staff.database).remove_old(AgreedTime(now)).any
    assert Retention(office.relay.database).remove_old(AgreedTime(now)).donors == 1

    assert [office.staff.count(kept, (one,)) for one in (old, fresh)] == [0, 1]
    emptied = office.staff.history.events(connection.id)[-1]
    assert (emptied.kind, emptied.details["donors"]) == (EventKind.EMPTIED, "1")
    assert emptied.who == office.relay.database.person()


def test_an_admin_erases_a_person_and_nothing_of_them_is_left(office: Office) -> None:
    connection = office.admin.connect(settings("Erased", address="https://erased.api-us1.com"))
    gone, other = donor(901), donor(902)
    office.staff.fill(connection, [new_record(2, gone), new_record(3, other)])
    office.staff.end(office.staff.claim(connection), Failure(Cause.DONOR))
    office.staff.fill(connection, [new_record(4, gone)])
    *_, last = office.staff.views.record_ids(connection.id)
    office.staff.changes.remove([last], NOW)

    erased = Erasure(office.admin.database, office.admin.owners).erase(gone.email, NOW)

    assert erased.who == office.admin.database.person()
    assert (erased.found.records, erased.found.removed, erased.found.attempts) == (1, 1, 1)
    with office.sql(Role.STAFF) as sql:
        tables = sql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'ac_desktop'").fetchall()
        for (table,) in tables:
            found = sql.execute(
                f"SELECT count(*) FROM ac_desktop.{table} t WHERE t::text LIKE %s",  # noqa: S608  names of ours
                (f"%{gone.email}%",),
            ).fetchone()
            assert found == (0,), table
    events = office.staff.history.events(connection.id)
    assert (events[-1].kind, events[-1].details["receipt"]) == (EventKind.ERASED, erased.number)
    assert sum(event.kind is EventKind.ERASED for event in events) == 1
