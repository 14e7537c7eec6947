"""Standard output and standard error: they print any text, and may be missing.

Where nobody reads them, a message box of the system's own shows what the person has to know.
"""

import io
import os
import sys
from pathlib import Path
from typing import Final, TextIO

_FAILING: Final = frozenset({"strict", "surrogateescape"})
"""How streams treat what their encoding lacks, unless they were asked otherwise: on Windows the second."""
TITLE = "AC Desktop"
_MACOS_SCRIPT = "on run arguments\ndisplay alert (item 1 of arguments) message (item 2 of arguments)\nend run"


def print_any_text() -> None:
    """Make standard output replace what its encoding lacks, instead of failing.

    Redirected on Windows it has the system's ANSI code page, which lacks most letters; other programs there read that.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors in _FAILING:
            stream.reconfigure(errors="replace")


def flush(stream: TextIO | None) -> None:
    """Pass on what was written to a stream, where there is one and somebody reads it."""
    if stream is None:
        return
    try:
        stream.flush()
    except BrokenPipeError:
        _discard(stream)


def write(stream: TextIO | None, text: str) -> bool:
    """Write a text to a stream; return False where there is none, as in a windowed program on Windows.

    It is also False where whoever read it has gone, as `head` does after its lines: what a command does goes on.
    """
    if stream is None:
        return False
    try:
        stream.write(text)
    except BrokenPipeError:
        _discard(stream)
        return False
    return True


def _discard(stream: TextIO) -> None:
    """Take what is written to a stream from now on, and what it has not passed on yet, without a reader."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person types into or reads a stream."""
    if stream is None or not stream.isatty():
        return False
    if sys.platform == "win32":
        from ac_desktop.platform import windows_api

        return windows_api.is_console(stream.fileno())
    return True


def is_message_box_needed() -> bool:
    """Whether nobody reads standard error: the windowed program on Windows has none, the one on macOS a log's."""
    if sys.stderr is None:
        return True
    return sys.platform == "darwin" and Path(sys.executable).stem == TITLE and not sys.stderr.isatty()


def show_message_box(text: str) -> None:
    """Show a text and wait until a person has read it. Do nothing on Linux, where every program has its output."""
    if sys.platform == "win32":
        from ac_desktop.platform import windows_api

        windows_api.show_message(TITLE, text)
    elif sys.platform == "darwin":
        import subprocess

        command = ["/usr/bin/osascript", "-e", _MACOS_SCRIPT, TITLE, text]
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603  the text is an argument, not a script
