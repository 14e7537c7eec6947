"""The rate limit of an account: a sliding window."""

import threading
from collections import deque


class SlidingWindow:
    """At most `limit` calls in any `seconds`; 0 is no limit. Refused calls do not count."""

    def __init__(self, limit: float, seconds: float = 1.0) -> None:
        self.limit = limit
        self._seconds = seconds
        self._admitted: deque[float] = deque()
        self._lock = threading.Lock()

    def admit(self, at: float) -> bool:
        """Admit a call, or refuse it."""
        if not self.limit:
            return True
        with self._lock:
            while self._admitted and at - self._admitted[0] >= self._seconds:
                self._admitted.popleft()
            if len(self._admitted) + 1 > self.limit:
                return False
            self._admitted.append(at)
            return True

    @property
    def remaining(self) -> int:
        """The number of calls that the window still allowed after the last one."""
        with self._lock:
            return max(0, int(self.limit) - len(self._admitted))
