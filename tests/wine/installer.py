"""The installer for Windows: compiled by Inno Setup, then installed, installed again over itself, and removed.

Compiler and installer are programs with 32 bits, for which Wine needs its own half of 32 bits (Debian's `wine32`).
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from installers.project import COMMAND, TITLE, version
from tests.wine.prefix import CHECKOUT, WINE_32, Prefix

Run = Callable[..., int]
"""Runs a program of Windows with its output shown, for at most `limit` seconds; returns its exit code."""
_LOCK: Final = Path(__file__).with_name("compiler")
_QUIETLY: Final = ("/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART")
_FOR_WHOM: Final = "/ALLUSERS"
"""Wine 8 has no folder for the programs of one person, in which an installation is by default."""
_HOME: Final = f"C:\\Program Files\\{TITLE}"
_OPEN_WITH: Final = f"HKLM\\Software\\Classes\\Applications\\{TITLE}.exe"
_START_MENU: Final = Path("ProgramData", "Microsoft", "Windows", "Start Menu")


class InstallerError(Exception):
    """The installer could not be made, or did not do what it should."""


def can_run() -> bool:
    """Whether this Wine runs programs with 32 bits."""
    return Path(WINE_32).exists()


def check(prefix: Prefix, run: Run) -> None:
    """Go through an installation's life with the bundle that is in the prefix's checkout. Raises InstallerError."""
    compiler = _compiler(prefix)
    script = f"{CHECKOUT}\\installers\\windows\\ac-desktop.iss"
    _must(run(compiler, "/Q", f"/DVersion={version()}", script, limit=600), "the compiler")
    setup = f"{CHECKOUT}\\dist\\ac-desktop-{version()}-setup.exe"
    installed, menu = prefix.drive / "Program Files" / TITLE, prefix.drive / _START_MENU
    for what in ("the installation", "the installation over an older one"):
        stale = installed / "_internal" / "left-by-an-older-version.txt"
        if installed.exists():
            stale.write_text("made up", encoding="utf-8")
        _must(run(setup, *_QUIETLY, _FOR_WHOM, limit=300), what)
        if stale.exists():
            raise InstallerError("files of an older version were left")
        _must(run(f"{_HOME}\\{COMMAND}.exe", "--smoke", limit=120), f"the smoke test after {what}")
    _must(run("reg", "query", _OPEN_WITH, limit=60), "“Open with” in the registry")
    if not list(menu.rglob(f"{TITLE}.lnk")):
        raise InstallerError("the Start menu has no entry")
    _must(run(f"{_HOME}\\unins000.exe", *_QUIETLY, limit=300), "the removal")
    _wait_until_gone(prefix)
    left = [str(path.relative_to(prefix.drive)) for path in installed.rglob("*")]
    left += [str(path.relative_to(prefix.drive)) for path in menu.rglob(f"{TITLE}.lnk")]
    if left or run("reg", "query", _OPEN_WITH, limit=60) == 0:
        raise InstallerError(f"the removal left {left or _OPEN_WITH}")


def _compiler(prefix: Prefix) -> str:
    """Install the compiler by its hash, and return its place on C:."""
    folder = prefix.drive / "compiler"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(_LOCK, folder)
    try:
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise InstallerError(f"there is no compiler: {error}") from error
    return "C:\\compiler\\node_modules\\innosetup\\bin\\ISCC.exe"


def _wait_until_gone(prefix: Prefix) -> None:
    """Wait for the copy of itself that a removal leaves to its end."""
    try:
        prefix.wait(120)
    except subprocess.TimeoutExpired as error:
        raise InstallerError("the removal did not come to its end") from error


def _must(code: int, what: str) -> None:
    if code:
        raise InstallerError(f"{what} ended with {code}")
