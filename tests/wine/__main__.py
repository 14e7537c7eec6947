"""The Windows lane: `python -m tests windows`, which needs Linux, Wine and an X screen (`.ci/windows` brings them).

It makes a prefix from locked and hashed parts, and runs in it: `--smoke`, the rooms' tests with the ANSI code page,
what staff do by commands and by the window, tests of console and window, and the window itself on Qt's `windows`
platform. With `--all` it runs every test of console and window, builds the bundle and its installer, and installs,
upgrades, starts and removes it. Counts are at the end, and how long each part took.
"""

import argparse
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.wine import installer, processor_time, results, window
from tests.wine import prefix as prefixes
from tests.wine.prefix import CHECKOUT, PYTHON, TOP, Prefix
from tests.wine.results import Results

WORK: Final = TOP / "build" / "windows"
PICTURE: Final = TOP / "resources" / "screenshots" / "windows.png"
VARIABLES: Final = {"PYTHONUTF8": "0", "PYTHONUNBUFFERED": "1"}
"""UTF-8 mode is off, as on the computers of staff: texts are in the ANSI code page unless said otherwise."""
_BRIEFLY: Final = {"HYPOTHESIS_PROFILE": "brief"}
"""Fewer examples where tests try many: the order of events is no matter of the system, and all are tried on Linux."""
PATIENCE: Final = ("--timeout=1200", "-o", "faulthandler_timeout=1100")
"""Wine's server is asked for each file and lock, which makes what takes a minute elsewhere take two."""
_SLOWEST: Final = 3
"""So many of the tests that took longest are shown of each room."""
PROGRAM: Final = f"{CHECKOUT}\\dist\\ac-desktop\\ac-desktop.exe"


@dataclass(frozen=True, slots=True)
class Suite:
    """Tests that are run together."""

    name: str
    tests: Sequence[str]
    limit: int
    """Seconds after which it is ended, and has failed."""
    workers: int = 2


STAFF: Final = Suite(
    "staff",
    (
        "tests/wine/staff.py",
        "tests/promises/test_two_at_once.py::test_a_second_start_calls_the_first_window_forward_and_hands_it_the_files",
    ),
    limit=1800,
    workers=0,
)
"""One after another: of two keys stored at the same moment, keyring's way to the Credential Manager keeps one."""
BY_WINDOW: Final = Suite("by-window", ("tests/wine/by_window.py",), limit=600, workers=0)
"""One after another: there is one mouse."""
_QUICK_ROOMS: Final = ("model", "platform", "activecampaign", "relay", "reporting")
ROOMS: Final = (
    Suite("quick-rooms", tuple(f"tests/{name}" for name in _QUICK_ROOMS), limit=1800),
    Suite("store", ("tests/store",), limit=1800),
    Suite("importing", ("tests/importing",), limit=1800),
    STAFF,
    BY_WINDOW,
)
PART_OF_CONSOLE: Final = Suite(
    "console",
    tuple(f"tests/console/test_{name}.py" for name in ("console", "at_a_terminal", "language", "privacy", "queries")),
    limit=1800,
)
"""Commands of each kind: their files, output and signals are the system's, and each of them starts a Python."""
ALL_OF_CONSOLE: Final = Suite("console", ("tests/console",), limit=3600)
AUTOMATION: Final = Suite("automation", ("tests/automation",), limit=1800)
PART_OF_UI: Final = Suite("ui", ("tests/ui/base", "tests/ui/main", "tests/ui/log"), limit=1800)
ALL_OF_UI: Final = Suite("ui", ("tests/ui",), limit=5400)
PARTS: Final = (PART_OF_CONSOLE, PART_OF_UI)
EVERYTHING: Final = (ALL_OF_CONSOLE, AUTOMATION, ALL_OF_UI)
BUNDLE: Final = Suite(
    "bundle", ("tests/real/bundle.py", "tests/real/installed.py", "tests/wine/staff.py"), limit=1800, workers=0
)


