"""What Wine 8 does otherwise than Windows, made up for; nothing here is about the program.

The prefix's Python loads this file as `wine_gaps` at each of its starts, by a `.pth` file beside it.
"""

import errno
import ntpath
import os
import sys

if sys.platform == "win32":
    import msvcrt

    _MORE_DATA = 234

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

    _final_path = ntpath._getfinalpathname  # type: ignore[attr-defined]  # what resolve() asks

    def _final_path_however_long(path: str) -> str:
        """Return the final path as Windows does; Wine has no room for one of more than 260 characters."""
        try:
            return str(_final_path(path))
        except OSError as refusal:
            if refusal.winerror != _MORE_DATA:
                raise
            return path if path.startswith("\\\\?\\") else f"\\\\?\\{ntpath.abspath(path)}"

    ntpath._getfinalpathname = _final_path_however_long  # type: ignore[attr-defined]

    # Wine hands on no variable that begins with QT_, so what offscreen Qt needs to find fonts is set here.
    os.environ.setdefault("QT_QPA_FONTDIR", "C:\\windows\\Fonts")
