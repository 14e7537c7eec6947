"""`ac-desktop --smoke` reports whether an installation works: 0 if so, else a sentence and another code."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import ac_desktop
from ac_desktop import smoke_test
from ac_desktop.app import ServiceParts, build
from ac_desktop.cli import main
from ac_desktop.console.terminal import ExitCode
from ac_desktop.services import Services
from ac_desktop.store.connections.keys import Keys
from tests.console.conftest import ROOT

KEPT = ("PATH", "PYTHONPATH", "HOME", "PYTHON_KEYRING_BACKEND", "COVERAGE_PROCESS_CONFIG")


def _build(folder: Path, keys: Keys) -> Services:
    return build(folder, parts=ServiceParts(keys=keys))


def test_a_checkout_takes_three_donors_from_a_file_to_the_practice_account(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "ac_desktop", "--smoke"],
        cwd=tmp_path,
        env={name: os.environ[name] for name in KEPT if name in os.environ}
        | {"TMPDIR": str(tmp_path)},
        capture_output=True, text=True, encoding="utf-8", timeout=100, check=False,
    )  # fmt: skip
    assert ended.returncode == ExitCode.OK, ended.stderr
    assert f"AC Desktop {ac_desktop.__version__}" in ended.stdout
    assert "keyring.backends.fail.Keyring" in ended.stdout
    assert "3 sample donors went from a file to a practice account" in ended.stdout
    assert not list(tmp_path.glob("ac-desktop-smoke-*"))


def test_donors_that_do_not_arrive_are_a_failure_reported_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke_test.run(_build, lambda *_: "") == ExitCode.BUG
    assert "isn't working correctly: the account has {} instead of" in capsys.readouterr().err


def test_trouble_of_the_window_is_reported_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke_test.run(_build, lambda *_: "there is no display.") == ExitCode.BUG
    assert "isn't working correctly: there is no display." in capsys.readouterr().err


def test_missing_resources_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(smoke_test, "resources_folder", lambda: tmp_path)
    assert smoke_test.run(_build, lambda *_: "") == ExitCode.BUG
    assert f"{tmp_path / 'icons' / 'app.svg'} is missing." in capsys.readouterr().err


def test_the_program_says_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert ac_desktop.__version__ == project["version"]


@pytest.mark.parametrize("before", [None, "/opt/lib"])
def test_programs_that_a_bundle_starts_load_the_libraries_of_the_system(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], before: str | None
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    if before is not None:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    with pytest.raises(SystemExit):
        main(["--version"])
    assert ac_desktop.__version__ in capsys.readouterr().out
    assert os.environ.get("LD_LIBRARY_PATH") == before


@pytest.fixture(autouse=True)
def _platform(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the smoke test says of the platform ends with the test."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
