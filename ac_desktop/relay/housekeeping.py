"""Takes out what has been kept long enough, beside everything else and without a person asking."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from ac_desktop.store.errors import StoreError
from ac_desktop.store.retention import Retention

BETWEEN_LOOKS: Final = 6 * 3600.0


class Housekeeper:
    """A thread that looks at the start, and then every few hours, for what is older than the days set."""

    def __init__(self, retention: Retention, now: Callable[[], float], changed: Callable[[], None]) -> None:
        self._retention = retention
        self._now = now
        self._changed = changed
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End after the transaction that is under way."""
        self._ending.set()
        self._thread.join()

    def look(self) -> None:
        """Take out what is old now."""
        if self._retention.forget_old(self._now(), lambda: not self._ending.is_set()).any:
            self._changed()

    def _work(self) -> None:
        try:
            while not self._ending.is_set():
                # The world's trouble with the database is told by whatever a person does; the next look goes on.
                with suppress(StoreError):
                    self.look()
                self._ending.wait(BETWEEN_LOOKS)
        finally:
            self._retention.close_thread()
