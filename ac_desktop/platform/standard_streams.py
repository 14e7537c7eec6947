"""Standard output and standard error: they print any text, and may be missing."""

import io
import sys
from typing import Final, TextIO

_FAILING: Final = frozenset({"strict", "surrogateescape"})
"""How streams treat what their encoding lacks, unless they were asked otherwise: on Windows the second."""


def print_any_text() -> None:
    """Let standard output replace what its encoding lacks, instead of failing.

    Redirected on Windows it has the system's ANSI code page, which lacks most letters; other programs there read that.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors in _FAILING:
            stream.reconfigure(errors="replace")


def flush(stream: TextIO | None) -> None:
    """Pass on what was written to a stream, where there is one."""
    if stream is not None:
        stream.flush()


def write(stream: TextIO | None, text: str) -> bool:
    """Write a text to a stream; return False where there is none, as in a windowed program on Windows."""
    if stream is None:
        return False
    stream.write(text)
    return True
