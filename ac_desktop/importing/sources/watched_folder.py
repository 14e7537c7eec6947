"""Watched folders: which files in them are complete and new, and where they are moved once they are queued."""

import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Final

from ac_desktop.importing.formats.source import FileState, is_being_written, plain_file_state, sha256_of
from ac_desktop.importing.formats.table import READABLE
from ac_desktop.platform.long_paths import reachable
from ac_desktop.platform.private_files import Folder

DONE: Final = "done"
"""The folder, inside the watched one, that queued files are moved to."""
_TEMPORARY_PREFIXES: Final = (".", "~$")
"""The prefixes of files that other programs are still writing."""
_ZIP: Final = ".zip"


class ChangedMeanwhileError(Exception):
    """A file has changed since it was read; it stays in the watched folder and is read again."""


@dataclass(frozen=True)
class ObservedFile:
    """A file as a scan saw it: one that is still being written differs in the next scan."""

    path: Path
    state: FileState


@dataclass(frozen=True)
class NewFile:
    """A file as it was before it was read, with the hash of its content: "" until the import has read it."""

    observed: ObservedFile
    sha256: str = ""

    @property
    def path(self) -> Path:
        """The path of the file."""
        return self.observed.path

    @classmethod
    def of(cls, observed: ObservedFile) -> "NewFile":
        """Return a file; a ZIP with its hash, as the import hashes the files in it alone.

        Raises OSError, and ChangedMeanwhileError where the ZIP is still changing.
        """
        if observed.path.suffix.lower() != _ZIP:
            return cls(observed)
        arrived = cls(observed, sha256_of(observed.path))
        if arrived.has_changed():
            raise ChangedMeanwhileError
        return arrived

    def read_as(self, hashes: tuple[str, ...]) -> "NewFile":
        """Return the file with the hash of what was read of it, where it is not known."""
        return self if self.sha256 or len(hashes) != 1 else replace(self, sha256=hashes[0])

    def has_changed(self) -> bool:
        """Whether the file has changed since, or is being written. Raises OSError."""
        return plain_file_state(self.path) != self.observed.state or is_being_written(self.path)

    def is_at(self, path: Path, *, by_hash: bool = False) -> bool:
        """Whether a path holds the very same file with the very same content, or with `by_hash` any file that holds it.

        Raises OSError.
        """
        before = plain_file_state(path)
        is_same = before is not None and (by_hash or before.content == self.observed.state.content)
        return is_same and sha256_of(path) == self.sha256 and plain_file_state(path) == before

    def was_read_as(self, hashes: tuple[str, ...]) -> bool:
        """Whether these are the hashes of this file; files in a ZIP have hashes of their own."""
        return bool(self.sha256) and (self.path.suffix.lower() == _ZIP or set(hashes) == {self.sha256})


def new_file_at(path: Path) -> NewFile:
    """Return a file with its hash, before a person previews it. Raises OSError."""
    state = plain_file_state(path)
    if state is None:
        raise FileNotFoundError(path)
    return NewFile(ObservedFile(path, state), sha256_of(path))


