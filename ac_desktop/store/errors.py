"""Errors of the database and its disk, separate from faults of our own."""

import errno
import shutil
from enum import StrEnum
from pathlib import Path
from typing import Final

from ac_desktop.model.wording import tr
from ac_desktop.platform.private_files import PrivacyError, PrivacyTrouble


class StoreProblem(StrEnum):
    """The kind of problem with the database."""

    FULL = "full"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    DAMAGED = "damaged"
    UNREACHABLE = "unreachable"
    NEWER = "newer"
    FOREIGN = "foreign"
    MISSING = "missing"
    UNFINISHED = "unfinished"
    CLOSED = "closed"


class StoreError(Exception):
    """A problem with the database or its disk; its text is the sentence shown to the person."""

    def __init__(self, trouble: StoreProblem, text: str) -> None:
        super().__init__(text)
        self.trouble = trouble


_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DISK_ERRORS: Final = _NO_ROOM | {errno.EROFS, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE}
"""Error codes of disks; other system errors can be faults of our own."""
_ALMOST_FULL: Final = 1024 * 1024
"""Bytes of free space below which SQLite reports a full disk as other errors."""


def disk_error(error: OSError, path: Path) -> StoreError:
    """Return the problem with a file or a folder."""
    if isinstance(error, PrivacyError):
        return StoreError(StoreProblem.UNREACHABLE, _privacy_text(error))
    if error.errno in _NO_ROOM or is_full(path):
        return StoreError(StoreProblem.FULL, full_text(path.parent))
    return StoreError(
        StoreProblem.UNREACHABLE,
        tr("The folder {folder} cannot be used: {problem}.", folder=path, problem=error.strerror or error),
    )


def world_trouble(error: BaseException) -> StoreError | None:
    """Return the disk's problem behind any error, or None where it is a fault of our own."""
    if isinstance(error, StoreError):
        return error
    if not isinstance(error, OSError) or error.errno not in _DISK_ERRORS:
        return None
    if error.errno in _NO_ROOM:
        return StoreError(StoreProblem.FULL, full_text(Path(str(error.filename or "."))))
    return StoreError(
        StoreProblem.UNREACHABLE,
        tr(
            "{file} cannot be used ({problem}). Your donors are safe in the queue. Ask your IT whether the disk is "
            "there and can be written to.",
            file=error.filename or tr("A disk of this computer"),
            problem=error.strerror or error,
        ),
    )


def full_text(place: Path) -> str:
    """Return the sentence for a full disk."""
    return tr(
        "The disk is full, so nothing more can be kept in {folder}. What was queued is safe. Make room, then go on.",
        folder=place,
    )


def is_full(path: Path) -> bool:
    """Whether the disk of a file is almost full; the system then reports other errors too."""
    try:
        return shutil.disk_usage(path.parent).free < _ALMOST_FULL
    except OSError:
        return False


def _privacy_text(error: PrivacyError) -> str:
    path = error.path
    match error.trouble:
        case PrivacyTrouble.NOT_OURS:
            return tr(
                "{path} belongs to another user of this computer, who could read the donors in it. Nothing was "
                "changed. Choose a folder of your own with “--data-dir”, or ask your IT to make this one yours.",
                path=path,
            )
        case PrivacyTrouble.CANNOT_BE_CLOSED:
            return tr(
                "Other users of this computer can read {path}. Its disk does not let AC Desktop keep them out. "
                "Nothing was changed. Choose a folder on another disk of this computer with “--data-dir”.",
                path=path,
            )
        case PrivacyTrouble.HOLDS_OTHER_THINGS:
            return tr(
                "Other users of this computer can open {path}. It holds files that are not AC Desktop's. Nothing "
                "was changed. Choose an empty folder with “--data-dir”.",
                path=path,
            )
        case PrivacyTrouble.HOLDS_A_LINK:
            return tr(
                "Other users of this computer could open AC Desktop's folder until now. One of them may have put "
                "{path} there. AC Desktop read nothing from it. Ask your IT what it is and remove it. Then start "
                "AC Desktop again.",
                path=path,
            )
        case _:
            return tr(
                "{path} is a link to another place. AC Desktop does not write through links. Nothing was changed. "
                "Remove the link, or replace it with what it leads to.",
                path=path,
            )
