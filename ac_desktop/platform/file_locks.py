"""Locks on open files, provided by the operating system, which releases them however a process ends."""

import sys

if sys.platform == "win32":

    def try_lock(number: int, *, shared: bool = False) -> bool:
        """Lock an open file unless another handle has locked it; return whether it was locked. Raises OSError."""
        from ac_desktop.platform import windows_api

        return windows_api.try_lock(number, shared=shared)

else:
    import fcntl

    def try_lock(number: int, *, shared: bool = False) -> bool:
        """Lock an open file unless another handle has locked it; return whether it was locked. Raises OSError."""
        try:
            fcntl.flock(number, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
