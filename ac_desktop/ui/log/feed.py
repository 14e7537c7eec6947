"""Reads what is new in the history, a page at a time."""

from typing import Final

from ac_desktop.model.attempts import StoredAttempt
from ac_desktop.model.redact import Redactor
from ac_desktop.store.history.history import Event, History
from ac_desktop.ui.log.lines import LogLine, lines_in_order

FIRST_ATTEMPTS: Final = 500
"""Attempts read when a connection is first shown."""
PAGE_SIZE: Final = 50
"""Attempts read at a time from then on: 200 blocked the window for 24 ms."""


class LogFeed:
    """Holds how far a connection's history has been read."""

    def __init__(self, history: History, redactor: Redactor) -> None:
        self._history = history
        self._redactor = redactor
        self._connection_id: int | None = None
        self._last_attempt = 0
        self._last_event = 0

    def latest(self, connection_id: int | None) -> list[LogLine]:
        """Return another connection's latest history."""
        self._connection_id = connection_id
        self._last_attempt = self._last_event = 0
        if connection_id is None:
            return []
        attempts = self._history.latest_attempts(connection_id, FIRST_ATTEMPTS)
        if attempts:
            self._last_attempt = attempts[-1].id
        events = self._history.events(connection_id)
        if events:
            self._last_event = events[-1].id
        if len(attempts) == FIRST_ATTEMPTS:
            events = [event for event in events if event.after_attempt >= attempts[0].id]
        return lines_in_order(attempts, events, self._redactor)

    def read_newer(self) -> tuple[list[StoredAttempt], list[Event]]:
        """Return what is new in the history, and count it as new again the next time; from any thread."""
        if self._connection_id is None:
            return [], []
        attempts = self._history.attempts(self._connection_id, after=self._last_attempt, limit=PAGE_SIZE)
        return attempts, self._history.events(self._connection_id, after=self._last_event)

    def newer(self) -> tuple[list[LogLine], bool]:
        """Return what is new since, and whether even more is to be read next time."""
        attempts, events = self.read_newer()
        is_more = len(attempts) == PAGE_SIZE
        if attempts:
            self._last_attempt = attempts[-1].id
        if is_more:
            events = [event for event in events if event.after_attempt <= self._last_attempt]
        if events:
            self._last_event = events[-1].id
        return lines_in_order(attempts, events, self._redactor), is_more
