"""This process: priority and threads, age, memory and garbage, and the dumps that crashes must not leave of it."""

import gc
import os
import sys
import threading
import time
from pathlib import Path
from typing import Final

_BEHIND_THE_WINDOW: Final = 10
"""A niceness of 19 at most, for a thread: the window gets nine tenths of a processor that both want."""
_LAST: Final = 19
"""The niceness of a process that reads a file: it is less urgent than the window or an answer."""
_BEGUN: Final = time.time()
_MB: Final = 1 << 20


def forbid_core_dumps() -> None:
    """Prevent crashes of this process, and of those it starts, from writing its memory to the disk.

    Linux and macOS have a limit of the process for it; on Windows the administrator configures dumps.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def lower_process_priority() -> None:
    """Lower the priority of this process, which matters only where all processors are busy."""
    if sys.platform == "win32":
        from ac_desktop.platform import windows_api

        windows_api.lower_process_priority()
    else:
        _be_nice(0, _LAST)


def lower_thread_priority() -> None:
    """Lower the priority of this thread, and of those that it starts, below the window's. It cannot be raised again.

    Does nothing on macOS, where only a process has a niceness.
    """
    if sys.platform == "win32":
        from ac_desktop.platform import windows_api

        windows_api.lower_thread_priority()
    elif sys.platform == "linux":
        _be_nice(threading.get_native_id(), _BEHIND_THE_WINDOW)


if sys.platform != "win32":

    def _be_nice(who: int, niceness: int) -> None:
        """Raise the niceness to this value at least, not by it: a process started by a nice thread is nice already."""
        os.setpriority(os.PRIO_PROCESS, who, max(niceness, os.getpriority(os.PRIO_PROCESS, who)))


if sys.platform == "win32":

    def is_running(process: int) -> bool:
        """Whether a process of this computer runs, whoever started it."""
        from ac_desktop.platform import windows_api

        return windows_api.is_running(process)

else:

    def is_running(process: int) -> bool:
        """Whether a process of this computer runs, whoever started it; one that has ended and is still listed does not.

        A process of somebody else runs, too (kill(2), EPERM).
        """
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return not _is_ended(process)

    def _is_ended(process: int) -> bool:
        """Whether a process has ended, and its parent has not asked how (proc(5), "state")."""
        try:
            stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        return stat.rpartition(")")[2].split()[0] in "ZX"


def leave_garbage() -> None:
    """Collect no garbage from now on but by `collect_garbage`: Python would do it on whatever thread it is due on.

    A widget that is collected on a thread behind the window waits there for the window's thread, which may be waiting
    for Qt's lock that the first one holds.
    """
    gc.disable()


def exempt_from_collecting() -> None:
    """Leave out of every collection what was made so far: of a window that has opened, all of it stays.

    To go through it takes a tenth of a second, for which the window would stand still.
    """
    if not gc.get_freeze_count():
        gc.freeze()


def collect_garbage() -> None:
    """Collect the garbage that Python would have collected by now, on this thread."""
    for generation, (made, most) in reversed(tuple(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))):
        if made > most:
            gc.collect(generation)
            return


def first_paint_figures() -> dict[str, float]:
    """Return the milliseconds since the process started, and the megabytes of memory it uses."""
    return {"first_paint_ms": round((time.time() - _process_start()) * 1000, 1), "rss_mb": round(_memory() / _MB, 1)}


if sys.platform == "win32":

    def _process_start() -> float:
        from ac_desktop.platform import windows_api

        return windows_api.process_start()

    def _memory() -> int:
        from ac_desktop.platform import windows_api

        return windows_api.memory()

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
