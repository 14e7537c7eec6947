"""`ac-desktop relay --serve`: an office's service relays whatever waits, rests, goes first, and stops cleanly."""

import argparse
import json
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ac_desktop.app import build
from ac_desktop.console.automation import serve
from ac_desktop.console.parser import parse
from ac_desktop.console.terminal import ConsoleError, ExitCode
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import Faults, Incoming
from tests.anedot import donation_rows, write_export
from tests.console.conftest import Console
from tests.console.offices import OfficeWorkstation
from tests.made_up import NOW, settings

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
Line = dict[str, Any]


class RunningService:
    """A service in a process of its own, whose lines are read as they come."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.lines: list[Line] = []

    def until(self, event: str) -> Line:
        """Read lines until one has this event."""
        assert self.process.stdout is not None
        for text in self.process.stdout:
            self.lines.append(json.loads(text))
            if self.lines[-1]["event"] == event:
                return self.lines[-1]
        out, errors = self.process.communicate()
        raise AssertionError(f"it ended before {event}: {self.lines} {out} {errors}")

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal; return the exit code, once what it printed is read."""
        self.process.send_signal(number)
        out, errors = self.process.communicate(timeout=60)
        self.lines += [json.loads(text) for text in out.splitlines()]
        assert errors == ""
        return self.process.returncode


@contextmanager
def serving(workstation: OfficeWorkstation, key: str, *arguments: str) -> Iterator[RunningService]:
    process = workstation.started("relay", "--serve", *arguments, key=key)
    try:
        yield RunningService(process)
    finally:
        process.kill()
        process.communicate()


def test_what_is_under_way_at_the_end_is_brought_to_its_end(
    tmp_path: Path, console: Console, account: PracticeAccount
) -> None:
    console.connect("Spring")
    assert console("import", "Spring", write_export(tmp_path / "a.csv", donation_rows(9))).code == 0
    asked, answers = threading.Event(), threading.Event()

    def hold(_incoming: Incoming) -> Faults:
        asked.set()
        answers.wait(60)
        return Faults()

    account.set_schedule(hold)
    with serving(OfficeWorkstation(console.folder, "none"), console.key, "Spring") as running:
        assert asked.wait(60)
        running.process.send_signal(signal.SIGINT)
        answers.set()
        assert running.end(signal.SIGINT) == ExitCode.OK
    assert [line["event"] for line in running.lines][-1] == "stopped"
    assert 0 < account.count("contact/sync") < 9
    assert console("relay", "Spring").code == ExitCode.OK
    assert len(account.members("1")) == account.count("contact/sync") == 9, "what was answered is kept"


def test_a_key_of_the_environment_is_for_one_account(tmp_path: Path) -> None:
    services = build(tmp_path / "data", given_key="a key of one account")
    for name, address in (("Spring", "https://spring.api-us1.com"), ("Other", "https://other.api-us1.com")):
        services.connections.create(settings(name, address=address), NOW)
    with pytest.raises(ConsoleError, match="AC_DESKTOP_API_KEY") as refused:
        serve(services, argparse.Namespace(name=None))
    services.close()
    assert refused.value.code is ExitCode.WRONG_USE


@pytest.mark.parametrize("arguments", [["relay"], ["relay", "--serve", "--bulk", "Spring"]])
def test_what_it_cannot_serve_is_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(arguments)
    assert ended.value.code == ExitCode.WRONG_USE
    assert capsys.readouterr().err
