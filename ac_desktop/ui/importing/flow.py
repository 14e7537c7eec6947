"""The import of files into the queue, one after another: read, ask where something is open, check, queue."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from ac_desktop.importing.errors import ImportFileError, not_imported
from ac_desktop.importing.options import ImportOptions, ImportSource, sources_of
from ac_desktop.importing.pipeline import layout_of
from ac_desktop.importing.profiles.columns import Field
from ac_desktop.importing.profiles.profiles import own_profile_folders
from ac_desktop.importing.reader_process import FileRefused, QuestionsOpen, ReaderProcess, ReadJob
from ac_desktop.importing.values.dates import DateOrder
from ac_desktop.model.wording import ntr, tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.importing import import_runner
from ac_desktop.ui.importing.checking.corrections import CorrectedImport, RowCorrections
from ac_desktop.ui.importing.comparison import ComparisonRunner
from ac_desktop.ui.importing.import_runner import Arrived, ImportRunner, ReaderFor, ReaderTask, RunnerResult, UndoResult
from ac_desktop.ui.importing.import_state import CheckedTable, ImportStage, ImportState, QueuedBatch, SourceResult
from ac_desktop.ui.importing.results.result_updates import Following

_PROGRESS_INTERVAL_MS: Final = 200
_MOST_NAMED: Final = 5


@dataclass(frozen=True)
class _Task:
    """A file that is still to be read; `arrived` where it came into a watched folder."""

    connection_id: int
    source: ImportSource
    arrived: Arrived | None = None


class ImportFlow(QObject):
    """Reports by `changed` the state of the import; everything slow happens off the main thread.

    `failed` carries a sentence about files that could not be started, `source_ended` the result of each that was.
    """

    changed = Signal(object)
    rows_edited = Signal(object)
    failed = Signal(str)
    source_ended = Signal(object)

    def __init__(
        self, services: Services, bridge: Bridge, reader_for: ReaderFor = ReaderProcess, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._runner = ImportRunner(services, reader_for)
        self.comparing = ComparisonRunner(services, bridge, self)
        corrected = CorrectedImport(self._correctable, self._begin_correction, self._corrected, self._fail)
        self.corrections = RowCorrections(services, bridge, corrected, self)
        self._state = ImportState()
        self._queued_tasks: deque[_Task] = deque()
        self._arrived: Arrived | None = None
        self._work: ReaderTask | None = None
        self._changes = 0
        self._clock = QElapsedTimer()
        self._progress_timer = QTimer(self)
        self._progress_timer.setInterval(_PROGRESS_INTERVAL_MS)
        self._progress_timer.timeout.connect(self._emit_progress)
        self._following = Following(services, bridge, self)
        self._following.followed.connect(self._update_results)

    def use_readers(self, reader_for: ReaderFor) -> None:
        """Read files with other readers from now on."""
        self._runner = ImportRunner(self._services, reader_for)

    @property
    def state(self) -> ImportState:
        """The state of the import."""
        return self._state

    @property
    def is_open(self) -> bool:
        """Whether a file is being imported."""
        return self._state.stage not in {ImportStage.IDLE, ImportStage.RESULT}

    def add_files(self, connection_id: int, paths: Sequence[Path]) -> None:
        """Add files after those already waiting; each file in a ZIP is imported."""
        self._bridge.run(
            partial(sources_of, tuple(paths)), partial(self._add_sources, connection_id), self._refuse_paths
        )

    def add_quietly(self, connection_id: int, path: Path) -> None:
        """Queue a file from a watched folder; one that leaves anything open is neither queued nor shown."""
        self._bridge.run(
            partial(import_runner.arrival_of, self._services, connection_id, path),
            lambda found: self._add_sources(connection_id, found.sources, found),
            partial(self._refuse_quietly, path),
        )

    def expects(self, path: Path) -> bool:
        """Whether more of this file is still to be read."""
        return any(task.source.path == path for task in self._queued_tasks)

    def add_text(self, connection_id: int, text: str) -> None:
        """Import pasted rows."""
        self._add_sources(connection_id, [ImportSource(text=text)])

    def add_fetched(self, connection_id: int, source: ImportSource) -> None:
        """Import donations that were fetched."""
        self._add_sources(connection_id, [source])

    def read_again(self, **options: object) -> None:
        """Read the file again with other options, and keep those."""
        changed = replace(self._state.options, **options)  # type: ignore[arg-type]  # the pages know the options
        self._read(changed, ask=True, by_hand=True)

    def answer(self, columns: Mapping[Field, str], date_order: DateOrder | None, page: str) -> None:
        """Continue with the person's answers about columns, dates and page, and remember the columns."""
        preview, options = self._state.preview, self._state.options
        answered = replace(
            options,
            columns=columns or options.columns,
            date_order=date_order or options.date_order,
            page=page or options.page,
        )
        if preview is not None and columns:
            now = self._services.clock.now()
            layout = layout_of(answered, preview.header, preview.profile)
            name = self._state.source.layout_name
            keep = partial(self._services.layouts.store, preview.fingerprint, layout, now, name=name)
            self._bridge.run(keep, self._ignore_result, self._fail)
        self._read(answered, ask=False, by_hand=False)

    def choose_new(self, *, only_new: bool) -> None:
        """Leave out what came unchanged in an earlier file, or queue it again."""
        checked = self._state.checked
        if checked is not None and self._state.stage is ImportStage.CHECKING:
            self._begin_change()
            choose = partial(import_runner.choose_new, self._services, checked.staged, only_new=only_new)
            self._bridge.run(choose, self._changed, self._fail)

    def queue(self) -> None:
        """Queue what was checked; a second call does nothing."""
        checked = self._state.checked
        if checked is not None and self._state.stage is ImportStage.CHECKING and not self._state.is_busy:
            self._set(stage=ImportStage.QUEUEING)
            queue = partial(import_runner.queue, self._services, checked, self._arrived)
            self._bridge.run(queue, self._queued, self._fail)

    def undo(self) -> None:
        """Remove what is still waiting of the files just queued."""
        batch_ids = tuple(one.facts.id for one in self._state.queued)
        if batch_ids:
            self._bridge.run(partial(import_runner.undo, self._services, batch_ids), self._undone, self._fail)

    def leave_out(self) -> None:
        """Import nothing of this file and continue with the next."""
        self._end_source(None, self._state.text if self._state.stage is ImportStage.REFUSED else "")

    def cancel(self) -> None:
        """Import nothing of this file nor of those after it; what was queued before stays."""
        self._queued_tasks.clear()
        self.leave_out()

    def dismiss(self) -> None:
        """Close the import results."""
        if not self.is_open:
            self._state = ImportState()
            self.changed.emit(self._state)
            self._follow()

    def close(self) -> None:
        """Stop everything, as the window closes; what was staged is deleted with this process."""
        self._queued_tasks.clear()
        self._progress_timer.stop()
        self._following.stop()
        self.comparing.stop()
        if self._work is not None:
            self._work.cancel()

    def _follow(self) -> None:
        """Update the import results that are shown from the queue, and nothing while none are."""
        shown = self._state.queued if self._state.stage is ImportStage.RESULT else ()
        self._following.follow(tuple(one.facts.id for one in shown))

    def _update_results(self, queued: tuple[QueuedBatch, ...]) -> None:
        if self._state.stage is ImportStage.RESULT and queued != self._state.queued:
            self._state = replace(self._state, queued=queued)
            self.changed.emit(self._state)

    def _add_sources(self, connection_id: int, sources: list[ImportSource], arrived: Arrived | None = None) -> None:
        self._queued_tasks.extend(_Task(connection_id, source, arrived) for source in sources)
        if self.is_open:
            self._set(total=self._state.total + len(sources))
        elif self._queued_tasks:
            self._state = ImportState(total=len(self._queued_tasks))
            self._next()

    def _refuse_paths(self, error: Exception) -> None:
        if not isinstance(error, ImportFileError):
            raise error
        self.failed.emit(str(error))

    def _refuse_quietly(self, path: Path, error: Exception) -> None:
        if not isinstance(error, ImportFileError):
            raise error
        self.source_ended.emit(SourceResult(ImportSource(path), text=str(error)))

    def _end_source(self, queued: QueuedBatch | None, text: str = "") -> None:
        """End a file, queued or not, and continue with the next."""
        self.source_ended.emit(SourceResult(self._state.source, queued, text))
        if queued is None:
            self._stop()
            self._clear()
        self._next()

    def _next(self) -> None:
        before = self._state
        if not self._queued_tasks:
            stage = ImportStage.RESULT if before.queued else ImportStage.IDLE
            self._state = ImportState(stage=stage, queued=before.queued)
            self.changed.emit(self._state)
            self._follow()
            return
        task = self._queued_tasks.popleft()
        self._arrived = task.arrived
        self._state = ImportState(
            connection_id=task.connection_id,
            source=task.source,
            is_quiet=task.arrived is not None,
            number=before.number + 1,
            total=before.total,
            queued=before.queued,
        )
        self._read(ImportOptions(), ask=True, by_hand=False)

    def _read(self, options: ImportOptions, *, ask: bool, by_hand: bool) -> None:
        self._stop()
        self._set(
            stage=ImportStage.READING,
            options=options,
            rows_read=0,
            seconds=0.0,
            checked=None,
            by_hand=by_hand,
            is_edited=False,
        )
        self._changes = 0
        self.corrections.forget()
        job = ReadJob(
            store=self._services.store,
            owner=self._services.staging.owner,
            connection_id=self._state.connection_id,
            source=self._state.source,
            options=options,
            ask=ask,
            profile_folders=own_profile_folders(),
        )
        self._work = self._runner.new_work(job)
        self._clock.start()
        self._progress_timer.start()
        self._bridge.run(self._work.run, partial(self._ended, self._work), partial(self._read_broken, self._work))

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self._progress_timer.stop()

    def _clear(self) -> None:
        """Delete what was staged."""
        self._bridge.run(self._runner.clearing(), self._ignore_result, self._fail)

    def _ended(self, ended_work: ReaderTask, ended: RunnerResult) -> None:
        if ended_work is not self._work:
            return
        self._emit_progress()
        self._progress_timer.stop()
        self._work = None
        if self._state.is_quiet:
            self._end_quietly(ended)
            return
        match ended.end:
            case QuestionsOpen():
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
                self._end_source(None, text)
            case _ if ended.checked is not None and not ended.checked.kinds.counts.held:
                self._queue_quietly(ended.checked)
            case _ if ended.checked is not None:
                held = ended.checked.kinds.counts.held
                self._end_source(None, tr("Rows to fix: {number}.", number=formatting.count(held)))
            case _:
                self._end_source(None, tr("It needs a choice from you, such as a column or a page."))

    def _queue_quietly(self, checked: CheckedTable) -> None:
        """Queue a file, unless a column states a status that is not read and may be a refusal."""
        doubtful = [one.column for one in checked.staged.doubtful_columns]
        if doubtful:
            text = tr("Check what these columns say before you add the file to the queue: {columns}.")
            self._end_source(None, text.format(columns=", ".join(doubtful[:_MOST_NAMED])))
        else:
            self._checked(checked)
            self.queue()

    def _read_broken(self, ended_work: ReaderTask, error: Exception) -> None:
        if ended_work is self._work:
            self._work = None
            self._progress_timer.stop()
            self._refuse(tr("The file couldn't be read. Nothing was queued."))
        self._fail(error)

    def _emit_progress(self) -> None:
        if self._work is not None:
            reader = self._work.reader
            self._set(
                preview=reader.preview or self._state.preview,
                rows_read=reader.rows_read,
                seconds=self._clock.elapsed() / 1000,
            )

    def _checked(self, checked: CheckedTable) -> None:
        before = self._state.checked
        if before is None or before.staged.batch_id == checked.staged.batch_id:
            self._set(stage=ImportStage.CHECKING, checked=checked)

    def _begin_change(self) -> None:
        self._changes += 1
        self._set(is_busy=True)

    def _changed(self, checked: CheckedTable) -> None:
        self._changes -= 1
        self._set(is_busy=self._changes > 0)
        self._checked(checked)

    def _correctable(self) -> CheckedTable | None:
        return self._state.checked if self._state.stage is ImportStage.CHECKING else None

    def _begin_correction(self) -> None:
        self._begin_change()
        self._set(is_edited=True)

    def _corrected(self, record_ids: tuple[int, ...], checked: CheckedTable) -> None:
        self._changed(checked)
        self.rows_edited.emit(record_ids)

    def _queued(self, queued: QueuedBatch | None) -> None:
        if queued is None:
            self._refuse(tr("The rows read from this file are gone. Nothing was queued. Import the file again."))
            return
        if not self._state.is_quiet:
            self._state = replace(self._state, queued=(*self._state.queued, queued))
        self._bridge.something_changed()
        self._end_source(queued)

    def _undone(self, undone: UndoResult) -> None:
        self._bridge.something_changed()
        self._set(
            queued=undone.queued,
            text=ntr(
                "{count} donor removed from the queue.",
                "{count} donors removed from the queue.",
                undone.number,
            ),
        )

    def _refuse(self, text: str) -> None:
        if self._state.is_quiet:
            self._end_source(None, text)
        else:
            self._set(stage=ImportStage.REFUSED, is_busy=False, text=text)

    def _ignore_result(self, _nothing: None) -> None:
        """Do nothing: the columns are kept."""

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self._refuse(not_imported(error))

    def _set(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]  # named as its fields are
        self.changed.emit(self._state)
