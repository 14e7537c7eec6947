"""Lowers the priority of background processes and threads, so that the window stays responsive."""

import os
import sys
import threading
from typing import Final

_BEHIND_THE_WINDOW: Final = 10
"""A niceness of 19 at most, for a thread: the window gets nine tenths of a processor that both want."""
_LAST: Final = 19
"""The niceness of a process that reads a file: it is less urgent than the window or an answer."""


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
