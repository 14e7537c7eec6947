"""Cancelling of long queries from any thread."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class QueryCancelledError(Exception):
    """The query was cancelled."""


class QueryToken:
    """Cancels the queries that run under it; any thread may call `cancel`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._interrupts: list[Callable[[], object]] = []
        self._is_cancelled = False

    def cancel(self) -> None:
        """Interrupt every running query, and refuse new ones."""
        with self._lock:
            self._is_cancelled = True
            for interrupt in self._interrupts:
                interrupt()

    @property
    def is_cancelled(self) -> bool:
        """Whether the queries are cancelled."""
        with self._lock:
            return self._is_cancelled

    @contextmanager
    def interrupting(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """Call `interrupt` where the queries are cancelled meanwhile."""
        with self._lock:
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)

    def raise_if_cancelled(self) -> None:
        """Raise QueryCancelledError where the queries are cancelled."""
        if self.is_cancelled:
            raise QueryCancelledError
