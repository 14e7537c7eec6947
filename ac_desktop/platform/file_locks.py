"""Locks on open files, taken from the operating system itself, which lets go of them however a process ends."""

import sys

if sys.platform == "win32":
    import msvcrt

    def try_lock(number: int, *, shared: bool = False) -> bool:
        """Lock an open file unless another handle has it; whether that was done. Raises OSError.

        Windows has no shared lock of this kind. It moves no open file, so those who share one need none.
        """
        if shared:
            return True
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def try_lock(number: int, *, shared: bool = False) -> bool:
        """Lock an open file unless another handle has it; whether that was done. Raises OSError."""
        try:
            fcntl.flock(number, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
