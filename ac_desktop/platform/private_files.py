"""Files and folders that only their owner can read, and that are never written through a link.

A file whose name others can predict (an import result, a report, a lock, a crash report) is written as a new file under
a random name, which then replaces whatever is there: a link is replaced, its target left alone.
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

from ac_desktop.platform.long_paths import reachable

FILE_MODE: Final = 0o600
FOLDER_MODE: Final = 0o700
_OTHERS: Final = 0o077
_OF_PART: Final = re.compile(r"\.[0-9a-f]{12}\.part\Z")
"""How the name of a temporary part ends; hardly any other file is named so."""
_LONGEST_KEPT: Final = 50
"""Characters of a name that its part's name keeps: systems allow 255 bytes in all."""
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
_NOT_INHERITED: Final = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)
_BINARY: Final = getattr(os, "O_BINARY", 0)
_CANNOT_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})


class PrivacyTrouble(Enum):
    """Why a folder or a file cannot be made private."""

    NOT_OURS = "it belongs to another user"
    CANNOT_BE_CLOSED = "its disk does not keep other users out"
    HOLDS_OTHER_THINGS = "it holds files that are not AC Desktop's"
    HOLDS_A_LINK = "a link or another user's file is in it"
    IS_A_LINK = "it is a link"


class PrivacyError(OSError):
    """A folder or file that others can access and that cannot be made private."""

    def __init__(self, trouble: PrivacyTrouble, path: Path) -> None:
        super().__init__(errno.EPERM, trouble.value, str(path))
        self.trouble = trouble
        self.path = path


class Folder:
    """A folder that is kept open, so that it cannot be replaced by another one, or a link, meanwhile.

    Windows cannot keep a folder open in this way; there its path is checked instead.
    """

    def __init__(self, path: Path, *, follow: bool = True) -> None:
        """Open a folder; without `follow` its last part may be no link. Raises OSError."""
        path = reachable(path)
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
        """Write a file of this name that only its owner can read, atomically and through no link. Raises OSError."""
        with self.replacing(name) as file:
            file.write(content.encode() if isinstance(content, str) else content)

    @contextmanager
    def replacing(self, name: str) -> Iterator[BinaryIO]:
        """Return a new file that replaces `name` once it is written and synced to the disk. Raises OSError."""
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
        """Move a file of the same disk into this folder, replacing what has that name. Raises OSError."""
        if self._number is None:
            source.replace(self.path / name)
        else:
            os.replace(source, name, dst_dir_fd=self._number)

    def move_in(self, source: Path, name: str) -> None:
        """Move a file from elsewhere on the same disk into this folder, without replacing a file. Raises OSError."""
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
        """Whether anything has this name, a broken link included."""
        try:
            os.lstat(self._at(name), dir_fd=self._number)
        except FileNotFoundError:
            return False
        return True

    def sync(self) -> None:
        """Sync the folder's entries to the disk."""
        if self._number is None:
            return
        try:
            os.fsync(self._number)
        except OSError as error:
            if error.errno not in _CANNOT_SYNC:
                raise

    def remove_parts(self, prefix: str = ".") -> None:
        """Remove the parts left by processes that ended while writing, of any name or of one."""
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
        """Remove a part unless its writer is still running. Windows does not remove an open file."""
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
    """Write a file that only its owner can read, atomically and through no link. Raises OSError."""
    with Folder(path.parent) as folder:
        folder.write(path.name, content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Return a new file that replaces `path` once it is written and synced to the disk. Raises OSError."""
    with Folder(path.parent) as folder, folder.replacing(path.name) as file:
        yield file


def open_private(path: Path, *, empty: bool = False) -> int:
    """Open a private file to read and write, created where it is missing; a link in its place is removed.

    For files that stay open: a lock, or with `empty` a text that is appended to. Raises OSError.
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
    """Create an empty file that only its owner can read, unless it exists; it may be no link. Raises OSError."""
    refuse_link(path)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINK | _NOT_INHERITED, FILE_MODE))
    except FileExistsError:
        _close_to_others(path)


