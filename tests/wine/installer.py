"""The installer for Windows: compiled by Inno Setup, then installed over an older version, started and removed.

Compiler and installer are programs with 32 bits, for which Wine needs its own half of 32 bits (Debian's `wine32`).
"""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from installers.project import COMMAND, TITLE, version
from tests.wine.prefix import CHECKOUT, WINE_32, Prefix

Run = Callable[..., int]
"""Runs a program of Windows with its output shown, for at most `limit` seconds; returns its exit code."""
_LOCK: Final = Path(__file__).with_name("compiler")
_QUIETLY: Final = ("/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART")
_ENTRY: Final = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{4C5E0B52-6A0F-4E35-9A57-6C1F0D0E7A31}_is1"
_OPEN_WITH: Final = f"Software\\Classes\\Applications\\{TITLE}.exe"
_INVITATIONS: Final = ("Software\\Classes\\.acoffice", "Software\\Classes\\ACDesktop.Invitation")
_MENU: Final = ("Microsoft", "Windows", "Start Menu")
_OLDER: Final = "0.0.1"
_STALE: Final = "left-by-an-older-version.txt"


class InstallerError(Exception):
    """The installer could not be made, or did not do what it should."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to install: for one person, as it is by default, or for everybody."""

    name: str
    options: tuple[str, ...]
    folder: tuple[str, ...]
    """Where the program is put, below C:."""
    menu: tuple[str, ...]
    hive: str
    """The part of the registry that it writes to."""


def can_run() -> bool:
    """Whether this Wine runs programs with 32 bits."""
    return Path(WINE_32).exists()


def check(prefix: Prefix, run: Run) -> list[str]:
    """Go through an installation's life with the bundle that is in the prefix's checkout, in both ways.

    Returns what held. Raises InstallerError.
    """
    compiler = _compiler(prefix)
    _make_older(prefix)
    setups = []
    for folder, number in ((f"{CHECKOUT}-older", _OLDER), (CHECKOUT, version())):
        script = f"{folder}\\installers\\windows\\ac-desktop.iss"
        _must(run(compiler, "/Q", f"/DVersion={number}", script, limit=900), f"the compiler of {number}")
        setups.append(f"{folder}\\dist\\ac-desktop-{number}-setup.exe")
    held = ["compiled"]
    for way in _ways(prefix):
        held += [f"{what} {way.name}" for what in _Life(prefix, run, way).go_through(*setups)]
    return held


class _Life:
    """The life of an installation: an older version, this one over it, started, and removed."""

    def __init__(self, prefix: Prefix, run: Run, way: Way) -> None:
        self._prefix = prefix
        self._run = run
        self._way = way
        self._installed = prefix.drive.joinpath(*way.folder)
        self._home = "\\".join(("C:", *way.folder))
        self._data = _home_of(prefix) / "AppData" / "Local" / TITLE / "donors.sqlite3"

    def go_through(self, older: str, newer: str) -> list[str]:
        """Return what held. Raises InstallerError."""
        self._data.parent.mkdir(parents=True, exist_ok=True)
        self._data.write_bytes(b"made up")
        self._install(older, _OLDER)
        self._expect((self._installed / "_internal" / _STALE).exists(), f"{self._home} has no files")
        self._install(newer, version())
        self._expect(not (self._installed / "_internal" / _STALE).exists(), "files of an older version were left")
        self._must_run(f"{self._home}\\{COMMAND}.exe", "--smoke", what="the smoke test of what was installed")
        self._must_run("reg", "query", f"{self._way.hive}\\{_OPEN_WITH}", what="“Open with” in the registry")
        self._expect_invitations_open()
        self._expect(len(self._shortcuts()) == 1, "the Start menu has no entry")
        self._remove()
        self._expect(self._data.read_bytes() == b"made up", "a person's data was deleted without a question")
        return ["installed", "upgraded in place", "started", "invitations opened", "removed, the data kept,"]

    def _install(self, setup: str, number: str) -> None:
        self._must_run(setup, *_QUIETLY, *self._way.options, what=f"the installation of {number}")
        entry = f"{self._way.hive}\\{_ENTRY}"
        self._must_run("reg", "query", entry, "/v", "DisplayVersion", what=f"the entry of {number} among the programs")
        shown = self._answer("reg", "query", entry, "/v", "DisplayVersion")
        self._expect(number in shown.split(), f"the list of programs does not have {number}: {shown}")

    def _expect_invitations_open(self) -> None:
        """Look whether a double-click on an invitation to an office opens it with what was installed."""
        ending, kind = (f"{self._way.hive}\\{key}" for key in _INVITATIONS)
        named = self._answer("reg", "query", ending, "/ve")
        self._expect(kind.rsplit("\\", 1)[1] in named, f"an invitation is {named}")
        opened = self._answer("reg", "query", f"{kind}\\shell\\open\\command", "/ve")
        self._expect(f'{self._home}\\{TITLE}.exe" open "%1"' in opened, f"an invitation is opened by {opened}")

    def _answer(self, *command: str) -> str:
        with self._prefix.start(*command) as started:
            return started.stdout.read() if started.stdout else ""

    def _remove(self) -> None:
        self._must_run(f"{self._home}\\unins000.exe", *_QUIETLY, what="the removal")
        _wait_until_gone(self._prefix)
        left = [*self._installed.rglob("*"), *self._shortcuts()]
        self._expect(not left, f"the removal left {left}")
        for key in (_OPEN_WITH, _ENTRY, *_INVITATIONS):
            code = self._run("reg", "query", f"{self._way.hive}\\{key}", limit=60)
            self._expect(code != 0, f"the removal left {key}")

    def _shortcuts(self) -> list[Path]:
        return list(self._prefix.drive.joinpath(*self._way.menu).rglob(f"{TITLE}.lnk"))

    def _must_run(self, *command: str, what: str) -> None:
        _must(self._run(*command, limit=600), f"{what} {self._way.name}")

    def _expect(self, holds: bool, otherwise: str) -> None:  # noqa: FBT001  what is expected comes first
        if not holds:
            raise InstallerError(f"{self._way.name}: {otherwise}")


def _ways(prefix: Prefix) -> tuple[Way, Way]:
    user = ("users", _home_of(prefix).name, "AppData")
    programs = (*user, "Local", "Programs", TITLE)
    return (
        Way("for one person", (), programs, (*user, "Roaming", *_MENU), "HKCU"),
        Way("for everybody", ("/ALLUSERS",), ("Program Files", TITLE), ("ProgramData", *_MENU), "HKLM"),
    )


def _home_of(prefix: Prefix) -> Path:
    return next(one for one in (prefix.drive / "users").iterdir() if one.name != "Public")


def _make_older(prefix: Prefix) -> None:
    """Put the script and a small bundle of an older version beside the checkout."""
    checkout = prefix.checkout
    older = checkout.with_name(f"{checkout.name}-older")
    shutil.rmtree(older, ignore_errors=True)
    for name in ("LICENSE", "installers/windows/ac-desktop.iss", "build/build/ac-desktop.ico"):
        (older / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(checkout / name, older / name)
    bundle = older / "dist" / COMMAND
    (bundle / "_internal").mkdir(parents=True)
    for name in (f"{TITLE}.exe", f"{COMMAND}.exe"):
        shutil.copyfile(checkout / "dist" / COMMAND / name, bundle / name)
    (bundle / "_internal" / _STALE).write_text("made up", encoding="utf-8")


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
