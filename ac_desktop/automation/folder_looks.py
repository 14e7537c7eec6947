"""Looks at watched folders by themselves: complete files are queued and moved into `done`, the others wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ac_desktop.automation.events import AutomationCode, AutomationEvent, Report
from ac_desktop.automation.intake import DoubtError, ImportDoubt, Intake, take_file
from ac_desktop.importing.sources.watched_folder import (
    SCANS_AFTER_MOVE,
    ChangedMeanwhileError,
    FolderScan,
    MovedFile,
    NewFile,
    PendingMove,
    Round,
)
from ac_desktop.model.connection import Connection
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.history.notices import ActionCode, NoticeCode

SETTLE_SECONDS: Final = 3.0
"""Between two scans of a look: a file that is the same in both counts as complete."""
_FEWEST_SCANS: Final = 2
_MOST_SCANS: Final = 20
"""Scans of a look after which files that are still being written wait for the next one: a minute."""


@dataclass
class _Look:
    scans: int = 0
    taken: int = 0


@dataclass
class FolderLooks:
    """The looks that are under way, and what is known of each folder from one look to the next."""

    services: Services
    report: Report
    _looks: dict[int, _Look] = field(default_factory=dict, init=False)
    _scans: dict[int, FolderScan] = field(default_factory=dict, init=False)
    _again: set[Path] = field(default_factory=set, init=False)
    _leaving: dict[Path, PendingMove] = field(default_factory=dict, init=False)
    _moved_before: dict[MovedFile, int] = field(default_factory=dict, init=False)
    _read_before: dict[Path, str] = field(default_factory=dict, init=False)

    @property
    def is_looking(self) -> bool:
        """Whether another scan is due after `SETTLE_SECONDS`."""
        return bool(self._looks)

    def begin(self, connection: Connection) -> None:
        """Begin a look at a connection's folder, where it watches one."""
        folder = self.services.watched_folders.of(connection.id)
        if folder is None:
            self._scans.pop(connection.id, None)
            return
        scan = self._scans.get(connection.id)
        if scan is None or scan.folder != folder:
            self._scans[connection.id] = FolderScan(folder)
        self._looks.setdefault(connection.id, _Look())

    def scan(self) -> None:
        """Scan each folder that is being looked at, and queue what is complete in it."""
        connections = {one: self.services.connections.get(one) for one in self._looks}
        looked_at = {one: self._scans[one] for one, connection in connections.items() if connection is not None}
        self._looks = {one: look for one, look in self._looks.items() if one in looked_at}
        again, self._again = frozenset(self._again), set()
        moved_before, self._moved_before = dict(self._moved_before), {}
        found = Round(looked_at, again, tuple(self._leaving.values()), moved_before).run()
        self._moved_before.update(found.moved_before)
        for path in found.changed_meanwhile:
            self._leaving.pop(path, None)
        for moved in found.moved:
            self._leaving.pop(moved.arrived.path, None)
            self._moved_before[moved] = SCANS_AFTER_MOVE
        self._note_unreadable(connections, found.unreadable)
        self._take_all(connections, found.ready)
        self._end_looks(connections)

    def _take_all(self, connections: Mapping[int, Connection | None], ready: Sequence[tuple[int, NewFile]]) -> None:
        """Queue the files that are complete; where the store cannot be used, the rest is ready again later."""
        left = {arrived.path for _, arrived in ready}
        try:
            for connection_id, arrived in ready:
                connection = connections[connection_id]
                if connection is not None:
                    self._looks[connection_id].taken += self._take(connection, arrived)
                left.discard(arrived.path)
        except StoreError:
            self._again |= left
            raise

    def _end_looks(self, connections: Mapping[int, Connection | None]) -> None:
        for connection_id, look in list(self._looks.items()):
            look.scans += 1
            scan, connection = self._scans[connection_id], connections[connection_id]
            is_over = look.scans >= _FEWEST_SCANS and scan.is_settled and not self._again
            if connection is not None and (is_over or look.scans >= _MOST_SCANS):
                del self._looks[connection_id]
                self._close_answered(connection, scan.folder)
                if not look.taken:
                    self._tell(AutomationCode.LOOKED, connection)

    def _take(self, connection: Connection, arrived: NewFile) -> bool:
        """Queue a complete file and move it away; return whether a person hears of it."""
        services, path = self.services, arrived.path
        permit = services.automatic_relays.permit(connection.id)
        try:
            taken = take_file(services, connection, path, permit)
        except DoubtError as error:
            return self._leave(connection, arrived, error.doubt)
        now = services.clock.now()
        details = {name: str(number) for name, number in taken.numbers.items()}
        services.notices.record_action(
            connection.id, ActionCode.QUEUED, now, source="folder", file=path.name, **details
        )
        services.notices.close_all(connection.id, [NoticeCode.IMPORT_NEEDS_ANSWER], now, subject=path.name)
        self._tell(AutomationCode.QUEUED, connection, taken.numbers, file=path.name)
        self._move_away(arrived, taken)
        return True

    def _leave(self, connection: Connection, arrived: NewFile, doubt: ImportDoubt) -> bool:
        """Leave a file for a person, unless it was changed while it was read: then it is read again."""
        services, path = self.services, arrived.path
        try:
            changed = arrived.has_changed()
        except FileNotFoundError:
            return False
        except OSError:
            changed = True
        if changed:
            self._again.add(path)
            return False
        details = {"source": "folder", "file": path.name, "why": doubt.value}
        now = services.clock.now()
        services.notices.record_action(connection.id, ActionCode.NEEDS_ANSWER, now, **details)
        if services.notices.post(connection.id, NoticeCode.IMPORT_NEEDS_ANSWER, now, subject=path.name, **details):
            self._tell(AutomationCode.NEEDS_ANSWER, connection, file=path.name, why=doubt.value)
        return True

    def _move_away(self, arrived: NewFile, taken: Intake) -> None:
        path, read = arrived.path, arrived.read_as(taken.hashes)
        by_hash = self._read_before.pop(path, "") == read.sha256
        leaving = PendingMove(read, taken.hashes, taken.result_html, by_hash=by_hash)
        try:
            self._moved_before[leaving.run()] = SCANS_AFTER_MOVE
        except ChangedMeanwhileError:
            self._read_before[path] = read.sha256
            self._again.add(path)
        except FileNotFoundError:
            return
        except OSError:
            # The file is queued; the next scan tries to move it again, and no row of it is queued twice.
            self._leaving[path] = leaving

    def _note_unreadable(self, connections: Mapping[int, Connection | None], folders: tuple[Path, ...]) -> None:
        now = self.services.clock.now()
        for connection_id, connection in connections.items():
            if connection is None:
                continue
            if self._scans[connection_id].folder not in folders:
                self.services.notices.close_all(connection_id, [NoticeCode.FOLDER_UNREADABLE], now)
            else:
                self._looks[connection_id].scans = _MOST_SCANS
                self._looks[connection_id].taken += 1
                self.services.notices.record_action(connection_id, ActionCode.FAILED, now, source="folder")
                if self.services.notices.post(connection_id, NoticeCode.FOLDER_UNREADABLE, now):
                    self._tell(AutomationCode.FOLDER_UNREADABLE, connection)

    def _close_answered(self, connection: Connection, folder: Path) -> None:
        """Close the notices of files that a person has queued or taken away."""
        notices, now = self.services.notices, self.services.clock.now()
        for notice in notices.open(connection.id):
            is_of_file = notice.code is NoticeCode.IMPORT_NEEDS_ANSWER and notice.details.get("source") == "folder"
            if is_of_file and not (folder / notice.subject).exists():
                notices.close(notice.id, now)

    def _tell(
        self, code: AutomationCode, connection: Connection, numbers: Mapping[str, int] | None = None, **texts: str
    ) -> None:
        now = self.services.clock.now()
        self.report(AutomationEvent(at=now, code=code, connection=connection.name, numbers=numbers or {}, texts=texts))
