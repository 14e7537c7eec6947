"""The way of files into the queue, one after another: read, ask where something is open, check, queue."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from ac_desktop.importing.detection.fields import Field
from ac_desktop.importing.detection.profiles import own_profiles
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.options import ImportOptions, ImportSource, sources_of
from ac_desktop.importing.reader_process import FileRefused, ReaderProcess, ReadJob, ReadQuestions
from ac_desktop.importing.validation.dates import DateOrder
from ac_desktop.model.wording import ntr, tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.imports.layouts import Layout
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.importing import import_runner
from ac_desktop.ui.importing.comparison import ComparisonRunner
from ac_desktop.ui.importing.import_runner import ImportRunner, ReaderFor, ReaderTask, RunnerResult, UndoResult
from ac_desktop.ui.importing.import_state import CheckedTable, ImportStage, ImportState, QueuedBatch, SourceResult
from ac_desktop.ui.importing.result_updates import Following

_LOOK_MS: Final = 200
_MOST_NAMED: Final = 5


@dataclass(frozen=True)
class _Task:
    """A file that is still to be read."""

    connection_id: int
    part: ImportSource
    is_quiet: bool = False


class ImportFlow(QObject):
    """Tells by `changed` how the import stands; everything slow happens off the main thread.

    `trouble` carries a sentence about files that did not even get on their way, `part_ended` what became of each
    that did.
    """

    changed = Signal(object)
    row_edited = Signal(int)
    trouble = Signal(str)
    part_ended = Signal(object)

    def __init__(
        self, services: Services, bridge: Bridge, reader_for: ReaderFor = ReaderProcess, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._room = ImportRunner(services, reader_for)
        self.comparing = ComparisonRunner(services, bridge, self)
        self._standing = ImportState()
        self._left: deque[_Task] = deque()
        self._work: ReaderTask | None = None
        self._changes = 0
        self._clock = QElapsedTimer()
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._tell_progress)
        self._following = Following(services, bridge, self)
        self._following.followed.connect(self._take_followed)

    @property
    def standing(self) -> ImportState:
        """How the import stands."""
        return self._standing

    @property
    def is_open(self) -> bool:
        """Whether a file is on its way."""
        return self._standing.stage not in {ImportStage.IDLE, ImportStage.RECEIPT}

    def take(self, connection_id: int, paths: Sequence[Path]) -> None:
        """Take files in, after those already on their way; a ZIP brings each file in it."""
        self._bridge.run(
            partial(sources_of, tuple(paths)), partial(self._take_parts, connection_id), self._refuse_paths
        )

    def take_quietly(self, connection_id: int, path: Path) -> None:
        """Queue a file out of a watched folder; one that leaves anything open is not queued, and nobody is shown it."""
        self._bridge.run(
            partial(sources_of, (path,)),
            partial(self._take_parts, connection_id, is_quiet=True),
            partial(self._refuse_quietly, path),
        )

    def expects(self, path: Path) -> bool:
        """Whether more of this file is still to be read."""
        return any(task.part.path == path for task in self._left)

    def take_text(self, connection_id: int, text: str) -> None:
        """Take pasted rows in."""
        self._take_parts(connection_id, [ImportSource(text=text)])

    def reread(self, **wishes: object) -> None:
        """Read the file again as the person wishes, and stay with how it is read."""
        changed = replace(self._standing.wishes, **wishes)  # type: ignore[arg-type]  # the pages know the wishes
        self._read(changed, ask=True, by_hand=True)

    def answer(self, columns: Mapping[Field, str], date_order: DateOrder | None, page: str) -> None:
        """Go on with what the person said about columns, dates and page, and remember the columns."""
        preview, wishes = self._standing.preview, self._standing.wishes
        if preview is not None and columns:
            layout = Layout(
                {name.value: heading for name, heading in columns.items()}, date_order.value if date_order else ""
            )
            keep = partial(self._services.layouts.store, preview.fingerprint, layout, self._services.clock.now())
            self._bridge.run(keep, self._kept, self._broken)
        answered = replace(
            wishes,
            columns=columns or wishes.columns,
            date_order=date_order or wishes.date_order,
            page=page or wishes.page,
        )
        self._read(answered, ask=False, by_hand=False)

    def choose_new(self, *, only_new: bool) -> None:
        """Leave out what came unchanged in an earlier file, or queue it again."""
        checked = self._standing.checked
        if checked is not None and self._standing.stage is ImportStage.CHECKING:
            self._begin_change()
            choose = partial(import_runner.choose_new, self._services, checked.staged, only_new=only_new)
            self._bridge.run(choose, self._changed, self._broken)

    def edit(self, record_id: int, changes: Mapping[str, str]) -> None:
        """Correct a row; it is judged again."""
        checked = self._standing.checked
        if checked is not None and self._standing.stage is ImportStage.CHECKING:
            self._begin_change()
            self._set(is_edited=True)
            self._bridge.run(
                partial(import_runner.edit, self._services, checked, record_id, dict(changes)),
                partial(self._edited, record_id),
                self._broken,
            )

    def queue(self) -> None:
        """Queue what was checked; a second call does nothing."""
        checked = self._standing.checked
        if checked is not None and self._standing.stage is ImportStage.CHECKING and not self._standing.is_busy:
            self._set(stage=ImportStage.QUEUEING)
            self._bridge.run(partial(import_runner.queue, self._services, checked.staged), self._queued, self._broken)

    def undo(self) -> None:
        """Take what still waits of the files just queued back out."""
        batch_ids = tuple(one.facts.id for one in self._standing.queued)
        if batch_ids:
            self._bridge.run(partial(import_runner.undo, self._services, batch_ids), self._undone, self._broken)

    def leave_out(self) -> None:
        """Take nothing of this file and go on with the next."""
        self._end_part(None, self._standing.text if self._standing.stage is ImportStage.REFUSED else "")

    def cancel(self) -> None:
        """Take nothing of this file nor of those after it; what was queued before stays."""
        self._left.clear()
        self.leave_out()

    def dismiss(self) -> None:
        """Put the receipts away."""
        if not self.is_open:
            self._standing = ImportState()
            self.changed.emit(self._standing)
            self._follow()

    def close(self) -> None:
        """Stop everything, as the window closes; what was staged goes with this process."""
        self._left.clear()
        self._look.stop()
        self._following.stop()
        self.comparing.stop()
        if self._work is not None:
            self._work.cancel()

    def _follow(self) -> None:
        """Let the receipts that are shown follow the queue, and nothing while none are."""
        shown = self._standing.queued if self._standing.stage is ImportStage.RECEIPT else ()
        self._following.follow(tuple(one.facts.id for one in shown))

    def _take_followed(self, queued: tuple[QueuedBatch, ...]) -> None:
        if self._standing.stage is ImportStage.RECEIPT and queued != self._standing.queued:
            self._standing = replace(self._standing, queued=queued)
            self.changed.emit(self._standing)

    def _take_parts(self, connection_id: int, parts: list[ImportSource], *, is_quiet: bool = False) -> None:
        self._left.extend(_Task(connection_id, part, is_quiet) for part in parts)
        if self.is_open:
            self._set(total=self._standing.total + len(parts))
        elif self._left:
            self._standing = ImportState(total=len(self._left))
            self._next()

    def _refuse_paths(self, error: Exception) -> None:
        if not isinstance(error, ImportFileError):
            raise error
        self.trouble.emit(str(error))

    def _refuse_quietly(self, path: Path, error: Exception) -> None:
        if not isinstance(error, ImportFileError):
            raise error
        self.part_ended.emit(SourceResult(ImportSource(path), text=str(error)))

    def _end_part(self, queued: QueuedBatch | None, text: str = "") -> None:
        """Be done with a file, queued or not, and go on with the next."""
        self.part_ended.emit(SourceResult(self._standing.part, queued, text))
        if queued is not None:
            self._next()
            return
        self._stop()
        self._clear()
        self._next()

    def _next(self) -> None:
        before = self._standing
        if not self._left:
            stage = ImportStage.RECEIPT if before.queued else ImportStage.IDLE
            self._standing = ImportState(stage=stage, queued=before.queued)
            self.changed.emit(self._standing)
            self._follow()
            return
        task = self._left.popleft()
        self._standing = ImportState(
            connection_id=task.connection_id,
            part=task.part,
            is_quiet=task.is_quiet,
            number=before.number + 1,
            total=before.total,
            queued=before.queued,
        )
        self._read(ImportOptions(), ask=True, by_hand=False)

    def _read(self, wishes: ImportOptions, *, ask: bool, by_hand: bool) -> None:
        self._stop()
        self._set(
            stage=ImportStage.READING,
            wishes=wishes,
            rows_read=0,
            seconds=0.0,
            checked=None,
            by_hand=by_hand,
            is_edited=False,
        )
        self._changes = 0
        job = ReadJob(
            folder=self._services.folder,
            owner=self._services.staging.owner,
            connection_id=self._standing.connection_id,
            part=self._standing.part,
            wishes=wishes,
            ask=ask,
            recogniser_folders=(own_profiles(),),
        )
        self._work = self._room.new_work(job)
        self._clock.start()
        self._look.start()
        self._bridge.run(self._work.run, partial(self._ended, self._work), partial(self._read_broken, self._work))

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self._look.stop()

    def _clear(self) -> None:
        """Take back what was staged."""
        self._bridge.run(self._room.clearing(), self._kept, self._broken)

    def _ended(self, ended_work: ReaderTask, ended: RunnerResult) -> None:
        if ended_work is not self._work:
            return
        self._tell_progress()
        self._look.stop()
        self._work = None
        if self._standing.is_quiet:
            self._end_quietly(ended)
            return
        match ended.end:
            case ReadQuestions():
                self._set(stage=ImportStage.ASKING)
            case FileRefused(text):
                self._set(stage=ImportStage.REFUSED, text=text)
                self._clear()
            case _:
                if ended.checked is not None:
                    self._checked(ended.checked)

    def _end_quietly(self, ended: RunnerResult) -> None:
        """Queue what nobody needs to be asked about; leave anything else for a person."""
        match ended.end:
            case FileRefused(text):
                self._end_part(None, text)
            case _ if ended.checked is not None and not ended.checked.kinds.counts.held:
                self._queue_quietly(ended.checked)
            case _ if ended.checked is not None:
                held = ended.checked.kinds.counts.held
                self._end_part(None, tr("Rows in it that need repair: {number}.", number=formatting.count(held)))
            case _:
                self._end_part(None, tr("It leaves open what only you can tell, such as a column or a page."))

    def _queue_quietly(self, checked: CheckedTable) -> None:
        """Queue a file, unless a column speaks of a status that nobody reads and that is not plainly well."""
        doubtful = [one.column for one in checked.staged.unread_columns if not one.is_fine]
        if doubtful:
            told = tr("Look at what these columns say before you queue it: {columns}.")
            self._end_part(None, told.format(columns=", ".join(doubtful[:_MOST_NAMED])))
        else:
            self._checked(checked)
            self.queue()

    def _read_broken(self, ended_work: ReaderTask, error: Exception) -> None:
        if ended_work is self._work:
            self._work = None
            self._look.stop()
            self._refuse(tr("The file could not be read. Nothing was queued."))
        self._broken(error)

    def _tell_progress(self) -> None:
        if self._work is not None:
            reader = self._work.reader
            self._set(
                preview=reader.preview or self._standing.preview,
                rows_read=reader.rows_read,
                seconds=self._clock.elapsed() / 1000,
            )

    def _checked(self, checked: CheckedTable) -> None:
        before = self._standing.checked
        if before is None or before.staged.batch_id == checked.staged.batch_id:
            self._set(stage=ImportStage.CHECKING, checked=checked)

    def _begin_change(self) -> None:
        self._changes += 1
        self._set(is_busy=True)

    def _changed(self, checked: CheckedTable) -> None:
        self._changes -= 1
        self._set(is_busy=self._changes > 0)
        self._checked(checked)

    def _edited(self, record_id: int, checked: CheckedTable) -> None:
        self._changed(checked)
        self.row_edited.emit(record_id)

    def _queued(self, queued: QueuedBatch | None) -> None:
        if queued is None:
            self._refuse(tr("The rows read from this file are gone. Nothing was queued. Import the file again."))
            return
        if not self._standing.is_quiet:
            self._standing = replace(self._standing, queued=(*self._standing.queued, queued))
        self._bridge.something_changed()
        self._end_part(queued)

    def _undone(self, undone: UndoResult) -> None:
        self._bridge.something_changed()
        self._set(
            queued=undone.queued,
            text=ntr(
                "{count} donor taken back out of the queue.",
                "{count} donors taken back out of the queue.",
                undone.number,
            ),
        )

    def _refuse(self, text: str) -> None:
        if self._standing.is_quiet:
            self._end_part(None, text)
        else:
            self._set(stage=ImportStage.REFUSED, is_busy=False, text=text)

    def _kept(self, _nothing: None) -> None:
        """Nothing more to do."""

    def _broken(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self._refuse(str(error))

    def _set(self, **changes: object) -> None:
        self._services.ui_yield.mark_busy()
        self._standing = replace(self._standing, **changes)  # type: ignore[arg-type]  # named as its fields are
        self.changed.emit(self._standing)
