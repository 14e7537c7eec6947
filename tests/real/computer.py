"""A computer of one's own: a screen, a session bus with a keyring, a home, and the program in a window on it."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.real.accessible import Part, ProcessDesktop, bus_address, until
from tests.real.program_window import xdotool
from tests.real.programs import program

PICTURES: Final = os.environ.get("AC_DESKTOP_PICTURES")
"""The folder into which pictures of the screen are put; without it none are taken."""
_SCREEN: Final = ("Xvfb", "-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp")
_BUS: Final = ("dbus-daemon", "--session", "--nofork", "--print-address=1")
_KEYRING: Final = ("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
_PATIENCE: Final = 60


class Computer:
    """What is started on it ends with `end`, which returns how the program ended: None where it was still there."""

    def __init__(self, folder: Path) -> None:
        self.documents = folder / "home" / "Documents"
        self.data = folder / "data"
        for made in (self.documents, self.data, folder / "run"):
            made.mkdir(parents=True)
        (folder / "run").chmod(0o700)
        self._started: list[subprocess.Popen[bytes]] = []
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "AC_DESKTOP_DATA_DIR": str(self.data),
            "AT_SPI_BUS_ADDRESS": bus_address(),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "LC_ALL": "C.UTF-8",
        }
        self._environment["DISPLAY"] = f":{self._start(_SCREEN, says_first=True)}"
        self._environment["DBUS_SESSION_BUS_ADDRESS"] = self._start(_BUS, says_first=True)
        self._start(("openbox",))
        keyring = self._start_process(_KEYRING, stdin=subprocess.PIPE)
        assert keyring.stdin is not None
        keyring.stdin.write(b"made up")
        keyring.stdin.close()

    @property
    def environment(self) -> dict[str, str]:
        """What a program on this computer finds."""
        return dict(self._environment)

    def open_program(self, desktop: Part, *arguments: str) -> ProcessDesktop:
        """Start the program; return it, once its window is there, as assistive technology meets it."""
        process = self._start_process((*program(), *arguments))
        own = ProcessDesktop(desktop.bus, desktop.owner, desktop.path, process.pid)

        def window() -> Part | None:
            assert process.poll() is None, "the program ended"
            return own.find("frame", "AC Desktop")

        until(window, "the window")
        return own

    def close_program(self) -> int:
        """Quit the program by its key; return how it ended."""
        self.press("ctrl+q")
        return self._started[-1].wait(_PATIENCE)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, in the window in front."""
        xdotool("key", "--delay", 50, *keys, environment=self._environment)

    def type(self, text: str) -> None:
        """Type a text."""
        xdotool("type", "--delay", 15, "--", text, environment=self._environment)

    def take_picture(self, name: str) -> None:
        """Take a picture of the whole screen, where pictures are wanted."""
        if PICTURES is not None:
            file = Path(PICTURES) / f"{name}.png"
            subprocess.run(
                ["import", "-window", "root", str(file)], env=self._environment, timeout=_PATIENCE, check=True
            )

    def end(self) -> None:
        """End what was started, the last first."""
        for process in reversed(self._started):
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(_PATIENCE)
            if process.stdout is not None:
                process.stdout.close()

    def _start(self, command: Sequence[str], *, says_first: bool = False) -> str:
        """Start a program; return the first line that it prints."""
        started = self._start_process(command, stdout=subprocess.PIPE if says_first else None)
        return started.stdout.readline().decode().strip() if started.stdout is not None else ""

    def _start_process(
        self, command: Sequence[str], *, stdin: int | None = None, stdout: int | None = None
    ) -> "subprocess.Popen[bytes]":
        started = subprocess.Popen(command, env=self._environment, stdin=stdin, stdout=stdout)
        self._started.append(started)
        return started


@contextmanager
def computer(folder: Path) -> Iterator[Computer]:
    """Start a computer, and end it, after a picture where something went wrong."""
    started = Computer(folder)
    try:
        yield started
    except BaseException:
        started.take_picture(f"{folder.name}-failed")
        raise
    finally:
        started.end()
