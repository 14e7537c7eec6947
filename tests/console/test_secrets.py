"""A marker key is searched for wherever it must not be: arguments, log, reports of faults, and files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ac_desktop.faults import FaultReports
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import Faults, Incoming
from tests.console.conftest import ROOT, Console

MARKER = "markerkey" + "e" * 55


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="only Linux lists every process's arguments")
def test_the_key_is_in_no_processes_arguments(console: Console, account: PracticeAccount) -> None:
    console.key = account.add_key(MARKER)
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


def _go_wrong() -> None:
    people: dict[str, str] = {}
    try:
        people["ann.lee@example.org"]
    except KeyError as error:
        raise RuntimeError(MARKER) from error


def test_a_report_of_a_fault_holds_neither_key_nor_donor(tmp_path: Path) -> None:
    told: list[str] = []
    faults = FaultReports(tmp_path, told.append)
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
    assert len(told) == 1
    assert str(report) in told[0]


def test_a_program_that_the_reader_starts_does_not_inherit_the_key(tmp_path: Path) -> None:
    script = (
        "import os, subprocess, sys\n"
        "sys.argv = ['ac-desktop', 'status', '--data-dir', sys.argv[1]]\n"
        "from ac_desktop.__main__ import main\n"
        "main()\n"
        "print(subprocess.run([sys.executable, '-c', 'import os; print(sorted(os.environ))'],"
        " capture_output=True, text=True).stdout)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env=os.environ | {"AC_DESKTOP_API_KEY": MARKER},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "AC_DESKTOP_API_KEY" not in ended.stdout
