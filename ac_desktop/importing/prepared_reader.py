"""Starts a reader's process before there is a file, so that a short one is read without waiting for the start."""

import contextlib
import importlib
import multiprocessing
import threading

from ac_desktop.importing.profiles.profiles import known_headings
from ac_desktop.importing.reader_process import ReaderProcess, ReadJob, run_job
from ac_desktop.importing.writer_process import WRITER_FROM_BYTES, Pipe
from ac_desktop.language import use_language
from ac_desktop.model.wording import language_in_use
from ac_desktop.platform.process import lower_process_priority
from ac_desktop.store.errors import StoreError
from ac_desktop.store.opening import StoreLocation, open_database


class PreparedReader:
    """A process that has loaded what reading takes and waits for its one job; it ends with the pipe to it."""

    def __init__(self, store: StoreLocation) -> None:
        context = multiprocessing.get_context("spawn")
        self.receiver, sender = context.Pipe(duplex=False)
        jobs, self._jobs = context.Pipe(duplex=False)
        self.process = context.Process(target=_wait_for_job, args=(store, jobs, sender), name="reader", daemon=True)
        self.process.start()
        sender.close()
        jobs.close()

    def begin(self, job: ReadJob) -> None:
        """Hand the job over. Raises OSError where the process has ended."""
        if not self.process.is_alive():
            # A pipe does not always say so, as on Wine.
            raise BrokenPipeError("the prepared process has ended")
        self._jobs.send((job, language_in_use()))
        self._jobs.close()

    def end(self) -> None:
        """End the process, which has no job."""
        self._jobs.close()
        self.receiver.close()
        self.process.kill()
        self.process.join()
        self.process.close()


class Readers:
    """Makes readers, with the process that was prepared where there is one."""

    def __init__(self, store: StoreLocation) -> None:
        self._store = store
        self._guard = threading.Lock()
        self._prepared: PreparedReader | None = None
        self._is_closed = False

    def prepare(self) -> None:
        """Have a process at hand for the next file; a person is about to choose it."""
        with self._guard:
            if self._prepared is not None and not self._prepared.process.is_alive():
                self._prepared.end()
                self._prepared = None
            if self._prepared is None and not self._is_closed:
                self._prepared = PreparedReader(self._store)

    def reader_for(self, job: ReadJob) -> ReaderProcess:
        """Return a reader for a job; that of a long file starts two processes of its own."""
        with self._guard:
            prepared = self._prepared
            if prepared is None or job.source.size >= WRITER_FROM_BYTES:
                return ReaderProcess(job)
            self._prepared = None
        return ReaderProcess(job, prepared)

    def close(self) -> None:
        """End what was prepared and prepare nothing any more."""
        with self._guard:
            self._is_closed = True
            if self._prepared is not None:
                self._prepared.end()
                self._prepared = None


def _wait_for_job(store: StoreLocation, jobs: Pipe, sender: Pipe) -> None:
    known_headings()
    importlib.import_module("email_validator")
    with contextlib.suppress(StoreError):  # the job itself meets it again, and reports it
        open_database(store).close()
    try:
        job, language = jobs.recv()
    except EOFError:
        return
    finally:
        jobs.close()
    lower_process_priority()
    use_language(language)
    run_job(job, sender)
