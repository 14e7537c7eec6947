"""Start at login, in each system's own way: Windows' Run key, a LaunchAgent on macOS, an autostart entry elsewhere.

Sources: Windows "Run and RunOnce Registry Keys"; launchd.plist(5); the Desktop Application Autostart Specification.
"""

import os
import plistlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from ac_desktop.platform.private_files import write_private

_NAME: Final = "AC Desktop"
_FILE: Final = "ac-desktop"
LABEL: Final = "internal.ac_desktop.login"


class LoginStart(Protocol):
    """Whether a command is started when this user logs in. Raises OSError where that cannot be read or changed."""

    def is_on(self) -> bool:
        """Whether it is started."""

    def turn_on(self, command: Sequence[str]) -> None:
        """Start this command at each login from now on, instead of any other of ours."""

    def turn_off(self) -> None:
        """Start nothing any more."""


class Registry(Protocol):
    """The values of one registry key, by their names."""

    def read(self, name: str) -> str | None:
        """Return a value, None where there is none."""

    def write(self, name: str, value: str) -> None:
        """Store a value."""

    def delete(self, name: str) -> None:
        """Delete a value, where there is one."""


class RunKeyStart:
    """A value under HKEY_CURRENT_USER's Run key, which Windows starts with its user's session."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def is_on(self) -> bool:
        """Whether it is started."""
        return bool(self._registry.read(_NAME))

    def turn_on(self, command: Sequence[str]) -> None:
        """Start this command at each login from now on."""
        self._registry.write(_NAME, subprocess.list2cmdline(command))

    def turn_off(self) -> None:
        """Start nothing any more."""
        self._registry.delete(_NAME)


class LaunchAgentStart:
    """A property list in ~/Library/LaunchAgents, which launchd reads at its user's login."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{LABEL}.plist"

    def is_on(self) -> bool:
        """Whether it is started."""
        return self._path.is_file()

    def turn_on(self, command: Sequence[str]) -> None:
        """Start this command at each login from now on."""
        content = {
            "Label": LABEL,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
            "LimitLoadToSessionType": "Aqua",
        }
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_private(self._path, plistlib.dumps(content))

    def turn_off(self) -> None:
        """Start nothing any more."""
        self._path.unlink(missing_ok=True)


class AutostartEntry:
    """A desktop entry in the user's autostart folder, which desktops start with their session."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{_FILE}.desktop"

    def is_on(self) -> bool:
        """Whether it is started: an entry that a desktop's settings have hidden is not."""
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        off = {"Hidden=true", "X-GNOME-Autostart-enabled=false"}
        return not off & {line.replace(" ", "") for line in lines}

    def turn_on(self, command: Sequence[str]) -> None:
        """Start this command at each login from now on."""
        lines = [
            "[Desktop Entry]",
            "Type=Application",
            f"Name={_NAME}",
            f"Exec={' '.join(map(_quoted, command))}",
            f"Icon={_FILE}",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
        ]
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(self._path, "\n".join([*lines, ""]))

    def turn_off(self) -> None:
        """Start nothing any more."""
        self._path.unlink(missing_ok=True)


def _quoted(argument: str) -> str:
    r"""Return an argument as a desktop entry quotes it: within quotes `"`, backtick, `$` and `\` are escaped.

    The value's own escapes come on top of it, by which each backslash is doubled; a percent sign begins a field code.
    """
    for character in ("\\", '"', "`", "$"):
        argument = argument.replace(character, f"\\{character}")
    return f'"{argument}"'.replace("\\", "\\\\").replace("%", "%%")


if sys.platform == "win32":
    import winreg

    _RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"

    class UserRegistry:
        """A key below HKEY_CURRENT_USER."""

        def __init__(self, key: str = _RUN) -> None:
            self._key = key

        def read(self, name: str) -> str | None:
            """Return a value, None where there is none."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, self._key) as opened:
                    return str(winreg.QueryValueEx(opened, name)[0])
            except FileNotFoundError:
                return None

        def write(self, name: str, value: str) -> None:
            """Store a value."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, self._key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

        def delete(self, name: str) -> None:
            """Delete a value, where there is one."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, self._key, 0, winreg.KEY_SET_VALUE) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return

    def login_start() -> LoginStart:
        """Return how this system starts programs at login."""
        return RunKeyStart(UserRegistry())

elif sys.platform == "darwin":

    def login_start() -> LoginStart:
        """Return how this system starts programs at login."""
        return LaunchAgentStart(Path.home() / "Library" / "LaunchAgents")

else:

    def login_start() -> LoginStart:
        """Return how this system starts programs at login."""
        config = os.environ.get("XDG_CONFIG_HOME", "")
        home = Path(config) if Path(config).is_absolute() else Path.home() / ".config"
        return AutostartEntry(home / "autostart")
