"""Reads the numbers of long lists off the main thread, one list at a time; the newest request replaces older ones."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from ac_desktop.store.errors import StoreError
from ac_desktop.store.ports import QueryCancelledError, QueryToken
from ac_desktop.store.queries.listing import IdBatch, Listing
from ac_desktop.store.queries.record_query import RecordQuery
from ac_desktop.ui.base.bridge import Bridge

Deliver = Callable[[IdBatch], None]


@dataclass(frozen=True, eq=False)
class _IdQuery:
    query: RecordQuery
    deliver: Deliver
    steps: Generator[IdBatch, None, None]
    token: QueryToken


class IdReader(QObject):
    """Answers one query at a time; one whose answer nobody waits for any more is cancelled."""

    failed = Signal(str)

    def __init__(self, listing: Listing, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing = listing
        self._bridge = bridge
        self._is_held = False
        self._next: _IdQuery | None = None
        self._current: _IdQuery | None = None

    def ask(self, query: RecordQuery, deliver: Deliver, first: int = 0) -> None:
        """Run a query, with so many first numbers before all of them; it replaces another one."""
        token = QueryToken()
        self._next = _IdQuery(query, deliver, self._listing.steps(query, first, token), token)
        if self._current is None:
            self._start_next()
        elif self._current.query != query:
            self._current.token.cancel()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is on its way."""
        return self._current is not None

    def hold(self, *, held: bool) -> None:
        """Start no query while held: what is asked meanwhile is run then."""
        self._is_held = held
        if not held and self._current is None:
            self._start_next()

    def forget(self) -> None:
        """Wait for no answer any more."""
        self._next = None
        if self._current is not None:
            self._current.token.cancel()

    def _start_next(self) -> None:
        if self._is_held:
            self._current = None
            return
        self._current, self._next = self._next, None
        if self._current is not None:
            self._step(self._current)

    def _step(self, asked: _IdQuery) -> None:
        self._bridge.run(partial(next, asked.steps), partial(self._show_answer, asked), self._fail)

    def _show_answer(self, asked: _IdQuery, found: IdBatch) -> None:
        if not asked.token.is_cancelled:
            asked.deliver(found)
        if asked.token.is_cancelled or found.is_whole:
            asked.steps.close()
            self._start_next()
        else:
            self._step(asked)

    def _fail(self, error: Exception) -> None:
        self._start_next()
        if isinstance(error, QueryCancelledError):
            return
        if not isinstance(error, StoreError):
            raise error
        self.failed.emit(str(error))
