"""What GitHub's machines run, as far as it can be proved here: each job in every combination, each step of it."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from installers.project import COMMAND, TOP, version
from tests.installers.workflows import FOLDER, Step, combinations, commands, filled, load, steps

FILES: Final = sorted(FOLDER.glob("*.yml"))
STEPS: Final = [step for file in FILES for step in steps(file)]
SCRIPTS: Final = [step for step in STEPS if step.script]
PINNED: Final = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+(\.\d+){2}$")
OF_SYSTEM: Final[Mapping[str, set[str]]] = {
    "Linux": {"apt-get", "bash", "cd", "gh", "sha256sum", "tar"},
    "Windows": {"/c/Program Files (x86)/Inno Setup 6/ISCC.exe"},
    "macOS": {"codesign", "hdiutil"},
}
"""What a machine has of its own."""
PYTHONS: Final = {"python", "python3", "env/bin/python"}
HELPFUL: Final = {"pip install", "pytest", "PyInstaller", "hatchling build"}
"""The tools whose options are compared with what they say of themselves."""
INSTALLED_THERE: Final = {"uv"}
MADE: Final = ("dist/", "release/", "env", "notes.md")
"""What earlier steps make."""
A_FILE: Final = re.compile(r"[\w./\\-]+(?:/[\w./\\-]+|\.(?:py|toml|lock|spec|iss))")


def named(step: Step) -> str:
    return str(step)


def test_a_matrix_is_every_combination_of_its_lists_and_what_is_included() -> None:
    assert combinations({"a": ["1", "2"], "b": ["x", "y"]}) == [
        {"a": "1", "b": "x"}, {"a": "1", "b": "y"}, {"a": "2", "b": "x"}, {"a": "2", "b": "y"},
    ]  # fmt: skip
    assert combinations({"include": [{"a": "1"}]}) == [{"a": "1"}]
    assert combinations({}) == [{}]


def test_an_expression_that_nobody_knows_is_an_error() -> None:
    assert filled("a ${{ runner.os == 'Windows' && '.exe' || '' }}b", {"runner.os": "macOS"}) == "a b"
    with pytest.raises(KeyError, match=r"secrets\.KEY"):
        filled("${{ secrets.KEY }}", {"runner.os": "macOS"})


def test_every_system_is_tested_with_every_python_and_the_oldest_dependencies() -> None:
    tested = {(step.job, step.system, step.python) for step in STEPS if step.job in {"linux", "desktop"}}
    for python in ("3.11", "3.12", "3.13", "3.14"):
        assert {("linux", "Linux", python), ("desktop", "Windows", python), ("desktop", "macOS", python)} <= tested
    assert {step.environment.get("RESOLUTION") for step in STEPS if step.job == "dependencies"} >= {
        "lowest-direct", "highest",
    }  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_action_is_pinned_by_its_hash_beside_its_version(file: Path) -> None:
    uses = [
        line.strip().removeprefix("- ") for line in file.read_text(encoding="utf-8").splitlines() if "uses:" in line
    ]
    called = [line.split()[1] for line in uses if "uses: ./" in line]
    assert uses
    assert [line for line in uses if "uses: ./" not in line and not PINNED.fullmatch(line)] == []
    assert all((TOP / place).is_file() for place in called)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_workflow_may_read_alone_but_for_the_one_job_that_drafts_the_release(file: Path) -> None:
    workflow = load(file)
    assert workflow["permissions"] == {"contents": "read"}
    wider = {name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job}
    assert wider in ({}, {"publish": {"contents": "write"}})
    assert re.findall(r"secrets\.\w+", file.read_text(encoding="utf-8")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the scripts are bash's")
@pytest.mark.parametrize("step", SCRIPTS, ids=named)
def test_a_script_is_well_formed(step: Step) -> None:
    checked = subprocess.run(["bash", "-n"], input=step.script, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("step", SCRIPTS, ids=named)
def test_every_command_of_a_script_is_there(step: Step) -> None:
    for words in commands(step.script):
        if words[0] in PYTHONS:
            assert words[1] == "-m", words
            assert words[2] in INSTALLED_THERE or importlib.util.find_spec(words[2]) is not None, words
            _refuse_unknown_options(words[2:])
        else:
            assert words[0] in OF_SYSTEM[step.system], words
        for word in words[1:]:
            if A_FILE.fullmatch(word) and not word.startswith(MADE):
                assert (TOP / word).exists(), f"{word} of {words}"


def _refuse_unknown_options(words: Sequence[str]) -> None:
    """Fail for a long option that a tool does not have."""
    tool = next((name for name in HELPFUL if words[: len(name.split())] == name.split()), "")
    if tool:
        known = _help_of(tool)
        for word in words:
            if word.startswith("--"):
                assert re.search(rf"(?<!\S){re.escape(word.partition('=')[0])}(?![\w-])", known), words


@cache
def _help_of(tool: str) -> str:
    asked = [sys.executable, "-m", *tool.split(), "--help"]
    return subprocess.run(asked, capture_output=True, text=True, encoding="utf-8", errors="replace", check=True).stdout


def test_the_release_of_this_version_passes_its_own_check_or_says_why() -> None:
    """The workflow asks this of a tag; the version here may have changes that are not released yet."""
    checked = subprocess.run(
        [sys.executable, "-m", "installers.release", "--check", f"v{version()}"],
        cwd=TOP, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (checked.returncode, checked.stderr) == (0, "") or "CHANGELOG.md does not begin with" in checked.stderr
    wrong = [sys.executable, "-m", "installers.release", "--check", "v999.0.0"]
    assert subprocess.run(wrong, cwd=TOP, capture_output=True, check=False).returncode != 0


def test_each_system_hands_over_what_its_steps_make_and_the_release_takes_all_of_it() -> None:
    release = list(steps(FOLDER / "release.yml"))
    handed = {step.job: step.values["path"].split() for step in release if step.uses.startswith("actions/upload-")}
    assert set(handed) == {"linux", "windows", "macos"}
    assert handed["linux"] == ["dist/*.whl", "dist/*.deb", "dist/*.tar.*", "dist/*.cdx.json"]
    assert handed["windows"] == ["dist/*-setup.exe", "dist/*.cdx.json"]
    assert handed["macos"] == ["dist/*.dmg", "dist/*.cdx.json"]
    names = [step.values["name"] for step in release if step.uses.startswith("actions/upload-")]
    assert len(names) == len(set(names)), "an artifact's name is given once"
    assert load(FOLDER / "release.yml")["jobs"]["publish"]["needs"] == ["linux", "windows", "macos"]
    setup = (TOP / "installers" / "windows" / f"{COMMAND}.iss").read_text(encoding="utf-8-sig")
    assert f"OutputBaseFilename={COMMAND}-{{#Version}}-setup" in setup
    assert "OutputDir=..\\..\\dist" in setup
    for words in (words for step in release for words in commands(step.script)):
        if "installers.sbom" in words:
            assert re.fullmatch(r"dist/[\w$() -]+\.cdx\.json", words[-1]), words


def test_the_notes_of_a_release_need_no_package_on_the_machine_that_drafts_it() -> None:
    bare = [sys.executable, "-S", "-m", "installers.changes", "0.1.0"]
    assert subprocess.run(bare, cwd=TOP, capture_output=True, check=False).returncode == 0
