"""Moves the queue of an office into a data folder, whole or not at all; the office's own tables stay, read-only."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.moving.marker import MoveMarker, OfficeName, marker_in, remove_marker, set_marker
from ac_desktop.store.moving.progress import MoveProgress, MoveStage, Report
from ac_desktop.store.moving.quiet import refuse_unfinished_work, release_dead
from ac_desktop.store.moving.sides import OfficeQueue, OfficeTransaction, OwnQueue
from ac_desktop.store.moving.whole_queue import CopiedQueue, WholeQueue
from ac_desktop.store.ports import EVERY_CONNECTION, QueryToken

_ID_BYTES: Final = 16


@dataclass(frozen=True, kw_only=True)
class MovedOut:
    """What was moved out of an office, and the folder that has the queue now.

    `copied` is None where an earlier move was interrupted after its commit, and is finished now.
    """

    folder: Path
    copied: CopiedQueue | None = None


class MoveOut:
    """One move of an office's queue into a folder that has none."""

    def __init__(self, own: OwnQueue, office: OfficeQueue, name: OfficeName, report: Report, token: QueryToken) -> None:
        self._own = own
        self._office = office
        self._name = name
        self._report = report
        self._token = token

    def run(self) -> MovedOut:
        """Move, or finish a move that was interrupted after its commit.

        Raise StoreError where that is not possible, QueryCancelledError once cancelled: nothing was moved then.
        """
        self._report(MoveProgress(MoveStage.PREPARING))
        with self._own.alone():
            marker = marker_in(self._own.folder)
            if marker is not None and self._is_committed(marker):
                return self._put_in_place(None)
            if self._own.exists:
                raise StoreError(StoreProblem.REFUSED, StoreMessage.MOVE_TARGET_TAKEN, folder=self._own.folder)
            with self._office.opened() as (database, owners):
                release_dead(database, owners)
            with self._office.moving() as source:
                move_id = secrets.token_hex(_ID_BYTES)
                copied = self._copy(source, move_id)
                self._token.raise_if_cancelled()
                self._report(MoveProgress(MoveStage.FINISHING))
                set_marker(self._own.folder, MoveMarker(id=move_id, is_in=False, office=self._name))
                source.commit()
            return self._put_in_place(copied)

    def _is_committed(self, marker: MoveMarker) -> bool:
        """Whether an interrupted move out of this office came to its commit; one that did not is forgotten."""
        marker.refuse_other(self._name, is_in=False)
        with self._office.moving() as source:
            is_committed = source.moved_out == marker.id
        if not is_committed:
            remove_marker(self._own.folder)
        return is_committed

    def _copy(self, source: OfficeTransaction, move_id: str) -> CopiedQueue:
        if not source.is_admin:
            raise StoreError(StoreProblem.REFUSED, StoreMessage.MOVE_NEEDS_ADMIN)
        if source.moved_out is not None:
            raise StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_MOVED_OUT)
        source.close_office(move_id)
        refuse_unfinished_work(source.sql)
        with self._own.arriving() as database, database.writing(EVERY_CONNECTION, staging=True) as target:
            queue = WholeQueue(source.sql, target, self._report, self._token)
            copied = queue.copy((), lambda _: None)
            queue.tell(copied)
            self._own.count_on(target, copied.ids.last)
        return copied

    def _put_in_place(self, copied: CopiedQueue | None) -> MovedOut:
        self._own.put_in_place()
        remove_marker(self._own.folder)
        return MovedOut(folder=self._own.folder, copied=copied)
