"""Queues the files that arrive in watched folders, and asks a person where anything is unclear."""

import errno
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from ac_desktop.importing.sources.watched_folder import (
    DONE,
    SCANS_AFTER_MOVE,
    ChangedMeanwhileError,
    FolderScan,
    Found,
    MovedFile,
    NewFile,
    PendingMove,
    Round,
    new_file_at,
)
from ac_desktop.model.wording import tr
from ac_desktop.platform.long_paths import reachable
from ac_desktop.platform.private_files import PrivacyError, PrivacyTrouble
from ac_desktop.reporting.import_result_file import import_result_html
from ac_desktop.services import Services
from ac_desktop.store.connections.sources import WatchedFolder
from ac_desktop.store.errors import StoreError
from ac_desktop.store.history.notices import ActionCode, NoticeCode
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.message_bar import ActionMessage, Notifier, SuccessMessage
from ac_desktop.ui.importing.flow import ImportFlow
from ac_desktop.ui.importing.import_state import ImportStage, QueuedBatch, SourceResult
from ac_desktop.ui.importing.results.result_sheet import sheet_of

CHECK_INTERVAL_MS: Final = 3_000


@dataclass
class _ArrivedFile:
    """A file of a watched folder that is being imported; a ZIP has several parts."""

    connection_id: int
    arrived: NewFile
    queued: list[QueuedBatch] = field(default_factory=list)
    problem: str = ""
    is_whole: bool = True


