"""Donor files in a ZIP, read without unpacking them to the disk."""

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
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


class Archive:
    """A ZIP whose directory is read once, however many of its files are read.

    Raises ImportFileError where it holds no donor file, and where a file in it would unpack beyond the limit.
    """

    def __init__(self, file: FileSource) -> None:
        self.file = file
        opened = file.open()
        self._packed = _translated_errors(file.name, lambda: zipfile.ZipFile(opened))
        self.members = _donor_files(file.name, self._packed.infolist())
        """The donor files in it, as `source` takes them."""
        self._known = frozenset(self.members)

    def source(self, member: str | None) -> "MemberSource":
        """Return one file of the ZIP; without a name, the only one."""
        if member is None and len(self.members) == 1:
            member = self.members[0]
        if member is None or member not in self._known:
            raise not_taken(
                tr("“{name}” contains these files: {files}.", name=self.file.name, files=", ".join(self.members)),
                tr("Choose one of them."),
            )
        return MemberSource(self, member)

    def open(self, member: str) -> BinaryIO:
        """Open one of its files at its start; damage is reported when it is reached."""
        self.file.open().close()
        content = _translated_errors(self.file.name, lambda: self._packed.open(member))
        return io.BufferedReader(_ProgressReader(self.file.name, content), 64 * 1024)

    def close(self) -> None:
        """Close the ZIP; nothing is read from it any more."""
        self._packed.close()
        self.file.close()


@dataclass(frozen=True, slots=True)
class MemberSource:
    """One file of a ZIP."""

    archive: Archive
    member: str

    @property
    def name(self) -> str:
        """The names of the ZIP and of the file in it."""
        return f"{self.archive.file.name}/{self.member}"

    def open(self) -> BinaryIO:
        """Open the file at its start."""
        return self.archive.open(self.member)


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


def _donor_files(name: str, infos: Sequence[zipfile.ZipInfo]) -> tuple[str, ...]:
    if len(infos) > _MOST_MEMBERS:
        raise not_taken(tr("“{name}” contains too many files.", name=name), tr("Import them in smaller parts."))
    found = [info for info in infos if _is_donor_file(info)]
    if not found:
        raise not_taken(
            tr("“{name}” contains no file that AC Desktop can read.", name=name),
            tr("Supported file types: {endings}.", endings=", ".join(sorted(MEMBER_ENDINGS))),
        )
    for info in found:
        _refuse_bomb(name, info)
    return tuple(info.filename for info in found)


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
            tr(
                "“{name}” would unpack to {size} MB, which is too large for a donor file.",
                name=name,
                size=info.file_size >> 20,
            ),
            tr("If you trust it, unpack it yourself and import the file inside."),
        )
    if info.flag_bits & 1:
        raise not_taken(
            tr("“{name}” is protected by a password.", name=name), tr("Unpack it, then import the file inside.")
        )


def _translated_errors(name: str, work: Callable[[], _T]) -> _T:
    try:
        return work()
    except _BROKEN as error:
        raise _broken(name) from error


def _broken(name: str) -> ImportFileError:
    return not_taken(tr("“{name}” is incomplete or damaged.", name=name), tr("Download or copy it again."))
