"""Mishaps that last: a disk without room, a clock that is off, a computer with another name."""

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Final

from tests.office.workstations import CLOCKS, Workstation

_SIZE: Final = "48m"
_STEP: Final = 65_536
_RENAMED: Final = ("unshare", "--uts", "sh", "-c", 'hostname "$0" && exec "$@"')


class Disk:
    """A small disk of its own, in memory, where that can be mounted; elsewhere a folder that is never full."""

    def __init__(self, folder: Path) -> None:
        self.folder: Final = folder
        folder.mkdir(mode=0o700)
        options = f"size={_SIZE},mode=700"
        mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        self.can_be_full: Final = subprocess.run(mount, capture_output=True, check=False).returncode == 0
        self._ballast = folder / "holiday pictures"

    def fill(self, left: int) -> None:
        """Leave room for so many bytes."""
        number = (shutil.disk_usage(self.folder).free - left) // _STEP
        with suppress(OSError), self._ballast.open("wb") as file:
            for _ in range(number):
                file.write(bytes(_STEP))
                file.flush()

    def make_room(self) -> None:
        """Take away what fills it."""
        self._ballast.unlink(missing_ok=True)

    def close(self) -> None:
        """Take it away, with all that is on it."""
        if self.can_be_full:
            subprocess.run(["umount", "-l", str(self.folder)], capture_output=True, check=False)


class Clock:
    """The clock of some processes, which can be set while they run (Debian's package `faketime`)."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.can_be_set: Final = bool(CLOCKS)
        self.environment: Final = (
            {
                "LD_PRELOAD": str(CLOCKS[-1]),
                "FAKETIME_TIMESTAMP_FILE": str(file),
                "FAKETIME_CACHE_DURATION": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                "NO_FAKE_STAT": "1",
            }
            if CLOCKS
            else {}
        )
        self.set(0)

    def set(self, seconds: int) -> None:
        """Set it by so many seconds ahead of, or behind, the true time."""
        part = self._file.with_name(f"{self._file.name}.part")
        part.write_text(f"{seconds:+d}s\n", encoding="ascii")
        part.replace(self._file)


def rename(workstation: Workstation, name: str) -> bool:
    """Let what is started there from now on find the computer under another name; return whether that can be done."""
    tried = subprocess.run([*_RENAMED, name, "true"], capture_output=True, check=False)
    if tried.returncode == 0:
        workstation.within = (*_RENAMED, name)
    return tried.returncode == 0
