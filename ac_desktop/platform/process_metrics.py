"""How long this process has run and how much memory it uses: the figures of `--first-paint`."""

import os
import sys
import time
from pathlib import Path
from typing import Final

_BEGUN: Final = time.time()
_MB: Final = 1 << 20


def first_paint_figures() -> dict[str, float]:
    """Return the milliseconds since the process started, and the megabytes of memory it uses."""
    return {"first_paint_ms": round((time.time() - _process_start()) * 1000, 1), "rss_mb": round(_memory() / _MB, 1)}


if sys.platform == "win32":
    from ac_desktop.platform.windows_api import memory as _memory
    from ac_desktop.platform.windows_api import process_start as _process_start

elif sys.platform == "linux":

    def _process_start() -> float:
        """Return when this process started, in seconds since the epoch; where the system does not say, when this module
        was loaded.

        Linux knows it to a hundredth of a second (proc(5), "starttime").
        """
        stat = Path("/proc/self/stat")
        if not stat.exists():
            return _BEGUN
        ticks = int(stat.read_text(encoding="utf-8").rpartition(")")[2].split()[19])
        since_boot = time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
        return time.time() - since_boot

    def _memory() -> int:
        """Return the bytes of memory this process uses; its peak where only that is known."""
        statm = Path("/proc/self/statm")
        if not statm.exists():
            return _peak_memory() * 1024
        return int(statm.read_text(encoding="utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE")

else:

    def _process_start() -> float:
        return _BEGUN

    def _memory() -> int:
        return _peak_memory() if sys.platform == "darwin" else _peak_memory() * 1024


if sys.platform != "win32":

    def _peak_memory() -> int:
        """Return the most memory this process has used: macOS counts bytes, other systems kilobytes (getrusage(2))."""
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
