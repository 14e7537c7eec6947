"""A data folder on a network drive is refused with a sentence, before anything is written there."""

import sys
from pathlib import Path, PureWindowsPath

import pytest

from ac_desktop.cli import main
from ac_desktop.console.terminal import ExitCode
from ac_desktop.platform.paths import is_on_network, is_share
from ac_desktop.store import opening


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"\\office\donors\AC Desktop", True),
        (r"\\?\UNC\office\donors\AC Desktop", True),
        (r"//office/donors", True),
        (r"C:\Users\Ann\AppData\Local\AC Desktop", False),
        (r"\\?\C:\Users\Ann", False),
        (r"\\.\C:\Users", False),
        (r"data", False),
    ],
)
def test_a_share_is_known_by_its_path(path: str, *, expected: bool) -> None:
    assert is_share(PureWindowsPath(path)) == expected


def test_a_folder_of_this_computer_is_on_no_network(tmp_path: Path) -> None:
    assert not is_on_network(tmp_path)
    if sys.platform == "win32":
        assert is_on_network(Path(r"\\office\donors"))


@pytest.mark.parametrize("command", [(), ("connections",), ("restore",)])
def test_a_data_folder_on_a_network_drive_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    monkeypatch.setattr(opening, "is_on_network", lambda _: True)
    folder = tmp_path / "data"
    assert main(["--data-dir", str(folder), *command]) == ExitCode.WRONG_USE
    assert f"{folder} is on a network drive, where a database can lose donors." in capsys.readouterr().err
    assert not folder.exists()
