"""Reads files in a process of its own: in a thread of the window's process it would cost frames and pace."""

import multiprocessing
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Final

from ac_desktop.exports.errors import ExportError
from ac_desktop.exports.intake import Intake, PageNeededError, Wishes, take_in
from ac_desktop.exports.recognisers import load_recognisers
from ac_desktop.model.wording import tr
from ac_desktop.store.connections import Connections
from ac_desktop.store.database import Database
from ac_desktop.store.errors import StoreError
from ac_desktop.store.fingerprints import Fingerprints
from ac_desktop.store.owners import Owners
from ac_desktop.store.queue import Queue

_NEWS_SECONDS: Final = 0.2


@dataclass(frozen=True)
class Taken:
    """The files are queued."""

    intakes: tuple[Intake, ...]


@dataclass(frozen=True)
class NotTaken:
    """Nothing was queued; `text` is the sentence for the person."""

    text: str


@dataclass(frozen=True)
class AskPage:
    """A person must say which page a file's donors came from."""

    file_name: str
    text: str


@dataclass(frozen=True)
class RowsRead:
    """How many rows have been read so far."""

    rows: int


@dataclass(frozen=True, kw_only=True)
class _Job:
    folder: Path
    connection_id: int
    paths: tuple[Path, ...]
    wishes: Wishes
    recogniser_folders: tuple[Path, ...]


End = Taken | NotTaken | AskPage


class ReaderProcess:
    """Takes files into the queue beside this process; `wait` blocks and belongs off the UI thread."""

    def __init__(
        self,
        folder: Path,
        connection_id: int,
        paths: Sequence[Path],
        *,
        wishes: Wishes | None = None,
        recogniser_folders: Sequence[Path] = (),
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._receiver, sender = context.Pipe(duplex=False)
        job = _Job(
            folder=folder,
            connection_id=connection_id,
            paths=tuple(paths),
            wishes=wishes or Wishes(),
            recogniser_folders=tuple(recogniser_folders),
        )
        self._process = context.Process(target=_work, args=(job, sender), name="reader", daemon=True)
        self._sender = sender
        self.rows_read = 0

    def start(self) -> None:
        """Begin to read."""
        self._process.start()
        self._sender.close()

    def cancel(self) -> None:
        """Stop reading; the open batch goes with its process."""
        self._process.kill()

    def wait(self) -> End:
        """Wait for the end; `rows_read` grows meanwhile."""
        end: End = NotTaken(tr("Reading was stopped. Nothing was queued."))
        try:
            while True:
                told = self._receiver.recv()
                if isinstance(told, RowsRead):
                    self.rows_read = told.rows
                else:
                    end = told
        except EOFError:
            self._process.join()
        finally:
            self._receiver.close()
            self._process.close()
        return end


def _work(job: _Job, sender: Pipe) -> None:
    try:
        sender.send(_take(job, sender))
    except BrokenPipeError:
        sys.exit(1)
    finally:
        sender.close()


def _take(job: _Job, sender: Pipe) -> End:
    said_at = time.monotonic()

    def watch(rows: int) -> None:
        nonlocal said_at
        if time.monotonic() - said_at >= _NEWS_SECONDS:
            said_at = time.monotonic()
            sender.send(RowsRead(rows))

    try:
        database = Database(job.folder)
    except StoreError as error:
        return NotTaken(str(error))
    owners = Owners(job.folder)
    try:
        connection = Connections(database).get(job.connection_id)
        if connection is None:
            return NotTaken(tr("This connection is no longer there. Nothing was queued."))
        intakes = take_in(
            Queue(database, owners),
            Fingerprints(database),
            connection,
            job.paths,
            load_recognisers(*job.recogniser_folders),
            now=time.time(),
            wishes=job.wishes,
            watch=watch,
        )
        return Taken(tuple(intakes))
    except PageNeededError as error:
        return AskPage(error.file_name, str(error))
    except (ExportError, StoreError) as error:
        return NotTaken(str(error))
    finally:
        owners.close()
        database.close()
