"""Takes out what has been kept long enough, beside everything else and without a person asking."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from ac_desktop.store.errors import StoreError
from ac_desktop.store.privacy.agreed_time import SeenTime, TimeLook
from ac_desktop.store.privacy.retention import Retention, RetentionResult

BETWEEN_LOOKS: Final = 6 * 3600.0
NOT_ASKED_AT_ONCE: Final = 8 * 86_400.0
"""A program that is opened once a week does not ask each time: the first answer of the account settles it."""


@dataclass(frozen=True)
class Tidied:
    """What was taken out; `doubt` says how far the clock is believed, where more would go if it were right."""

    forgotten: RetentionResult
    doubt: TimeLook | None = None


def tidy(retention: Retention, seen_time: SeenTime, now: float, go_on: Callable[[], bool] = lambda: True) -> Tidied:
    """Take out what is old by a time that two looks agree on (rule 19)."""
    look = seen_time.look(now)
    forgotten = retention.forget_old(look.agreed, go_on)
    return Tidied(forgotten, look if look.is_doubted and retention.has_older(look.clock) else None)


class Housekeeper:
    """A thread that looks at the start, and then every few hours, for what is older than the days set.

    `doubtful` hears where the clock is not believed and a person is to be asked.
    """

    def __init__(
        self,
        retention: Retention,
        seen_time: SeenTime,
        now: Callable[[], float],
        changed: Callable[[], None],
        doubtful: Callable[[TimeLook], None],
    ) -> None:
        self._retention = retention
        self._seen_time = seen_time
        self._now = now
        self._changed = changed
        self._doubtful = doubtful
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End after the transaction that is under way."""
        self._ending.set()
        self._thread.join()

    def look(self, ask_beyond: float = 0.0) -> None:
        """Take out what is old now; a clock that is further ahead than `ask_beyond` is asked about."""
        tidied = tidy(self._retention, self._seen_time, self._now(), lambda: not self._ending.is_set())
        if tidied.forgotten.any:
            self._changed()
        if tidied.doubt is not None and tidied.doubt.clock - tidied.doubt.last_seen > ask_beyond:
            self._doubtful(tidied.doubt)

    def _work(self) -> None:
        ask_beyond = NOT_ASKED_AT_ONCE
        try:
            while not self._ending.is_set():
                # The world's trouble with the database is told by whatever a person does; the next look goes on.
                with suppress(StoreError):
                    self.look(ask_beyond)
                ask_beyond = 0.0
                self._ending.wait(BETWEEN_LOOKS)
        finally:
            self._retention.close_thread()
