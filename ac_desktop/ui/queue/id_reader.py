"""Reads the numbers of long lists off the main thread, one list at a time; who asks anew gets the newest alone."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from ac_desktop.store.engines.sqlite.cancellable_query import QueryCancelledError, QueryToken
from ac_desktop.store.errors import StoreError
from ac_desktop.store.queries.listing import IdBatch, Listing, RecordQuery
from ac_desktop.ui.base.bridge import Bridge

Deliver = Callable[[IdBatch], None]


@dataclass(frozen=True, eq=False)
class _Asked:
    question: RecordQuery
    deliver: Deliver
    steps: Generator[IdBatch, None, None]
    look: QueryToken


class IdReader(QObject):
    """Has one question answered at a time; a look for what nobody waits for any more is given up."""

    failed = Signal(str)

    def __init__(self, listing: Listing, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing = listing
        self._bridge = bridge
        self._is_held = False
        self._next: _Asked | None = None
        self._current: _Asked | None = None

    def ask(self, question: RecordQuery, deliver: Deliver, first: int = 0) -> None:
        """Have a question answered, by so many first numbers before all of them; it takes the place of another one."""
        look = QueryToken()
        self._next = _Asked(question, deliver, self._listing.steps(question, first, look), look)
        if self._current is None:
            self._go()
        elif self._current.question != question:
            self._current.look.cancel()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is on its way."""
        return self._current is not None

    def hold(self, *, held: bool) -> None:
        """Look for nothing while held: what is asked meanwhile is looked for then."""
        self._is_held = held
        if not held and self._current is None:
            self._go()

    def forget(self) -> None:
        """Wait for no answer any more."""
        self._next = None
        if self._current is not None:
            self._current.look.cancel()

    def _go(self) -> None:
        if self._is_held:
            self._current = None
            return
        self._current, self._next = self._next, None
        if self._current is not None:
            self._step(self._current)

    def _step(self, asked: _Asked) -> None:
        self._bridge.run(partial(next, asked.steps), partial(self._take, asked), self._fail)

    def _take(self, asked: _Asked, found: IdBatch) -> None:
        if not asked.look.is_cancelled:
            asked.deliver(found)
        if asked.look.is_cancelled or found.is_whole:
            asked.steps.close()
            self._go()
        else:
            self._step(asked)

    def _fail(self, error: Exception) -> None:
        self._go()
        if isinstance(error, QueryCancelledError):
            return
        if not isinstance(error, StoreError):
            raise error
        self.failed.emit(str(error))
