"""Connects the window with the office: joining one, and leaving it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.ui.base.actions import Actions
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.message_bar import Notifier
from ac_desktop.ui.office.queue_change import QueueChange

if TYPE_CHECKING:
    from ac_desktop.store.office.office_folder import OfficeFolder
    from ac_desktop.store.office_address import OfficeAddress

INVITATION_SUFFIX: Final = ".acoffice"


class OfficeController(QObject):
    """Opens the dialogs; `change` is what is to be done to this computer's queue once the window is closed."""

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        notifier: Notifier,
        actions: Actions,
        parent: QWidget,
        *,
        practice: bool,
        would_be_lost: Callable[[], bool],
        close_window: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._notifier = notifier
        self._parent = parent
        self._would_be_lost = would_be_lost
        self._close_window = close_window
        self.change: QueueChange | None = None
        self._is_practice = practice
        self._is_in_office = services.store.office is not None
        actions.join_office.setEnabled(not practice and not self._is_in_office)
        actions.leave_office.setEnabled(not practice and self._is_in_office)
        actions.join_office.triggered.connect(partial(self.join, None))
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
                    "choose Office > Leave office first."
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

    def leave(self) -> None:
        """Ask whether to leave the office."""
        if not self._is_busy():
            from ac_desktop.ui.office.leave_dialog import LeaveDialog

            dialog = LeaveDialog(self._office(), self._services.store, self._bridge, self._parent)
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

    def _leave(self) -> None:
        from ac_desktop.ui.office.changes import leave

        self._change_queue(partial(leave, self._office()))

    def _change_queue(self, change: QueueChange) -> None:
        """Close the window: whoever opened it makes the change, and opens another one."""
        if self._is_busy():
            return
        self.change = change
        self._close_window()
