"""A file beside a queue whose move is about to be committed: only the office knows whether it was.

Until it is known, nobody works on the folder's own queue.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.private_files import write_private
from ac_desktop.store.errors import StoreError, StoreProblem, disk_error
from ac_desktop.store.folder_files import MOVE_MARKER
from ac_desktop.store.office.json_fields import JsonFields

_IN, _OUT = "in", "out"


@dataclass(frozen=True)
class OfficeName:
    """An office, as people name it: its server and its database."""

    server: str
    database: str


@dataclass(frozen=True, kw_only=True)
class MoveMarker:
    """A move: its ID, whether it goes into the office, and the name that the folder's own file gets then."""

    id: str
    is_in: bool
    office: OfficeName
    kept_as: str = "-"

    def refuse_other(self, office: OfficeName, *, is_in: bool) -> None:
        """Raise StoreError where this was another move, which has to be finished first."""
        if (self.office, self.is_in) != (office, is_in):
            raise self._unfinished()

    def _unfinished(self) -> StoreError:
        message = StoreMessage.MOVE_IN_INTERRUPTED if self.is_in else StoreMessage.MOVE_OUT_INTERRUPTED
        return StoreError(StoreProblem.UNFINISHED, message, server=self.office.server, database=self.office.database)

    def refuse(self) -> None:
        """Raise StoreError: it is not known yet where the queue is."""
        raise self._unfinished()


def marker_in(folder: Path) -> MoveMarker | None:
    """Return the move that may have been committed, None without one. Raise StoreError where that is not known."""
    path = folder / MOVE_MARKER
    try:
        fields = JsonFields(path.read_text(encoding="utf-8"))
        return MoveMarker(
            id=fields.text("id"),
            is_in=fields.has("way", _IN),
            office=OfficeName(fields.text("server"), fields.text("database")),
            kept_as=Path(fields.text("kept_as")).name,
        )
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise StoreError(StoreProblem.DAMAGED, StoreMessage.MOVE_FILE_DAMAGED, file=path) from error
    except OSError as error:
        raise disk_error(error, path) from error


def set_marker(folder: Path, marker: MoveMarker) -> None:
    """Store a move that is about to be committed."""
    content = {
        "id": marker.id,
        "way": _IN if marker.is_in else _OUT,
        "server": marker.office.server,
        "database": marker.office.database,
        "kept_as": marker.kept_as,
    }
    try:
        write_private(folder / MOVE_MARKER, json.dumps(content))
    except OSError as error:
        raise disk_error(error, folder / MOVE_MARKER) from error


def remove_marker(folder: Path) -> None:
    """Delete the file: what became of the move is known, and done."""
    try:
        (folder / MOVE_MARKER).unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(error, folder / MOVE_MARKER) from error


def refuse_interrupted_move(folder: Path) -> None:
    """Raise StoreError where it is not known whether a folder's own queue is in an office by now."""
    marker = marker_in(folder)
    if marker is not None:
        marker.refuse()
