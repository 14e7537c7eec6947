"""What staff do with the program on Windows: connect, import, relay, look, and go on after it was killed.

Named on pytest's command line by `python -m tests.wine`. It runs on Windows itself too, on this checkout or on the
program that `AC_DESKTOP_TEST_PROGRAM` names, and leaves nothing in the credential store.
"""

import csv
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from keyring.backend import KeyringBackend
from keyring.core import load_keyring

from ac_desktop.app import build
from ac_desktop.platform.paths import KEY_VARIABLE
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from ac_desktop.store.connections.keys import SERVICE
from tests.real.programs import program

ROOT: Final = Path(__file__).parents[2]
NAMES: Final = (
    ("Łucja", "Łódź"), ("Zoë", "Ñandú"), ("Jürgen", "Groß"), ("Đorđe", "Šumić"), ("Ελένη", "Αθήνα"),
    ("Иван", "Дождь"), ("Ayşe", "İstanbul"), ("明", "山田"), ("Seán", "Ó Dot"), ("Ann", "Example"),
)  # fmt: skip
"""Made-up people; most of these letters are in no ANSI code page of western Europe."""
ROWS: Final = 200
PACED: Final = (sys.executable, "-m", "ac_desktop")
UNPACED: Final = (sys.executable, "-m", "tests.unpaced_console")


class Office:
    """A data folder and a practice account, and the program started on them as from a terminal."""

    def __init__(self, folder: Path, server: PracticeServer) -> None:
        self.folder = folder
        self.server = server
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"PYTHON_KEYRING_BACKEND", "PYTHONUTF8", "PYTHONIOENCODING", KEY_VARIABLE}
        }

    def start(self, *arguments: object, line: Sequence[str] = (), **variables: str) -> "subprocess.Popen[bytes]":
        """Start a command with its output redirected, as into a file."""
        return subprocess.Popen(
            [*(line or program()), *map(str, arguments), "--data-dir", str(self.folder)],
            cwd=ROOT,
            env=self.environment | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: object, line: Sequence[str] = (), **variables: str) -> str:
        """Run a command that must succeed, and return what it printed."""
        with self.start(*arguments, line=line, **variables) as command:
            printed, complained = command.communicate(timeout=100)
        text = (printed + complained).decode("utf-8", errors="replace")
        assert command.returncode == 0, text
        return printed.decode("utf-8", errors="replace")

    def connect(self) -> str:
        """Connect with the key in the environment, for this one command."""
        return self.run(
            "connect",
            "Spring",
            "--url",
            self.server.url,
            "--list",
            self.server.list_id,
            **{KEY_VARIABLE: self.server.key},
        )

    def key_name(self) -> str:
        with closing(build(self.folder)) as services:
            connection = services.connections.named("Spring")
            assert connection is not None
            return services.connections.key_name(connection.id)

    def emails(self) -> set[str]:
        return {contact.email for contact in self.server.account.members(self.server.list_id)}

    def states(self) -> dict[str, int]:
        reported: dict[str, int] = json.loads(self.run("status", "Spring", "--json"))["connections"][0]["records"]
        return reported


def credential_store() -> KeyringBackend:
    """Return Windows' own store, which tests have not as their keyring."""
    return load_keyring("keyring.backends.Windows.WinVaultKeyring")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with PracticeServer(PracticeAccount(), rate=0) as server:
        office = Office(tmp_path / "Büro Łódź" / "data", server)
        connected = office.connect()
        assert "Saved in Windows Credential Manager." in connected
        try:
            yield office
        finally:
            credential_store().delete_password(SERVICE, office.key_name())


def write_donors(file: Path) -> dict[str, str]:
    """Write a file of made-up donors; return the first name of each."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["Email", "First Name", "Last Name", "Phone"])
        donors = {}
        for number in range(ROWS):
            first, last = NAMES[number % len(NAMES)]
            donors[f"donor{number}@example.org"] = first
            writer.writerow([f"donor{number}@example.org", first, last, f"(225) 250-{1000 + number}"])
    return donors


def test_the_key_is_in_the_credential_store_and_in_no_file(office: Office) -> None:
    assert credential_store().get_password(SERVICE, office.key_name()) == office.server.key
    office.run("test", "Spring")
    assert all(
        office.server.key.encode() not in file.read_bytes() for file in office.folder.rglob("*") if file.is_file()
    )


def test_200_rows_with_odd_letters_reach_the_account_and_are_reported(office: Office, tmp_path: Path) -> None:
    donors = write_donors(tmp_path / "Łódź próba.csv")
    office.run("import", "Spring", tmp_path / "Łódź próba.csv")
    office.run("relay", "Spring", line=UNPACED)
    members = office.server.account.members(office.server.list_id)
    assert {contact.email: contact.first_name for contact in members} == donors
    assert office.states()["sent"] == ROWS
    assert "Spring" in office.run("status", "Spring")
    attempts = [json.loads(line) for line in office.run("log", "Spring", "--json").splitlines()]
    assert len(attempts) == ROWS
    assert "donor0@example.org" in office.run("log", "Spring")
    report = tmp_path / "Bericht ümläut.csv"
    office.run("report", "Spring", "--out", report)
    with report.open(encoding="utf-8-sig", newline="") as opened:
        assert {first for row in csv.reader(opened) for first in row} >= {cell for name in NAMES for cell in name}


def test_a_relay_that_was_killed_goes_on_and_sends_nobody_twice(office: Office, tmp_path: Path) -> None:
    donors = write_donors(tmp_path / "spring.csv")
    office.run("import", "Spring", tmp_path / "spring.csv")
    with office.start("relay", "Spring", line=PACED) as relay:
        turn = threading.Event()
        while len(office.emails()) < 3:
            assert relay.poll() is None, relay.communicate()
            turn.wait(0.1)
        relay.kill()
    before = office.emails()
    assert 3 <= len(before) < ROWS
    office.run("relay", "Spring", line=UNPACED)
    assert office.emails() == set(donors)
    assert office.states()["sent"] == ROWS
