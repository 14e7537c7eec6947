"""Reads a file in a process of its own: in a thread of the window's process it would slow window and relay."""

import gc
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Final, Protocol

from ac_desktop.importing.detection.preview import Preview
from ac_desktop.importing.errors import ImportFileError, not_imported
from ac_desktop.importing.options import ImportOptions, ImportSource
from ac_desktop.importing.pipeline import ImportPipeline
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.staging import StagedBatch, Watch
from ac_desktop.importing.writer_process import WRITER_FROM_BYTES, Pipe, PipeRowSink, WriterProcess
from ac_desktop.language import use_language
from ac_desktop.model.wording import language_in_use, tr
from ac_desktop.platform.process import lower_process_priority
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.errors import StoreError
from ac_desktop.store.imports.layouts import Layouts
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.opening import StoreLocation, office_time, open_database, open_owners
from ac_desktop.store.queue.queue import Queue

_PROGRESS_SECONDS: Final = 0.2


@dataclass(frozen=True)
class FileStaged:
    """The file is staged: its rows are in an open batch."""

    staged: StagedBatch


@dataclass(frozen=True)
class FileRefused:
    """Nothing was staged; `text` is the sentence for the person."""

    text: str


@dataclass(frozen=True)
class QuestionsOpen:
    """A person has to answer the open questions of the preview first; nothing was staged."""


@dataclass(frozen=True)
class RowsRead:
    """How many rows have been read so far."""

    rows: int


@dataclass(frozen=True, kw_only=True)
class ReadJob:
    """What a reader process has to read; the batch belongs to the process `owner`, which outlives the reader.

    `ask`: stop at open questions. Otherwise a person has seen the preview, and only a missing page or e-mail column
    stops the reader.
    """

    store: StoreLocation
    owner: str
    connection_id: int
    source: ImportSource
    options: ImportOptions
    ask: bool = True
    profile_folders: tuple[Path, ...] = ()


ReadResult = FileStaged | FileRefused | QuestionsOpen
Send = Callable[[object], None]
"""Receives a Preview or RowsRead."""


class WaitingProcess(Protocol):
    """A process that was started before its job (see `prepared_reader.PreparedReader`)."""

    process: SpawnProcess
    receiver: Pipe

    def begin(self, job: ReadJob) -> None:
        """Hand the job over. Raises OSError where the process has ended."""

    def end(self) -> None:
        """End the process, which has no job."""


class ReaderProcess:
    """Stages a file in another process; `wait` blocks and must not be called on the UI thread.

    A short file may be read by a process that was `prepared`.
    """

    def __init__(self, job: ReadJob, prepared: WaitingProcess | None = None) -> None:
        context = multiprocessing.get_context("spawn")
        self._job = job
        self._prepared = prepared
        self._receiver, sender = context.Pipe(duplex=False)
        self._writer = WriterProcess(job.store) if job.source.size >= WRITER_FROM_BYTES else None
        rows = self._writer.pipe if self._writer is not None else None
        self._process = context.Process(
            target=_run, args=(job, sender, language_in_use(), rows), name="reader", daemon=True
        )
        self._sender = sender
        self.preview: Preview | None = None
        self.rows_read = 0

    def start(self) -> None:
        """Start to read."""
        if self._prepared is not None and self._begin_prepared(self._prepared):
            return
        self._process.start()
        self._sender.close()
        if self._writer is not None:
            self._writer.start()
            self._writer.pipe.close()

    def _begin_prepared(self, prepared: WaitingProcess) -> bool:
        """Hand the job to the process that was prepared; false where that has ended."""
        try:
            prepared.begin(self._job)
        except OSError:
            prepared.end()
            return False
        self._sender.close()
        self._receiver.close()
        self._process, self._receiver = prepared.process, prepared.receiver
        return True

    def cancel(self) -> None:
        """Stop reading; the owner of the open batch drops it."""
        self._process.kill()
        if self._writer is not None:
            self._writer.kill()

    def wait(self) -> ReadResult:
        """Wait for the end and return it; `preview` and `rows_read` are updated meanwhile."""
        end: ReadResult | None = None
        try:
            for message in self._messages():
                if isinstance(message, RowsRead):
                    self.rows_read = message.rows
                elif isinstance(message, Preview):
                    self.preview = message
                else:
                    end = message
        finally:
            self._receiver.close()
            self._process.join()
            self._process.close()
            if self._writer is not None:
                if end is None:
                    self._writer.kill()
                self._writer.close()
        return end or FileRefused(tr("Reading was stopped. Nothing was queued."))

    def _messages(self) -> Iterator[ReadResult | RowsRead | Preview]:
        """Yield what the process sends until it has ended.

        The pipe alone does not tell: on Windows a process that was killed before it fetched its end of the pipe
        leaves a duplicate of it open in this one.
        """
        while self._receiver in wait([self._receiver, self._process.sentinel]):
            try:
                yield self._receiver.recv()
            except (EOFError, OSError):  # OSError: killed within a message
                return


def _run(job: ReadJob, sender: Pipe, language: str, rows: Pipe | None) -> None:
    lower_process_priority()
    use_language(language)
    run_job(job, sender, rows)


def run_job(job: ReadJob, sender: Pipe, rows: Pipe | None = None) -> None:
    """Read one file and send what comes of it; rows make no reference cycles, so the garbage collector is off."""
    gc.disable()
    try:
        sender.send(read_job(job, sender.send, rows))
    except BrokenPipeError:
        sys.exit(1)
    finally:
        sender.close()


def read_job(job: ReadJob, send: Send, rows: Pipe | None = None) -> ReadResult:
    """Stage a file in this process; the preview and the progress are sent meanwhile."""
    try:
        database = open_database(job.store)
    except StoreError as error:
        return FileRefused(not_imported(error))
    owners = open_owners(job.store, database)
    time_of_office = office_time(job.store, database)
    try:
        connection = Connections(database).get(job.connection_id)
        if connection is None:
            return FileRefused(tr("This connection no longer exists. Nothing was queued."))
        pipeline = ImportPipeline(
            Queue(database, owners),
            RowHashes(database),
            connection,
            load_profiles(*job.profile_folders),
            now=time_of_office.now() if time_of_office is not None else time.time(),
            layouts=Layouts(database),
            sink=PipeRowSink(rows) if rows is not None else None,
            watch=_watch(send),
            owner=job.owner,
        )
        with pipeline.opened(job.source, job.options) as detected:
            send(pipeline.preview(detected))
            if detected.lacks_answers or (job.ask and detected.needs_answers):
                return QuestionsOpen()
            return FileStaged(pipeline.stage(detected))
    except StoreError as error:
        return FileRefused(not_imported(error))
    except ImportFileError as error:
        return FileRefused(str(error))
    finally:
        owners.close()
        database.close()


def _watch(send: Send) -> Watch:
    sent_at = time.monotonic()

    def watch(rows: int) -> None:
        nonlocal sent_at
        if time.monotonic() - sent_at >= _PROGRESS_SECONDS:
            sent_at = time.monotonic()
            send(RowsRead(rows))

    return watch
