"""Reads the numbers of long lists off the main thread, one list at a time; who asks anew gets the newest alone."""

from array import array
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from ac_desktop.store.errors import StoreError
from ac_desktop.store.listing import Listing, Question
from ac_desktop.ui.bridge import Bridge

Deliver = Callable[["array[int]"], None]


class IdReader(QObject):
    """Has one question answered at a time; an answer nobody waits for any more is dropped."""

    failed = Signal(str)

    def __init__(self, listing: Listing, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing = listing
        self._bridge = bridge
        self._next: tuple[Question, Deliver] | None = None
        self._current: tuple[Question, Deliver] | None = None

    def ask(self, question: Question, deliver: Deliver) -> None:
        """Have a question answered; it takes the place of one that still waits."""
        self._next = (question, deliver)
        if self._current is None:
            self._go()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is on its way."""
        return self._current is not None

    def forget(self) -> None:
        """Wait for no answer any more."""
        self._next = None
        if self._current is not None:
            self._current = (self._current[0], _drop)

    def _go(self) -> None:
        self._current, self._next = self._next, None
        if self._current is not None:
            self._bridge.run(partial(self._listing.ids, self._current[0]), self._done, self._fail)

    def _done(self, ids: "array[int]") -> None:
        current, self._current = self._current, None
        if self._next is not None:
            self._go()
        elif current is not None:
            current[1](ids)

    def _fail(self, error: Exception) -> None:
        self._current = None
        if not isinstance(error, StoreError):
            raise error
        self.failed.emit(str(error))


def _drop(_ids: "array[int]") -> None:
    pass
