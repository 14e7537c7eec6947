"""What works beside the window lets it go first: fewer turns for processes and threads where all are busy."""

import os
import sys
import threading
from typing import Final

_BEHIND_THE_WINDOW: Final = 10
"""Of 19, for a thread: a processor that the window wants as well is left to it nine times of ten."""
_LAST: Final = 19
"""For a process that reads a file: nobody waits for it as one waits for a window or an answer."""
_BELOW_NORMAL: Final = 0x00004000
"""BELOW_NORMAL_PRIORITY_CLASS of SetPriorityClass (Windows API, processthreadsapi.h)."""
_THREAD_BELOW_NORMAL: Final = -1
"""THREAD_PRIORITY_BELOW_NORMAL of SetThreadPriority (Windows API, processthreadsapi.h)."""


def lower_process_priority() -> None:
    """Let this process have the last turns where all processors are busy, and all where not."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        _be_nice(0, _LAST)


def lower_thread_priority() -> None:
    """Let this thread, and those that it begins, have fewer turns than the window's own. It cannot be taken back.

    Nothing on macOS, where only a process has a niceness.
    """
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetThreadPriority(kernel.GetCurrentThread(), _THREAD_BELOW_NORMAL)
    elif sys.platform == "linux":
        _be_nice(threading.get_native_id(), _BEHIND_THE_WINDOW)


if sys.platform != "win32":

    def _be_nice(who: int, niceness: int) -> None:
        """Be that nice at least, not nicer by so much: a process begun by a nice thread is nice already."""
        os.setpriority(os.PRIO_PROCESS, who, max(niceness, os.getpriority(os.PRIO_PROCESS, who)))
