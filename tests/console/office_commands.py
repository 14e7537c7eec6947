"""The console's contract for offices: create, invite, join, status and leave, with their JSON and exit codes."""

import json
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ac_desktop import __version__
from ac_desktop.practice.server import PracticeServer
from ac_desktop.store.engines.postgres.people.office_server import PostgresOfficeServer
from tests.anedot import donation_rows, write_export
from tests.console.offices import (
    OWNER_PASSWORD,
    OfficeDatabase,
    OfficeWorkstation,
    create_office,
    ended,
    joined,
)
from tests.postgres_server import server

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")


@pytest.fixture
def database() -> OfficeDatabase:
    return OfficeDatabase()


def test_status_says_where_and_who_everybody_is(tmp_path: Path, database: OfficeDatabase) -> None:
    a = create_office(database, tmp_path / "a")
    person = f"ana_{database.mark}"
    b = joined(a, tmp_path / "b", person)

    ran = b("office", "status", "--json")

    assert ran.code == 0
    told = ran.json
    assert list(told) == ["server", "database", "person", "role", "workstations", "name", "closed"]
    assert (told["name"], told["closed"]) == (database.name, False)
    assert told["server"] == f"127.0.0.1:{server().port}"
    assert (told["database"], told["person"], told["role"]) == (database.name, person, "staff")
    assert [list(one) for one in told["workstations"]] == [["name", "person", "version", "seen", "relaying"]] * 2
    assert {one["person"] for one in told["workstations"]} == {database.owner, person}
    assert len({one["name"] for one in told["workstations"]}) == 2
    for one in told["workstations"]:
        assert (one["version"], one["relaying"]) == (__version__, [])
        assert datetime.now(UTC) - datetime.fromisoformat(one["seen"]) < timedelta(hours=1)
    assert a("office", "status", "--json").json["role"] == "admin"
    spoken = a("office", "status")
    assert spoken.code == 0
    assert person in spoken.out


def test_an_office_has_a_name_which_creating_it_again_changes(tmp_path: Path, database: OfficeDatabase) -> None:
    a = OfficeWorkstation(tmp_path / "a", OWNER_PASSWORD)
    odd = a("office", "create", "--server", database.url, "--name", "x" * 61)
    assert odd.code == 2
    assert "60" in odd.err
    assert not (tmp_path / "a" / "office.json").exists()
    created = a("office", "create", "--server", database.url, "--name", " River Trust ")
    assert created.code == 0, created.err
    assert "The office's name is “River Trust”." in created.out

    b = joined(a, tmp_path / "b", f"ana_{database.mark}")
    assert json.loads((tmp_path / "b.acoffice").read_text())["office"] == "River Trust"
    assert b("office", "status", "--json").json["name"] == "River Trust"
    assert f"Office: River Trust ({database.name} at" in b("office", "status").out

    assert a("office", "create", "--server", database.url).code == 0
    assert b("office", "status", "--json").json["name"] == "River Trust"
    assert a("office", "create", "--server", database.url, "--name", "Lake Trust").code == 0
    assert b("office", "status", "--json").json["name"] == "Lake Trust"


