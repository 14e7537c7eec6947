"""Errors of the database and its disk, separate from faults of our own."""

import errno
import shutil
from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ac_desktop.model.store_texts import StoreMessage, store_text
from ac_desktop.platform.private_files import PrivacyError, PrivacyTrouble


class StoreProblem(StrEnum):
    """The kind of problem with the database."""

    FULL = "full"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    DAMAGED = "damaged"
    UNREACHABLE = "unreachable"
    AWAY = "away"
    """The office's server cannot be reached; it may be again at any moment."""
    REFUSED = "refused"
    """The office's server does not let this person in, or is not the one it should be."""
    NEWER = "newer"
    FOREIGN = "foreign"
    MISSING = "missing"
    UNFINISHED = "unfinished"
    CLOSED = "closed"


class StoreError(Exception):
    """A problem with the database or its disk; `str` of it is the sentence for the person, in the language in use."""

    def __init__(self, trouble: StoreProblem, message: StoreMessage, **values: object) -> None:
        super().__init__(trouble, message, values)
        self.trouble = trouble
        self.message = message
        self.values: dict[str, str] = {name: str(value) for name, value in values.items()}

    @property
    def may_pass(self) -> bool:
        """Whether it may be over at any moment by itself: an office's server is away, or others keep it waiting."""
        return self.trouble is StoreProblem.AWAY or self.message is StoreMessage.OFFICE_LOCKED

    def __str__(self) -> str:
        return store_text(self.message, self.values)

    def __reduce__(self) -> tuple[object, ...]:
        """Return how another process makes the same error anew."""
        return partial(StoreError, self.trouble, self.message, **self.values), ()


_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DISK_ERRORS: Final = _NO_ROOM | {errno.EROFS, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE}
"""Error codes of disks; other system errors can be faults of our own."""
_ALMOST_FULL: Final = 1024 * 1024
"""Bytes of free space below which SQLite reports a full disk as other errors."""
_PRIVACY: Final[Mapping[PrivacyTrouble, StoreMessage]] = MappingProxyType(
    {
        PrivacyTrouble.NOT_OURS: StoreMessage.NOT_OURS,
        PrivacyTrouble.CANNOT_BE_CLOSED: StoreMessage.CANNOT_BE_CLOSED,
        PrivacyTrouble.HOLDS_OTHER_THINGS: StoreMessage.HOLDS_OTHER_THINGS,
        PrivacyTrouble.HOLDS_A_LINK: StoreMessage.HOLDS_A_LINK,
        PrivacyTrouble.IS_A_LINK: StoreMessage.IS_A_LINK,
    }
)


def disk_error(error: OSError, path: Path) -> StoreError:
    """Return the problem with a file or a folder."""
    if isinstance(error, PrivacyError):
        return StoreError(StoreProblem.UNREACHABLE, _PRIVACY[error.trouble], path=error.path)
    if error.errno in _NO_ROOM or is_full(path):
        return disk_full(path.parent)
    problem = error.strerror or error
    return StoreError(StoreProblem.UNREACHABLE, StoreMessage.FOLDER_UNUSABLE, folder=path, problem=problem)


def world_trouble(error: BaseException) -> StoreError | None:
    """Return the disk's problem behind any error, or None where it is a fault of our own."""
    if isinstance(error, StoreError):
        return error
    if not isinstance(error, OSError) or error.errno not in _DISK_ERRORS:
        return None
    if error.errno in _NO_ROOM:
        return disk_full(Path(str(error.filename or ".")))
    problem = error.strerror or error
    if error.filename is None:
        return StoreError(StoreProblem.UNREACHABLE, StoreMessage.DISK_UNUSABLE, problem=problem)
    return StoreError(StoreProblem.UNREACHABLE, StoreMessage.FILE_UNUSABLE, file=error.filename, problem=problem)


def disk_full(folder: Path) -> StoreError:
    """Return the problem of a full disk."""
    return StoreError(StoreProblem.FULL, StoreMessage.DISK_FULL, folder=folder)


def is_full(path: Path) -> bool:
    """Whether the disk of a file is almost full; the system then reports other errors too."""
    try:
        return shutil.disk_usage(path.parent).free < _ALMOST_FULL
    except OSError:
        return False
