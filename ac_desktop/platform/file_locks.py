"""Locks on open files, provided by the operating system, which releases them however a process ends."""

import sys

if sys.platform == "win32":
    import msvcrt

    def try_lock(number: int, *, shared: bool = False) -> bool:
        """Lock an open file unless another handle has locked it; return whether it was locked. Raises OSError.

        Windows has no shared lock of this kind. It moves no open file, so a shared lock is not needed.
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
        """Lock an open file unless another handle has locked it; return whether it was locked. Raises OSError."""
        try:
            fcntl.flock(number, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
