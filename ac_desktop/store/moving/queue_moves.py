"""The one entry to moves of a queue, for console and window: into the office of a data folder, and out of it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from ac_desktop.model.redact import Redactor
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.connections.keys import WEBHOOK_ENDING, Keys
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.moving.connections import MovedConnection
from ac_desktop.store.moving.marker import OfficeName, marker_in
from ac_desktop.store.moving.move_in import MovedIn, MoveIn
from ac_desktop.store.moving.move_out import MovedOut, MoveOut, refuse_to_move_out
from ac_desktop.store.moving.progress import Report, say_nothing
from ac_desktop.store.moving.quiet import refuse_unfinished_work
from ac_desktop.store.moving.reopening import reopen
from ac_desktop.store.moving.sides import OfficeQueue, OwnQueue
from ac_desktop.store.office.membership import OfficeMembership, membership_in
from ac_desktop.store.office.passwords import password_of
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.ports import QueryToken

_OF_ONE_KEY: Final = ("", WEBHOOK_ENDING)


class QueueMoves:
    """Moves of the queue of a data folder that works on an office; no other process may work in the folder.

    Raise StoreError where a move is not possible, QueryCancelledError where it was cancelled: then nothing was moved.
    Where only the answer to the commit was lost, the same move again finishes it.
    """

    def __init__(
        self,
        folder: Path,
        own_queue: Callable[[Path], OwnQueue],
        office_queue: Callable[[OfficeAddress, OfficeMembership], OfficeQueue],
        office_alone: Callable[[Path], AbstractContextManager[object]],
        keys: Callable[[Redactor], Keys],
    ) -> None:
        self._folder = folder
        self._own_queue = own_queue
        self._office_queue = office_queue
        self._office_alone = office_alone
        self._keys = keys

    def move_in(
        self, given_password: str | None, report: Report = say_nothing, token: QueryToken | None = None
    ) -> MovedIn:
        """Move the folder's own queue into its office; its file is read-only then, under a dated name."""
        with self._office_alone(self._folder):
            office, name = self._office(given_password)
            moved = MoveIn(self._own_queue(self._folder), office, name, report, token or QueryToken()).run()
        if moved.copied is not None:
            self._keep_keys(moved.copied.plan.merged)
        return moved

    def move_out(
        self, to: Path, given_password: str | None, report: Report = say_nothing, token: QueryToken | None = None
    ) -> MovedOut:
        """Move the office's queue into a folder that has none; the office is read-only then."""
        with self._office_alone(to):
            office, name = self._office(given_password)
            return MoveOut(self._own_queue(to), office, name, report, token or QueryToken()).run()

    def take_along(
        self, given_password: str | None, report: Report = say_nothing, token: QueryToken | None = None
    ) -> MovedOut:
        """Move the office's queue into the folder itself, which works on the office until it leaves it."""
        try:
            return self.move_out(self._folder, given_password, report, token)
        except StoreError as error:
            if error.message is not StoreMessage.MOVE_TARGET_TAKEN:
                raise
            raise StoreError(StoreProblem.REFUSED, StoreMessage.OWN_QUEUE_IN_THE_WAY) from error

    @property
    def is_interrupted(self) -> bool:
        """Whether a move of the office's queue into the folder itself was interrupted."""
        marker = marker_in(self._folder)
        return marker is not None and not marker.is_in

    def refuse_to_take_along(self, given_password: str | None) -> None:
        """Raise StoreError where this person may not move the office's queue, or it was moved out before."""
        office, name = self._office(given_password)
        with office.moving() as transaction:
            refuse_to_move_out(transaction, name, is_interrupted=self.is_interrupted)
            refuse_unfinished_work(transaction.sql)

    def reopen(self, given_password: str | None) -> int:
        """Open the office again whose queue was moved out of it; return how many donors wait in it."""
        office, _ = self._office(given_password)
        return reopen(office)

    def _office(self, given_password: str | None) -> tuple[OfficeQueue, OfficeName]:
        membership = membership_in(self._folder)
        if membership is None:
            raise StoreError(StoreProblem.MISSING, StoreMessage.NOT_IN_OFFICE)
        address = membership.address(password_of(membership, given_password))
        return self._office_queue(address, membership), OfficeName(membership.server, membership.database)

    def _keep_keys(self, merged: Sequence[MovedConnection]) -> None:
        """Keep this computer's key of a connection that was there already under that one's name in the keyring."""
        keys = self._keys(Redactor())
        for one in merged:
            for ending in _OF_ONE_KEY:
                key = keys.get(f"{one.key_name}{ending}")
                if key is not None and keys.get(f"{one.new_key_name}{ending}") is None:
                    keys.set(f"{one.new_key_name}{ending}", key)
