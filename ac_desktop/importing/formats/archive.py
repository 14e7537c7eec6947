"""Donor files in a ZIP, read without unpacking them to the disk."""

import io
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO, Final, TypeVar

from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.importing.formats.source import FileSource
from ac_desktop.model.wording import tr

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MEMBER_ENDINGS: Final = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".json", ".jsonl"})
_MOST_MEMBERS: Final = 10_000
_LARGEST_MEMBER: Final = 4 * 1024**3
_ALWAYS_ALLOWED: Final = 64 * 1024**2
_MOST_COMPRESSION: Final = 200
_BROKEN: Final = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class MemberSource:
    """One file of a ZIP."""

    archive: FileSource
    member: str

    @property
    def name(self) -> str:
        """The names of the ZIP and of the file in it."""
        return f"{self.archive.name}/{self.member}"

    def open(self) -> BinaryIO:
        """Open the file at its start; damage is reported when it is reached."""

        def opened() -> BinaryIO:
            with _directories.of(self.archive) as directory:
                content = directory.packed.open(self.member)
            return io.BufferedReader(_ProgressReader(self.archive.name, content), 64 * 1024)

        self.archive.open().close()
        return _translated_errors(self.archive.name, opened)


@dataclass(frozen=True, slots=True)
class _Directory:
    """A ZIP with its directory."""

    packed: zipfile.ZipFile
    members: Mapping[str, None]


class _Directories:
    """Keeps the ZIP read last open while several of its files are read, so that its directory is read once."""

    def __init__(self) -> None:
        self._guard = threading.RLock()
        self._users = 0
        self._kept: tuple[FileSource, _Directory] | None = None

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep a ZIP open until the end of this block, unless another one is read in it."""
        with self._guard:
            self._users += 1
        try:
            yield
        finally:
            with self._guard:
                self._users -= 1
                if not self._users:
                    self._close()

    @contextmanager
    def of(self, archive: FileSource) -> Iterator[_Directory]:
        """Return the directory of a ZIP."""
        with self._guard:
            if not self._users:
                directory = _read_directory(archive)
                try:
                    yield directory
                finally:
                    directory.packed.close()
                return
            if self._kept is None or self._kept[0] != archive:
                self._close()
                self._kept = archive, _read_directory(archive)
            yield self._kept[1]

    def _close(self) -> None:
        if self._kept is not None:
            self._kept[1].packed.close()
        self._kept = None


_directories: Final = _Directories()
kept_open: Final = _directories.kept_open
"""Read the directory of a ZIP once within this block, however many of its files are read."""


def _read_directory(archive: FileSource) -> _Directory:
    packed = zipfile.ZipFile(archive.path)
    try:
        return _Directory(packed, dict.fromkeys(_donor_files(archive.name, packed.infolist())))
    except BaseException:
        packed.close()
        raise


class _ProgressReader(io.RawIOBase):
    """Turns what `zipfile` raises while reading into an ImportFileError."""

    def __init__(self, name: str, packed: IO[bytes]) -> None:
        self._name = name
        self._packed = packed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer).cast("B")
        content = _translated_errors(self._name, lambda: self._packed.read(len(view)))
        view[: len(content)] = content
        return len(content)

    def close(self) -> None:
        self._packed.close()
        super().close()


def members(archive: FileSource) -> tuple[str, ...]:
    """List the donor files of a ZIP.

    Raises ImportFileError where there are none, and where a file in it would unpack beyond the limit.
    """

    archive.open().close()
    return tuple(_translated_errors(archive.name, lambda: _names(archive)))


def _donor_files(name: str, infos: Sequence[zipfile.ZipInfo]) -> tuple[str, ...]:
    if len(infos) > _MOST_MEMBERS:
        raise not_taken(tr("“{name}” holds too many files.", name=name), tr("Import them in smaller parts."))
    found = [info for info in infos if _is_donor_file(info)]
    if not found:
        raise not_taken(
            tr("“{name}” holds no file that can be read.", name=name),
            tr("What can be read: {endings}.", endings=", ".join(sorted(MEMBER_ENDINGS))),
        )
    for info in found:
        _refuse_bomb(name, info)
    return tuple(info.filename for info in found)


def member_source(archive: FileSource, member: str | None) -> MemberSource:
    """Return one file of a ZIP; without a name, the only one."""
    archive.open().close()
    names = _translated_errors(archive.name, lambda: _names(archive))
    if member is None and len(names) == 1:
        member = next(iter(names))
    if member is None or member not in names:
        raise not_taken(
            tr("“{name}” holds these files: {files}.", name=archive.name, files=", ".join(names)),
            tr("Choose one of them."),
        )
    return MemberSource(archive, member)


def _names(archive: FileSource) -> Mapping[str, None]:
    with _directories.of(archive) as directory:
        return directory.members


def refuse_bombs(name: str, packed: zipfile.ZipFile) -> None:
    """Raise ImportFileError for a workbook whose parts would unpack beyond the limit."""
    for info in packed.infolist():
        _refuse_bomb(name, info)


def _is_donor_file(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename)
    hidden = path.name.startswith((".", "~$")) or "__MACOSX" in path.parts
    return not info.is_dir() and not hidden and path.suffix.lower() in MEMBER_ENDINGS


def _refuse_bomb(name: str, info: zipfile.ZipInfo) -> None:
    packed_tight = info.file_size > _ALWAYS_ALLOWED and info.file_size > _MOST_COMPRESSION * max(info.compress_size, 1)
    if packed_tight or info.file_size > _LARGEST_MEMBER:
        raise not_taken(
            tr("“{name}” would unpack to {size} MB, which no donor file does.", name=name, size=info.file_size >> 20),
            tr("Unpack it yourself if you trust it, and import the file that is in it."),
        )
    if info.flag_bits & 1:
        raise not_taken(
            tr("“{name}” is protected by a password.", name=name), tr("Unpack it, and import the file that is in it.")
        )


def _translated_errors(name: str, work: Callable[[], _T]) -> _T:
    try:
        return work()
    except _BROKEN as error:
        raise _broken(name) from error


def _broken(name: str) -> ImportFileError:
    return not_taken(tr("“{name}” is cut off or damaged.", name=name), tr("Download or copy it again."))
