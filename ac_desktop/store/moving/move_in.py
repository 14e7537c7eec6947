"""Moves the queue of a data folder into the office that the folder works on, whole or not at all."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.backups import MOVED_PREFIX
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.moving.erased_people import erase_as_the_office
from ac_desktop.store.moving.marker import MoveMarker, remove_marker, set_marker
from ac_desktop.store.moving.progress import MoveProgress, MoveStage
from ac_desktop.store.moving.queue_move import QueueMove, new_move_id
from ac_desktop.store.moving.quiet import refuse_unfinished_work, release_dead
from ac_desktop.store.moving.sides import MovedQueue, OfficeTransaction
from ac_desktop.store.moving.whole_queue import CopiedQueue, WholeQueue
from ac_desktop.store.ports import EVERY_CONNECTION, Owners, Sql
from ac_desktop.store.privacy.erasure import ErasableDatabase

_KEPT_AS: Final = f"{MOVED_PREFIX}%Y-%m-%d-%H%M%S.sqlite3"


@dataclass(frozen=True, kw_only=True)
class MovedIn:
    """What was moved into an office, and where the folder's own file is now.

    `copied` is None where an earlier move was interrupted after its commit, and is finished now.
    """

    kept_as: Path
    copied: CopiedQueue | None = None


class MoveIn(QueueMove):
    """One move of a folder's own queue into its office."""

    IS_IN = True

    def run(self) -> MovedIn:
        """Move, or finish a move that was interrupted after its commit.

        Raise StoreError where that is not possible, QueryCancelledError once cancelled: nothing was moved then.
        """
        self._report(MoveProgress(MoveStage.PREPARING))
        with self._own.alone():
            if (marker := self._committed()) is not None:
                return self._set_aside(marker, None)
            if not self._own.exists:
                raise StoreError(StoreProblem.MISSING, StoreMessage.NOTHING_TO_MOVE)
            with self._own.opened() as (database, owners):
                release_dead(database, owners)
                self._prepare(database, owners)
                with database.writing(EVERY_CONNECTION) as source, self._office.moving() as target:
                    marker, copied = self._copy(source, target)
                    self._token.raise_if_cancelled()
                    self._report(MoveProgress(MoveStage.FINISHING))
                    set_marker(self._own.folder, marker)
                    target.commit()
            return self._set_aside(marker, copied)

    def _prepare(self, database: ErasableDatabase, owners: Owners) -> None:
        """Refuse what cannot move; then erase whom the office has erased, which stays where the move is cancelled."""
        with database.writing(EVERY_CONNECTION) as source, self._office.moving() as target:
            _refuse(source, target)
        with self._office.opened() as (office, _):
            erase_as_the_office(office, database, owners)

    @staticmethod
    def _has_moved(office: OfficeTransaction, move_id: str) -> bool:
        return any(queue.id == move_id for queue in office.moved_in())

    def _copy(self, source: Sql, target: OfficeTransaction) -> tuple[MoveMarker, CopiedQueue]:
        _refuse(source, target)
        key_names = [row["key_name"] for row in source.rows("SELECT key_name FROM connection ORDER BY id")]
        if not key_names:
            raise StoreError(StoreProblem.MISSING, StoreMessage.NOTHING_TO_MOVE)
        before = [name for queue in target.moved_in() for name in queue.key_names]
        move_id = new_move_id()
        target.add_moved(MovedQueue(id=move_id, key_names=key_names))
        queue = WholeQueue(source, target.sql, self._report, self._token)
        copied = queue.copy(before, target.lock)
        queue.tell(copied)
        return MoveMarker(id=move_id, is_in=True, office=self._name, kept_as=time.strftime(_KEPT_AS)), copied

    def _set_aside(self, marker: MoveMarker, copied: CopiedQueue | None) -> MovedIn:
        kept_as = self._own.keep_read_only(marker.kept_as)
        remove_marker(self._own.folder)
        return MovedIn(kept_as=kept_as, copied=copied)


def _refuse(source: Sql, target: OfficeTransaction) -> None:
    """Raise StoreError where the queue cannot move now, or this person may not move it."""
    if not target.is_admin:
        raise StoreError(StoreProblem.REFUSED, StoreMessage.MOVE_NEEDS_ADMIN)
    refuse_unfinished_work(source)
