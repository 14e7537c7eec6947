"""The lane that finds what no test reaches says so, and fails where it is too much."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.coverage import NOT_TRACED, ROOT, Reached, judge, rooms


def _module(path: str, *, missing_lines: int = 0, arcs: tuple[tuple[int, int], ...] = ()) -> Reached:
    summary = {
        "num_statements": 100,
        "covered_lines": 100 - missing_lines,
        "num_branches": 20,
        "covered_branches": 20 - len(arcs),
    }
    expected = {"summary": summary, "missing_lines": list(range(7, 7 + missing_lines)), "missing_branches": list(arcs)}
    return Reached.of_module(path, expected)


WHOLE = [_module(f"ac_desktop/{room}/some.py") for room in ("model", "activecampaign", "relay", "store")]


def test_the_packages_that_decide_must_be_reached_wholly_and_the_rest_nearly(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert judge([*WHOLE, _module("ac_desktop/ui/main/window.py", missing_lines=12), _module("ac_desktop/app.py")]) == 0
    reported = capsys.readouterr().out
    assert "ui                      88/100         20/20    90.0 %" in reported
    assert "window.py" not in reported


@pytest.mark.parametrize(
    ("module", "named"),
    [
        (_module("ac_desktop/store/queue/queue.py", missing_lines=1), "ac_desktop/store/queue/queue.py: 7\n"),
        (
            _module("ac_desktop/relay/connection_run.py", arcs=((12, 14), (20, -3))),
            "ac_desktop/relay/connection_run.py: 12->14, 20->end\n",
        ),
        (_module("ac_desktop/app.py", missing_lines=13), "ac_desktop/app.py: 7, 8, 9"),
    ],
)
def test_too_little_fails_and_is_named(module: Reached, named: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert judge([*WHOLE, module]) == 1
    assert named in capsys.readouterr().out


def test_a_room_is_never_rounded_up_to_a_hundred(capsys: pytest.CaptureFixture[str]) -> None:
    nearly = Reached(name="ac_desktop/store/a.py", lines=9999, lines_reached=9998, branches=0, branches_reached=0)
    assert judge([nearly]) == 1
    assert "99.9 %" in capsys.readouterr().out


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="later Pythons trace all threads at once")
def test_no_thread_of_a_traced_run_dies_before_it_begins() -> None:
    program = """
import sys, threading, time
import tests.tracing
sys.addaudithook(lambda event, arguments: time.sleep(0.001) if event == 'sys.settrace' else None)
threading.settrace(lambda frame, event, argument: sys.settrace(None))
begun = []
for _ in range(3):
    threads = [threading.Thread(target=begun.append, args=(1,)) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
print(len(begun))
"""
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.stderr) == ("72\n", "")


def test_every_test_is_in_one_of_the_packages_that_are_run() -> None:
    parts = [Path(path) for paths in rooms().values() for path in paths]
    found = [test for part in parts for test in (sorted(part.glob("**/test_*.py")) if part.is_dir() else [part])]
    assert sorted(found) == sorted((ROOT / "tests").glob("**/test_*.py"))


def test_what_is_passed_over_is_there_and_its_reason_is_reported() -> None:
    for test, why in NOT_TRACED.items():
        path, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")
        assert why


def test_a_process_that_a_test_starts_is_traced_with_it(tmp_path: Path) -> None:
    program = tmp_path / "starts_another.py"
    program.write_text(
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import ac_desktop.model.states'], check=True)\n"
    )
    environment = os.environ | {"COVERAGE_FILE": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    environment.pop("COVERAGE_PROCESS_CONFIG", None)
    settings, only = f"--rcfile={ROOT / 'pyproject.toml'}", "--include=*/model/states.py"
    for words in (("run", settings, str(program)), ("combine", "--quiet"), ("json", settings, "--quiet", only)):
        subprocess.run([sys.executable, "-m", "coverage", *words], cwd=tmp_path, env=environment, check=True)
    report = json.loads((tmp_path / "coverage.json").read_text())["files"]
    (states,) = (file for name, file in report.items() if name.endswith("states.py"))
    assert states["summary"]["covered_lines"]
