"""The system packages that a clone needs: detected, installed where that is allowed, else named in one line."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ac_desktop.platform import display
from installers import environment
from installers.errors import NotReadyError

_VENV: Final = ("python3-venv", "python3-pip")
_COMPILER: Final = ("gcc", "gcc")
_C_LIBRARY: Final = ("libc6-dev", "glibc-devel")
_FONTS: Final = ("fonts-dejavu-core", "dejavu-sans-fonts")
_POSTGRESQL: Final = ("postgresql", "postgresql-server")
POSTGRESQL_FOLDER: Final = Path("/usr/lib/postgresql")
_FONT_FOLDERS: Final = ("/usr/share/fonts", "/usr/local/share/fonts")
_C_HEADER: Final = Path("/usr/include/stdio.h")


@dataclass(frozen=True)
class PackageManager:
    """A system's package manager: its program, how it installs, and which of a pair of names it uses."""

    program: str
    install: tuple[str, ...]
    place: int
    refresh: tuple[str, ...] = ()


_MANAGERS: Final = (
    PackageManager(
        "apt-get",
        ("apt-get", "install", "-y", "--no-install-recommends"),
        place=0,
        refresh=("apt-get", "update", "-qq"),
    ),
    PackageManager("dnf", ("dnf", "install", "-y"), place=1),
)


def for_window() -> list[tuple[str, str]]:
    """Return the packages that a window on this screen lacks, each by its Debian and its Fedora name."""
    return for_console() + list(display.missing_libraries(display.needed_libraries()).values())


def for_console() -> list[tuple[str, str]]:
    """Return the packages that the program lacks where no window is to be opened."""
    return [] if environment.can_make() or not sys.platform.startswith("linux") else [_VENV]


def for_checks() -> list[tuple[str, str]]:
    """Return the packages that the checks lack.

    They open their windows without a screen, compile one file, and start a PostgreSQL server of their own.
    """
    if not sys.platform.startswith("linux"):
        return []
    missing = for_console() + list(display.missing_libraries(display.PACKAGES).values())
    if shutil.which("gcc") is None:
        missing.append(_COMPILER)
    if not _C_HEADER.exists():
        missing.append(_C_LIBRARY)
    if shutil.which("initdb") is None and not any(POSTGRESQL_FOLDER.glob("*/bin/initdb")):
        missing.append(_POSTGRESQL)
    if not any(_has_fonts(Path(folder)) for folder in _FONT_FOLDERS):
        missing.append(_FONTS)
    return missing


def ensure(missing: Iterable[tuple[str, str]]) -> None:
    """Install the missing packages where this account may.

    Raises NotReadyError with the one line to paste where it may not, or where the installation fails.
    """
    pairs = sorted(set(missing))
    if not pairs:
        return
    manager = next((one for one in _MANAGERS if shutil.which(one.program)), None)
    if manager is None:
        names = " ".join(pair[0] for pair in pairs)
        raise NotReadyError(f"This system lacks what Debian calls: {names}. Install it, then start this again.")
    names_here = [pair[manager.place] for pair in pairs]
    if not _may_install():
        line = " ".join(("sudo", *manager.install, *names_here))
        raise NotReadyError(
            f"Some system packages are missing. Paste this line, then start this again:\n\n    {line}\n"
        )
    sys.stderr.write(f"Installing system packages: {' '.join(names_here)}\n")
    for command in (manager.refresh, (*manager.install, *names_here)):
        if command:
            _install(command)


def _has_fonts(folder: Path) -> bool:
    return any(path.suffix.lower() in {".ttf", ".otf", ".ttc"} for path in folder.rglob("*"))


def _may_install() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _install(command: tuple[str, ...]) -> None:
    ended = subprocess.run(
        command,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if ended.returncode:
        last_lines = "\n".join(ended.stdout.strip().splitlines()[-10:])
        raise NotReadyError(f"“{' '.join(command)}” failed. The last lines were:\n{last_lines}")
