"""Reads what the window shows: at once from this computer, and from an office's server off the main thread."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.opening import WindowReads
from ac_desktop.store.ports import ReadAnswers
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.window_state import CurrentState, WindowState

if TYPE_CHECKING:
    from ac_desktop.store.office.place import OfficePlace

BETWEEN_READS_MS: Final = 200
"""From the end of one read of an office to the next: many workstations write, and many read."""
AFTER_FAILURE_MS: Final = 2000
LOOK_AT_PLACE_MS: Final = 2000
"""How often is looked for who is in the office by now, which asks the server nothing."""

Show = Callable[[WindowState], None]
Fail = Callable[[StoreError], None]


class Refreshing(QObject):
    """Reads the state and has it shown; one that cannot be read is reported.

    An office's server is asked together with the state what the parts of the window read when they showed the last
    one of that connection, so that they do not wait for it while they show the new one.
    """

    reached = Signal(bool)
    """Whether the office's server answered."""
    place_seen = Signal(object)
    """Who is in the office by now, while nothing else is read."""

    def __init__(
        self, services: Services, bridge: Bridge, current: CurrentState, show: Show, fail: Fail, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._current = current
        self._show = show
        self._fail = fail
        self._reads = services.window_reads
        self._earlier: dict[int | None, ReadAnswers] = {}
        self._others: list[Callable[[], object]] = []
        self._has_begun = self._is_reading = self._is_due = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._read_if_due)
        self._place: OfficePlace | None = None
        self._looks_at_place = QTimer(self)
        self._looks_at_place.setInterval(LOOK_AT_PLACE_MS)
        self._looks_at_place.timeout.connect(partial(self._look_at_place, services))
        if self._reads is not None:
            self._reads.stay_responsive()

    def ask(self, *, at_first: bool) -> None:
        """Read the state and show it; of an office soon, but for the beginning, which others go by at once."""
        if self._reads is None or not self._has_begun:
            self._show_or_fail(partial(self.show_now, at_first=at_first))
        elif self._is_reading or self._pause.isActive():
            self._is_due = True
        else:
            self._read(self._reads)

    def choose(self, connection_id: int | None) -> None:
        """Show another connection. Raise StoreError where it cannot be read; the one that is shown stays chosen."""
        before, self._current.connection_id = self._current.connection_id, connection_id
        try:
            self.show_now()
        except StoreError:
            self._current.connection_id = before
            raise

    def show_now(self, *, at_first: bool = False) -> None:
        """Read the state and show it before returning. Raise StoreError."""
        if self._reads is None:
            self._show(self._current.read(at_first=at_first))
            return
        try:
            state, answers = self._read_from(self._reads, at_first=at_first)
        except StoreError as error:
            self._report(is_reached=not error.may_pass)
            raise
        self._report(is_reached=True)
        with self._reads.answering(answers):
            self._show(state)
        self._remember(answers)
        self._has_begun = not at_first

    @property
    def is_due(self) -> bool:
        """Whether the state is being read, or is to be read again soon."""
        return self._is_reading or self._is_due

    def read_also(self, read: Callable[[], object]) -> None:
        """Read something else with the state of an office, on any thread, so that a part need not wait for it."""
        self._others.append(read)

    def close(self) -> None:
        """Read nothing more."""
        self._pause.stop()
        self._looks_at_place.stop()

    def _read(self, reads: WindowReads) -> None:
        self._is_reading, self._is_due = True, False
        chosen = self._current.connection_id
        self._bridge.run(partial(self._read_from, reads), partial(self._show_read, reads, chosen), self._fail_read)

    def _read_from(self, reads: WindowReads, *, at_first: bool = False) -> tuple[WindowState, ReadAnswers]:
        """Read the state, and again what the parts of the window read the last time; on any thread."""
        answers = reads.again(self._earlier.get(self._current.connection_id, ReadAnswers()))
        with reads.answering(answers):
            state = self._current.read(at_first=at_first)
            for read in self._others:
                read()
            return state, answers

    def _show_read(self, reads: WindowReads, chosen: int | None, read: tuple[WindowState, ReadAnswers]) -> None:
        self._is_reading = False
        self._report(is_reached=True)
        state, answers = read
        if chosen != self._current.connection_id:
            self._read(reads)
            return
        with reads.answering(answers):
            self._show_or_fail(partial(self._show, state))
        self._remember(answers)
        self._pause.start(BETWEEN_READS_MS)

    def _remember(self, answers: ReadAnswers) -> None:
        """Remember what was asked, without the answers."""
        self._earlier[self._current.connection_id] = ReadAnswers(used=answers.used)

    def _fail_read(self, error: Exception) -> None:
        self._is_reading = False
        if not isinstance(error, StoreError):
            raise error
        self._report(is_reached=not error.may_pass)
        self._fail(error)
        self._is_due = True
        self._pause.start(AFTER_FAILURE_MS)

    def _report(self, *, is_reached: bool) -> None:
        self.reached.emit(is_reached)
        if is_reached and not self._looks_at_place.isActive():
            self._looks_at_place.start()

    def _look_at_place(self, services: Services) -> None:
        """Report who is in the office by now, where that has changed; it was read once before, so nothing is asked."""
        place = services.office_place
        if place != self._place:
            self._place = place
            self.place_seen.emit(place)

    def _read_if_due(self) -> None:
        if self._is_due and self._reads is not None:
            self._read(self._reads)

    def _show_or_fail(self, show: Callable[[], None]) -> None:
        try:
            show()
        except StoreError as error:
            self._fail(error)
