"""Automatic removal of data that is older than the retention period, in the background."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from ac_desktop.store.agreed_time import SeenTime, TimeReading
from ac_desktop.store.errors import StoreError
from ac_desktop.store.privacy.retention import Retention, RetentionResult

INTERVAL: Final = 6 * 3600.0
NOT_ASKED_AT_ONCE: Final = 8 * 86_400.0
"""A program that is opened once a week does not ask each time: the account's first response confirms the time."""


@dataclass(frozen=True)
class HousekeepingResult:
    """What was removed; `doubt` is set where the clock is not trusted and more would be removed if it were right."""

    removed: RetentionResult
    doubt: TimeReading | None = None


def remove_old_data(
    retention: Retention, seen_time: SeenTime, now: float, proceed: Callable[[], bool] = lambda: True
) -> HousekeepingResult:
    """Remove what is old by a time that two readings agree on (rule 19)."""
    reading = seen_time.read(now)
    removed = retention.remove_old(reading.agreed, proceed)
    return HousekeepingResult(removed, reading if reading.is_in_doubt and retention.has_older(reading.clock) else None)


class Housekeeper:
    """A thread that removes old data at the start, and then every few hours.

    `on_doubt` is called where the clock is not trusted and a person has to be asked.
    """

    def __init__(
        self,
        retention: Retention,
        seen_time: SeenTime,
        now: Callable[[], float],
        changed: Callable[[], None],
        on_doubt: Callable[[TimeReading], None],
    ) -> None:
        self._retention = retention
        self._seen_time = seen_time
        self._now = now
        self._changed = changed
        self._on_doubt = on_doubt
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> None:
        """End the thread after its current transaction."""
        self._ending.set()
        self._thread.join()

    def run_once(self, ask_beyond: float = 0.0) -> None:
        """Remove what is old now; call `on_doubt` for a clock that is further ahead than `ask_beyond`."""
        tidied = remove_old_data(self._retention, self._seen_time, self._now(), lambda: not self._ending.is_set())
        if tidied.removed.any:
            self._changed()
        if tidied.doubt is not None and tidied.doubt.clock - tidied.doubt.last_seen > ask_beyond:
            self._on_doubt(tidied.doubt)

    def _work(self) -> None:
        ask_beyond = NOT_ASKED_AT_ONCE
        try:
            while not self._ending.is_set():
                # Problems with the database are shown by whatever a person does; the next round tries again.
                with suppress(StoreError):
                    self.run_once(ask_beyond)
                ask_beyond = 0.0
                self._ending.wait(INTERVAL)
        finally:
            self._retention.close_thread()
