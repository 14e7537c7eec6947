"""Moves the queue of an office into a data folder, whole or not at all; the office's own tables stay, read-only."""

from dataclasses import dataclass
from pathlib import Path

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.moving.marker import MoveMarker, OfficeName, remove_marker, set_marker
from ac_desktop.store.moving.progress import MoveProgress, MoveStage
from ac_desktop.store.moving.queue_move import QueueMove, new_move_id
from ac_desktop.store.moving.quiet import refuse_unfinished_work, release_dead
from ac_desktop.store.moving.sides import OfficeTransaction
from ac_desktop.store.moving.whole_queue import CopiedQueue, WholeQueue
from ac_desktop.store.ports import EVERY_CONNECTION


@dataclass(frozen=True, kw_only=True)
class MovedOut:
    """What was moved out of an office, and the folder that has the queue now.

    `copied` is None where an earlier move was interrupted after its commit, and is finished now.
    """

    folder: Path
    copied: CopiedQueue | None = None


class MoveOut(QueueMove):
    """One move of an office's queue into a folder that has none, or one without connections."""

    IS_IN = False

    def run(self) -> MovedOut:
        """Move, or finish a move that was interrupted after its commit.

        Raise StoreError where that is not possible, QueryCancelledError once cancelled: nothing was moved then.
        """
        self._report(MoveProgress(MoveStage.PREPARING))
        with self._own.alone():
            if self._committed() is not None:
                return self._put_in_place(None)
            if self._own.exists and self._own.has_connections:
                raise StoreError(StoreProblem.REFUSED, StoreMessage.MOVE_TARGET_TAKEN, folder=self._own.folder)
            with self._office.opened() as (database, owners):
                release_dead(database, owners)
            with self._office.moving() as source:
                move_id = new_move_id()
                copied = self._copy(source, move_id)
                self._token.raise_if_cancelled()
                self._report(MoveProgress(MoveStage.FINISHING))
                set_marker(self._own.folder, MoveMarker(id=move_id, is_in=False, office=self._name))
                source.commit()
            return self._put_in_place(copied)

    @staticmethod
    def _has_moved(office: OfficeTransaction, move_id: str) -> bool:
        return office.moved_out == move_id

    def _copy(self, source: OfficeTransaction, move_id: str) -> CopiedQueue:
        refuse_to_move_out(source, self._name)
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


def refuse_to_move_out(office: OfficeTransaction, name: OfficeName, *, is_interrupted: bool = False) -> None:
    """Raise StoreError where this person may not move the queue, or it was moved out before, unless by this move."""
    if not office.is_admin:
        raise StoreError(StoreProblem.REFUSED, StoreMessage.MOVE_NEEDS_ADMIN)
    if office.moved_out is not None and not is_interrupted:
        raise StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_MOVED_OUT, database=name.database)
