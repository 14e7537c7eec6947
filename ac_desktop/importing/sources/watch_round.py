"""One scan of the watched folders: new files, files in use, and files written to after they were moved away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ac_desktop.importing.sources.watched_folder import (
    ChangedMeanwhileError,
    FolderScan,
    MovedFile,
    NewFile,
    move_to_done,
)

SCANS_UNTIL_IN_USE: Final = 20
"""Scans after which a person is shown that a file is still in use: a minute."""
SCANS_AFTER_MOVE: Final = 300
"""Scans for which a file that was moved away is checked for changes: a quarter of an hour."""


@dataclass(frozen=True)
class PendingMove:
    """A queued file to be moved into `done`: its state, the hashes of what was read, and its import result (HTML)."""

    arrived: NewFile
    hashes: tuple[str, ...]
    result_html: str
    by_hash: bool = False

    def run(self) -> MovedFile:
        """Move it into `done`. Raises as `move_to_done` does."""
        return move_to_done(self.arrived, self.hashes, self.result_html, by_hash=self.by_hash)


@dataclass(frozen=True)
class Found:
    """What a scan found; new files with the ID of the connection that imports them."""

    ready: tuple[tuple[int, NewFile], ...] = ()
    unreadable: tuple[Path, ...] = ()
    links: tuple[Path, ...] = ()
    in_use: tuple[Path, ...] = ()
    moved: tuple[MovedFile, ...] = ()
    changed_meanwhile: tuple[Path, ...] = ()
    moved_before: Mapping[MovedFile, int] = field(default_factory=dict)


@dataclass
class Round:
    """A scan to run off the main thread; `again` names files to be returned once more."""

    scans: Mapping[int, FolderScan]
    again: frozenset[Path] = frozenset()
    leaving: tuple[PendingMove, ...] = ()
    moved_before: Mapping[MovedFile, int] = field(default_factory=dict)

    def run(self) -> Found:
        """Scan every folder, and move files into its `done` folder or back."""
        moved, changed_meanwhile = self._move_pending()
        moved_before = self._check_moved()
        ready: list[tuple[int, NewFile]] = []
        unreadable: list[Path] = []
        for connection_id, scan in self.scans.items():
            for path in self.again | set(changed_meanwhile):
                scan.again(path)
            try:
                ready += [(connection_id, arrived) for arrived in _arrivals(scan)]
            except OSError:
                unreadable.append(scan.folder)
        return Found(
            ready=tuple(ready),
            unreadable=tuple(unreadable),
            links=tuple(link for scan in self.scans.values() for link in sorted(scan.links)),
            in_use=tuple(
                path
                for scan in self.scans.values()
                for path, scans in scan.waiting.items()
                if scans == SCANS_UNTIL_IN_USE
            ),
            moved=tuple(moved),
            changed_meanwhile=tuple(changed_meanwhile),
            moved_before=moved_before,
        )

    def _move_pending(self) -> tuple[list[MovedFile], list[Path]]:
        """Move the files that could not be moved before."""
        moved, changed_meanwhile = [], []
        for file in self.leaving:
            try:
                moved.append(file.run())
            except (ChangedMeanwhileError, FileNotFoundError):
                changed_meanwhile.append(file.arrived.path)
            except OSError:
                continue
        return moved, changed_meanwhile

    def _check_moved(self) -> dict[MovedFile, int]:
        """Move files back that a program has written to: their new rows were never read."""
        left = {}
        for file, scans in self.moved_before.items():
            if file.was_modified():
                try:
                    file.move_back()
                except OSError:
                    left[file] = scans
            elif scans > 1:
                left[file] = scans - 1
        return left


def _arrivals(scan: FolderScan) -> list[NewFile]:
    found = []
    for observed in scan.ready():
        try:
            found.append(NewFile.of(observed))
        except (ChangedMeanwhileError, OSError):
            scan.again(observed.path)
    return found
