"""Secrets: a marker key is searched for wherever a key must not be, and the ways it could get out are tried.

That the key is sent to no redirect's target and to no proxy, and to nobody without a good certificate, is proved in
`tests/activecampaign/test_client.py`; which addresses are refused, in `tests/model/test_address.py`; the keyring, in
`tests/store/connections/test_keys.py`.
"""

import ast
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.fault_reports import FaultReports
from ac_desktop.model.redact import MASK
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.anedot_account import AskedDay
from ac_desktop.practice.anedot_server import AnedotServer
from ac_desktop.practice.faults import Faults, Incoming
from ac_desktop.practice.server import PracticeServer
from ac_desktop.store.engines.sqlite.database import FILE_NAME
from ac_desktop.store.history.step_codec import decode_steps
from ac_desktop.ui.dialogs.fault_dialog import CRASH_FILE, FaultDialog, FaultNotifier
from tests.activecampaign.servers import Server, answer, says
from tests.console.conftest import ROOT, Console
from tests.harness import Harness, donors
from tests.importing.sources.anedot_support import DAY, donation

MARKER = "markerkey" + "e" * 55
HASH = "b7e23ec29af22b0b4e41da31e868d572"
"""A secret field's value, as an account answers."""


@pytest.fixture
def account() -> PracticeAccount:
    return PracticeAccount()


@pytest.fixture
def anedot(monkeypatch: pytest.MonkeyPatch) -> Iterator[AnedotServer]:
    with AnedotServer() as server:
        server.accounts.add_key(MARKER)
        server.accounts.donate(replace(donation(1), first_name=MARKER, email=f"{MARKER[:9]}@example.org"))
        server.accounts.extra_fields = {"x-api-key": MARKER, "note": f"asked with {MARKER}"}
        monkeypatch.setenv("AC_DESKTOP_ANEDOT_URL", server.url)
        monkeypatch.setenv("AC_DESKTOP_ANEDOT_KEY", MARKER)
        yield server


@pytest.fixture
def console(tmp_path: Path, account: PracticeAccount) -> Iterator[Console]:
    with PracticeServer(account, rate=0) as server:
        made = Console(tmp_path / "data", server, is_forked=False)
        made.key = account.add_key(MARKER)
        yield made


def everything_in(folder: Path) -> str:
    """Return all that a folder's files hold, with what is packed in the database unpacked."""
    found = [path.read_bytes().decode("latin-1") for path in sorted(folder.rglob("*")) if path.is_file()]
    if (folder / FILE_NAME).exists():
        with closing(sqlite3.connect(folder / FILE_NAME)) as sql:
            found += [repr(decode_steps(row[0])) for row in sql.execute("SELECT steps FROM attempt")]
            found += [repr(row) for row in sql.execute("SELECT reason FROM record UNION SELECT reason FROM attempt")]
    return "\n".join(found)


def test_after_a_whole_life_the_key_is_in_no_file_and_in_no_answer_of_the_console(
    console: Console, anedot: AnedotServer, tmp_path: Path
) -> None:
    fetch = ("fetch", "Spring", "--from", DAY.isoformat(), "--to", DAY.isoformat(), "--account", anedot.uid)
    file = tmp_path / "donors.csv"
    file.write_text("email,first_name\nann@example.org,Ann\nbad@example,Bad\n", encoding="utf-8")
    report = tmp_path / "report.csv"
    said = [
        console.connect(),
        console("test", "Spring"),
        console("import", "Spring", file),
        console(*fetch),
        console(*fetch, "--json"),
        console("compare", "Spring"),
        console("relay", "Spring"),
        console("log", "Spring", "--json"),
        console("report", "Spring", "--out", report),
        console("status"),
        console("connections", "--json"),
        console("erase", "ann@example.org", "--yes"),
    ]

    assert [ran.code for ran in said] == [0, 0, 3, 3, 3, 0, 3, 0, 0, 0, 0, 0]
    assert [asked.key_known for asked in anedot.accounts.asked] == [True, True]
    for ran in said:
        assert MARKER not in ran.out + ran.err
    assert MARKER not in report.read_text(encoding="utf-8-sig")
    assert MARKER not in everything_in(tmp_path)


