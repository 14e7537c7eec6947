"""Connects the window with the office: joining one, and leaving it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ac_desktop.model.wording import tr
from ac_desktop.reporting.office_texts import duty_text
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.duty import DutyWish
from ac_desktop.ui.base.actions import Actions
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.message_bar import Notifier
from ac_desktop.ui.base.window_state import CurrentState
from ac_desktop.ui.office.queue_change import QueueChange

if TYPE_CHECKING:
    from ac_desktop.store.office.office_folder import OfficeFolder
    from ac_desktop.store.office_address import OfficeAddress

INVITATION_SUFFIX: Final = ".acoffice"


class OfficeController(QObject):
    """Opens the dialogs; `change` is what is to be done to this computer's queue once the window is closed.

    `not_taken_over` says why connections are relayed by another workstation all the same.
    """

    not_taken_over = Signal(str)

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        notifier: Notifier,
        current: CurrentState,
        actions: Actions,
        parent: QWidget,
        *,
        practice: bool,
        would_be_lost: Callable[[], bool],
        close_window: Callable[[], None],
        relay: Callable[[int], None],
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._notifier = notifier
        self._parent = parent
        self._would_be_lost = would_be_lost
        self._close_window = close_window
        self._relay = relay
        self._current = current
        self.change: QueueChange | None = None
        self._is_practice = practice
        self._is_in_office = services.store.office is not None
        for action in (actions.share_queue, actions.join_office):
            action.setEnabled(not practice and not self._is_in_office)
        for action in (actions.workstations, actions.leave_office):
            action.setEnabled(not practice and self._is_in_office)
        actions.share_queue.triggered.connect(self.share)
        actions.join_office.triggered.connect(partial(self.join, None))
        actions.workstations.triggered.connect(self.show_workstations)
        actions.leave_office.triggered.connect(self.leave)

    def join(self, file: Path | None = None) -> None:
        """Ask for an invitation and a password; `file` is an invitation that was dropped or opened."""
        if self._is_practice:
            self._notifier.show_error(tr("A practice window can't join an office. Nothing was changed."))
            return
        if self._is_in_office:
            self._notifier.show_error(
                tr(
                    "This computer works on an office's queue already. Nothing was changed. To join another office, "
                    "choose Office > Leave first."
                )
            )
            return
        if self._is_busy():
            return
        from ac_desktop.ui.office.join_dialog import JoinDialog

        dialog = JoinDialog(self._office(), self._bridge, self._parent)
        dialog.accepted_by_office.connect(self._enter)
        dialog.open()
        if file is not None:
            dialog.use(file)

    def share(self) -> None:
        """Ask for the server on which the queue is to be."""
        if not self._is_busy():
            from ac_desktop.ui.office.share_dialog import ShareDialog

            dialog = ShareDialog(self._office(), self._bridge, self._parent)
            dialog.created.connect(self._share)
            dialog.open()

    def show_workstations(self) -> None:
        """Show who is in the office."""
        from ac_desktop.ui.office.office_dialog import OfficeDialog

        office = self._services.store.office
        dialog = OfficeDialog(
            self._office(),
            office.password if office is not None else None,
            self._shown_connection,
            self._bridge,
            self._services.clock.now,
            self._parent,
        )
        dialog.relay_wanted.connect(self.relay_here)
        self.not_taken_over.connect(dialog.show_not_taken_over)
        self._bridge.changed.connect(dialog.look_soon)
        dialog.open()

    def _shown_connection(self) -> str:
        connection = self._current.connection
        return connection.name if connection is not None else ""

    def relay_here(self, names: tuple[str, ...]) -> None:
        """Relay these connections from this computer: it goes before others that would relay them."""
        self._bridge.run(partial(take_duties, self._services, names), self._relay_all, self._refuse)

    def _relay_all(self, taken: "TakenDuties") -> None:
        for number in taken.connection_ids:
            self._relay(number)
        if taken.refusals:
            self._notifier.show_error(" ".join(taken.refusals))
            self.not_taken_over.emit(" ".join(taken.refusals))

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self._notifier.show_error(str(error))

    def leave(self) -> None:
        """Ask whether to leave the office."""
        if not self._is_busy():
            from ac_desktop.store.office.roles import Role
            from ac_desktop.store.opening import membership_of, queue_moves
            from ac_desktop.ui.office.leave_dialog import LeaveDialog

            folder = self._services.folder
            membership = membership_of(folder)
            dialog = LeaveDialog(
                self._office(),
                queue_moves(folder),
                self._services.store,
                self._bridge,
                self._parent,
                may_move=membership is not None and membership.role is Role.ADMIN,
            )
            dialog.left.connect(self._leave)
            dialog.open()

    def _office(self) -> "OfficeFolder":
        from ac_desktop.store.opening import office_folder

        return office_folder(self._services.folder)

    def _is_busy(self) -> bool:
        """Whether the person has to finish something first, and say so."""
        if not self._would_be_lost():
            return False
        self._notifier.show_error(tr("Finish or close the open import or form, then try again. Nothing was changed."))
        return True

    def _enter(self, address: "OfficeAddress", workstation: str) -> None:
        from ac_desktop.ui.office.changes import enter

        self._change_queue(partial(enter, self._office(), address, workstation))

    def _share(self, address: "OfficeAddress", workstation: str, moves: bool) -> None:  # noqa: FBT001  a signal's value
        if not moves:
            self._enter(address, workstation)
            return
        from ac_desktop.store.opening import queue_moves
        from ac_desktop.ui.office.changes import share

        moving = queue_moves(self._services.folder)
        self._change_queue(partial(share, self._office(), moving, address, workstation))

    def _leave(self, takes_queue: bool) -> None:  # noqa: FBT001  a signal's value
        from ac_desktop.ui.office.changes import leave, take_along

        office = self._services.store.office
        if not takes_queue or office is None:
            self._change_queue(partial(leave, self._office()))
            return
        from ac_desktop.store.opening import queue_moves

        moving = queue_moves(self._services.folder)
        self._change_queue(partial(take_along, self._office(), moving, office.password))

    def _change_queue(self, change: QueueChange) -> None:
        """Close the window: whoever opened it makes the change, and opens another one."""
        if self._is_busy():
            return
        self.change = change
        self._close_window()


@dataclass(frozen=True)
class TakenDuties:
    """The connections that are relayed here, and what the person should know of those that are not."""

    connection_ids: tuple[int, ...]
    refusals: tuple[str, ...]


def take_duties(services: Services, names: tuple[str, ...]) -> TakenDuties:
    """Take the duties of the connections' accounts, as far as no other workstation goes before this one."""
    taken: list[int] = []
    refusals: list[str] = []
    found = [one for one in services.connections.all() if one.name in names]
    for account in dict.fromkeys(one.account for one in found):
        of_account = [one for one in found if one.account == account]
        if services.duties.take(account, DutyWish.HERE):
            taken += [one.id for one in of_account]
        else:
            refusals.append(duty_text([one.name for one in of_account], services.duties.holder(account)))
    return TakenDuties(tuple(taken), tuple(refusals))
