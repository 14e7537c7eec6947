"""The office in the program's own windows, against a real server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.anedot import donation_rows, write_export
from tests.console.conftest import ROOT
from tests.console.offices import OWNER_PASSWORD, OfficeDatabase, OfficeWorkstation, create_office

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
PATIENCE = 150


def walked(module: str, *arguments: object) -> None:
    """Run a walk in a process of its own, without a keyring and without a password in its environment."""
    environment = {name: value for name, value in os.environ.items() if name != "AC_DESKTOP_OFFICE_PASSWORD"}
    ran = subprocess.run(
        [sys.executable, "-m", f"tests.ui.office.{module}", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr


def connected(workstation: OfficeWorkstation, name: str) -> None:
    ran = workstation(
        "connect", name, "--url", "http://127.0.0.1:9", "--list", "1", "--no-check", "--yes", key="a" * 40
    )
    assert ran.code == 0, ran.err


def test_a_person_joins_by_the_keyboard_and_leaves_again(tmp_path: Path) -> None:
    database = OfficeDatabase()
    admin = create_office(database, tmp_path / "admin")
    connected(admin, "Of the office")
    ana = f"ana_{database.mark}"
    invitation = tmp_path / "ana.acoffice"
    assert admin("office", "invite", ana, "--role", "staff", "--out", invitation).code == 0
    home = OfficeWorkstation(tmp_path / "ana", "Ana's own words")
    connected(home, "Own")
    before = home("connections", "--json").json

    walked("joining_walk", home.folder, invitation, home.password)

    assert home("connections", "--json").json == before
    listed = admin("office", "status", "--json").json["workstations"]
    assert [one["person"] for one in listed] == [database.owner]
    with database.server.connect(database.name, ana, home.password) as own:
        assert own.execute("SELECT joined_at IS NOT NULL FROM ac_desktop.person WHERE login = session_user").fetchone()
    assert json.dumps(before).count("Own") == 1


def test_a_person_shares_a_queue_by_the_keyboard_invites_another_and_takes_it_along(tmp_path: Path) -> None:
    database = OfficeDatabase()
    home = OfficeWorkstation(tmp_path / "owner", OWNER_PASSWORD)
    connected(home, "Own")
    assert home("import", "Own", write_export(tmp_path / "a.csv", donation_rows(40)), password=None).code == 0
    before = home("status", "--json", password=None).json
    invitation = tmp_path / "ana.acoffice"

    walked("sharing_walk", home.folder, database.url, OWNER_PASSWORD, f"ana_{database.mark}", invitation)

    after = home("status", "--json", password=None).json
    assert [one["records"] for one in after["connections"]] == [one["records"] for one in before["connections"]]
    ana = OfficeWorkstation(tmp_path / "ana", "Ana's own words")
    assert ana("office", "join", invitation).code == 0
    assert ana("status", "--json").json["connections"][0]["records"] == before["connections"][0]["records"]
    office = ana("office", "status", "--json").json
    assert office["closed"]
    assert [one["person"] for one in office["workstations"]] == [f"ana_{database.mark}"]