ECHOES = {
    "an error's title": ("422 Unprocessable Entity", json.dumps({"errors": [{"title": f"No: {MARKER} is bad"}]})),
    "an error's detail": ("422 Unprocessable Entity", json.dumps({"errors": [{"title": "No", "detail": MARKER}]})),
    "a message": ("403 Forbidden", json.dumps({"message": f"The token {MARKER} may not"})),
    "a web page": ("200 OK", f"<html>Api-Token: {MARKER}</html>"),
    "a redirect": ("302 Found", ""),
    "a contact": ("200 OK", json.dumps({"contact": {"id": MARKER, "hash": HASH, "token": MARKER}})),
    "broken JSON": ("200 OK", '{"contact": "' + MARKER),
}


@pytest.mark.parametrize("echo", ECHOES)
def test_an_account_that_echoes_the_key_does_not_get_it_kept(tmp_path: Path, echo: str) -> None:
    status, body = ECHOES[echo]
    headers = f"X-Request-Id: {MARKER}\r\nLocation: https://{MARKER}.example.org/\r\nContent-Type: application/json\r\n"
    with (
        Server(says(answer(body.encode(), status=status, headers=headers))) as server,
        Harness(tmp_path / "data") as harness,
    ):
        connection = harness.connect(key=MARKER)
        harness.services.redactor.learn(MARKER)
        settings = connection.settings
        harness.services.connections.change(
            connection.id, replace(settings, address=server.address()), harness.clock.now()
        )
        harness.queue(connection, donors(1))
        harness.relay(connection)

        attempts = harness.services.history.attempts(connection.id)
        texts = [attempt.reason.text for attempt in attempts if attempt.reason]

        assert attempts
        assert server.requests
        assert MARKER.encode() in server.requests[0], "the account itself was told"
        assert MARKER not in everything_in(harness.folder)
        assert HASH not in everything_in(harness.folder)
        assert not any(MARKER in text for text in texts)


def test_answers_are_kept_without_their_secret_fields(tmp_path: Path) -> None:
    with Harness(tmp_path / "data") as harness:
        connection = harness.connect()
        harness.queue(connection, donors(1))
        harness.relay(connection)
        (attempt,) = harness.services.history.attempts(connection.id)

    sync = attempt.steps[0].response
    assert '"hash"' in sync
    assert json.loads(sync)["contact"]["hash"] == MASK


# Processes


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="only Linux lists every process's arguments")
def test_the_key_is_in_no_processes_arguments(console: Console, account: PracticeAccount) -> None:
    console.connect()
    console("add", "Spring", "--email", "ann@example.org")
    seen: list[str] = []

    def look(_: Incoming) -> Faults | None:
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                seen.append(process.read_bytes().decode(errors="replace"))
            except OSError:
                continue
        return None

    account.set_schedule(look)
    assert console("relay", "Spring").code == 0
    assert any("relay\0Spring" in arguments for arguments in seen)
    assert not any(MARKER in arguments for arguments in seen)


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="only Linux lists every process's arguments")
def test_the_key_of_anedot_is_in_no_processes_arguments(console: Console, anedot: AnedotServer) -> None:
    console.connect()
    seen: list[str] = []

    def look(_: AskedDay) -> None:
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                seen.append(process.read_bytes().decode(errors="replace"))

    anedot.accounts.on_request = look
    assert console("fetch", "Spring", "--account", anedot.uid).code == 0
    assert any("fetch\0Spring" in arguments for arguments in seen)
    assert not any(MARKER in arguments for arguments in seen)


