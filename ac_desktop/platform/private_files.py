"""Files and folders that are their owner's alone, and that are never written through a link somebody put there.

What is written at a name that others can foresee (a receipt, a report, a lock, a crash text) goes into a new file
under a name of its own, which then takes the place of whatever is there: a link is replaced, its target left alone.
"""

import errno
import os
import re
import stat
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

FILE_MODE: Final = 0o600
FOLDER_MODE: Final = 0o700
_OTHERS: Final = 0o077
_OF_PART: Final = re.compile(r"\.[0-9a-f]{12}\.part\Z")
"""How the name of a part ends, and hardly that of anybody else's file."""
_LONGEST_KEPT: Final = 50
"""Letters of a name that its part's name keeps: systems take 255 bytes in all."""
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
_NOT_INHERITED: Final = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)
_BINARY: Final = getattr(os, "O_BINARY", 0)
_CANNOT_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})


class PrivacyTrouble(Enum):
    """Why a folder or a file cannot be made its owner's alone."""

    NOT_OURS = "it belongs to another user"
    CANNOT_BE_CLOSED = "its disk does not keep other users out"
    HOLDS_OTHER_THINGS = "it holds files that are not AC Desktop's"
    HOLDS_A_LINK = "a link or another user's file is in it"
    IS_A_LINK = "it is a link"


class PrivacyError(OSError):
    """A folder or file that others can reach and that cannot be closed to them."""

    def __init__(self, trouble: PrivacyTrouble, path: Path) -> None:
        super().__init__(errno.EPERM, trouble.value, str(path))
        self.trouble = trouble
        self.path = path


class Folder:
    """A folder that is held open, so that nobody can put another one, or a link, in its place meanwhile.

    Windows cannot hold a folder in this way; there its path is looked at instead.
    """

    def __init__(self, path: Path, *, follow: bool = True) -> None:
        """Open a folder; without `follow` its last part may be no link. Raises OSError."""
        self.path = path
        self._number: int | None = None
        if not follow and (path.is_symlink() or _is_junction(path)):
            raise PrivacyError(PrivacyTrouble.IS_A_LINK, path)
        if sys.platform != "win32":
            self._number = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _NOT_INHERITED | (0 if follow else _NO_LINK))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._number is not None:
            os.close(self._number)
            self._number = None

    def write(self, name: str, content: bytes | str) -> None:
        """Write a file of this name that only its owner reads, whole or not at all, through no link. Raises OSError."""
        with self.replacing(name) as file:
            file.write(content.encode() if isinstance(content, str) else content)

    @contextmanager
    def replacing(self, name: str) -> Iterator[BinaryIO]:
        """Return a new file that takes the place of `name` once it is written and on the disk. Raises OSError."""
        prefix = f".{name[:_LONGEST_KEPT]}."
        self.remove_parts(prefix)
        part, file = self._new_part(prefix)
        try:
            with file:
                yield file
                file.flush()
                os.fsync(file.fileno())
                if sys.platform != "win32":
                    self._replace(part, name)
            if sys.platform == "win32":
                self._replace(part, name)
        except BaseException:
            with suppress(OSError):
                self._unlink(part)
            raise
        self.sync()

    def rename_in(self, source: Path, name: str) -> None:
        """Move a file from elsewhere on the same disk into this folder, over whatever has that name. Raises OSError."""
        if self._number is None:
            source.replace(self.path / name)
        else:
            os.replace(source, name, dst_dir_fd=self._number)

    def move_in(self, source: Path, name: str) -> None:
        """Move a file from elsewhere on the same disk into this folder, over nothing. Raises OSError."""
        if sys.platform == "win32":
            source.rename(self.path / name)
            return
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _NOT_INHERITED
        os.close(os.open(name, flags, FILE_MODE, dir_fd=self._number))
        try:
            os.replace(source, name, dst_dir_fd=self._number)
        except BaseException:
            with suppress(OSError):
                self._unlink(name)
            raise

    def has(self, name: str) -> bool:
        """Whether anything has this name, a link that leads nowhere too."""
        try:
            os.lstat(self._at(name), dir_fd=self._number)
        except FileNotFoundError:
            return False
        return True

    def sync(self) -> None:
        """Wait until the disk has the folder's names as they are now."""
        if self._number is None:
            return
        try:
            os.fsync(self._number)
        except OSError as error:
            if error.errno not in _CANNOT_SYNC:
                raise

    def remove_parts(self, prefix: str = ".") -> None:
        """Remove the parts that processes left which ended while they wrote, under any name or under one."""
        for name in os.listdir(self.path if self._number is None else self._number):  # noqa: PTH208  of the held folder
            if name.startswith(prefix) and _OF_PART.search(name):
                with suppress(OSError):
                    self._remove_unheld(name)

    def _new_part(self, prefix: str) -> tuple[str, BinaryIO]:
        while True:
            part = f"{prefix}{os.urandom(6).hex()}.part"
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINK | _NOT_INHERITED | _BINARY
            number = os.open(self._at(part), flags, FILE_MODE, dir_fd=self._number)
            _hold(number)
            if os.fstat(number).st_nlink or sys.platform == "win32":
                return part, os.fdopen(number, "w+b")
            os.close(number)

    def _remove_unheld(self, part: str) -> None:
        """Remove a part unless its writer lives. Windows removes no open file by itself."""
        if sys.platform != "win32":
            number = os.open(part, os.O_RDONLY | _NO_LINK | os.O_NONBLOCK | _NOT_INHERITED, dir_fd=self._number)
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._unlink(part)
            finally:
                os.close(number)
        else:
            self._unlink(part)

    def _replace(self, part: str, name: str) -> None:
        os.replace(self._at(part), self._at(name), src_dir_fd=self._number, dst_dir_fd=self._number)

    def _unlink(self, name: str) -> None:
        os.unlink(self._at(name), dir_fd=self._number)

    def _at(self, name: str) -> str:
        return name if self._number is not None else str(self.path / name)


