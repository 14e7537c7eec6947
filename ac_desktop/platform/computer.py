"""Identifies this computer by more than its name: the ID of its installed system, and the ID of its present boot.

A host name changes with the network, or when a person chooses another. Two computers can share a name, too.
"""

import hashlib
import platform
import secrets
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PURPOSE: Final = b"AC Desktop computer mark"
"""The system's ID is confidential (machine-id(5)): only a hash with a purpose of our own is kept."""
_DIGITS: Final = 16
MACHINE_ID_FILES: Final = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
_NOT_YET: Final = "uninitialized"
"""The content of the file until a system's first boot is over."""
_ID_FILE: Final = "computer-mark"


@dataclass(frozen=True)
class Computer:
    """A computer: its lasting ID, the ID of its present boot (empty where the system has none), and its name."""

    mark: str
    start: str
    name: str


def this_computer() -> Computer:
    """Return the computer that this process runs on."""
    return Computer(_hashed(system_id() or _stored_id()), _hashed(_read(_BOOT_ID)), platform.node() or "localhost")


def _hashed(mark: str) -> str:
    return hashlib.sha256(_PURPOSE + mark.encode()).hexdigest()[:_DIGITS] if mark else ""


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip().removeprefix(_NOT_YET)
    except (OSError, ValueError):
        return ""


def _stored_id() -> str:
    """Return a random ID stored in this user's state folder; the host name where nothing can be stored there."""
    import platformdirs

    from ac_desktop.platform.private_files import write_private

    path = platformdirs.user_state_path("AC Desktop", appauthor=False) / _ID_FILE
    with suppress(OSError):
        if not _read(path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(path, secrets.token_hex(_DIGITS))
    return _read(path) or platform.node() or "localhost"


if sys.platform == "win32":

    def system_id() -> str:
        """Return the ID of the installed system; empty where it has none."""
        import winreg

        place = r"SOFTWARE\Microsoft\Cryptography"
        try:
            with winreg.OpenKey(
                winreg.HKEY_LOCAL_MACHINE, place, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY
            ) as opened:
                return str(winreg.QueryValueEx(opened, "MachineGuid")[0])
        except OSError:
            return ""

elif sys.platform == "darwin":

    def system_id() -> str:
        """Return the ID of the installed system; empty where it has none."""
        import ctypes

        mark = (ctypes.c_ubyte * 16)()
        patience = (ctypes.c_long * 2)(1, 0)
        try:
            failed = ctypes.CDLL(None).gethostuuid(mark, patience)
        except AttributeError:
            return ""
        return "" if failed else bytes(mark).hex()

else:

    def system_id() -> str:
        """Return the ID of the installed system; empty where it has none."""
        return next(filter(None, map(_read, MACHINE_ID_FILES)), "")
