"""The Windows lane's own parts, as far as they need no Wine."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.wine import marker, results
from tests.wine.locked import for_windows
from tests.wine.prefix import TOP

REPORT = """<testsuites><testsuite>
<testcase classname="tests.model.test_a" name="test_one" time="1"/>
<testcase classname="tests.model.test_a" name="test_two" time="2.5"><failure message="assert 1 == 2&#10;more"/>
</testcase>
<testcase classname="tests.model.test_a" name="test_three"><error message="no such fixture"/></testcase>
<testcase classname="tests.model.test_a" name="test_four"><skipped message="Wine: makes no links"/></testcase>
<testcase classname="tests.model.test_a" name="test_five"><skipped message="modes as Unix has them"/></testcase>
</testsuite></testsuites>"""

ORPHANS = """
import subprocess, sys
from tests.wine.processor_time import adopt_orphans, used_below

adopt_orphans()
print(used_below())
SPIN = "import os, sys, time\\nwhile time.process_time() < 1.5: pass\\nos.close(1)\\n"
for orphan in (SPIN, SPIN + "sys.stdin.read()"):
    starts = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {orphan!r}])"
    with subprocess.Popen([sys.executable, "-c", starts], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        parent.stdout.read()
        print(used_below())
"""


def test_the_lock_names_for_windows_what_windows_installs_each_by_its_hashes() -> None:
    lines = for_windows((TOP / "requirements.lock").read_text(encoding="utf-8"))
    names = {line.partition("==")[0] for line in lines}
    assert {"pyside6-essentials", "requests", "pytest", "pywin32-ctypes", "colorama"} <= names
    assert not names & {"jeepney", "secretstorage", "macholib"}
    assert len(names) == len(lines)
    assert all("--hash=sha256:" in line and ";" not in line for line in lines)


def test_a_report_of_tests_is_read_as_counts_with_reasons(tmp_path: Path) -> None:
    file = tmp_path / "model.xml"
    file.write_text(REPORT, encoding="utf-8")
    read = results.read(file)
    assert read.passed == 1
    assert read.failures == [
        "tests.model.test_a::test_two: assert 1 == 2",
        "tests.model.test_a::test_three: no such fixture",
    ]
    assert read.marked == {"Wine: makes no links": 1}
    assert read.left_out == {"modes as Unix has them": 1}
    assert read.slowest(2) == [("tests.model.test_a::test_two", 2.5), ("tests.model.test_a::test_one", 1.0)]


def test_a_run_without_a_report_failed(tmp_path: Path) -> None:
    assert results.read(tmp_path / "model.xml").failures == ["model: pytest came to no end"]


@pytest.mark.skipif(sys.platform != "linux", reason="where Wine runs")
def test_the_time_of_a_program_counts_that_left_its_parent_whether_it_has_ended_or_goes_on() -> None:
    ended = subprocess.run([sys.executable, "-c", ORPHANS], capture_output=True, text=True, check=True)
    before, after_one, after_two = map(float, ended.stdout.split())
    assert before < 1 <= after_one < after_two - 1


@pytest.mark.parametrize("wine", [True, False])
def test_what_cannot_hold_under_wine_is_left_out_there_alone(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, *, wine: bool
) -> None:
    monkeypatch.setattr(marker, "is_wine", lambda: wine)
    item = pytest.Function.from_parent(request.node.parent, name="made_up", callobj=lambda: None)
    item.add_marker(pytest.mark.not_under_wine("makes no links"))
    marker.leave_out([item])
    assert [mark.kwargs for mark in item.iter_markers("skip")] == [{"reason": "Wine: makes no links"}] * wine
