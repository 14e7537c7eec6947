"""People of an office on the console: what each role does, what it is refused, and who is withdrawn."""

import json
from pathlib import Path

import pytest

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from tests.console.offices import OfficeDatabase, create_office, joined
from tests.postgres_server import server

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")


def test_each_role_does_its_part_and_whoever_is_withdrawn_is_out(tmp_path: Path, account: PracticeAccount) -> None:
    with PracticeServer(account, rate=0) as practice:
        go_through(tmp_path, practice)


def go_through(tmp_path: Path, practice: PracticeServer) -> None:
    database = OfficeDatabase()
    admin = create_office(database, tmp_path / "a")
    person = f"ana_{database.mark}"
    staff = joined(admin, tmp_path / "b", person)
    service = joined(admin, tmp_path / "c", f"service_{database.mark}", "relay")
    options = ("connect", "Spring", "--url", practice.url, "--list", practice.list_id)
    connected = admin(*options, key=practice.key)
    assert connected.code == 0, connected.err

    for refused in (
        staff(*options, "--pace", "2", key=practice.key),
        staff("connect", "Autumn", "--url", practice.url, "--list", practice.list_id, key=practice.key),
        staff("erase", "ann@example.org", "--yes"),
        staff("retention", "--days", "30"),
        staff("retention", "--now"),
        staff("office", "withdraw", database.owner),
    ):
        assert refused.code == 2, refused.out
        assert "Nothing was changed." in refused.err
        assert len(refused.err.strip().splitlines()) == 1
    assert staff("connect", "Spring", key=practice.key).code == 0, "staff enter the key of their own computer"
    for email, who in (("ann@example.org", staff), ("bob@example.org", service)):
        typed = who("add", "Spring", "--email", email)
        assert typed.code == 0, typed.err
    assert service("relay", "Spring", key=practice.key).code == 0
    assert staff("pause", "Spring").code == 0
    assert staff("resume", "Spring").code == 0

    people = json.loads(admin("office", "people", "--json").out)["people"]
    assert {one["person"]: one["role"] for one in people} == {
        database.owner: "admin",
        person: "staff",
        f"service_{database.mark}": "relay",
    }
    assert admin("office", "withdraw", person).code == 0
    out = staff("status")
    assert (out.code, out.out) == (2, "")
    assert "didn't accept" in out.err
    (ana,) = [one for one in json.loads(admin("office", "people", "--json").out)["people"] if one["person"] == person]
    assert (ana["withdrawn_by"], bool(ana["withdrawn"])) == (database.owner, True)
    assert person in admin("office", "people").out
    server().drop_database(database.name)
