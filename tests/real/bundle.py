"""The bundle, as people get it: small enough, and whole without any Python of the computer.

Runs on what `python -m PyInstaller build.spec` made, or on the program that `AC_DESKTOP_TEST_PROGRAM` names.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import ac_desktop
from installers.project import BUNDLE, COMMAND
from tests.real.programs import SYSTEM, VARIABLE

PROGRAM: Final = Path(os.environ.get(VARIABLE, BUNDLE / COMMAND))
MOST_MEGABYTES: Final = 160


def test_it_is_smaller_than_160_megabytes_and_no_link_in_it_is_broken() -> None:
    files = list(PROGRAM.parent.rglob("*"))
    megabytes = sum(file.lstat().st_size for file in files) / 1e6
    print(f"{megabytes:.0f} MB")  # noqa: T201  the figure is what one runs this for
    assert megabytes < MOST_MEGABYTES
    assert [file for file in files if file.is_symlink() and not file.exists()] == []


def test_it_brings_its_own_python_along_and_takes_none_of_this_computer(tmp_path: Path) -> None:
    (tmp_path / "requests.py").write_text("raise SystemExit('not ours')", encoding="utf-8")
    ended = subprocess.run(
        [str(PROGRAM), "--smoke"],
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PYTHONHOME": str(tmp_path), "PYTHONPATH": str(tmp_path)} | SYSTEM,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert f"AC Desktop {ac_desktop.__version__}, bundle, {PROGRAM}" in ended.stdout


if sys.platform == "linux":

    def test_it_brings_along_what_an_office_needs(tmp_path: Path) -> None:
        from tests.console.offices import OWNER_PASSWORD, OfficeDatabase

        database = OfficeDatabase()
        environment = {"HOME": str(tmp_path), "AC_DESKTOP_OFFICE_PASSWORD": OWNER_PASSWORD}
        printed = ""
        for words in (("create", "--server", database.url), ("status", "--json")):
            ended = subprocess.run(
                [str(PROGRAM), "office", *words, "--data-dir", str(tmp_path / "data")],
                env=environment | SYSTEM,
                capture_output=True,
                text=True,
                timeout=100,
                check=False,
            )
            assert ended.returncode == 0, ended.stderr
            printed = ended.stdout
        assert json.loads(printed)["database"] == database.name


if sys.platform == "win32":

    def test_windows_is_told_that_it_takes_long_paths() -> None:
        programs = list(PROGRAM.parent.glob("*.exe"))
        assert len(programs) == 2
        assert all(b"longPathAware" in program.read_bytes() for program in programs)
