"""A watched folder: which files in it are complete and new, and where they are moved once they are queued."""

import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from ac_desktop.importing.formats.table import READABLE
from ac_desktop.importing.sources.file_state import FileState, is_being_written, plain_file_state, sha256_of
from ac_desktop.platform.private_files import Folder

DONE: Final = "done"
"""The folder, inside the watched one, that queued files are moved to."""
_TEMPORARY: Final = (".", "~$")
"""The prefixes of files that other programs are still writing."""
_PACKED: Final = ".zip"


class ChangedMeanwhileError(Exception):
    """A file has changed since it was read; it stays in the watched folder and is read again."""


@dataclass(frozen=True)
class ObservedFile:
    """A file as a scan saw it: one that is still being written differs in the next scan."""

    path: Path
    state: FileState


@dataclass(frozen=True)
class Arrived:
    """A file as it was before it was read, with the hash of its content."""

    sight: ObservedFile
    sha256: str

    @property
    def path(self) -> Path:
        """The path of the file."""
        return self.sight.path

    @classmethod
    def of(cls, sight: ObservedFile) -> "Arrived":
        """Return a file with its hash. Raises OSError, and ChangedMeanwhileError where it is still changing."""
        arrived = cls(sight, sha256_of(sight.path))
        if arrived.differs_now():
            raise ChangedMeanwhileError
        return arrived

    def differs_now(self) -> bool:
        """Whether the file has changed since, or is being written. Raises OSError."""
        return plain_file_state(self.path) != self.sight.state or is_being_written(self.path)

    def is_at(self, path: Path, *, by_hash: bool = False) -> bool:
        """Whether a path holds the very same file with the very same content, or with `by_hash` any file that holds it.

        Raises OSError.
        """
        before = plain_file_state(path)
        is_same = before is not None and (by_hash or before.content == self.sight.state.content)
        return is_same and sha256_of(path) == self.sha256 and plain_file_state(path) == before

    def was_read_as(self, hashes: tuple[str, ...]) -> bool:
        """Whether these are the hashes of this file; files in a ZIP have hashes of their own."""
        return self.path.suffix.lower() == _PACKED or set(hashes) == {self.sha256}


def arrived_at(path: Path) -> Arrived:
    """Return a file with its hash, before a person previews it. Raises OSError."""
    state = plain_file_state(path)
    if state is None:
        raise FileNotFoundError(path)
    return Arrived(ObservedFile(path, state), sha256_of(path))


class FolderScan:
    """Scans one folder again and again; each file is returned once, when it counts as finished.

    That is: two scans saw the same state, and no program has it open for writing where the system can say so. The proof
    that it was finished is the comparison after it was read (`put_away`). Links are never followed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.links: frozenset[Path] = frozenset()
        """Links in the folder that have the name of an export."""
        self.waiting: dict[Path, int] = {}
        """Files that no longer change but are in use by another program, and for how many scans by now."""
        self._before: frozenset[ObservedFile] = frozenset()
        self._given: set[ObservedFile] = set()

    def ready(self) -> list[ObservedFile]:
        """Scan the folder, and return the files that have stopped changing since the last scan, by name.

        Raises OSError where the folder cannot be read.
        """
        seen = frozenset(self._sights())
        resting = sorted((seen & self._before) - self._given, key=lambda sight: sight.path)
        self._before = seen
        self._given &= seen
        held = [sight for sight in resting if _is_in_use(sight.path)]
        self.waiting = {sight.path: self.waiting.get(sight.path, 0) + 1 for sight in held}
        ready = [sight for sight in resting if sight not in held]
        self._given.update(ready)
        return ready

    def again(self, path: Path) -> None:
        """Let `ready` return a file once more when it has stopped changing."""
        self._given = {sight for sight in self._given if sight.path != path}
        self._before = frozenset(sight for sight in self._before if sight.path != path)

    def _sights(self) -> Iterator[ObservedFile]:
        links = set()
        for path in self.folder.iterdir():
            if path.suffix.lower() not in READABLE or path.name.startswith(_TEMPORARY):
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
class PutAway:
    """A file in `done`, and its state when it was read: a program may still have it open and write to it."""

    target: Path
    arrived: Arrived

    def was_written_on(self) -> bool:
        """Whether the file was changed there; another file in its place does not count."""
        try:
            state = plain_file_state(self.target)
        except OSError:
            return False
        was = self.arrived.sight.state
        same = state is not None and (state.device, state.inode) == (was.device, was.inode)
        return state is not None and same and state.content != was.content

    def bring_back(self) -> Path:
        """Move it back into the watched folder, to be read again. Raises OSError."""
        return _moved(self.target, self.arrived.path)


def put_away(arrived: Arrived, hashes: tuple[str, ...], receipt: str, *, by_hash: bool = False) -> PutAway:
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
        folder.write(_receipt_of(target.name), receipt)
    return PutAway(target, arrived)


def _moved(source: Path, target: Path, *, follow: bool = True) -> Path:
    """Move a file without replacing another; a number is added where its name is taken. Raises OSError.

    Without `follow` the target folder may be no link.
    """
    names = _names(target)
    with Folder(target.parent, follow=follow) as folder:
        while True:
            name = next(names)
            if not folder.has(name) and not folder.has(_receipt_of(name)):
                # Another program may create the name at this moment: then the next number is tried.
                with suppress(FileExistsError):
                    folder.move_in(source, name)
                    return target.with_name(name)


def _receipt_of(name: str) -> str:
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
