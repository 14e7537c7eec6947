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


def _process_start() -> float:
    """Return when this process started, in seconds since the epoch; where the system does not say, when this module was
    loaded.

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
    if statm.exists():
        return int(statm.read_text(encoding="utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return _memory_on_windows()
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _memory_on_windows() -> int:
    """Return WorkingSetSize of GetProcessMemoryInfo (Windows API, psapi.h)."""
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("size", wintypes.DWORD),
            ("page_faults", wintypes.DWORD),
            *(
                (name, ctypes.c_size_t)
                for name in ("peak", "working_set", "a", "b", "c", "d", "pagefile", "peak_pagefile")
            ),
        )

    counters = Counters()
    counters.size = ctypes.sizeof(counters)
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]  # there on Windows alone
    kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.size)
    return int(counters.working_set)
