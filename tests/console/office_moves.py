"""The console's contract for moves: office move-in and office move-out, with their JSON and exit codes."""

from pathlib import Path

import pytest

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from tests.anedot import donation_rows, write_export
from tests.console.offices import OWNER_PASSWORD, OfficeDatabase, OfficeWorkstation, create_office, joined

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")


def test_two_queues_of_one_file_go_in_and_each_donor_is_sent_once(
    tmp_path: Path, practice: PracticeServer, account: PracticeAccount
) -> None:
    database = OfficeDatabase()
    a, b = (_with_a_queue(tmp_path, name, practice) for name in ("a", "b"))
    assert a("office", "move-in").code == 2

    create_office(database, tmp_path / "a")
    moved = a("office", "move-in", "--json")
    assert moved.code == 0, moved.err
    assert moved.json == {
        "finished_earlier_move": False,
        "connections": [{"name": "Spring", "new_name": "Spring", "merged": False}],
        "imports": 1,
        "records": 6,
        "attempts": 0,
        "same_rows": 0,
        "kept_as": moved.json["kept_as"],
    }
    assert Path(moved.json["kept_as"]).parent == tmp_path / "a"
    again = a("office", "move-in")
    assert (again.code, again.err.strip()) == (2, "This data folder has no queue of its own. Nothing was moved.")

    b = joined(a, tmp_path / "b", f"bo_{database.mark}", "admin")
    second = b("office", "move-in")
    assert second.code == 0, second.err
    assert "“Spring” is “Spring” in the office." in second.out
    assert "in both queues: 6." in second.out
    assert a("relay", "Spring", "--json", key=practice.key).json["records"]["sent"] == 6
    assert account.count("contact/sync") == 6


def test_an_admin_moves_the_queue_out_and_the_office_is_closed(tmp_path: Path, practice: PracticeServer) -> None:
    database = OfficeDatabase()
    a = _with_a_queue(tmp_path, "a", practice)
    create_office(database, tmp_path / "a")
    assert a("office", "move-in").code == 0
    staff = joined(a, tmp_path / "c", f"ana_{database.mark}")
    admin = joined(a, tmp_path / "b", f"bo_{database.mark}", "admin")

    refused = staff("office", "move-out", "--to", tmp_path / "out")
    assert (refused.code, refused.err.strip()) == (
        2,
        "Only an administrator of the office can move a queue. Nothing was changed.",
    )
    out = admin("office", "move-out", "--to", tmp_path / "out", "--json")
    assert out.code == 0, out.err
    assert (out.json["records"], out.json["folder"]) == (6, str(tmp_path / "out"))
    own = OfficeWorkstation(tmp_path / "out", "")("status", "--json").json["connections"][0]["records"]
    assert own["waiting"] == 6
    assert staff("status", "--json").json["connections"][0]["records"] == own
    for command in (("add", "Spring", "--email", "late@example.org"), ("relay", "Spring")):
        closed = staff(*command, key=practice.key)
        assert (closed.code, "was moved out of the database" in closed.err) == (2, True), closed.err
    assert a("--first-paint").code == 0
    told = staff("office", "status", "--json")
    assert (told.code, told.json["closed"], "This office is closed" in told.err) == (0, True, True)
    late = f"cleo_{database.mark}"
    assert "This office is closed" in joined(a, tmp_path / "d", late)("office", "status").err

    assert staff("office", "reopen", "--yes").code == 2
    asked = admin("office", "reopen")
    assert (asked.code, "can be sent twice" in asked.err) == (2, True)
    reopened = admin("office", "reopen", "--yes")
    assert (reopened.code, "is open again" in reopened.out) == (0, True), reopened.err
    assert staff("add", "Spring", "--email", "late@example.org").code == 0
    assert admin("office", "status", "--json").json["closed"] is False


def _with_a_queue(folder: Path, name: str, practice: PracticeServer) -> OfficeWorkstation:
    workstation = OfficeWorkstation(folder / name, OWNER_PASSWORD)
    workstation("connect", "Spring", "--url", practice.url, "--list", practice.list_id, key=practice.key)
    export = folder / "exports" / "donations.csv"
    export.parent.mkdir(exist_ok=True)
    queued = workstation("import", "Spring", write_export(export, donation_rows(6)), "--json")
    assert queued.json["waiting"] == 6
    return workstation