def test_status_names_who_relays_what(tmp_path: Path, database: OfficeDatabase, practice: PracticeServer) -> None:
    a = create_office(database, tmp_path / "a")
    a("connect", "Spring", "--url", practice.url, "--list", practice.list_id, key=practice.key)
    a("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(400)))
    relaying = a.started("relay", "Spring", key=practice.key)
    office = PostgresOfficeServer(server().address(database.name, database.owner, OWNER_PASSWORD))
    try:
        while office.workstations()[0].relaying != ("Spring",):
            assert relaying.poll() is None
        told = a("office", "status", "--json").json["workstations"]
    finally:
        relaying.terminate()
        relaying.communicate()
    assert [(one["person"], one["relaying"]) for one in told] == [(database.owner, ["Spring"])]


def test_two_who_create_an_office_at_once_both_succeed(tmp_path: Path, database: OfficeDatabase) -> None:
    both = [OfficeWorkstation(tmp_path / name, OWNER_PASSWORD) for name in ("a", "b")]
    creating = [one.started("office", "create", "--server", database.url) for one in both]
    assert [ended(one).code for one in creating] == [0, 0]
    assert len(both[0]("office", "status", "--json").json["workstations"]) == 2


def test_the_folders_own_queue_is_left_alone_and_there_again_after_leaving(
    tmp_path: Path, database: OfficeDatabase, practice: PracticeServer
) -> None:
    a = OfficeWorkstation(tmp_path / "a", OWNER_PASSWORD)
    a("connect", "Own", "--url", practice.url, "--list", "1", key=practice.key)
    a("add", "Own", "--email", "ann@example.org")
    before = a("status", "--json").json

    create_office(database, tmp_path / "a")
    assert a("connections", "--json").json == {"connections": []}
    assert a("office", "leave").code == 0

    assert a("status", "--json", password=None).json == before
    assert not (tmp_path / "a" / "office.json").exists()


def test_a_folder_that_joins_gets_no_database_of_its_own(tmp_path: Path, database: OfficeDatabase) -> None:
    a = create_office(database, tmp_path / "a")
    assert a("status", "--json").code == 0
    assert not list((tmp_path / "a").glob("*.sqlite3*"))


def test_the_window_opens_on_the_offices_queue(tmp_path: Path, database: OfficeDatabase) -> None:
    a = create_office(database, tmp_path / "a")
    opened = a("--first-paint")
    assert opened.code == 0, opened.err
    assert "first_paint_ms" in opened.out
    assert not list((tmp_path / "a").glob("donors.sqlite3*"))


def test_creating_again_updates_it_and_changes_nothing_else(tmp_path: Path, database: OfficeDatabase) -> None:
    a = create_office(database, tmp_path / "a")
    before = a("office", "status", "--json").json
    again = a("office", "create", "--server", database.url)
    assert again.code == 0, again.err
    after = a("office", "status", "--json").json
    assert [one["name"] for one in after["workstations"]] == [one["name"] for one in before["workstations"]]


def test_an_invitation_works_once(tmp_path: Path, database: OfficeDatabase) -> None:
    a = create_office(database, tmp_path / "a")
    file = tmp_path / "ana.acoffice"
    assert a("office", "invite", f"ana_{database.mark}", "--role", "staff", "--out", file).code == 0
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert OfficeWorkstation(tmp_path / "b", "anas")("office", "join", file).code == 0

    other = OfficeWorkstation(tmp_path / "c", "somebody else's")("office", "join", file)

    assert other.code == 2
    assert "already used" in other.err
    assert not (tmp_path / "c" / "office.json").exists()


def test_who_joined_and_left_joins_again_with_the_same_password(tmp_path: Path, database: OfficeDatabase) -> None:
    a = create_office(database, tmp_path / "a")
    b = joined(a, tmp_path / "b", f"ana_{database.mark}")
    assert b("office", "leave").code == 0
    assert len(a("office", "status", "--json").json["workstations"]) == 1
    again = b("office", "join", tmp_path / "b.acoffice")
    assert again.code == 0, again.err
    assert len(a("office", "status", "--json").json["workstations"]) == 2


def test_a_newer_invitation_replaces_an_older_one(tmp_path: Path, database: OfficeDatabase) -> None:
    a = create_office(database, tmp_path / "a")
    person = f"ana_{database.mark}"
    for role, name in (("staff", "old"), ("admin", "new")):
        assert a("office", "invite", person, "--role", role, "--out", tmp_path / f"{name}.acoffice").code == 0
    b = OfficeWorkstation(tmp_path / "b", "anas")
    assert b("office", "join", tmp_path / "old.acoffice").code == 2
    assert b("office", "join", tmp_path / "new.acoffice").code == 0
    assert b("office", "status", "--json").json["role"] == "admin"


def test_who_joined_is_not_invited_again(tmp_path: Path, database: OfficeDatabase) -> None:
    a = create_office(database, tmp_path / "a")
    joined(a, tmp_path / "b", f"ana_{database.mark}")
    ran = a("office", "invite", f"ana_{database.mark}", "--role", "staff", "--out", tmp_path / "again.acoffice")
    assert (ran.code, "joined the office already" in ran.err) == (2, True), ran.err
    assert not (tmp_path / "again.acoffice").exists()


@pytest.mark.parametrize(("role", "code"), [("admin", 0), ("staff", 2), ("relay", 2)])
def test_only_admins_invite(tmp_path: Path, database: OfficeDatabase, role: str, code: int) -> None:
    a = create_office(database, tmp_path / "a")
    b = joined(a, tmp_path / "b", f"ana_{database.mark}", role)
    ran = b("office", "invite", f"bo_{database.mark}", "--role", "staff", "--out", tmp_path / "bo.acoffice")
    assert ran.code == code, ran.err
    assert (tmp_path / "bo.acoffice").exists() is (code == 0)


def test_an_expired_invitation_is_refused_by_the_server(tmp_path: Path, database: OfficeDatabase) -> None:
    a = create_office(database, tmp_path / "a")
    person = f"ana_{database.mark}"
    file = tmp_path / "ana.acoffice"
    a("office", "invite", person, "--role", "staff", "--out", file)
    with server().connect() as sql:
        sql.execute(f"ALTER ROLE {person} VALID UNTIL '2026-01-01'")
    file.write_text(json.dumps({**json.loads(file.read_text()), "expires_at": 1_767_225_600}))
    ran = OfficeWorkstation(tmp_path / "b", "anas")("office", "join", file)
    assert ran.code == 2
    assert "expired" in ran.err


def test_an_owner_who_may_make_no_logins_is_told_what_to_ask_for(tmp_path: Path) -> None:
    database = OfficeDatabase(may_invite=False)
    ran = OfficeWorkstation(tmp_path / "a", OWNER_PASSWORD)("office", "create", "--server", database.url)
    assert ran.code == 2
    assert "CREATEROLE" in ran.err
    assert not (tmp_path / "a" / "office.json").exists()


def test_two_offices_of_one_server_have_their_own_people(tmp_path: Path, database: OfficeDatabase) -> None:
    other = OfficeDatabase()
    a, x = create_office(database, tmp_path / "a"), create_office(other, tmp_path / "x")
    b, y = joined(a, tmp_path / "b", "ana"), joined(x, tmp_path / "y", "ana")
    assert {one("office", "status", "--json").json["person"] for one in (b, y)} == {"ana"}
    assert y("office", "leave").code == 0
    assert {one["person"] for one in x("office", "status", "--json").json["workstations"]} == {other.owner}
    content = json.loads((tmp_path / "b" / "office.json").read_text())
    (tmp_path / "b" / "office.json").write_text(json.dumps({**content, "database": other.name}))
    assert b("status").code == 2
    assert b("office", "status").code == 2


def test_no_password_is_in_a_file_of_the_folder(tmp_path: Path, database: OfficeDatabase) -> None:
    a = create_office(database, tmp_path / "a")
    a("status")
    for file in (tmp_path / "a").rglob("*"):
        assert file.is_dir() or b"own words" not in file.read_bytes()
