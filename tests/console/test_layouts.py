"""Columns that are named in a command are remembered; layouts are listed, renamed, exported and removed."""

import tomllib
from pathlib import Path

import pytest

from ac_desktop.platform.paths import config_folder
from tests.console.conftest import Console
from tests.importing.files import write

ROWS = [
    ["Reach them", "Called", "Family", "When", "Payment Status"],
    ["ann@example.org", "Ann", "Dot", "4/9/2026", "Succeeded"],
    ["bea@example.org", "Bea", "Dot", "5/8/2026", "Limbo"],
]
MAP = ("--map", "email=Reach them", "--map", "first_name=Called", "--map", "last_name=Family")
COLUMNS = {"email": "Reach them", "first_name": "Called", "last_name": "Family"}
UNREAD = [{"column": "Payment Status", "values": {"Limbo": 1}}]


@pytest.fixture
def donors(tmp_path: Path) -> Path:
    return write(tmp_path / "club members.csv", ROWS)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's own profiles, on Windows too."""
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(tmp_path / "home"))
    folder = config_folder() / "profiles"
    assert folder.is_relative_to(tmp_path)
    folder.mkdir(parents=True)
    return folder


def test_columns_named_once_are_remembered(console: Console, donors: Path) -> None:
    console.connect()
    assert console("import", "Spring", donors).code == 2
    first = console("import", "Spring", donors, *MAP, "--json")
    assert (first.code, first.json["waiting"], first.json["unread_columns"]) == (0, 2, UNREAD)
    again = console("import", "Spring", donors, "--again", "--json")
    assert (again.code, again.json["waiting"]) == (0, 2), again.err
    assert again.json["unread_columns"] == UNREAD, "a remembered layout hides no status"
    (known,) = console("layouts", "--json").json["layouts"]
    assert (known["name"], known["columns"], known["profile"]) == ("club members", COLUMNS, "plain")
    listed = console("layouts").out
    assert "club members" in listed
    assert "email=Reach them" in listed


def test_a_check_remembers_nothing(console: Console, donors: Path) -> None:
    console.connect()
    assert console("import", "Spring", donors, *MAP, "--check").code == 0
    assert console("layouts", "--json").json == {"layouts": []}
    assert "No layout is known yet" in console("layouts").out


def test_what_is_in_doubt_is_not_remembered_as_said(console: Console, tmp_path: Path) -> None:
    console.connect()
    rows = [["Reach them", "Name", "Date"], ["ann@example.org", "Ann Dot", "4/9/2026"]]
    path = write(tmp_path / "odd.csv", rows)
    assert console("import", "Spring", path, "--map", "email=Reach them").code == 0
    again = console("import", "Spring", path, "--again")
    assert again.code == 0, again.err
    assert "start with the day or the month" in again.err
    assert "split at the last space" in again.err


def test_a_layout_is_renamed_and_removed(console: Console, donors: Path) -> None:
    console.connect()
    console("import", "Spring", donors, *MAP)
    assert console("layouts", "rename", "Club Members", "Our club").code == 0
    assert [one["name"] for one in console("layouts", "--json").json["layouts"]] == ["Our club"]
    for wrong in (("rename", "nobody", "x"), ("rename", "our club", " "), ("export", "nobody"), ("remove", "nobody")):
        ran = console("layouts", *wrong)
        assert (ran.code, bool(ran.err.strip()), ran.out) == (2, True, "")
    assert console("layouts", "remove", "Our club").code == 0
    assert console("layouts", "--json").json == {"layouts": []}
    assert console("import", "Spring", donors, "--again").code == 2


def test_an_exported_layout_is_used_as_a_profile(console: Console, donors: Path, config: Path, tmp_path: Path) -> None:
    console.connect()
    console("import", "Spring", donors, *MAP)
    out = tmp_path / "club.toml"
    ran = console("layouts", "export", "club members", "--out", out)
    assert (ran.code, str(config) in ran.out) == (0, True)
    text = console("layouts", "export", "club members").out
    assert tomllib.loads(text) == tomllib.loads(out.read_text(encoding="utf-8"))
    console("layouts", "remove", "club members")
    (config / "club.toml").write_bytes(out.read_bytes())
    used = console("import", "Spring", donors, "--again")
    assert used.code == 0, used.err
    assert "(club members)" in used.out
    assert "2 waiting" in used.out


def test_a_file_that_cannot_be_written_gets_a_sentence(console: Console, donors: Path, tmp_path: Path) -> None:
    console.connect()
    console("import", "Spring", donors, *MAP)
    ran = console("layouts", "export", "club members", "--out", tmp_path / "no" / "such" / "club.toml")
    assert (ran.code, "couldn't be saved" in ran.err) == (2, True)
