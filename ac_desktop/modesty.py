"""What works beside the window lets it go first: fewer turns for processes and threads where all are busy."""

import os
import sys
import threading
from typing import Final

_NICENESS: Final = 10
"""Of 19: a processor that somebody else wants as well is left to them nine times of ten."""
_BELOW_NORMAL: Final = 0x00004000
"""BELOW_NORMAL_PRIORITY_CLASS of SetPriorityClass (Windows API, processthreadsapi.h)."""
_THREAD_BELOW_NORMAL: Final = -1
"""THREAD_PRIORITY_BELOW_NORMAL of SetThreadPriority (Windows API, processthreadsapi.h)."""


def let_others_first() -> None:
    """Give this process fewer turns than the window where all processors are busy, and all where not."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(_NICENESS)


def let_window_first() -> None:
    """Give this thread, and those that it begins, fewer turns than the window's own. It cannot be taken back.

    Nothing on macOS, where only a process has a niceness.
    """
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetThreadPriority(kernel.GetCurrentThread(), _THREAD_BELOW_NORMAL)
    elif sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
