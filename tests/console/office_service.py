"""A service of an office, with real processes on a real server."""

from pathlib import Path

import pytest

from ac_desktop.console.terminal import ExitCode
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from tests.anedot import donation_rows, write_export
from tests.console.offices import OfficeDatabase, OfficeWorkstation, create_office, joined
from tests.console.test_service import serving
from tests.postgres_server import server

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")


def relaying(workstation: OfficeWorkstation) -> dict[str, list[str]]:
    told = workstation("office", "status", "--json").json["workstations"]
    return {one["person"]: one["relaying"] for one in told}


def test_a_service_relays_what_others_queue_rests_and_leaves_the_duty(
    tmp_path: Path, account: PracticeAccount, practice: PracticeServer
) -> None:
    database = OfficeDatabase()
    desk = create_office(database, tmp_path / "desk")
    robot = f"robot_{database.mark}"
    service = joined(desk, tmp_path / "service", robot, role="relay")
    assert desk("connect", "Spring", "--url", practice.url, "--list", practice.list_id, key=practice.key).code == 0

    with serving(service, practice.key) as running:
        running.until("started")
        assert desk("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(3))).code == 0
        assert running.until("relayed")["sent"] == 3
        assert relaying(desk)[robot] == ["Spring"], "it stands by for it"

        server().stop()
        running.until("server_away")
        server().start()
        running.until("server_back")
        assert desk("import", "Spring", write_export(tmp_path / "b.csv", donation_rows(5))).code == 0
        ran = desk("relay", "Spring", "--json", key=practice.key)
        assert (ran.code, ran.json["records"]["sent"]) == (ExitCode.OK, 5), "a workstation relays beside it"

        assert running.end() == ExitCode.OK
    assert running.lines[-1]["event"] == "stopped"
    assert len(account.members("1")) == account.count("contact/sync") == 5
    with server().connect(database.name) as sql:
        assert sql.execute("SELECT count(*) FROM ac_desktop.duty").fetchone() == (0,)
        assert sql.execute("SELECT count(*) FROM ac_desktop.owner WHERE relaying <> '{}'").fetchone() == (0,)
