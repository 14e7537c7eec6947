"""The passwords of an office are asked for at a terminal, and never shown."""

import json
import sys
from pathlib import Path

import pytest

from tests.console.conftest import Console
from tests.console.offices import OWNER_PASSWORD, OfficeDatabase, OfficeWorkstation, create_office
from tests.console.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals in Python")

HIDDEN = "hidden as you type"


def test_the_owners_password_is_asked_for(console: Console) -> None:
    database = OfficeDatabase()
    ran = Terminal(console)("office", "create", "--server", database.url, answers=[(HIDDEN, OWNER_PASSWORD)])
    assert ran.code == 0, ran.out
    assert OWNER_PASSWORD not in ran.out
    assert "has no keyring" in ran.out
    assert (console.folder / "office.json").exists()


def test_a_new_password_is_asked_for_twice(console: Console, tmp_path: Path) -> None:
    database = OfficeDatabase()
    admin = create_office(database, tmp_path / "admin")
    file = tmp_path / "ana.acoffice"
    admin("office", "invite", f"ana_{database.mark}", "--role", "staff", "--out", file)
    terminal = Terminal(console)

    other = terminal("office", "join", file, answers=[(HIDDEN, "anas"), ("again", "annas")])
    assert (other.code, "differ" in other.out) == (2, True), other.out
    nothing = terminal("office", "join", file, answers=[(HIDDEN, "")])
    assert (nothing.code, "No password" in nothing.out) == (2, True), nothing.out
    assert not (console.folder / "office.json").exists()
    same = terminal("office", "join", file, answers=[(HIDDEN, "anas"), ("again", "anas")])
    assert same.code == 0, same.out

    assert OfficeWorkstation(console.folder, "anas")("office", "status", "--json").code == 0


def test_a_file_that_is_no_invitation_is_refused_before_anything_is_asked(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "other.acoffice"
    file.write_text(json.dumps({"kind": "other"}))
    assert Terminal(console)("office", "join", file).code == 2
