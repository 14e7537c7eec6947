"""What the installers say about the program, read from the project itself."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

TOP: Final = Path(__file__).parents[1]
PACKAGE: Final = TOP / "ac_desktop"
COMMAND: Final = "ac-desktop"
EXTRA: Final = "office"
"""What the bundle has and the wheel is asked for: the driver of an office's database."""
TITLE: Final = "AC Desktop"
IDENTIFIER: Final = "ac-desktop"
"""How desktops know the program: the name of its desktop entry, of its icon and of its macOS bundle."""
BUNDLE: Final = TOP / "dist" / COMMAND


@lru_cache(maxsize=1)
def _pyproject() -> dict[str, Any]:
    return tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))


def resources() -> tuple[str, ...]:
    """Return the folders of `resources/` that the program reads, as the wheel has them."""
    wheel: dict[str, str] = _pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    return tuple(Path(folder).name for folder in wheel)


def version() -> str:
    """Return the version, as in 0.2.0."""
    return str(_pyproject()["project"]["version"])


def description() -> str:
    """Return one line on what the program is for."""
    return str(_pyproject()["project"]["description"])
