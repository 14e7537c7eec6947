"""A message box of the system's own, for a program whose window cannot be opened and whose output nobody reads."""

import sys
from pathlib import Path

TITLE = "AC Desktop"
_MACOS_SCRIPT = "on run arguments\ndisplay alert (item 1 of arguments) message (item 2 of arguments)\nend run"


def is_needed() -> bool:
    """Whether nobody reads standard error: the windowed program on Windows has none, the one on macOS a log's."""
    if sys.stderr is None:
        return True
    return sys.platform == "darwin" and Path(sys.executable).stem == TITLE and not sys.stderr.isatty()


def show(text: str) -> None:
    """Show a text and wait until a person has read it. Do nothing on Linux, where every program has its output."""
    if sys.platform == "win32":
        from ac_desktop.platform import windows_api

        windows_api.show_message(TITLE, text)
    elif sys.platform == "darwin":
        import subprocess

        command = ["/usr/bin/osascript", "-e", _MACOS_SCRIPT, TITLE, text]
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603  the text is an argument, not a script
