"""A clone makes its own environment: from the lock by its hashes, once, and again when the lock changes."""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from installers import check, environment, start, system_packages
from installers.errors import NotReadyError
from tests.at_length import some

BACKEND = """
import zipfile


def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "clone-1-py3-none-any.whl"
    with zipfile.ZipFile(folder + "/" + name, "w") as wheel:
        wheel.writestr("clone-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: clone\\nVersion: 1\\n")
        wheel.writestr("clone-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("clone-1.dist-info/RECORD", "")
    return name
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def _wheel(folder: Path, version: str) -> str:
    """Write a wheel of a package that says its version, and return its line of a lock."""
    path = folder / f"colour-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("colour.py", f'print("colour {version}")\n')
        wheel.writestr(
            f"colour-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: colour\nVersion: {version}\n"
        )
        wheel.writestr(
            f"colour-{version}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"colour-{version}.dist-info/RECORD", "")
    return f"colour=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of a small project, whose packages lie in a folder beside it."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for name, value in {"NO_INDEX": "1", "FIND_LINKS": str(wheels), "EXTRA_INDEX_URL": "", "CONSTRAINT": ""}.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    top = tmp_path / "clone"
    top.mkdir()
    (top / "backend.py").write_text(BACKEND)
    (top / "pyproject.toml").write_text(PROJECT)
    (top / "requirements.lock").write_text(_wheel(wheels, "1.0"))
    return top


def _says(top: Path) -> str:
    return subprocess.run(
        [environment.python_of(top), "-c", "import colour"], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.mark.timeout(600)
@pytest.mark.at_length
def test_it_is_made_from_the_locked_packages_once_and_anew_when_the_lock_changes(clone: Path) -> None:
    """Each making takes seven seconds, so the last of three is left to the longer run."""
    python = environment.ensure(clone)
    assert _says(clone) == "colour 1.0"
    made_at = python.lstat().st_ctime_ns
    environment.ensure(clone)
    assert python.lstat().st_ctime_ns == made_at, "nothing is made again"

    lock = _wheel(clone.parent / "wheels", "2.0")
    (clone / "requirements.lock").write_text(lock[:-5] + "beef\n")
    assert not environment.is_ready(clone), "it was made from another lock"
    with pytest.raises(NotReadyError, match=r"(?i)hash"):
        environment.ensure(clone)
    assert not environment.is_ready(clone), "what is half made is no environment"
    with pytest.raises(subprocess.CalledProcessError):
        _says(clone)

    if some(1, few=0):
        (clone / "requirements.lock").write_text(lock)
        environment.ensure(clone)
        assert _says(clone) == "colour 2.0"


def test_an_environment_is_not_taken_away_from_under_the_python_that_runs(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = clone / environment.FOLDER_NAME / "kept"
    kept.parent.mkdir()
    kept.touch()
    monkeypatch.setattr("sys.prefix", str(kept.parent))
    with pytest.raises(NotReadyError, match="Python of your system"):
        environment.ensure(clone)
    assert kept.exists()


MISSING = [("libegl1", "libglvnd-egl"), ("python3-venv", "python3-pip"), ("libegl1", "libglvnd-egl")]


def _program(folder: Path, name: str, ending: int = 0) -> None:
    path = folder / name
    path.write_text(f'#!/bin/sh\necho "$0 $*" >> {folder}/calls\nexit {ending}\n')
    path.chmod(0o700)


@pytest.fixture
def only_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds the only programs to be found."""
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("apt-get", "sudo apt-get install -y --no-install-recommends libegl1 python3-venv"),
        ("dnf", "sudo dnf install -y libglvnd-egl python3-pip"),
    ],
)
def test_who_may_not_install_gets_one_line_to_paste(
    only_tools: Path, monkeypatch: pytest.MonkeyPatch, program: str, line: str
) -> None:
    _program(only_tools, program)
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    with pytest.raises(NotReadyError) as raised:
        system_packages.ensure(MISSING)
    assert [text.strip() for text in str(raised.value).splitlines() if "sudo" in text] == [line]
    assert not (only_tools / "calls").exists()


def test_root_gets_the_packages_installed(only_tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(only_tools, "apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    system_packages.ensure(MISSING)
    assert (only_tools / "calls").read_text().replace(f"{only_tools}/", "").splitlines() == [
        "apt-get update -qq",
        "apt-get install -y --no-install-recommends libegl1 python3-venv",
    ]


def test_a_package_that_cannot_be_installed_is_named(only_tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(only_tools, "apt-get", ending=100)
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    with pytest.raises(NotReadyError, match="failed"):
        system_packages.ensure(MISSING)


def test_an_unknown_system_gets_the_names(only_tools: Path) -> None:
    assert only_tools.is_dir()
    with pytest.raises(NotReadyError, match="libegl1 python3-venv"):
        system_packages.ensure(MISSING)


def test_nothing_missing_asks_for_nothing(only_tools: Path) -> None:
    system_packages.ensure([])
    assert not (only_tools / "calls").exists()


def test_without_a_screen_the_commands_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ac_desktop.platform.display.has_screen", lambda: False)
    monkeypatch.setattr(system_packages, "for_console", list)
    monkeypatch.setattr(environment, "ensure", environment.python_of)
    assert start.main([]) == start.NO_WINDOW
    reported = capsys.readouterr().err
    assert "no screen" in reported
    assert "ac-desktop practice" in reported


def test_the_checks_end_with_their_own_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(arguments: list[str]) -> int:
        asked.append(arguments)
        return 7

    monkeypatch.setattr(system_packages, "for_checks", list)
    monkeypatch.setattr(environment, "ensure", environment.python_of)
    monkeypatch.setattr(environment, "run", run)
    assert check.main(["lint"]) == 7
    assert asked == [["-m", "tests", "lint"]]


@pytest.mark.skipif(sys.platform != "linux", reason="the checks need packages of the system on Linux alone")
def test_the_checks_ask_for_the_server_that_they_start(
    only_tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages, "POSTGRESQL_FOLDER", tmp_path)
    assert ("postgresql", "postgresql-server") in system_packages.for_checks()
    _program(only_tools, "initdb")
    assert ("postgresql", "postgresql-server") not in system_packages.for_checks()