class FolderWatch(QObject):
    """Reads the folders every few seconds, off the main thread, as a folder on a network can block.

    `asked` carries a question that is shown to a person, and what opens its place.
    """

    asked = Signal(str, object)

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        notifier: Notifier,
        flow: ImportFlow,
        choose_connection: Callable[[int], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._notifier = notifier
        self._flow = flow
        self._choose_connection = choose_connection
        self._scans: dict[int, FolderScan] = {}
        self._arrivals: dict[Path, _ArrivedFile] = {}
        self._leaving: dict[Path, tuple[PendingMove, _ArrivedFile]] = {}
        self._moved_before: dict[MovedFile, int] = {}
        self._again: set[Path] = set()
        self._read_before: dict[Path, str] = {}
        self._reported: set[Path] = set()
        self._reported_links: set[Path] = set()
        self._is_reading = False
        self._timer = QTimer(self)
        self._timer.setInterval(CHECK_INTERVAL_MS)
        self._timer.timeout.connect(self.check_folders)
        flow.source_ended.connect(self._record_end)
        self.begin()

    def begin(self) -> None:
        """Read which folders are watched, and watch them from now on."""
        watched = self._services.watched_folders.all()
        kept = {one.connection_id: one for one in watched}
        self._scans = {number: self._scan_of(one) for number, one in kept.items()}
        if self._scans:
            self._timer.start()
        else:
            self._timer.stop()

    def stop(self) -> None:
        """Stop watching, as the window closes."""
        self._timer.stop()

    def check_folders(self) -> None:
        """Read the folders now, unless a file is being imported or its result is being read.

        Where another process of this data folder looks at them, it does so alone: two would queue a file twice.
        """
        if self._is_reading or self._flow.state.stage is not ImportStage.IDLE:
            return
        if not self._services.folder_lock.acquire():
            return
        self._is_reading = True
        made = Round(
            scans=dict(self._scans),
            again=frozenset(self._again),
            leaving=tuple(leaving for leaving, _ in self._leaving.values()),
            moved_before=dict(self._moved_before),
        )
        self._again.clear()
        self._moved_before.clear()
        self._bridge.run(partial(self._read, made), self._take_found, partial(self._reading_failed, made))

    def _read(self, made: Round) -> Found:
        """Read the folders; while an office's server is away they wait, as a file is returned only once."""
        if self._services.store.office is not None:
            self._services.watched_folders.all()
        return made.run()

    def _scan_of(self, one: WatchedFolder) -> FolderScan:
        before = self._scans.get(one.connection_id)
        return before if before is not None and before.folder == reachable(one.folder) else FolderScan(one.folder)

    def _take_found(self, found: Found) -> None:
        self._is_reading = False
        self._moved_before.update(found.moved_before)
        self._report_unreadable(found.unreadable)
        self._report_left_alone(found)
        for path in found.changed_meanwhile:
            self._leaving.pop(path, None)
        for put_away in found.moved:
            path = put_away.arrived.path
            self._report_queued(path, self._leaving.pop(path)[1], put_away)
        for connection_id, arrived in found.ready:
            try:
                is_there = self._services.connections.get(connection_id) is not None
            except StoreError:
                self._again.add(arrived.path)
                continue
            if not is_there:
                self.begin()
                continue
            self._arrivals[arrived.path] = _ArrivedFile(connection_id, arrived)
            self._flow.add_quietly(connection_id, arrived.path)

    def _reading_failed(self, made: Round, error: Exception) -> None:
        self._is_reading = False
        self._again |= made.again
        self._moved_before.update(made.moved_before)
        if not (isinstance(error, StoreError) and error.may_pass):
            raise error

    def _report_unreadable(self, folders: Iterable[Path]) -> None:
        now = set(folders)
        for folder in now - self._reported:
            self._refuse(
                tr(
                    (
                        "The watched folder {folder} can't be read right now. AC Desktop keeps checking. To "
                        "choose another folder, go to Connection > Watch a folder."
                    ),
                    folder=folder,
                )
            )
        self._reported = now

    def _report_left_alone(self, found: Found) -> None:
        for path in found.in_use:
            self._refuse(
                tr(
                    (
                        "“{name}” in the watched folder is still in use by another program. AC Desktop "
                        "queues it when that program closes it."
                    ),
                    name=path.name,
                )
            )
        for path in set(found.links) - self._reported_links:
            self._refuse(
                tr(
                    (
                        "“{name}” in the watched folder is a link and wasn't queued. Put the file itself into "
                        "the folder."
                    ),
                    name=path.name,
                )
            )
        self._reported_links = set(found.links)

    def _record_end(self, end: SourceResult) -> None:
        path = end.source.path
        arrival = self._arrivals.get(path) if path is not None else None
        if path is None or arrival is None:
            return
        if end.queued is None:
            arrival.is_whole = False
            arrival.problem = arrival.problem or end.text
        else:
            arrival.queued.append(end.queued)
        if not self._flow.expects(path):
            del self._arrivals[path]
            self._finish(path, arrival)

    def _finish(self, path: Path, arrival: _ArrivedFile) -> None:
        bridge = self._bridge
        if not arrival.is_whole:
            bridge.run(
                arrival.arrived.has_changed, partial(self._end_unread, path, arrival), partial(self._is_gone, path)
            )
            return
        sheets = tuple(sheet_of(self._services, one) for one in arrival.queued)
        hashes = tuple(sheet.sha256 for sheet in sheets)
        read = arrival.arrived.read_as(hashes)
        by_hash = self._read_before.pop(path, "") == read.sha256
        leaving = PendingMove(read, hashes, import_result_html(sheets), by_hash=by_hash)
        bridge.run(
            leaving.run,
            partial(self._report_queued, path, arrival),
            partial(self._keep_in_folder, path, leaving, arrival),
        )

    def _end_unread(self, path: Path, arrival: _ArrivedFile, differs: bool) -> None:  # noqa: FBT001  as the bridge calls it
        """Ask a person, unless the file was changed while it was read: then it is read again once it is stable."""
        if differs:
            self._again.add(path)
        else:
            self._ask_person(path, arrival)

    def _is_gone(self, path: Path, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        self._refuse(
            tr(
                (
                    "“{name}” was removed from the watched folder before AC Desktop could read all of it. To "
                    "queue it, put it back."
                ),
                name=path.name,
            )
        )

    def _ask_person(self, path: Path, arrival: _ArrivedFile) -> None:
        text = tr(
            "“{name}” arrived in the watched folder but wasn't queued. {trouble}",
            name=path.name,
            trouble=arrival.problem,
        )
        again = partial(self._import_by_hand, arrival.connection_id, path)
        self._notifier.show_message(ActionMessage(text.strip(), again))
        self.asked.emit(text.strip(), again)

    def _import_by_hand(self, connection_id: int, path: Path) -> None:
        self._bridge.run(partial(new_file_at, path), partial(self._show, connection_id), partial(self._is_gone, path))

    def _show(self, connection_id: int, arrived: NewFile) -> None:
        self._arrivals[arrived.path] = _ArrivedFile(connection_id, arrived)
        self._choose_connection(connection_id)
        self._flow.add_files(connection_id, [arrived.path])

    def _report_queued(self, path: Path, arrival: _ArrivedFile, put_away: MovedFile) -> None:
        self._moved_before[put_away] = SCANS_AFTER_MOVE
        results = "; ".join(formatting.import_result_text(one.result) for one in arrival.queued)
        self._notifier.show_message(SuccessMessage(self._queued_text(arrival.connection_id, path.name, results)))
        self._bridge.run(partial(_record_queued, self._services, path.name, arrival), self._recorded)

    def _queued_text(self, connection_id: int, name: str, account: str) -> str:
        if self._services.automatic_relays.switch(connection_id).is_on:
            return tr(
                "“{name}” arrived in the watched folder and was queued: {account}. Relay automatically is on.",
                name=name,
                account=account,
            )
        return tr(
            "“{name}” arrived in the watched folder and was queued: {account}. Nothing is sent until you click Relay.",
            name=name,
            account=account,
        )

    def _recorded(self, _nothing: None) -> None:
        self._bridge.something_changed()

    def _keep_in_folder(self, path: Path, leaving: PendingMove, arrival: _ArrivedFile, error: Exception) -> None:
        if isinstance(error, ChangedMeanwhileError):
            self._read_before[path] = leaving.arrived.sha256
            self._again.add(path)
            return
        if not isinstance(error, OSError):
            raise error
        if isinstance(error, FileNotFoundError):
            self._refuse(
                tr(
                    (
                        "“{name}” was queued. Someone removed it from the watched folder before AC Desktop could "
                        "move it."
                    ),
                    name=path.name,
                )
            )
            return
        self._leaving[path] = (leaving, arrival)
        self._refuse(
            tr(
                (
                    "“{name}” was queued, but AC Desktop can't move it to “{done}” ({detail}). AC Desktop tries "
                    "again. No donor is queued twice."
                ),
                name=path.name,
                done=DONE,
                detail=self._why(error),
            )
        )

    def _why(self, error: OSError) -> str:
        if isinstance(error, PrivacyError) and error.trouble is PrivacyTrouble.IS_A_LINK:
            return tr("the folder is a link")
        if error.errno == errno.EXDEV:
            return tr("the folder is on another disk")
        return error.strerror or str(error)

    def _refuse(self, text: str) -> None:
        self._notifier.show_error(text)


def _record_queued(services: Services, name: str, arrival: _ArrivedFile) -> None:
    """Store that donors were queued without a person, and that nobody has to import the file any more."""
    results, now = [one.result for one in arrival.queued], services.clock.now()
    services.notices.record_action(
        arrival.connection_id,
        ActionCode.QUEUED,
        now,
        source="folder",
        file=name,
        rows=str(sum(one.rows for one in results)),
        waiting=str(sum(one.waiting for one in results)),
        held=str(sum(one.held for one in results)),
        skipped=str(sum(one.skipped for one in results)),
    )
    services.notices.close_all(arrival.connection_id, [NoticeCode.IMPORT_NEEDS_ANSWER], now, subject=name)