def make_private(folder: Path, *, own_files: Collection[str] = ()) -> None:
    """Create a folder that only its owner can enter, or restrict one that others could enter. Raises OSError.

    With `own_files`, a folder that others can enter is restricted only where it is empty or holds a file whose name
    begins with one of them: any other shared folder stays as it is, and PrivacyError says why it cannot be used.
    """
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    if sys.platform == "win32":
        _close_on_windows(folder, own_files)
        return
    facts = folder.stat()
    if facts.st_uid != os.geteuid():
        raise PrivacyError(PrivacyTrouble.NOT_OURS, folder)
    if not facts.st_mode & _OTHERS:
        return
    names = [path.name for path in folder.iterdir()]
    if own_files and names and not any(name.startswith(tuple(own_files)) for name in names):
        raise PrivacyError(PrivacyTrouble.HOLDS_OTHER_THINGS, folder)
    _close_to_others(folder)
    _close_what_is_in(folder)


def _close_on_windows(folder: Path, own_files: Collection[str]) -> None:
    """Restrict to this user and the system a folder that lets others in, unless it holds files of other programs.

    The folder's own list is the only one needed: all that is in it inherits from it. What a disk without lists, such as
    a USB stick's, does with it stays its own.
    """
    if sys.platform == "win32":
        from ac_desktop.platform import windows_acl

        user = windows_acl.user_id()
        if not windows_acl.others_allowed(windows_acl.access_list(folder), user):
            return
        names = [path.name for path in folder.iterdir()]
        if own_files and names and not any(name.startswith(tuple(own_files)) for name in names):
            return
        try:
            windows_acl.set_access_list(folder, windows_acl.private_list(user))
        except PermissionError as error:
            raise PrivacyError(PrivacyTrouble.NOT_OURS, folder) from error


def make_private_subfolder(folder: Path) -> None:
    """Create a folder within one that is private already; it may be no link. Raises OSError."""
    if folder.is_symlink() or _is_junction(folder):
        raise PrivacyError(PrivacyTrouble.IS_A_LINK, folder)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)


def sync_file(path: Path) -> None:
    """Sync a file to the disk. Raises OSError.

    Windows syncs only a file that is open for writing.
    """
    number = os.open(path, os.O_RDWR | _NO_LINK | _NOT_INHERITED)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _close_what_is_in(folder: Path) -> None:
    """Restrict the files in a folder to their owner. Raise PrivacyError for links and files of other users."""
    for path in folder.rglob("*"):
        facts = path.lstat()
        if stat.S_ISLNK(facts.st_mode) or facts.st_uid != folder.stat().st_uid:
            raise PrivacyError(PrivacyTrouble.HOLDS_A_LINK, path)
        if stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode):
            _close_to_others(path)


def _close_to_others(path: Path) -> None:
    """Remove the permissions of others on a file or folder; its owner's stay as they are."""
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
    """Raise PrivacyError where a path is a link or a pipe."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise PrivacyError(PrivacyTrouble.IS_A_LINK, path)


def _is_not_a_plain_file(path: Path) -> bool:
    """Whether a path is a link, a pipe or a file with a second hard link."""
    try:
        facts = path.lstat()
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(facts.st_mode) or facts.st_nlink > 1


def _is_junction(path: Path) -> bool:
    """Whether a path is one of Windows' links between folders, which do not count as symbolic links."""
    if sys.platform != "win32":
        return False
    try:
        return path.lstat().st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def _hold(_: int) -> None:
        """Do nothing: Windows locks an open file anyway."""

else:
    import fcntl

    def _hold(number: int) -> None:
        """Lock a part while its writer runs; on a disk without locks parts are never removed."""
        with suppress(OSError):
            fcntl.flock(number, fcntl.LOCK_EX)
