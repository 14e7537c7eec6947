"""The command that runs the rooms on other Pythons, as far as it needs none."""

import re
import sys
from pathlib import Path

import pytest

from tests import pythons
from tests.pythons import ROOMS, ROOT, VERSIONS, Interpreter


def test_a_python_is_known_by_what_it_says(tmp_path: Path) -> None:
    known = pythons.asked(Path(sys.executable))
    assert known is not None
    assert known.numbers == sys.version_info[:3]
    assert known.version == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert pythons.asked(tmp_path / "python3") is None


def test_the_newest_of_each_version_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [(3, 12, 1), (3, 12, 10), (3, 13, 0), (3, 9, 2)]
    made = {Path(f"python{number}"): Interpreter(Path(f"python{number}"), number) for number in there}
    monkeypatch.setattr(pythons, "_programs", lambda: iter(made))
    monkeypatch.setattr(pythons, "asked", made.get)
    assert [one.numbers for one in pythons.found()] == [(3, 12, 10), (3, 13, 0)]


def test_the_versions_are_those_of_the_workflow_and_the_rooms_are_there() -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    matrices = re.findall(r"^ +python: \[(.+)\]$", workflow, re.MULTILINE)
    assert {tuple(re.findall(r'"([\d.]+)"', matrix)) for matrix in matrices} == {VERSIONS}
    assert all((ROOT / "tests" / room).is_dir() for room in ROOMS)


def test_a_name_that_is_no_python_is_reported(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert pythons.main([str(tmp_path / "python3")]) == 1
    assert "python3: no Python" in capsys.readouterr().out
