"""The Windows lane's own parts, as far as they need no Wine."""

from pathlib import Path

import pytest

from tests.wine import marker, results
from tests.wine.locked import for_windows
from tests.wine.prefix import TOP

REPORT = """<testsuites><testsuite>
<testcase classname="tests.model.test_a" name="test_one"/>
<testcase classname="tests.model.test_a" name="test_two"><failure message="assert 1 == 2&#10;more"/></testcase>
<testcase classname="tests.model.test_a" name="test_three"><error message="no such fixture"/></testcase>
<testcase classname="tests.model.test_a" name="test_four"><skipped message="Wine: makes no links"/></testcase>
<testcase classname="tests.model.test_a" name="test_five"><skipped message="modes as Unix has them"/></testcase>
</testsuite></testsuites>"""


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


def test_a_run_without_a_report_failed(tmp_path: Path) -> None:
    assert results.read(tmp_path / "model.xml").failures == ["model: pytest came to no end"]


@pytest.mark.parametrize("wine", [True, False])
def test_what_cannot_hold_under_wine_is_left_out_there_alone(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, *, wine: bool
) -> None:
    monkeypatch.setattr(marker, "is_wine", lambda: wine)
    item = pytest.Function.from_parent(request.node.parent, name="made_up", callobj=lambda: None)
    item.add_marker(pytest.mark.not_under_wine("makes no links"))
    marker.pytest_collection_modifyitems([item])
    assert [mark.kwargs for mark in item.iter_markers("skip")] == [{"reason": "Wine: makes no links"}] * wine