def write_private(path: Path, content: bytes | str) -> None:
    """Write a file that only its owner reads: whole or not at all, and through no link. Raises OSError."""
    with Folder(path.parent) as folder:
        folder.write(path.name, content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Return a new file that takes the place of `path` once it is written and on the disk. Raises OSError."""
    with Folder(path.parent) as folder, folder.replacing(path.name) as file:
        yield file


def open_private(path: Path, *, empty: bool = False) -> int:
    """Open a file of ours to read and write, made where it is missing; a link in its place is removed.

    For what stays open: a lock, or with `empty` a text that is written as it comes. Raises OSError.
    """
    flags = os.O_RDWR | os.O_CREAT | _NO_LINK | _NOT_INHERITED | _BINARY | getattr(os, "O_NONBLOCK", 0)
    if _is_not_a_plain_file(path):
        path.unlink()
    number = os.open(path, flags, FILE_MODE)
    try:
        if sys.platform != "win32":
            os.fchmod(number, FILE_MODE)
        if empty:
            os.ftruncate(number, 0)
    except BaseException:
        os.close(number)
        raise
    return number


def create_private(path: Path) -> None:
    """Make an empty file that only its owner reads, unless there is one; it may be no link. Raises OSError."""
    refuse_link(path)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINK | _NOT_INHERITED, FILE_MODE))
    except FileExistsError:
        _close_to_others(path)


def make_private(folder: Path, *, marks: Collection[str] = ()) -> None:
    """Make a folder that only its owner enters, or close one that others could enter. Raises OSError.

    With `marks`, a folder that others can enter is closed only where it is empty or holds a file whose name begins
    with one of them: somebody else's shared folder stays as it is, and PrivacyError says why it is of no use.
    """
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    if sys.platform == "win32":
        return
    facts = folder.stat()
    if facts.st_uid != os.geteuid():
        raise PrivacyError(PrivacyTrouble.NOT_OURS, folder)
    if not facts.st_mode & _OTHERS:
        return
    names = [path.name for path in folder.iterdir()]
    if marks and names and not any(name.startswith(tuple(marks)) for name in names):
        raise PrivacyError(PrivacyTrouble.HOLDS_OTHER_THINGS, folder)
    _close_to_others(folder)
    _close_what_is_in(folder)


def make_private_subfolder(folder: Path) -> None:
    """Make a folder within one that is private already; it may be no link. Raises OSError."""
    if folder.is_symlink() or _is_junction(folder):
        raise PrivacyError(PrivacyTrouble.IS_A_LINK, folder)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)


def sync_file(path: Path) -> None:
    """Wait until the disk has a file. Raises OSError.

    Windows does so only for a file that is open for writing.
    """
    number = os.open(path, os.O_RDWR | _NO_LINK | _NOT_INHERITED)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _close_what_is_in(folder: Path) -> None:
    """Close files that others could read until now; what others may have put there is refused."""
    for path in folder.rglob("*"):
        facts = path.lstat()
        if stat.S_ISLNK(facts.st_mode) or facts.st_uid != folder.stat().st_uid:
            raise PrivacyError(PrivacyTrouble.HOLDS_A_LINK, path)
        if stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode):
            _close_to_others(path)


def _close_to_others(path: Path) -> None:
    """Take from others what they may do with a file or folder; its owner's rights stay as they are."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if sys.platform == "win32" or not mode & _OTHERS:
        return
    try:
        path.chmod(mode & ~_OTHERS)
    except OSError as error:
        if error.errno == errno.EROFS:
            raise
    if path.stat().st_mode & _OTHERS:
        raise PrivacyError(PrivacyTrouble.CANNOT_BE_CLOSED, path)


def refuse_link(path: Path) -> None:
    """Raise PrivacyError where a link, or a pipe, stands where a file of ours belongs."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise PrivacyError(PrivacyTrouble.IS_A_LINK, path)


def _is_not_a_plain_file(path: Path) -> bool:
    """Whether a link, a pipe or a file that has a second name stands where a file of ours belongs."""
    try:
        facts = path.lstat()
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(facts.st_mode) or facts.st_nlink > 1


def _is_junction(path: Path) -> bool:
    """Whether a path is one of Windows' links between folders, which count as no symbolic links."""
    if sys.platform != "win32":
        return False
    try:
        return path.lstat().st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def _hold(_: int) -> None:
        """An open file is held as it is."""

else:
    import fcntl

    def _hold(number: int) -> None:
        """Show others that the writer of this part lives; a disk that knows no locks keeps its parts."""
        with suppress(OSError):
            fcntl.flock(number, fcntl.LOCK_EX)
