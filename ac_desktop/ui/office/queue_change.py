"""A change of the queue that this computer works on: it is made once the window is closed, and another one opens."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class ChangedQueue:
    """What the person reads in the window that opens then, and the office's password, which may be saved nowhere."""

    text: str
    password: str | None = None


QueueChange = Callable[[], ChangedQueue]
"""Makes the change while nothing else of this program works in the data folder. Raises StoreError."""
