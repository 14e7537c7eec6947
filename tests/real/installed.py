"""The program as it was installed: it works from anywhere, with an empty home and hardly an environment.

Runs on the program that `AC_DESKTOP_TEST_PROGRAM` names, else on this checkout.
"""

import json
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import ac_desktop
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from installers.project import COMMAND
from tests.importing.books import write_xlsx
from tests.real.programs import SYSTEM, program


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """A home with nothing in it, and hardly an environment."""
    home = tmp_path / "empty"
    home.mkdir()
    return {"HOME": str(home), "PATH": os.defpath} | SYSTEM


def _run(place: Path, environment: dict[str, str], *arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*program(), *map(str, arguments)],
        cwd=place,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        # On Windows redirected output is in the ANSI code page, as other programs there expect it.
        errors="replace",
        timeout=100,
        check=False,
    )


def test_it_works_from_any_folder_with_an_empty_home_and_hardly_an_environment(
    bare: dict[str, str], tmp_path: Path
) -> None:
    ended = _run(tmp_path, bare, "--smoke")
    print(ended.stdout)  # noqa: T201  what it reports of itself is worth reading
    assert ended.returncode == 0, ended.stderr
    assert f"AC Desktop {ac_desktop.__version__}, " in ended.stdout
    made_of = re.search(r"made of (\d+) packages", ended.stdout)
    assert made_of
    assert int(made_of[1]) >= len(metadata.requires(COMMAND) or [])
    assert "3 sample donors went from a file to a practice account. Everything works." in ended.stdout
    assert list(Path(bare["HOME"]).rglob("*")) == []


def test_its_commands_take_a_workbook_to_the_account(bare: dict[str, str], tmp_path: Path) -> None:
    book = write_xlsx(
        tmp_path / "Frühling.xlsx",
        {"Donors": [["Email", "First Name"], ["ann@example.org", "Ann"], ["bea@example.org", "Zoë"]]},
    )
    account = PracticeAccount()
    with PracticeServer(account, rate=0) as server:
        environment = bare | {"AC_DESKTOP_API_KEY": server.key, "AC_DESKTOP_DATA_DIR": str(tmp_path / "data")}
        for arguments in (
            ("connect", "Spring", "--url", server.url, "--list", server.list_id),
            ("import", "Spring", book, "--json"),
            ("relay", "Spring"),
        ):
            ended = _run(tmp_path, environment, *arguments)
            assert ended.returncode == 0, ended.stderr
        reported = _run(tmp_path, environment, "log", "Spring", "--json")
    attempts = [json.loads(line) for line in reported.stdout.splitlines()]
    assert {contact.first_name for contact in account.members(server.list_id)} == {"Ann", "Zoë"}
    assert len(attempts) == 2


def test_its_practice_account_serves_others(bare: dict[str, str], tmp_path: Path) -> None:
    with subprocess.Popen([*program(), "practice"], env=bare, stdout=subprocess.PIPE, text=True) as practice:
        assert practice.stdout is not None
        report = json.loads(practice.stdout.readline())
        environment = bare | {"AC_DESKTOP_API_KEY": report["key"], "AC_DESKTOP_DATA_DIR": str(tmp_path / "data")}
        ended = _run(tmp_path, environment, "connect", "Here", "--url", report["url"], "--list", report["list_id"])
        practice.terminate()
        # Windows has no polite way to end a program.
        assert practice.wait(30) == (1 if sys.platform == "win32" else 0)
    assert ended.returncode == 0, ended.stderr
