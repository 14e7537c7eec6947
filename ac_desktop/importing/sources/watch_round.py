"""One scan of the watched folders: new files, files in use, and files written to after they were moved away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ac_desktop.importing.sources.watched_folder import Arrived, ChangedMeanwhileError, FolderScan, PutAway, put_away

TOLD_AFTER: Final = 20
"""Scans after which a person is shown that a file is still in use: a minute."""
LOOKED_AFTER: Final = 300
"""Scans for which a file that was moved away is checked for changes: a quarter of an hour."""


@dataclass(frozen=True)
class Leaving:
    """A queued file to be moved into `done`: its state, the hashes of what was read, and its import result (HTML)."""

    arrived: Arrived
    hashes: tuple[str, ...]
    receipt: str
    by_hash: bool = False

    def go(self) -> PutAway:
        """Move it into `done`. Raises as `put_away` does."""
        return put_away(self.arrived, self.hashes, self.receipt, by_hash=self.by_hash)


@dataclass(frozen=True)
class Found:
    """What a scan found; new files with the ID of the connection that imports them."""

    ready: tuple[tuple[int, Arrived], ...] = ()
    unreadable: tuple[Path, ...] = ()
    links: tuple[Path, ...] = ()
    in_use: tuple[Path, ...] = ()
    moved: tuple[PutAway, ...] = ()
    given_up: tuple[Path, ...] = ()
    looked_after: Mapping[PutAway, int] = field(default_factory=dict)


@dataclass
class Round:
    """A scan to run off the main thread; `again` names files to be returned once more."""

    looks: Mapping[int, FolderScan]
    again: frozenset[Path] = frozenset()
    leaving: tuple[Leaving, ...] = ()
    looked_after: Mapping[PutAway, int] = field(default_factory=dict)

    def go(self) -> Found:
        """Scan every folder, and move files into its `done` folder or back."""
        moved, given_up = self._put_away()
        looked_after = self._look_after()
        ready: list[tuple[int, Arrived]] = []
        unreadable: list[Path] = []
        for connection_id, look in self.looks.items():
            for path in self.again | set(given_up):
                look.again(path)
            try:
                ready += [(connection_id, arrived) for arrived in _arrivals(look)]
            except OSError:
                unreadable.append(look.folder)
        return Found(
            ready=tuple(ready),
            unreadable=tuple(unreadable),
            links=tuple(link for look in self.looks.values() for link in sorted(look.links)),
            in_use=tuple(
                path for look in self.looks.values() for path, looks in look.waiting.items() if looks == TOLD_AFTER
            ),
            moved=tuple(moved),
            given_up=tuple(given_up),
            looked_after=looked_after,
        )

    def _put_away(self) -> tuple[list[PutAway], list[Path]]:
        """Move the files that could not be moved before."""
        moved, given_up = [], []
        for one in self.leaving:
            try:
                moved.append(one.go())
            except (ChangedMeanwhileError, FileNotFoundError):
                given_up.append(one.arrived.path)
            except OSError:
                continue
        return moved, given_up

    def _look_after(self) -> dict[PutAway, int]:
        """Move files back that a program has written to: their new rows were never read."""
        left = {}
        for one, looks in self.looked_after.items():
            if one.was_written_on():
                try:
                    one.bring_back()
                except OSError:
                    left[one] = looks
            elif looks > 1:
                left[one] = looks - 1
        return left


def _arrivals(look: FolderScan) -> list[Arrived]:
    found = []
    for sight in look.ready():
        try:
            found.append(Arrived.of(sight))
        except (ChangedMeanwhileError, OSError):
            look.again(sight.path)
    return found
