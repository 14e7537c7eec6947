"""Takes files into the queue one after another, each lot read by a process of its own."""

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from ac_desktop.exports.intake import Wishes
from ac_desktop.exports.reader_process import AskPage, End, NotTaken, ReaderProcess, Taken
from ac_desktop.services import Services
from ac_desktop.store.history import EventKind
from ac_desktop.ui.bridge import Bridge
from ac_desktop.ui.importer.receipts import account_text, receipt_sentence

_LOOK_MS: Final = 200


class Reader(Protocol):
    """A reader at work (see `ReaderProcess`)."""

    rows_read: int

    def start(self) -> None:
        """Begin to read."""

    def cancel(self) -> None:
        """Stop reading."""

    def wait(self) -> End:
        """Wait for the end."""


ReaderFor = Callable[[Path, int, Sequence[Path], str], Reader]


@dataclass(frozen=True)
class Reading:
    """Files are being read."""

    names: str
    rows: int


@dataclass(frozen=True)
class Receipts:
    """Files were queued; `waiting` counts the donors that a relay would send."""

    text: str
    waiting: int


@dataclass(frozen=True)
class Refused:
    """Nothing was queued, and why."""

    text: str


@dataclass(frozen=True)
class PageWanted:
    """A person is asked which page a file's donors came from."""

    text: str
    connection_id: int
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class _Lot:
    connection_id: int
    paths: tuple[Path, ...]
    page: str = ""


class Importer(QObject):
    """Tells what it does by `told`: Reading, Receipts, Refused or PageWanted."""

    told = Signal(object)

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        reader_for: ReaderFor | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._reader_for = reader_for or _reader
        self._lots: deque[_Lot] = deque()
        self._lot: _Lot | None = None
        self._work: _Work | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._tell_rows)

    def take(self, connection_id: int, paths: Sequence[Path], page: str = "") -> None:
        """Queue the donors of some files, after those already being read."""
        self._lots.append(_Lot(connection_id, tuple(paths), page))
        self._next()

    def cancel(self) -> None:
        """Stop reading; nothing of the lot is queued. Later lots go on."""
        if self._work is not None:
            self._work.cancel()

    def close(self) -> None:
        """Stop everything, as the window closes."""
        self._lots.clear()
        self.cancel()

    @property
    def is_reading(self) -> bool:
        """Whether files are being read."""
        return self._lot is not None

    def _next(self) -> None:
        if self._lot is not None or not self._lots:
            return
        lot = self._lot = self._lots.popleft()
        reader = self._reader_for(self._services.folder, lot.connection_id, lot.paths, lot.page)
        self._work = _Work(reader, self.tr("Reading was stopped. Nothing was queued."))
        self._tell_rows()
        self._look.start()
        self._bridge.run(partial(_read, self._services, self._work, lot), self._ended, self._broken)

    def _ended(self, end: End) -> None:
        lot = self._done()
        match end:
            case Taken(intakes):
                waiting = sum(intake.receipt.waiting for intake in intakes)
                self.told.emit(Receipts("\n".join(receipt_sentence(intake) for intake in intakes), waiting))
            case NotTaken(text):
                self.told.emit(Refused(text))
            case AskPage(_, text):
                self.told.emit(PageWanted(text, lot.connection_id, lot.paths))
        self._bridge.something_changed()
        self._next()

    def _broken(self, error: Exception) -> None:
        self._done()
        self.told.emit(Refused(self.tr("The file could not be read. Nothing was queued.")))
        self._next()
        raise error

    def _done(self) -> _Lot:
        lot = self._lot or _Lot(0, ())
        self._lot = self._work = None
        self._look.stop()
        return lot

    def _tell_rows(self) -> None:
        if self._lot is not None and self._work is not None:
            names = ", ".join(path.name for path in self._lot.paths)
            self.told.emit(Reading(names, self._work.reader.rows_read))


class _Work:
    """A reader at work off the main thread, which the main thread may cancel at any moment."""

    def __init__(self, reader: Reader, stopped: str) -> None:
        self.reader = reader
        self._stopped = NotTaken(stopped)
        self._guard = threading.Lock()
        self._cancelled = False
        self._started = False

    def run(self) -> End:
        with self._guard:
            if self._cancelled:
                return self._stopped
            self.reader.start()
            self._started = True
        return self.reader.wait()

    def cancel(self) -> None:
        with self._guard:
            self._cancelled = True
            if self._started:
                # The process may have ended by itself just now, and is closed then.
                with contextlib.suppress(ValueError):
                    self.reader.cancel()


def _read(services: Services, work: _Work, lot: _Lot) -> End:
    end = work.run()
    if isinstance(end, Taken):
        for intake in end.intakes:
            services.history.note(
                lot.connection_id,
                EventKind.QUEUED,
                services.clock.now(),
                file=intake.file_name,
                account=account_text(intake.receipt),
            )
    return end


def _reader(folder: Path, connection_id: int, paths: Sequence[Path], page: str) -> Reader:
    return ReaderProcess(folder, connection_id, paths, wishes=Wishes(page=page))
