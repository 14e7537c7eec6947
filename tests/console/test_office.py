"""Two workstations of an office share one queue; its other commands are in `office_commands.py`, for `.ci/run`."""

from pathlib import Path

import pytest

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from tests.anedot import donation_rows, write_export
from tests.console.offices import OfficeDatabase, create_office, ended, joined

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")


@pytest.fixture
def database() -> OfficeDatabase:
    return OfficeDatabase()


def test_two_workstations_share_one_queue(
    tmp_path: Path, database: OfficeDatabase, practice: PracticeServer, account: PracticeAccount
) -> None:
    a = create_office(database, tmp_path / "a")
    b = joined(a, tmp_path / "b", f"ana_{database.mark}")
    connected = a("connect", "Spring", "--url", practice.url, "--list", practice.list_id, key=practice.key)
    assert connected.code == 0, connected.err

    assert b("connections", "--json").json["connections"][0]["name"] == "Spring"
    queued = b("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(12)), "--json")
    assert (queued.code, queued.json["waiting"]) == (0, 12)
    assert a("status", "--json").json["connections"][0]["records"]["waiting"] == 12
    relaying = [one.started("relay", "Spring", "--json", key=practice.key) for one in (a, b)]
    for ran in map(ended, relaying):
        assert ran.code == 0, ran.err
        assert ran.json["records"]["sent"] == 12

    assert len(account.members("1")) == 12
    assert account.count("contact/sync") == 12
    assert len(a("log", "Spring", "--json").lines) == 12
    assert not list(tmp_path.glob("*/*.sqlite3*"))
