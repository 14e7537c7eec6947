"""Who else is changing the donor that the inspector shows, in an office."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog

from ac_desktop.model.editor import Editor
from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.editing import Editing
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.log.details import DetailsPane

LOOK_EVERY_MS: Final = 1_000


def editors_text(editors: Sequence[Editor]) -> str:
    """Return the people with their workstations, for a sentence."""
    names = [
        tr("“{person}” at “{workstation}”", person=one.person, workstation=one.workstation)
        if one.workstation
        else one.person
        for one in editors
    ]
    return ", ".join(names)


def also_editing_text(others: Sequence[Editor]) -> str:
    """Return who else is changing a donor, for a person who does."""
    return tr(
        "Also editing this donor: {people}. AC Desktop keeps what is saved first, and informs the others.",
        people=editors_text(others),
    )


def tell_others(
    editing: Editing,
    bridge: Bridge,
    record_id: int,
    dialog: QDialog,
    on_others: Callable[[list[Editor]], None],
    on_error: Callable[[Exception], None],
) -> None:
    """Show the others, while a dialog is open, that a record is being changed here; `on_others` gets who else does."""
    bridge.run(partial(editing.begin, record_id), on_others, on_error)
    dialog.finished.connect(lambda _: bridge.run(partial(editing.end, record_id), _go_on, _leave_to_expire))


def _go_on(_ended: None) -> None:
    """Do nothing more."""


def _leave_to_expire(error: Exception) -> None:
    """Leave what the others see to expire, where the server is away."""
    if not isinstance(error, StoreError):
        raise error


class EditorsNotice(QObject):
    """Asks for the donor that is shown, soon after something changed, and at most once a second."""

    def __init__(
        self, editing: Editing, shown_record: Callable[[], int | None], details: DetailsPane, bridge: Bridge
    ) -> None:
        super().__init__(details)
        self._editing = editing
        self._shown_record = shown_record
        self._details = details
        self._bridge = bridge
        self._is_asking = False
        self._timer = QTimer(self, singleShot=True, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def look_soon(self, *_: object) -> None:
        """Ask again within a second."""
        if not self._timer.isActive():
            self._timer.start()

    def look_now(self, *_: object) -> None:
        """Ask for another donor at once."""
        self._details.show_editors("")
        self._look()

    def _look(self) -> None:
        number = self._shown_record()
        if number is None:
            return
        if self._is_asking:
            self.look_soon()
            return
        self._is_asking = True
        self._bridge.run(partial(self._editing.others, number), partial(self._show, number), self._end)

    def _show(self, number: int, others: list[Editor]) -> None:
        self._is_asking = False
        if number == self._shown_record():
            people = editors_text(others)
            self._details.show_editors(tr("Editing this donor now: {people}", people=people) if people else "")

    def _end(self, error: Exception) -> None:
        """End the question; that the server is away is shown elsewhere in the window."""
        self._is_asking = False
        if not isinstance(error, StoreError):
            raise error
