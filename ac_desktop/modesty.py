"""Processes that work beside the window let it go first."""

import os
import sys
from typing import Final

_NICENESS: Final = 10
"""Of 19: a processor that somebody else wants as well is left to them nine times of ten."""
_BELOW_NORMAL: Final = 0x00004000
"""BELOW_NORMAL_PRIORITY_CLASS of SetPriorityClass (Windows API, processthreadsapi.h)."""


def let_others_first() -> None:
    """Give this process fewer turns than the window and the relay where all processors are busy, and all where not."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(_NICENESS)