class Lane:
    """Runs one thing after another in a prefix, and remembers what failed."""

    def __init__(self, prefix: Prefix) -> None:
        self._prefix = prefix
        self._results = Results()

    def program(self, name: str, *arguments: str, limit: int) -> None:
        """Run a program that must succeed, and show its output."""
        with _Step(name):
            code = self._run(*arguments, limit=limit)
            if code:
                self._failed(name, f"ended with {code}")
            else:
                self._results.passed += 1

    def suite(self, suite: Suite, **variables: str) -> None:
        """Run tests, and show their counts and what failed."""
        with _Step(suite.name):
            report = self._prefix.drive / "results" / f"{suite.name}.xml"
            report.unlink(missing_ok=True)
            workers = ("-n", str(suite.workers), *(("--dist", "worksteal") if suite.workers else ()))
            options = ("-v", "-r", "fE", *workers, "-p", "no:cacheprovider", *PATIENCE)
            kept = f"--junitxml=C:\\results\\{suite.name}.xml"
            self._run(
                PYTHON, "-m", "pytest", *options, kept, *suite.tests, limit=suite.limit, show=_of_interest, **variables
            )
            ended = results.read(report)
            self._results.add(ended)
            for test, seconds in ended.slowest(_SLOWEST):
                _show(f"  {seconds:.0f} s: {test}")
            _show(f"{suite.name}: {ended}")

    def picture(self, file: Path) -> None:
        """Open the window on the `windows` platform, and keep what the screen shows."""
        with _Step("window"):
            try:
                window.save(window.take(self._prefix), file)
            except RuntimeError as error:
                self._failed("window", str(error))
            else:
                self._results.passed += 1
                _show(f"Its picture is in {file.relative_to(TOP) if file.is_relative_to(TOP) else file}.")

    def installer(self) -> None:
        """Make the installer of the bundle, install it over an older version, and remove it."""
        with _Step("installer"):
            try:
                held = installer.check(self._prefix, self._run)
            except installer.InstallerError as error:
                self._failed("installer", str(error))
            else:
                self._results.passed += len(held)
                _show(f"Held: {', '.join(held)}.")

    def end(self, whole: "_Step") -> int:
        """Show the sums, and how long the whole took; returns the exit code."""
        self._prefix.end()
        _show(f"\nThe Windows lane, in {whole.took()}")
        for reasons in (self._results.marked, self._results.left_out):
            for reason, number in sorted(reasons.items()):
                _show(f"  not run, {number}: {reason}")
        for failure in self._results.failures:
            _show(f"  FAILED {failure}")
        _show(str(self._results))
        skipped = self._results.marked.total() + self._results.left_out.total()
        _show(f"{self._results.passed} passed, {len(self._results.failures)} failed, {skipped} skipped")
        return 1 if self._results.failures else 0

    def _failed(self, name: str, why: str) -> None:
        self._results.failures.append(f"{name}: {why}")

    def _run(self, *arguments: str, limit: int, show: Callable[[str], bool] = bool, **variables: str) -> int:
        """Run a program of Windows and show its lines; returns its exit code. It is ended after `limit` seconds."""
        with self._prefix.start(*arguments, **VARIABLES, **variables) as program:
            watch = threading.Timer(limit, self._prefix.end)
            watch.start()
            for line in program.stdout or ():
                if show(line.rstrip()):
                    _show(line.rstrip())
            program.wait()
            watch.cancel()
        return program.returncode


class _Step:
    """Shows a step's name, and how long it took: by the clock, and of the processors."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._began = time.monotonic()
        self._used = processor_time.used_below()

    def __enter__(self) -> None:
        _show(f"\nWindows, {self._name}:")

    def __exit__(self, *_: object) -> None:
        _show(f"({self.took()})")

    def took(self) -> str:
        """Return in words how long it has taken so far."""
        used = processor_time.used_below() - self._used
        return f"{time.monotonic() - self._began:.0f} s, {used:.0f} s of the processors"


def main(arguments: Sequence[str]) -> int:
    """Run the lane; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests windows", description="The program as on Windows, by Wine.")
    parser.add_argument(
        "--all", action="store_true", help="all tests of console and window, a bundle by PyInstaller, and its installer"
    )
    parser.add_argument(
        "--work", type=Path, metavar="FOLDER", help="use this folder, and the prefix that it has already"
    )
    parser.add_argument(
        "--only", action="append", metavar="NAME", help="only these of the steps: smoke, window, a room"
    )
    parser.add_argument("--picture", action="store_true", help=f"write the window's picture to {PICTURE.name}")
    options = parser.parse_args(arguments)
    processor_time.adopt_orphans()
    whole = _Step("the lane")
    if options.work is None:
        shutil.rmtree(WORK, ignore_errors=True)
    work = (options.work or WORK).resolve()
    with _Step("made from the lock"):
        try:
            lane = Lane(prefixes.make(work))
        except (subprocess.CalledProcessError, OSError) as error:
            _show(f"The prefix could not be made: {error}")
            return 1

    def wanted(name: str) -> bool:
        return not options.only or name in options.only

    if wanted("smoke"):
        lane.program("smoke", PYTHON, "-m", "ac_desktop", "--smoke", limit=120)
    for suite in (*ROOMS, *(EVERYTHING if options.all else PARTS)):
        if wanted(suite.name):
            lane.suite(suite, **({} if options.all else _BRIEFLY))
    if wanted("window"):
        lane.picture(PICTURE if options.picture else work / PICTURE.name)
    if options.all and wanted("bundle"):
        lane.program(
            "bundle", PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "build.spec", limit=2400
        )
        lane.program("smoke of the bundle", PROGRAM, "--smoke", limit=120)
        lane.suite(BUNDLE, AC_DESKTOP_TEST_PROGRAM=PROGRAM)
        if installer.can_run():
            lane.installer()
        else:
            _show("The installer was not made: its compiler has 32 bits, and this Wine runs 64 alone.")
    return lane.end(whole)


def _of_interest(line: str) -> bool:
    """Whether a line of pytest says more than that a test begins, was passed or is left out.

    Failures are shown at once, so that they are known where a run is cut off.
    """
    plain = line.startswith("tests/") or " PASSED" in line or " SKIPPED" in line
    return bool(line) and (not plain or " FAILED" in line or " ERROR" in line)


def _show(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
