"""The program starts at login where a person chose that, in each system's own way, and no longer once they do not."""

import os
import plistlib
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from ac_desktop.platform.login_start import (
    LABEL,
    AutostartEntry,
    LaunchAgentStart,
    LoginStart,
    RunKeyStart,
    login_start,
)

COMMAND = ["/opt/AC Desktop/ac-desktop", "open"]
ODD = ['/opt/100% $HOME/`x`/"quoted"/back\\slash/it\'s', "--data-dir", "/home/annie/Año 2026", ""]


class DictRegistry:
    """A registry key in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        return self.values.get(name)

    def write(self, name: str, value: str) -> None:
        self.values[name] = value

    def delete(self, name: str) -> None:
        self.values.pop(name, None)


def ways(folder: Path) -> list[LoginStart]:
    return [RunKeyStart(DictRegistry()), LaunchAgentStart(folder / "agents"), AutostartEntry(folder / "autostart")]


@pytest.mark.parametrize("number", range(3))
def test_it_is_off_on_and_off_again(tmp_path: Path, number: int) -> None:
    way = ways(tmp_path)[number]
    assert not way.is_on()
    way.turn_off()
    way.turn_on(COMMAND)
    way.turn_on(ODD)
    assert way.is_on()
    way.turn_off()
    assert not way.is_on()


def test_windows_gets_a_command_line_that_is_read_as_it_was_meant() -> None:
    registry = DictRegistry()
    RunKeyStart(registry).turn_on(["C:\\Program Files\\AC Desktop\\ac-desktop.exe", "open"])
    assert list(registry.values.values()) == ['"C:\\Program Files\\AC Desktop\\ac-desktop.exe" open']


def test_macos_gets_a_property_list_of_the_user_alone(tmp_path: Path) -> None:
    LaunchAgentStart(tmp_path / "agents").turn_on(ODD)
    (path,) = (tmp_path / "agents").iterdir()
    content = plistlib.loads(path.read_bytes())
    assert path.name == f"{LABEL}.plist"
    assert (content["Label"], content["ProgramArguments"], content["RunAtLoad"]) == (LABEL, ODD, True)


def test_an_autostart_entry_is_read_as_it_was_meant(tmp_path: Path) -> None:
    AutostartEntry(tmp_path / "autostart").turn_on(ODD)
    (path,) = (tmp_path / "autostart").iterdir()
    line = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("Exec="))
    value = line.removeprefix("Exec=").replace("%%", "%").replace("\\\\", "\\")
    assert shlex.split(value.replace("\\$", "$").replace("\\`", "`")) == ODD


def test_an_entry_that_the_desktop_switched_off_counts_as_off(tmp_path: Path) -> None:
    way = AutostartEntry(tmp_path / "autostart")
    way.turn_on(COMMAND)
    path = tmp_path / "autostart" / "ac-desktop.desktop"
    for line in ("Hidden=true", "X-GNOME-Autostart-enabled=false"):
        text = path.read_text(encoding="utf-8").replace("X-GNOME-Autostart-enabled=true", line)
        path.write_text(text, encoding="utf-8")
        assert not way.is_on()
        way.turn_on(COMMAND)


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the way of other systems")
def test_on_linux_it_lies_where_desktops_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    login_start().turn_on(COMMAND)
    assert (tmp_path / "config" / "autostart" / "ac-desktop.desktop").is_file()
    assert login_start().is_on()
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative/is/ignored")
    assert not login_start().is_on()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    if os.access("/usr/bin/desktop-file-validate", os.X_OK):
        subprocess.run(["desktop-file-validate", tmp_path / "config/autostart/ac-desktop.desktop"], check=True)
    login_start().turn_off()
    assert not login_start().is_on()


@pytest.mark.skipif(sys.platform != "win32", reason="Windows' registry")
def test_on_windows_the_registry_keeps_it() -> None:
    if sys.platform == "win32":
        from ac_desktop.platform.login_start import UserRegistry

        registry = UserRegistry(r"Software\AC Desktop tests\Run")
        way = RunKeyStart(registry)
        way.turn_on(COMMAND)
        assert way.is_on()
        assert registry.read("AC Desktop") == '"/opt/AC Desktop/ac-desktop" open'
        way.turn_off()
        way.turn_off()
        assert not way.is_on()
