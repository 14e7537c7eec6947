"""A clock that nobody can set and that goes on while the computer sleeps."""

import sys
import time

if sys.platform == "linux":

    def steady_seconds() -> float:
        """Return the seconds of this computer's clock, the same for all its processes (clock_gettime(2))."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

elif sys.platform == "darwin":

    def steady_seconds() -> float:
        """Return the seconds of this computer's clock, the same for all its processes.

        `time.monotonic` stops there while the computer sleeps; this one does not (clock_gettime(3)).
        """
        return time.clock_gettime(time.CLOCK_MONOTONIC)

else:

    def steady_seconds() -> float:
        """Return the seconds of this computer's clock, the same for all its processes.

        They include sleep (QueryPerformanceCounter, profileapi.h).
        """
        return time.perf_counter()
