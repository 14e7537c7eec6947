"""Queues what comes into the watched folders, and calls a person where anything is unclear."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from ac_desktop.exports.receipt_file import ReceiptSheet, as_html
from ac_desktop.exports.watching import DONE, FolderLook, put_away
from ac_desktop.services import Services
from ac_desktop.store.watched import WatchedFolder
from ac_desktop.ui.importer.bar import Asked, Noted, Refused
from ac_desktop.ui.importer.receipts import account_text, sheet_of
from ac_desktop.ui.importer.standing import PartEnd, Queued, Stage

if TYPE_CHECKING:
    from ac_desktop.ui.main_window import MainWindow

BETWEEN_LOOKS_MS: Final = 3_000


@dataclass(frozen=True)
class Found:
    """What a look at the folders found: files at rest, and folders that cannot be read."""

    ready: tuple[tuple[int, Path], ...] = ()
    unreadable: tuple[Path, ...] = ()


@dataclass
class _Arrival:
    """A file of a watched folder on its way into the queue; a ZIP has several parts."""

    connection_id: int
    queued: list[Queued] = field(default_factory=list)
    trouble: str = ""
    is_whole: bool = True


class FolderWatch(QObject):
    """Looks every few seconds, off the main thread, as a folder on a network can keep one waiting."""

    def __init__(self, window: "MainWindow", services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._looks: dict[int, FolderLook] = {}
        self._arrivals: dict[Path, _Arrival] = {}
        self._told: set[Path] = set()
        self._is_looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(BETWEEN_LOOKS_MS)
        self._timer.timeout.connect(self.look)
        window.flow.part_ended.connect(self._note)
        self.begin()

    def begin(self) -> None:
        """Read which folders are watched, and look at them from now on."""
        watched = self._services.watched.all()
        kept = {one.connection_id: one for one in watched}
        self._looks = {number: self._look_at(one) for number, one in kept.items()}
        if self._looks:
            self._timer.start()
        else:
            self._timer.stop()

    def stop(self) -> None:
        """Look no more, as the window closes."""
        self._timer.stop()

    def look(self) -> None:
        """Look now, unless a file is being taken in or its receipt is being read."""
        if self._is_looking or self._window.flow.standing.stage is not Stage.IDLE:
            return
        self._is_looking = True
        self._window.bridge.run(partial(_look, dict(self._looks)), self._take, self._look_failed)

    def _look_at(self, one: WatchedFolder) -> FolderLook:
        before = self._looks.get(one.connection_id)
        return before if before is not None and before.folder == one.folder else FolderLook(one.folder)

    def _take(self, found: Found) -> None:
        self._is_looking = False
        self._tell_unreadable(found.unreadable)
        for connection_id, path in found.ready:
            if self._services.connections.get(connection_id) is None:
                self.begin()
                continue
            self._arrivals[path] = _Arrival(connection_id)
            self._window.flow.take_quietly(connection_id, path)

    def _look_failed(self, error: Exception) -> None:
        self._is_looking = False
        raise error

    def _tell_unreadable(self, folders: Iterable[Path]) -> None:
        now = set(folders)
        for folder in now - self._told:
            self._window.import_bar.show_told(
                Refused(
                    self.tr(
                        "The watched folder {folder} cannot be read now. It is looked at again as soon as it can be;"
                        " you can choose another under Connection, Watch a folder."
                    ).format(folder=folder)
                )
            )
        self._told = now

    def _note(self, end: PartEnd) -> None:
        path = end.part.path
        arrival = self._arrivals.get(path) if path is not None else None
        if path is None or arrival is None:
            return
        if end.queued is None:
            arrival.is_whole = False
            arrival.trouble = arrival.trouble or end.text
        else:
            arrival.queued.append(end.queued)
        if not self._window.flow.expects(path):
            del self._arrivals[path]
            self._finish(path, arrival)

    def _finish(self, path: Path, arrival: _Arrival) -> None:
        if not arrival.is_whole:
            self._call(path, arrival)
            return
        sheets = tuple(sheet_of(self._services, one) for one in arrival.queued)
        self._window.bridge.run(
            partial(_put_away, path, sheets), partial(self._tell_queued, path, arrival), partial(self._stays, path)
        )

    def _call(self, path: Path, arrival: _Arrival) -> None:
        text = self.tr("“{name}” came into the watched folder and was not queued. {trouble}").format(
            name=path.name, trouble=arrival.trouble
        )
        again = partial(self._take_by_hand, arrival.connection_id, path)
        self._window.import_bar.show_told(Asked(text.strip(), again))

    def _take_by_hand(self, connection_id: int, path: Path) -> None:
        self._arrivals[path] = _Arrival(connection_id)
        self._window.choose_connection(connection_id)
        self._window.flow.take(connection_id, [path])

    def _tell_queued(self, path: Path, arrival: _Arrival, _moved: Path) -> None:
        told = "; ".join(account_text(one.receipt) for one in arrival.queued)
        self._window.import_bar.show_told(
            Noted(
                self.tr(
                    "“{name}” came into the watched folder and is queued: {account}. Nothing is sent until you press"
                    " Relay."
                ).format(name=path.name, account=told)
            )
        )

    def _stays(self, path: Path, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        self._window.import_bar.show_told(
            Refused(
                self.tr(
                    "“{name}” is queued, but could not be moved into “{done}” ({detail}). Move it yourself; queued a"
                    " second time it would bring nothing new."
                ).format(name=path.name, done=DONE, detail=error.strerror or str(error))
            )
        )


def _look(looks: dict[int, FolderLook]) -> Found:
    ready: list[tuple[int, Path]] = []
    unreadable: list[Path] = []
    for connection_id, look in looks.items():
        try:
            ready += [(connection_id, path) for path in look.ready()]
        except OSError:
            unreadable.append(look.folder)
    return Found(tuple(ready), tuple(unreadable))


def _put_away(path: Path, sheets: tuple[ReceiptSheet, ...]) -> Path:
    return put_away(path, as_html(sheets))
