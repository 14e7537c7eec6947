"""Who else is changing the donor that the inspector shows, in an office."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.editing import Editing, Editor
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
