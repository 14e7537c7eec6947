"""What Wine 8 does otherwise than Windows, made up for; nothing here is about the program.

The prefix's Python loads this file as `wine_gaps` at each of its starts, by a `.pth` file beside it.
"""

import errno
import os
import sys

if sys.platform == "win32":
    import msvcrt

    _lock = msvcrt.locking

    def _lock_with_a_number(descriptor: int, mode: int, size: int) -> None:
        """Lock as msvcrt does, but refuse as Windows does: Wine's C runtime raises an error without a number."""
        try:
            _lock(descriptor, mode, size)
        except OSError as refusal:
            if refusal.errno:
                raise
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from refusal

    msvcrt.locking = _lock_with_a_number

    # Wine hands on no variable that begins with QT_, so what offscreen Qt needs to find fonts is set here.
    os.environ.setdefault("QT_QPA_FONTDIR", "C:\\windows\\Fonts")
