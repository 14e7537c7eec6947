"""What a person does to many donors at once: done off the main thread, reported in a sentence, undone by Ctrl+Z."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from ac_desktop.model.wording import ntr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.bridge import Bridge


class BulkActions(QObject):
    """Every action takes a frozen set of numbers: who comes later is never included."""

    message = Signal(str, bool)
    failed = Signal(str)
    undo_changed = Signal()

    def __init__(self, services: Services, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes = services.bulk_changes
        self._clock = services.clock
        self._seen_time = services.seen_time
        self._bridge = bridge
        self._removals: list[tuple[int, int]] = []

    @property
    def can_undo(self) -> int:
        """The number of donors that undoing restores."""
        return self._removals[-1][1] if self._removals else 0

    def retry(self, record_ids: Sequence[int], *, from_the_start: bool = False) -> None:
        """Make donors ready to be sent at once."""
        change = partial(self._changes.retry, record_ids, self._clock.now(), from_the_start=from_the_start)
        self._run(record_ids, change, partial(self._show_retried, record_ids))

    def hold(self, record_ids: Sequence[int]) -> None:
        """Hold donors."""
        change = partial(self._changes.hold, record_ids, self._clock.now())
        self._run(record_ids, change, partial(self._show_held, record_ids))

    def release(self, record_ids: Sequence[int]) -> None:
        """Return donors that a person held to waiting."""
        change = partial(self._changes.release, record_ids, self._clock.now())
        self._run(record_ids, change, partial(self._show_released, record_ids))

    def remove(self, record_ids: Sequence[int]) -> None:
        """Remove donors from the queue; they can be restored for thirty days."""
        self._run(record_ids, partial(self._changes.remove, record_ids, self._clock.now()), self._note_removal)

    def undo(self) -> None:
        """Restore what was removed last."""
        if self._removals:
            removal, _ = self._removals.pop()
            self.undo_changed.emit()
            self._bridge.run(
                partial(self._changes.restore, removal, self._clock.now()), self._show_restored, self._fail
            )

    def purge(self) -> None:
        """Delete what was removed long ago, by a time that two clocks agree on."""
        self._bridge.run(self._purge, _nothing, self._fail)

    def _purge(self) -> int:
        return self._changes.purge(self._seen_time.read(self._clock.now()).agreed)

    def _run(self, record_ids: Sequence[int], change: Callable[[], object], done: Callable[..., None]) -> None:
        if record_ids:
            self._bridge.run(change, done, self._fail)

    def _show_retried(self, record_ids: Sequence[int], number: int) -> None:
        self._show(
            ntr("{count} donor will be retried.", "{count} donors will be retried.", number),
            len(record_ids) - number,
        )

    def _show_held(self, record_ids: Sequence[int], number: int) -> None:
        self._show(ntr("{count} donor put on hold.", "{count} donors put on hold.", number), len(record_ids) - number)

    def _show_released(self, record_ids: Sequence[int], number: int) -> None:
        self._show(ntr("{count} donor released.", "{count} donors released.", number), len(record_ids) - number)

    def _show_restored(self, number: int) -> None:
        self._show(ntr("{count} donor restored.", "{count} donors restored.", number), 0)

    def _note_removal(self, removed: tuple[int, int]) -> None:
        if removed[1]:
            self._removals.append(removed)
            self.undo_changed.emit()
        text = ntr(
            "{count} donor removed. To undo, press Ctrl+Z.",
            "{count} donors removed. To undo, press Ctrl+Z.",
            removed[1],
        )
        self._show(text, 0, can_undo=removed[1] > 0)

    def _show(self, text: str, left_alone: int, *, can_undo: bool = False) -> None:
        if left_alone:
            text = f"{text} {formatting.left_alone(left_alone)}"
        self.message.emit(text, can_undo)
        self._bridge.something_changed()

    def _fail(self, error: Exception) -> None:
        self._bridge.something_changed()
        if not isinstance(error, StoreError):
            raise error
        self.failed.emit(str(error))


def _nothing(_number: int) -> None:
    pass
