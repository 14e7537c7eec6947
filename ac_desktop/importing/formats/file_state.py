"""Whether a file is unchanged since it was observed, and whether a program still writes to it."""

import ctypes
import hashlib
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

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
