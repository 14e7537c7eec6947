"""Parses a command line that opens the window, without loading what the other commands need."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_DATA_DIR: Final = "--data-dir"


@dataclass(frozen=True, kw_only=True)
class WindowOptions:
    """How the window is to be opened."""

    data_dir: Path | None = None
    practice: bool = False
    first_paint: bool = False


def window_options(arguments: Sequence[str]) -> WindowOptions | None:
    """Parse a command line that only opens the window; None where it is for the parser of all commands."""
    data_dir: Path | None = None
    flags: set[str] = set()
    left = list(arguments)
    while left:
        word = left.pop(0)
        name, _, value = word.partition("=")
        if word in {"--practice", "--first-paint"}:
            flags.add(word)
        elif name == _DATA_DIR and value:
            data_dir = Path(value)
        elif word == _DATA_DIR and left and not left[0].startswith("-"):
            data_dir = Path(left.pop(0))
        else:
            return None
    return WindowOptions(data_dir=data_dir, practice="--practice" in flags, first_paint="--first-paint" in flags)
