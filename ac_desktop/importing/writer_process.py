"""Stores the rows of a long file in a process of its own, beside the one that reads and checks them."""

import gc
import multiprocessing
import pickle
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from queue import Queue as Messages
from typing import Any, Final

from ac_desktop.importing.row_sink import BatchFilling, StoreRowSink
from ac_desktop.language import use_language
from ac_desktop.model.wording import language_in_use
from ac_desktop.platform.process_priority import lower_process_priority
from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.queue.owners import Owners
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.records import NewRows

LONG: Final = 4 * 1024 * 1024
"""Bytes of a file from which on a second process is worth its start."""
_AHEAD: Final = 4
"""Portions that may wait for the writer, so that neither process waits for each turn of the other."""


@dataclass(frozen=True, slots=True)
class _Finish:
    superseded: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Done:
    """All is stored, or why it is not."""

    trouble: StoreProblem | None = None
    text: str = ""


class WriterProcess:
    """The process and our end of its pipe, which may be handed on to another process before `start`."""

    def __init__(self, folder: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, self._theirs = context.Pipe()
        self._process = context.Process(
            target=_write, args=(folder, self._theirs, language_in_use()), name="writer", daemon=True
        )

    def start(self) -> None:
        """Begin to wait for rows; it ends when our end of the pipe is closed."""
        self._process.start()
        self._theirs.close()

    def kill(self) -> None:
        """End it in the middle; the open batch is for its owner to drop."""
        self._process.kill()

    def close(self) -> None:
        """Let it end."""
        self.pipe.close()
        self._process.join()
        self._process.close()


class SentRows:
    """Sends rows to a writer process. Raises StoreError for what is the matter there."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe

    def begin(self, filling: BatchFilling) -> None:
        """Take the rows of this batch from now on."""
        self._send(filling)

    def add(self, rows: NewRows) -> None:
        """Send rows."""
        self._send(rows)

    def finish(self, superseded: Mapping[int, int]) -> None:
        """Wait until all is stored, without the rows that give way to others."""
        self._send(_Finish(superseded))
        self._hear()

    def _send(self, message: object) -> None:
        try:
            self._pipe.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))
        except OSError:
            self._hear()
            raise

    def _hear(self) -> None:
        try:
            done: _Done = self._pipe.recv()
        except EOFError as error:
            raise BrokenPipeError from error
        if done.trouble is not None:
            raise StoreError(done.trouble, done.text)


def _write(folder: Path, pipe: Pipe, language: str) -> None:
    """Store until the other end of the pipe is closed; rows make no cycles, so nobody need look for any."""
    lower_process_priority()
    use_language(language)
    gc.disable()
    messages: Messages[Any] = Messages(_AHEAD)
    threading.Thread(target=_receive, args=(pipe, messages), name="receiver", daemon=True).start()
    try:
        database = Database(folder)
        owners = Owners(folder)
        try:
            database.use_small_cache()
            _store(StoreRowSink(Queue(database, owners), RowHashes(database)), messages, pipe)
        finally:
            owners.close()
            database.close()
    except StoreError as error:
        pipe.send(_Done(error.trouble, str(error)))
    finally:
        pipe.close()


def _receive(pipe: Pipe, messages: "Messages[Any]") -> None:
    """Take what comes off the pipe, so that its sender need not wait; None is the end."""
    try:
        while True:
            messages.put(pickle.loads(pipe.recv_bytes()))  # noqa: S301  from a process of ours
    except (EOFError, OSError):
        messages.put(None)


def _store(into: StoreRowSink, messages: "Messages[Any]", pipe: Pipe) -> None:
    while (message := messages.get()) is not None:
        match message:
            case BatchFilling():
                into.begin(message)
            case NewRows():
                into.add(message)
            case _Finish(superseded):
                into.finish(superseded)
                pipe.send(_Done())
