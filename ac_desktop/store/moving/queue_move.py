"""What moves of a queue have in common, whichever way: both sides, and what an interrupted one has left."""

import secrets
from abc import ABC, abstractmethod
from typing import ClassVar, Final

from ac_desktop.store.moving.marker import MoveMarker, OfficeName, marker_in, remove_marker
from ac_desktop.store.moving.progress import Report
from ac_desktop.store.moving.sides import OfficeQueue, OfficeTransaction, OwnQueue
from ac_desktop.store.ports import QueryToken

_ID_BYTES: Final = 16


class QueueMove(ABC):
    """Both sides of a move, and what an interrupted one has left."""

    IS_IN: ClassVar[bool]
    """Whether it goes into the office."""

    def __init__(self, own: OwnQueue, office: OfficeQueue, name: OfficeName, report: Report, token: QueryToken) -> None:
        self._own = own
        self._office = office
        self._name = name
        self._report = report
        self._token = token

    def _committed(self) -> MoveMarker | None:
        """Return the interrupted move that came to its commit; one that did not is forgotten."""
        marker = marker_in(self._own.folder)
        if marker is None:
            return None
        marker.refuse_other(self._name, is_in=self.IS_IN)
        with self._office.moving() as transaction:
            is_committed = self._has_moved(transaction, marker.id)
        if not is_committed:
            remove_marker(self._own.folder)
            return None
        return marker

    @staticmethod
    @abstractmethod
    def _has_moved(office: OfficeTransaction, move_id: str) -> bool:
        """Whether the office knows a move by its ID."""


def new_move_id() -> str:
    """Return an ID that no other move has."""
    return secrets.token_hex(_ID_BYTES)
