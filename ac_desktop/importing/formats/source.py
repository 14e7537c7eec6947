"""The source of a file's bytes: the disk, a ZIP, or pasted text; and whether a file is unchanged or in use."""

import ctypes
import hashlib
import io
import os
import stat
import sys
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol, Self

from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.model.wording import tr
from ac_desktop.platform.long_paths import reachable
from ac_desktop.platform.paths import is_online_only

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileState:
    """What distinguishes a file from another one of its name, and from itself before a change.

    `changed_ns` is set by the system with every change, whatever time a writer sets. Windows has no such time: there it
    is the time at which the file was created.
    """

    device: int
    inode: int
    size: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, facts: os.stat_result) -> Self:
        """Return the state in the result of `os.stat`."""
        return cls(facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)

    @property
    def content(self) -> tuple[int, int, int, int]:
        """What stays the same when the file is only renamed."""
        return self.device, self.inode, self.size, self.modified_ns


def plain_file_state(path: Path) -> FileState | None:
    """Return the state of a plain file; None for anything else, such as a link. Raises OSError."""
    facts = path.lstat()
    return FileState.of(facts) if stat.S_ISREG(facts.st_mode) else None


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits; the file may be no link. Raises OSError."""
    digest = hashlib.sha256()
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


if sys.platform == "win32":
    _GENERIC_READ: Final = 0x80000000
    _SHARE_READ: Final = 1
    _OPEN_EXISTING: Final = 3
    _SHARING_VIOLATION: Final = 32

    def is_being_written(path: Path) -> bool:
        """Whether a program has the file open for writing, as far as the system says."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateFileW.restype = ctypes.c_void_p
        handle = kernel.CreateFileW(str(path), _GENERIC_READ, _SHARE_READ, None, _OPEN_EXISTING, 0, None)
        if handle is None or handle == ctypes.c_void_p(-1).value:
            return ctypes.get_last_error() == _SHARING_VIOLATION
        kernel.CloseHandle(ctypes.c_void_p(handle))
        return False

