"""Stores the rows of a long file in a process of its own, while another one reads and validates them."""

import gc
import multiprocessing
import pickle
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from queue import Queue as Messages
from typing import Any, Final

from ac_desktop.importing.row_sink import BatchTarget, StoreRowSink
from ac_desktop.language import use_language
from ac_desktop.model.wording import language_in_use
from ac_desktop.platform.process import lower_process_priority
from ac_desktop.store.errors import StoreError
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.opening import StoreLocation, open_database, open_owners
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.records import NewRows

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection

    Pipe = PipeConnection
else:
    from multiprocessing.connection import Connection

    Pipe = Connection


WRITER_FROM_BYTES: Final = 4 * 1024 * 1024
"""Bytes of a file from which on a second process saves more than its start costs."""
_BATCHES_AHEAD: Final = 4
"""Batches of rows that may wait for the writer, so that neither process waits for each step of the other."""


@dataclass(frozen=True, slots=True)
class _Finish:
    superseded: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Done:
    """Everything is stored, or why it is not."""

    error: StoreError | None = None


class WriterProcess:
    """The process and our end of its pipe, which may be passed to another process before `start`."""

    def __init__(self, store: StoreLocation) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, self._child_end = context.Pipe()
        self._process = context.Process(
            target=_run, args=(store, self._child_end, language_in_use()), name="writer", daemon=True
        )

    def start(self) -> None:
        """Start to wait for rows; the process ends when our end of the pipe is closed."""
        self._process.start()
        self._child_end.close()

    def kill(self) -> None:
        """Kill the process; the owner of the open batch drops it."""
        self._process.kill()

    def close(self) -> None:
        """Close our end of the pipe and wait for the process to end."""
        self.pipe.close()
        self._process.join()
        self._process.close()


class PipeRowSink:
    """Sends rows to a writer process. Raises StoreError for errors of the store there."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe

    def begin(self, target: BatchTarget) -> None:
        """Start to send the rows of this batch."""
        self._send(target)

    def add(self, rows: NewRows) -> None:
        """Send rows."""
        self._send(rows)

    def finish(self, superseded: Mapping[int, int]) -> None:
        """Wait until everything is stored, without the rows superseded by others."""
        self._send(_Finish(superseded))
        self._wait_until_stored()

    def _send(self, message: object) -> None:
        try:
            self._pipe.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))
        except OSError:
            self._wait_until_stored()
            raise

    def _wait_until_stored(self) -> None:
        try:
            done: _Done = self._pipe.recv()
        except EOFError as error:
            raise BrokenPipeError from error
        if done.error is not None:
            raise done.error


def _run(store: StoreLocation, pipe: Pipe, language: str) -> None:
    """Store rows until the other end of the pipe is closed; rows make no reference cycles, so the collector is off."""
    lower_process_priority()
    use_language(language)
    gc.disable()
    messages: Messages[Any] = Messages(_BATCHES_AHEAD)
    threading.Thread(target=_receive, args=(pipe, messages), name="receiver", daemon=True).start()
    try:
        database = open_database(store)
        owners = open_owners(store, database)
        try:
            database.expect_ordered_rows()
            _store_messages(StoreRowSink(Queue(database, owners), RowHashes(database)), messages, pipe)
        finally:
            owners.close()
            database.close()
    except StoreError as error:
        pipe.send(_Done(error))
    finally:
        pipe.close()


def _receive(pipe: Pipe, messages: "Messages[Any]") -> None:
    """Read messages from the pipe into the queue, so that the sender need not wait; None is the end."""
    try:
        while True:
            messages.put(pickle.loads(pipe.recv_bytes()))  # noqa: S301  from a process of ours
    except (EOFError, OSError):
        messages.put(None)


def _store_messages(sink: StoreRowSink, messages: "Messages[Any]", pipe: Pipe) -> None:
    while (message := messages.get()) is not None:
        match message:
            case BatchTarget():
                sink.begin(message)
            case NewRows():
                sink.add(message)
            case _Finish(superseded):
                sink.finish(superseded)
                pipe.send(_Done())
