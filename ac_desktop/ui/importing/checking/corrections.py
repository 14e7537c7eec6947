"""Corrections of a staged batch's rows: made off the main thread, undone and redone step by step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from ac_desktop.importing.corrections.edits import save_edit, save_restored
from ac_desktop.services import Services
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.importing.import_runner import read_preview
from ac_desktop.ui.importing.import_state import CheckedTable

_TRIES = 5


@dataclass(frozen=True)
class RowChange:
    """What a person changes in one row: texts by their fields."""

    record_id: int
    texts: Mapping[str, str]


@dataclass(frozen=True)
class CorrectionStep:
    """One correction of one or many rows, with the rows as they were before."""

    changes: tuple[RowChange, ...]
    formers: tuple[Record, ...] = ()


@dataclass(frozen=True)
class Corrected:
    """The batch after a step, and the rows that the step changed."""

    checked: CheckedTable
    step: CorrectionStep


@dataclass(frozen=True)
class CorrectedImport:
    """The import whose rows are corrected: `current` is None where nothing can be corrected now."""

    current: Callable[[], CheckedTable | None]
    begin: Callable[[], None]
    end: Callable[[tuple[int, ...], CheckedTable], None]
    fail: Callable[[Exception], None]


class RowCorrections(QObject):
    """Corrects rows and remembers each step; one runs at a time, and the others wait for it."""

    changed = Signal()

    def __init__(
        self, services: Services, bridge: Bridge, corrected: CorrectedImport, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._import = corrected
        self._done: list[CorrectionStep] = []
        self._undone: list[CorrectionStep] = []
        self._turn = 0

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return bool(self._undone)

    def forget(self) -> None:
        """Forget every step, as other rows are shown."""
        self._turn += 1
        self._done.clear()
        self._undone.clear()
        self.changed.emit()

    def correct(self, changes: Sequence[RowChange]) -> None:
        """Correct some rows as one step; they are checked again."""
        checked = self._import.current()
        if checked is not None and changes:
            self._undone.clear()
            self._run(partial(correct, self._services, checked, tuple(changes)), self._done)

    def undo(self) -> None:
        """Restore the rows that the last step corrected."""
        checked = self._import.current()
        if checked is not None and self._done:
            self._run(partial(restore, self._services, checked, self._done.pop()), self._undone)

    def redo(self) -> None:
        """Correct the rows again that were restored last."""
        checked = self._import.current()
        if checked is not None and self._undone:
            self._run(partial(correct, self._services, checked, self._undone.pop().changes), self._done)

    def _run(self, work: Callable[[], Corrected], onto: list[CorrectionStep]) -> None:
        self._import.begin()
        self.changed.emit()
        self._bridge.run(work, partial(self._ended, self._turn, onto), self._import.fail)

    def _ended(self, turn: int, onto: list[CorrectionStep], corrected: Corrected) -> None:
        step = corrected.step
        if turn == self._turn and step.formers:
            onto.append(step)
        self._import.end(tuple(one.record_id for one in step.changes), corrected.checked)
        self.changed.emit()


def correct(services: Services, checked: CheckedTable, changes: tuple[RowChange, ...]) -> Corrected:
    """Correct rows of a staged batch; another correction of one may be made in between."""
    formers: list[Record] = []
    for change in changes:
        for _ in range(_TRIES):
            record = services.record_reader.record(change.record_id)
            connection = services.connections.get(record.connection_id) if record else None
            if record is None or connection is None:
                break
            if save_edit(services.record_edits, record, change.texts, connection, services.clock.now()) is not None:
                formers.append(record)
                break
    return Corrected(_preview(services, checked), CorrectionStep(changes, tuple(formers)))


def restore(services: Services, checked: CheckedTable, step: CorrectionStep) -> Corrected:
    """Restore the rows that a step corrected, the last one first."""
    for former in reversed(step.formers):
        for _ in range(_TRIES):
            record = services.record_reader.record(former.id)
            connection = services.connections.get(former.connection_id)
            if record is None or connection is None:
                break
            if save_restored(services.record_edits, record, former, connection, services.clock.now()):
                break
    return Corrected(_preview(services, checked), step)


def _preview(services: Services, checked: CheckedTable) -> CheckedTable:
    return read_preview(services, checked.staged, only_new=checked.only_new)
