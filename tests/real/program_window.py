"""The program's window while the real program runs, found by what assistive technology sees."""

import subprocess
from collections.abc import Mapping

from tests.real.accessible import Part, until
from tests.real.programs import program


def xdotool(*arguments: object, environment: Mapping[str, str] | None = None) -> str:
    """Do something with mouse, keyboard or window; return what was printed. The environment names the screen."""
    command = ["xdotool", *map(str, arguments)]
    while True:
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        # A window that closes just then ends a search among all of them.
        if arguments[0] != "search" or "BadWindow" not in ended.stderr:
            break
    assert ended.returncode == 0, (arguments, ended.stderr)
    return ended.stdout.strip()


def place_window(environment: Mapping[str, str] | None = None) -> None:
    """Move the program's window to the left of a screen, so that another one has space."""
    number = xdotool("search", "--sync", "--onlyvisible", "--name", "^AC Desktop", environment=environment).split()[0]
    xdotool("windowsize", "--sync", number, 1000, 760, environment=environment)
    xdotool("windowmove", number, 0, 0, environment=environment)


class Window:
    """The program's window while it is open."""

    def __init__(self, desktop: Part, environment: dict[str, str], *arguments: str) -> None:
        self._desktop = desktop
        self._process = subprocess.Popen([*program(), *arguments], env=environment)
        self.root = until(self._found, "the window")

    def _found(self) -> Part | None:
        assert self._process.poll() is None, "the program ended"
        return self._desktop.find("frame", "AC Desktop")

    def button(self, start: str) -> Part:
        return until(lambda: self.root.find("push button", start), f"a button “{start}…”")

    def tells(self, *words: str) -> bool:
        """Whether a line of the log has all these words."""
        log = self.root.find("table", "Log")
        return log is not None and any(all(word in name for word in words) for name in log.names("cell"))

    def place(self) -> None:
        """Move the window to the left of the screen, so that another one has space."""
        place_window()

    def close(self) -> int:
        number = xdotool("search", "--onlyvisible", "--name", "AC Desktop").split()[0]
        xdotool("windowactivate", "--sync", number)
        xdotool("key", "ctrl+q")
        return self._process.wait(60)

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(60)