elif sys.platform == "linux":
    import errno
    import fcntl
    import signal

    _LEASE_FILE_SYSTEMS: Final = frozenset(
        {
            0xEF53,  # ext2 to ext4
            0x58465342,  # XFS
            0x9123683E,  # Btrfs
            0xF2F52010,  # F2FS
            0x2FC12FC1,  # ZFS
            0x01021994,  # tmpfs
            0x794C7630,  # overlay
            0x4D44,  # FAT
            0x2011BAB0,  # exFAT
        }
    )
    """The magic numbers of local file systems; a network share may refuse every lease."""

    def is_being_written(path: Path) -> bool:
        """Whether a program has the file open for writing, as far as the system says.

        Linux grants a read lease where no program writes. Where a program opens the file just then, the system sends
        this process a signal: one that is ignored.
        """
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if _file_system_type(number) not in _LEASE_FILE_SYSTEMS:
                return False
            fcntl.fcntl(number, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(number, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(number, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except OSError as error:
            return error.errno == errno.EAGAIN
        finally:
            os.close(number)
        return False

    def _file_system_type(number: int) -> int:
        facts = (ctypes.c_ulong * 64)()
        return 0 if ctypes.CDLL(None).fstatfs(number, facts) else int(facts[0])

else:

    def is_being_written(path: Path) -> bool:  # noqa: ARG001  this system does not say
        """Whether a program has the file open for writing, as far as the system says."""
        return False


_BUFFER: Final = 64 * 1024


class FileKind(StrEnum):
    """The kind of file a table was read from."""

    DELIMITED = "delimited"
    WORKBOOK = "workbook"
    WEBHOOK = "webhook"


class Source(Protocol):
    """Bytes that can be read from the start as often as needed."""

    @property
    def name(self) -> str:
        """The name that is shown for it."""

    def open(self) -> BinaryIO:
        """Open the bytes at their start."""


class Grid(Protocol):
    """The cells of one sheet, from its first row on; they can be read several times."""

    def cells(self) -> Iterator[Sequence[str]]:
        """Return the rows one by one; a blank row is a row too."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that can be chosen, and its number of rows."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """What a reader opened: the cells, and how they are read."""

    kind: FileKind
    grid: Grid
    sha256: str
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[Sheet, ...] = ()
    sheet: str = ""
    header: tuple[str, ...] | None = None


class _Handle:
    """The one descriptor of a file: opened when the file is first read, and closed by `close` or with its last user."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self._file: io.FileIO | None = None

    def file(self, path: Path) -> io.FileIO:
        """Return the open file. Raises OSError."""
        with self.guard:
            if self._file is None:
                self._file = os.fdopen(_open_without_blocking(path), "rb", buffering=0)
                weakref.finalize(self, self._file.close)
            return self._file

    def close(self) -> None:
        """Close the file for all who read it."""
        with self.guard:
            if self._file is not None:
                self._file.close()


class _View(io.RawIOBase):
    """A file read from a position of its own, whoever else reads the same descriptor."""

    def __init__(self, handle: _Handle, file: io.FileIO, unreadable_for: Callable[[OSError], ImportFileError]) -> None:
        self._handle = handle
        self._file = file
        self._unreadable_for = unreadable_for
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        with self._handle.guard:
            start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at}.get(whence)
            self._at = self._file.seek(offset, io.SEEK_END) if start is None else start + offset
        return self._at

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        with self._handle.guard:
            self._file.seek(self._at)
            try:
                count = self._file.readinto(buffer) or 0
            except OSError as error:
                raise self._unreadable_for(error) from error
        self._at += count
        return count


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file on the disk, as it was when it was first looked at; however often it is read, it is opened once."""

    path: Path
    state: FileState
    is_online_only: bool = field(default=False, compare=False)
    """Whether its content was not on this computer."""
    _handle: _Handle = field(default_factory=_Handle, compare=False, repr=False)

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name

    @classmethod
    def of(cls, path: Path) -> "FileSource":
        """Return the file with its present state.

        Raises ImportFileError where it is no file, or may not be read.
        """
        path = reachable(path)
        if path.is_dir():
            raise not_taken(
                tr("“{name}” is a folder.", name=path.name), tr("Choose one of the files in it, or all of them.")
            )
        try:
            about = path.stat()
        except (OSError, ValueError) as error:
            raise unreadable(path.name, error) from error
        if not stat.S_ISREG(about.st_mode):
            raise _no_file(path.name)
        return cls(path, FileState.of(about), is_online_only(about))

    def open(self) -> BinaryIO:
        """Return the bytes from their start, provided that the file is still the one of which the state was read."""
        handle = self._handle
        try:
            file = handle.file(self.path)
            # Windows may report other times for an open file than for its name.
            self._compare(os.fstat(file.fileno()) if os.name == "posix" else self.path.stat())
        except OSError as error:
            raise self._unreadable(error) from error
        return io.BufferedReader(_View(handle, file, self._unreadable), _BUFFER)

    def confirm(self) -> None:
        """Raise ImportFileError unless the file is still the one of which the state was read."""
        try:
            self._compare(self.path.stat())
        except OSError as error:
            raise unreadable(self.name, error) from error

    def close(self) -> None:
        """Close the file; nothing is read from it any more."""
        self._handle.close()

    def _unreadable(self, error: OSError) -> ImportFileError:
        if not self.is_online_only:
            return unreadable(self.name, error)
        return not_taken(
            tr(
                "“{name}” is stored online and couldn't be downloaded ({detail}).",
                name=self.name,
                detail=error.strerror,
            ),
            tr("Check the internet connection and open the file once on this computer. Then import it again."),
        )

    def _compare(self, facts: os.stat_result) -> None:
        if not stat.S_ISREG(facts.st_mode):
            raise _no_file(self.name)
        if FileState.of(facts) != self.state:
            raise not_taken(
                tr("“{name}” was changed while it was being read.", name=self.name),
                tr("Wait until it is complete, then import it again."),
            )


@dataclass(frozen=True, slots=True)
class BytesSource:
    """Pasted text, or a part of a ZIP small enough to be kept in memory."""

    name: str
    content: bytes

    def open(self) -> BinaryIO:
        """Open the bytes at their start."""
        return io.BytesIO(self.content)


def _open_without_blocking(path: Path) -> int:
    """Open a file; opening a pipe in its place would block until somebody writes."""
    flags = ("O_BINARY", "O_CLOEXEC", "O_NOINHERIT", "O_NONBLOCK")
    return os.open(path, os.O_RDONLY | sum(getattr(os, name, 0) for name in flags))


def _no_file(name: str) -> ImportFileError:
    return not_taken(
        tr("“{name}” isn't a file but a pipe, a device or a socket.", name=name),
        tr("Save the donors in a file, then import that file."),
    )


def unreadable(name: str, error: Exception) -> ImportFileError:
    """Return the error that a file could not be opened."""
    detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return not_taken(
        tr("“{name}” couldn't be read ({detail}).", name=name, detail=detail),
        tr("Check that the file exists, that no other program has it open, and that you have permission to read it."),
    )
