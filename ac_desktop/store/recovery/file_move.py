"""Moves a database's files out of the way, and another into their place, as one step that a kill does not halve.

What is to be done is written down first, in a file of its own. Whoever finds that file finishes the step before
anything is opened; once all is done it becomes a note, which stays until a person has been told.
"""

import json
import os
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from ac_desktop.model.wording import tr
from ac_desktop.platform.private_files import Folder
from ac_desktop.store.errors import StoreError, StoreProblem, disk_error

FILE_NAME: Final = "donors.sqlite3"
SUSPECT_NAME: Final = f"{FILE_NAME}.suspect"
"""A file that says: damage was met in the database, look through all of it at the next start."""
ARRIVING_NAME: Final = f"{FILE_NAME}.arriving"
"""The copy of a backup that is to become the database."""
COMPANIONS: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; without them it may lack what was last written."""
_INTENT: Final = "moving.json"
_NOTE: Final = "moved.json"


class Why(StrEnum):
    """Why a database was moved; also the word in the name it has from then on."""

    DAMAGED = "damaged"
    FOREIGN = "foreign"
    MISSING = "missing"
    REPLACED = "replaced"


@dataclass(frozen=True, kw_only=True)
class FileMove:
    """A database that is moved to another name in its folder; with `backup` a copy of that one takes its place."""

    why: Why
    moved_to: str
    backup: str = ""

    @property
    def brings_back(self) -> bool:
        """Whether a copy of a backup takes the place."""
        return bool(self.backup)


def pending(folder: Path) -> FileMove | None:
    """Return the step that was begun and not finished, if there is one. Raises StoreError where it cannot be read."""
    return _read(folder / _INTENT)


def noted(folder: Path) -> FileMove | None:
    """Return the step that was finished and not yet told to a person. Raises StoreError where it cannot be read."""
    return _read(folder / _NOTE)


def forget_note(folder: Path) -> None:
    """Note that a person has been told."""
    (folder / _NOTE).unlink(missing_ok=True)


def refuse_unfinished(folder: Path) -> None:
    """Raise StoreError where a step has to be finished before the database may be opened."""
    move = pending(folder)
    if move is not None:
        raise StoreError(StoreProblem.UNFINISHED, _unfinished_text(folder, move))


def move(folder: Path, why: Why, *, backup: Path | None = None) -> FileMove:
    """Move the database with its companions to a dated name; with a `backup`, its copy arrives in their place.

    The caller uses the folder alone. Raises OSError where nothing was changed, StoreError where it has to be finished.
    """
    begun = FileMove(why=why, moved_to=_free_name(folder, why), backup=str(backup or ""))
    with Folder(folder) as held:
        held.write(_INTENT, json.dumps(asdict(begun)))
        try:
            _rename(folder, begun, "")
        except OSError:
            (folder / _INTENT).unlink()
            held.sync()
            raise
    finish(folder, begun)
    return begun


def finish(folder: Path, begun: FileMove) -> None:
    """Do what is left of a step. Raises StoreError, which says where all lies, where that cannot be done."""
    arriving = folder / ARRIVING_NAME
    try:
        with Folder(folder) as held:
            if not begun.brings_back or arriving.exists():
                for ending in ("", *COMPANIONS):
                    _rename(folder, begun, ending)
                held.sync()
            if begun.brings_back and arriving.exists():
                arriving.rename(folder / FILE_NAME)
                held.sync()
            (folder / SUSPECT_NAME).unlink(missing_ok=True)
            os.replace(folder / _INTENT, folder / _NOTE)  # noqa: PTH105  beside its likes
            held.sync()
    except OSError as error:
        raise StoreError(StoreProblem.UNFINISHED, _unfinished_text(folder, begun)) from error


def _rename(folder: Path, begun: FileMove, ending: str) -> None:
    source, target = folder / f"{FILE_NAME}{ending}", folder / f"{begun.moved_to}{ending}"
    if source.exists():
        if target.exists():
            raise FileExistsError(target)
        source.rename(target)


def _free_name(folder: Path, why: Why) -> str:
    stamp = time.strftime("%Y%m%d-%H%M%S")
    name, number = f"{FILE_NAME}.{why}.{stamp}", 1
    while any((folder / f"{name}{ending}").exists() for ending in ("", *COMPANIONS)):
        number += 1
        name = f"{FILE_NAME}.{why}.{stamp}-{number}"
    return name


def _read(path: Path) -> FileMove | None:
    try:
        found = _understood(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise disk_error(error, path.parent) from error
    if found is None:
        raise StoreError(
            StoreProblem.LOCKED,
            tr(
                "AC Desktop cannot read {file}, which says where the donor database was moved. The database is in the "
                "same folder. Its file names begin with “{name}”. Nothing was changed. Ask your IT for help.",
                file=path,
                name=FILE_NAME,
            ),
        )
    return found


def _understood(told: bytes) -> FileMove | None:
    """Read what was written down; no name in it leads out of the folder."""
    try:
        values = json.loads(told)
        found = FileMove(why=Why(values["why"]), moved_to=str(values["moved_to"]), backup=str(values["backup"]))
    except (ValueError, KeyError, TypeError):
        return None
    is_ours = found.moved_to.startswith(f"{FILE_NAME}.") and Path(found.moved_to).name == found.moved_to
    return found if is_ours else None


def _unfinished_text(folder: Path, begun: FileMove) -> str:
    if begun.brings_back:
        return tr(
            "AC Desktop could not finish restoring a backup. The previous database is in {old} or still in {file}. The "
            "backup is in {backup}. Nothing was deleted. Close other programs that use these files. Then start AC "
            "Desktop again to finish.",
            old=folder / begun.moved_to,
            file=folder / FILE_NAME,
            backup=begun.backup,
        )
    return tr(
        "AC Desktop could not finish moving the donor database aside. The database is in {old} or still in {file}. "
        "Nothing was deleted. Close other programs that use these files. Then start AC Desktop again to finish.",
        old=folder / begun.moved_to,
        file=folder / FILE_NAME,
    )