class FolderScan:
    """Scans one folder again and again; each file is returned once, when it counts as finished.

    That is: two scans saw the same state, and no program has it open for writing where the system can say so. The proof
    that it was finished is the comparison after it was read (`move_to_done`). Links are never followed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = reachable(folder)
        self.links: frozenset[Path] = frozenset()
        """Links in the folder that have the name of an export."""
        self.waiting: dict[Path, int] = {}
        """Files that no longer change but are in use by another program, and for how many scans by now."""
        self.is_settled = False
        """Whether the last two scans saw the same files, and none of them is in use."""
        self._last_scan: frozenset[ObservedFile] = frozenset()
        self._returned: set[ObservedFile] = set()

    def ready(self) -> list[ObservedFile]:
        """Scan the folder, and return the files that have stopped changing since the last scan, by name.

        Raises OSError where the folder cannot be read.
        """
        observed_now = frozenset(self._observe())
        unchanged = sorted((observed_now & self._last_scan) - self._returned, key=lambda observed: observed.path)
        is_unchanged = observed_now == self._last_scan
        self._last_scan = observed_now
        self._returned &= observed_now
        in_use = [observed for observed in unchanged if _is_in_use(observed.path)]
        self.is_settled = is_unchanged and not in_use
        self.waiting = {observed.path: self.waiting.get(observed.path, 0) + 1 for observed in in_use}
        ready = [observed for observed in unchanged if observed not in in_use]
        self._returned.update(ready)
        return ready

    def again(self, path: Path) -> None:
        """Make `ready` return a file once more when it has stopped changing."""
        self._returned = {observed for observed in self._returned if observed.path != path}
        self._last_scan = frozenset(observed for observed in self._last_scan if observed.path != path)

    def _observe(self) -> Iterator[ObservedFile]:
        links = set()
        for path in map(reachable, self.folder.iterdir()):
            if path.suffix.lower() not in READABLE or path.name.startswith(_TEMPORARY_PREFIXES):
                continue
            try:
                facts = path.lstat()
            except FileNotFoundError:
                continue
            if stat.S_ISLNK(facts.st_mode):
                links.add(path)
            elif stat.S_ISREG(facts.st_mode) and facts.st_size:
                yield ObservedFile(path, FileState.of(facts))
        self.links = frozenset(links)


@dataclass(frozen=True)
class MovedFile:
    """A file in `done`, and its state when it was read: a program may still have it open and write to it."""

    target: Path
    arrived: NewFile

    def was_modified(self) -> bool:
        """Whether the file was changed there; another file in its place does not count."""
        try:
            state = plain_file_state(self.target)
        except OSError:
            return False
        was = self.arrived.observed.state
        same = state is not None and (state.device, state.inode) == (was.device, was.inode)
        return state is not None and same and state.content != was.content

    def move_back(self) -> Path:
        """Move it back into the watched folder, to be read again. Raises OSError."""
        return _moved(self.target, self.arrived.path)


def move_to_done(arrived: NewFile, hashes: tuple[str, ...], result_html: str, *, by_hash: bool = False) -> MovedFile:
    """Move a queued file into `done`, its import result beside it, over no other file and through no link.

    `hashes` are of what was read of it. With `by_hash` only the content is compared, for a file that was read a second
    time with the same content: some network folders renumber their files. Raises OSError, and ChangedMeanwhileError
    where the file is not the one that was read: then it stays, or is moved back to, where it was.
    """
    path = arrived.path
    if not arrived.was_read_as(hashes) or not arrived.is_at(path, by_hash=by_hash) or is_being_written(path):
        raise ChangedMeanwhileError
    done = path.parent / DONE
    done.mkdir(exist_ok=True)
    target = _moved(path, done / path.name, follow=False)
    if not arrived.is_at(target, by_hash=by_hash):
        _moved(target, path)
        raise ChangedMeanwhileError
    with Folder(done, follow=False) as folder:
        folder.write(_result_name(target.name), result_html)
    return MovedFile(target, arrived)


def _moved(source: Path, target: Path, *, follow: bool = True) -> Path:
    """Move a file without replacing another; a number is added where its name is taken. Raises OSError.

    Without `follow` the target folder may be no link.
    """
    names = _names(target)
    with Folder(target.parent, follow=follow) as folder:
        while True:
            name = next(names)
            if not folder.has(name) and not folder.has(_result_name(name)):
                # Another program may create the name at this moment: then the next number is tried.
                with suppress(FileExistsError):
                    folder.move_in(source, name)
                    return target.with_name(name)


def _result_name(name: str) -> str:
    return f"{name}.receipt.html"


def _names(path: Path) -> Iterator[str]:
    yield path.name
    for number in count(2):
        yield path.with_stem(f"{path.stem} ({number})").name


def _is_in_use(path: Path) -> bool:
    """Whether a file cannot be read now, or may be incomplete; False where it no longer exists."""
    try:
        with path.open("rb"):
            return is_being_written(path)
    except FileNotFoundError:
        return False
    except OSError:
        return True


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
