"""What an import does off the UI thread: reads, queries, queues and undoes."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from ac_desktop.importing.detection.preview import Preview
from ac_desktop.importing.options import ImportSource, sources_of
from ac_desktop.importing.pipeline import StagedBatch, import_result_of, queue_staged
from ac_desktop.importing.reader_process import FileRefused, FileStaged, ReaderProcess, ReadJob, ReadResult
from ac_desktop.services import Services
from ac_desktop.store.connections.automatic_relay import RelayPermit
from ac_desktop.ui.importing.import_state import CheckedTable, QueuedBatch


class RunsReader(Protocol):
    """A running reader (see `ReaderProcess`)."""

    preview: Preview | None
    rows_read: int

    def start(self) -> None:
        """Start to read."""

    def cancel(self) -> None:
        """Stop reading."""

    def wait(self) -> ReadResult:
        """Wait for the end."""


ReaderFor = Callable[[ReadJob], RunsReader]


@dataclass(frozen=True)
class RunnerResult:
    """How a reader ended, with what is shown of a batch it staged."""

    end: ReadResult
    checked: CheckedTable | None = None


class ImportRunner:
    """Runs one reader at a time, and deletes what earlier ones staged."""

    def __init__(self, services: Services, reader_for: ReaderFor = ReaderProcess) -> None:
        self._services = services
        self._reader_for = reader_for
        self._occupied = threading.Lock()
        self._turn = 0

    def new_work(self, job: ReadJob) -> "ReaderTask":
        """Prepare a reader; whatever was staged before it is deleted when it starts."""
        self._turn += 1
        return ReaderTask(self, self._reader_for(job))

    def clearing(self) -> Callable[[], None]:
        """Return a task that deletes everything staged, unless another reader has started by then."""
        self._turn += 1
        return partial(self._clear, self._turn)

    def _clear(self, turn: int) -> None:
        with self._occupied:
            if turn == self._turn:
                self._services.staging.drop_all()

    def read(self, work: "ReaderTask") -> RunnerResult:
        """Run a reader to its end."""
        with self._occupied:
            self._services.staging.drop_all()
            if not work.start():
                return RunnerResult(FileRefused(""))
            end = work.reader.wait()
            if isinstance(end, FileStaged) and not work.is_cancelled:
                return RunnerResult(end, read_preview(self._services, end.staged))
            return RunnerResult(end)


class ReaderTask:
    """A reader running off the main thread, which the main thread may cancel at any moment."""

    def __init__(self, runner: ImportRunner, reader: RunsReader) -> None:
        self.reader = reader
        self._runner = runner
        self._guard = threading.Lock()
        self._started = False
        self.is_cancelled = False

    def run(self) -> RunnerResult:
        """Read to the end."""
        return self._runner.read(self)

    def start(self) -> bool:
        """Start, unless it was cancelled before."""
        with self._guard:
            if not self.is_cancelled:
                self.reader.start()
                self._started = True
            return self._started

    def cancel(self) -> None:
        """Stop reading."""
        with self._guard:
            self.is_cancelled = True
            if self._started:
                # The process may have just ended, and is closed then.
                with contextlib.suppress(ValueError):
                    self.reader.cancel()


def read_preview(services: Services, staged: StagedBatch, *, only_new: bool = True) -> CheckedTable:
    """Read what the Check page shows of a staged batch."""
    return CheckedTable(
        staged=staged,
        kinds=services.staging.kinds(staged.batch_id),
        unchanged=0 if staged.is_correction else services.row_hashes.unchanged(staged.batch_id),
        earlier=services.row_hashes.earlier(staged.batch_id),
        only_new=only_new,
    )


def choose_new(services: Services, staged: StagedBatch, *, only_new: bool) -> CheckedTable:
    """Leave out what an earlier file brought unchanged, or queue it again."""
    choose = services.row_hashes.skip_known if only_new else services.row_hashes.take_known
    choose(staged.batch_id, services.clock.now())
    return read_preview(services, staged, only_new=only_new)


@dataclass(frozen=True)
class Arrived:
    """A file of a watched folder: its tables, and the permission to relay them by themselves, where there is one."""

    sources: list[ImportSource]
    permit: RelayPermit | None


def arrival_of(services: Services, connection_id: int, path: Path) -> Arrived:
    """Return a file that came into a watched folder. Raises ImportFileError."""
    permit = services.automatic_relays.permit(connection_id)
    return Arrived(sources_of((path,)), permit)


def queue(services: Services, checked: CheckedTable, arrived: Arrived | None = None) -> QueuedBatch | None:
    """Queue a staged batch, with an event; from now on a relay may take its records, with a permission by itself."""
    staged, compare = checked.staged, services.row_hashes if checked.only_new else None
    services.automatic_relays.cover(arrived.permit if arrived else None, staged.batch_id)
    queue_staged(services.queue, staged, services.clock.now(), compare=compare)
    return queued(services, staged.batch_id)


def queued(services: Services, batch_id: int) -> QueuedBatch | None:
    """Read a batch's import result as it is now."""
    facts = services.staging.facts(batch_id)
    if facts is None:
        return None
    counts = services.queue.batch_counts(batch_id)
    rows = counts.rows + facts.withdrawn if facts.rows_read is None else facts.rows_read
    return QueuedBatch(
        facts=facts, kinds=services.staging.kinds(batch_id), result=import_result_of(counts, rows, facts.withdrawn)
    )


def follow(services: Services, batch_ids: tuple[int, ...]) -> tuple[QueuedBatch, ...]:
    """Read the import results of some batches as they are now; one that is gone is left out."""
    results = (queued(services, batch_id) for batch_id in batch_ids)
    return tuple(one for one in results if one is not None)


@dataclass(frozen=True)
class UndoResult:
    """What undoing removed, and the import results after it."""

    number: int
    queued: tuple[QueuedBatch, ...] = field(default_factory=tuple)


def undo(services: Services, batch_ids: tuple[int, ...]) -> UndoResult:
    """Remove what is still waiting of some batches from the queue."""
    now = services.clock.now()
    number = sum(services.staging.withdraw(batch_id, now) for batch_id in batch_ids)
    return UndoResult(number, follow(services, batch_ids))
