"""Builds the library between a process and its disk (`disk.c`), and calls it from within that process."""

import ctypes
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Final

from ac_desktop.store.engines.sqlite.database import FILE_NAME

CAN_STAND_BETWEEN: Final = sys.platform == "linux"
"""Elsewhere no library can be put before the system's own in this way: Windows and macOS go without these tests."""
WHY_NOT: Final = "a library is preloaded between process and disk, which only Linux lets us do"

DISK: Final = Path(__file__).with_name("disk.c")
"""Counts what is written, synced and sent."""
STEPS: Final = Path(__file__).with_name("steps.c")
"""Counts every step of the file system."""


class Action(IntEnum):
    """What happens at the chosen moment; from then on a failing disk writes nothing more."""

    KILL = 0
    POWER = 1
    FAIL = 2


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is to happen to a process, and at which of its writes, syncs and sent requests; at none where it is 0.

    `percent_kept`: how many unsynced writes reach the disk all the same when the power is cut.
    """

    moment: int = 0
    action: Action = Action.KILL
    error: int = 0
    percent_kept: int = 0
    seed: int = 0


def build_library(folder: Path, source: Path = DISK) -> Path:
    """Compile a library. Raises CalledProcessError where that fails."""
    library = folder / "disk.so"
    flags = ("-shared", "-fPIC", "-O1", "-Wall", "-Werror")
    subprocess.run(["gcc", *flags, "-o", library, source, "-ldl", "-lpthread"], check=True)
    return library


class Disk:
    """The preloaded library, from within the process that it watches."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        for name in ("disk_events", "disk_unsynced_sends"):
            getattr(self._library, name).restype = ctypes.c_long

    def watch(self, folder: Path, durable: Path, fault: Fault) -> None:
        """Watch a folder from now on, and apply the fault."""
        self._library.disk_watch(
            str(folder.resolve()).encode(),
            str(durable.resolve()).encode(),
            ctypes.c_long(fault.moment),
            fault.action.value,
            fault.error,
            fault.percent_kept,
            ctypes.c_uint(fault.seed),
        )

    def rest(self) -> None:
        """Watch no more."""
        self._library.disk_rest()

    @property
    def events(self) -> int:
        """Writes, syncs and sent requests so far."""
        return int(self._library.disk_events())

    @property
    def unsynced_sends(self) -> int:
        """Requests that left while something written was not yet synced."""
        return int(self._library.disk_unsynced_sends())


def keep_as_durable(folder: Path, durable: Path) -> None:
    """Treat all that is on the disk now as synced."""
    shutil.rmtree(durable, ignore_errors=True)
    durable.mkdir(parents=True)
    for file in _kept_files(folder):
        shutil.copy2(file, durable)


def lose_power(folder: Path, durable: Path) -> None:
    """Leave on the disk only what was synced."""
    for file in (*_kept_files(folder), folder / f"{FILE_NAME}-shm"):
        file.unlink(missing_ok=True)
    for file in durable.iterdir():
        shutil.copy2(file, folder)


def _kept_files(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if "sqlite3" in file.name and not file.name.endswith("-shm")]
