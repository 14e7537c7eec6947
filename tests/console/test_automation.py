"""`ac-desktop run` and `auto`: by itself without a window, for a service of the system; each end is a clean one."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ac_desktop.console.terminal import ExitCode
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.store.connections.automatic_relay import AutomaticRelays
from ac_desktop.store.connections.sources import WatchedFolders
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from tests.automation.conftest import export
from tests.console.conftest import ROOT, Console

Line = dict[str, Any]
STOP = getattr(signal, "CTRL_BREAK_EVENT", signal.SIGTERM)


def watch(console: Console, folder: Path) -> None:
    """Set up a folder that the connection watches, as the window does."""
    folder.mkdir(exist_ok=True)
    database = SqliteDatabase(console.folder)
    WatchedFolders(database).watch(1, folder)
    database.close()


class Running:
    """`ac-desktop run --json` in a process of its own."""

    def __init__(self, console: Console, *arguments: object) -> None:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        self.process = subprocess.Popen(
            [
                *[sys.executable, "-m", "tests.unpaced_console", "run", "--json", *map(str, arguments)],
                *["--data-dir", str(console.folder)],
            ],
            cwd=ROOT,
            env={**environment, "AC_DESKTOP_API_KEY": console.key},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self.lines: list[Line] = []

    def until(self, event: str) -> Line:
        """Read lines until one has this event."""
        self.until_either(event)
        return self.lines[-1]

    def until_either(self, *events: str) -> str:
        """Read lines until one has one of these events, and return that."""
        assert self.process.stdout is not None
        for text in self.process.stdout:
            self.lines.append(json.loads(text))
            if self.lines[-1]["event"] in events:
                return str(self.lines[-1]["event"])
        raise AssertionError(f"it ended before {events}: {self.lines}")

    def end(self, number: int) -> int:
        """Send a signal; return the exit code, once what it printed is read."""
        self.process.send_signal(number)
        out, errors = self.process.communicate(timeout=60)
        self.lines += [json.loads(text) for text in out.splitlines()]
        assert errors == ""
        return self.process.returncode


@contextmanager
def running(console: Console, *arguments: object) -> Iterator[Running]:
    made = Running(console, *arguments)
    try:
        yield made
    finally:
        made.process.kill()
        if made.process.stdout is not None and not made.process.stdout.closed:
            made.process.communicate()


def test_once_takes_in_and_relays_what_is_there(console: Console, tmp_path: Path) -> None:
    assert console.connect("Spring", "--auto").code == ExitCode.OK
    watch(console, tmp_path / "exports")
    (tmp_path / "exports" / "spring.csv").write_text(export(1, 2, 3), encoding="utf-8")

    ran = console("run", "--once", "--json")

    assert ran.code == ExitCode.OK
    assert [line["event"] for line in ran.lines] == ["started", "queued", "relaying", "relayed", "stopped"]
    queued, relayed = ran.lines[1], ran.lines[3]
    assert (queued["connection"], queued["waiting"], queued["file"]) == ("Spring", 3, "spring.csv")
    assert (relayed["sent"], relayed["failed"], relayed["held"]) == (3, 0, 0)
    assert all(line["time"].endswith("+00:00") for line in ran.lines)
    assert console.key not in ran.out
    assert "@" not in ran.out
    again = console("run", "--once", "--json")
    assert [line["event"] for line in again.lines] == ["started", "looked", "stopped"]


def test_once_says_by_its_code_that_a_person_is_needed(console: Console, tmp_path: Path) -> None:
    console.connect("Spring", "--auto")
    watch(console, tmp_path / "exports")
    (tmp_path / "exports" / "spring.csv").write_text("Supporter,Town\nAnnie,Sampleton\n", encoding="utf-8")

    ran = console("run", "--once", "--json")

    assert ran.code == ExitCode.LEFTOVERS
    assert [line["event"] for line in ran.lines] == ["started", "needs_answer", "stopped"]
    plain = console("run", "--once")
    assert "wasn't queued" not in plain.out
    assert "Automatic" not in plain.out


@pytest.mark.not_under_wine("has no console to send CTRL_BREAK from")
@pytest.mark.parametrize("name", [name for name in ("SIGTERM", "SIGINT", "CTRL_BREAK_EVENT") if hasattr(signal, name)])
def test_a_signal_ends_it_cleanly(console: Console, tmp_path: Path, name: str) -> None:
    if sys.platform == "win32" and name != "CTRL_BREAK_EVENT":
        return
    console.connect("Spring", "--auto")
    watch(console, tmp_path / "exports")
    with running(console) as process:
        process.until("looked")
        (tmp_path / "exports" / "spring.csv").write_text(export(1), encoding="utf-8")

        assert process.end(getattr(signal, name)) == ExitCode.OK
    assert process.lines[-1]["event"] == "stopped"


def test_it_relays_beside_another_process_what_that_one_lets_it(console: Console, tmp_path: Path) -> None:
    console.connect("Spring")
    watch(console, tmp_path / "exports")
    (tmp_path / "exports" / "spring.csv").write_text(export(1, 2), encoding="utf-8")
    with running(console) as process:
        process.until("queued")
        assert console("auto", "Spring", "on", "--with-waiting").code == ExitCode.OK
        assert process.until("relayed")["sent"] == 2


@pytest.mark.not_under_wine("has no console to send CTRL_BREAK from")
def test_of_two_on_one_folder_one_looks_and_the_other_takes_over_when_it_is_killed(
    console: Console, account: PracticeAccount, tmp_path: Path
) -> None:
    console.connect("Spring", "--auto")
    watch(console, tmp_path / "exports")
    for number in range(10):
        text = export(*range(number * 3, number * 3 + 3))
        (tmp_path / "exports" / f"{number}.csv").write_text(text, encoding="utf-8")
    with running(console) as one, running(console) as other:
        first, second = (one, other) if one.until_either("queued", "standby") == "queued" else (other, one)
        if first is one:
            second.until("standby")
        first.until("queued")
        first.process.kill()
        while len(account.members(console.server.list_id)) < 30:
            second.until("relayed")
        assert second.end(STOP) == ExitCode.OK
    database = SqliteDatabase(console.folder)
    (counted,) = database.rows("SELECT COUNT(*), COUNT(DISTINCT email) FROM record WHERE state <> 'skipped'")
    database.close()
    assert tuple(counted) == (30, 30)


def test_auto_shows_and_changes_the_switch(console: Console) -> None:
    console.connect()
    assert console("auto", "Spring", "--json").json["on"] is False
    assert "is off" in console("auto", "Spring").out

    assert console("auto", "Spring", "on", "--every", 30, "--json").json["on"] is True
    shown = console("auto", "Spring", "--at", "06:30", "--json").json

    assert (shown["on"], shown["at"], shown["every"], shown["next"]) == (True, "06:30", None, "nothing")
    assert shown["changed_by"]
    assert console("auto", "Spring", "--at", "25:30").code == ExitCode.WRONG_USE
    assert console("auto", "Spring", "--with-waiting").code == ExitCode.WRONG_USE
    assert console("connect", "Spring", "--no-auto").code == ExitCode.OK
    assert console("auto", "Spring", "--json").json["on"] is False


def test_connecting_leaves_the_switch_off_unless_asked(console: Console) -> None:
    console.connect()
    database = SqliteDatabase(console.folder)
    assert not AutomaticRelays(database).switch(1).is_on
    database.close()