INHERITED = """
import os, subprocess, sys
sys.argv = ['ac-desktop', 'status', '--data-dir', sys.argv[1]]
from ac_desktop.cli import main
main()
print(subprocess.run([sys.executable, '-c', 'import os; print(sorted(os.environ.items()))'],
    capture_output=True, text=True).stdout)
"""


def test_a_program_that_is_started_does_not_inherit_the_key(tmp_path: Path) -> None:
    ended = with_key([sys.executable, "-c", INHERITED, str(tmp_path)])
    assert "PATH" in ended.stdout
    assert "AC_DESKTOP_API_KEY" not in ended.stdout
    assert "AC_DESKTOP_ANEDOT_KEY" not in ended.stdout
    assert "AC_DESKTOP_OFFICE_PASSWORD" not in ended.stdout
    assert MARKER not in ended.stdout + ended.stderr


def with_key(command: list[str], cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    secrets = ("AC_DESKTOP_API_KEY", "AC_DESKTOP_ANEDOT_KEY", "AC_DESKTOP_OFFICE_PASSWORD")
    return subprocess.run(
        command,
        env=os.environ | dict.fromkeys(secrets, MARKER) | {"PYTHONPATH": str(ROOT)},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


CRASHES = """
import os, resource, signal, sys
resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
from ac_desktop.cli import main
sys.argv = ['ac-desktop', 'status', '--data-dir', sys.argv[1]]
main()
print(*resource.getrlimit(resource.RLIMIT_CORE), flush=True)
os.kill(os.getpid(), signal.SIGSEGV)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit; SECURITY.md says so")
def test_a_crash_leaves_no_memory_on_the_disk(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    ended = with_key([sys.executable, "-c", CRASHES, str(tmp_path / "data")], cwd=here)

    assert ended.returncode == -signal.SIGSEGV, ended.stderr
    assert ended.stdout.splitlines()[-1] == "0 0"
    assert list(here.iterdir()) == []


# Reports and copies


def _go_wrong() -> None:
    people: dict[str, str] = {}
    try:
        people["ann.lee@example.org"]
    except KeyError as error:
        raise RuntimeError(MARKER) from error


def test_a_report_of_a_fault_holds_neither_key_nor_donor(tmp_path: Path) -> None:
    reported: list[str] = []
    faults = FaultReports(tmp_path, reported.append)
    for _ in range(2):
        try:
            _go_wrong()
        except RuntimeError as error:
            faults.report(error)
    (report,) = (tmp_path / "faults").iterdir()
    text = report.read_text()
    assert MARKER not in text
    assert "ann.lee" not in text
    assert "RuntimeError" in text
    assert "KeyError" in text
    assert len(reported) == 1
    assert str(report) in reported[0]


def test_what_a_crash_left_is_shown_without_the_key(qtbot: QtBot, tmp_path: Path) -> None:
    faults = FaultReports(tmp_path, lambda _: None)
    faults.redactor.learn(MARKER)
    faults.folder.mkdir(parents=True)
    (faults.folder / CRASH_FILE).write_text(f"Fatal Python error: Segmentation fault\nApi-Token: {MARKER}\n")
    window = QWidget()
    qtbot.addWidget(window)
    teller = FaultNotifier(window, faults)
    teller.watch_crashes()
    teller.close()
    (dialog,) = window.findChildren(FaultDialog)
    dialog.copy()
    assert "Segmentation fault" in QGuiApplication.clipboard().text()
    assert MARKER not in QGuiApplication.clipboard().text()
    dialog.reject()


# TLS


def test_nothing_in_the_program_switches_the_check_of_certificates_off() -> None:
    suspects = (
        "CERT_NONE",
        "check_hostname",
        "_create_unverified_context",
        "InsecureRequestWarning",
        "assert_hostname",
    )
    for path in sorted((ROOT / "ac_desktop").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert not [suspect for suspect in suspects if suspect in text], path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.keyword) and node.arg in {"verify", "cert_reqs"}:
                assert isinstance(node.value, ast.Constant), path
                assert node.value.value is True, path
