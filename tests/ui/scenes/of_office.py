"""The dialogs of an office, whose server is made up."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QWidget

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.ui.office.join_dialog import JoinDialog
from ac_desktop.ui.office.leave_dialog import LeaveDialog
from tests.ui.connection.support import AtOnce, UiHarness
from tests.ui.office.made_up_office import ONE_USE, MadeUpServer, invitation_in, office_of
from tests.ui.scenes.stage import Scene, close_for_good, rest

ADDRESS: Final = OfficeAddress(
    host="queue.river-trust.example", port=5432, database="river_trust", user="ana", password="Ana's own words"
)
REFUSED: Final = StoreError(
    StoreProblem.REFUSED,
    StoreMessage.OFFICE_CERTIFICATE,
    server="queue.river-trust.example:5432",
    detail="certificate verify failed",
)


@contextmanager
def _shown(dialog: QWidget) -> Iterator[QWidget]:
    rest()
    try:
        yield dialog
    finally:
        close_for_good(dialog)


@contextmanager
def _join(ui: UiHarness) -> Iterator[QWidget]:
    dialog = JoinDialog(office_of(ui.services.folder, MadeUpServer()), AtOnce())
    dialog.open()
    dialog.use(invitation_in(ui.services.folder))
    with _shown(dialog) as shown:
        yield shown


@contextmanager
def _nothing_entered(ui: UiHarness) -> Iterator[QWidget]:
    dialog = JoinDialog(office_of(ui.services.folder, MadeUpServer()), AtOnce())
    dialog.open()
    dialog.join.click()
    with _shown(dialog) as shown:
        yield shown


@contextmanager
def _refused(ui: UiHarness) -> Iterator[QWidget]:
    dialog = JoinDialog(office_of(ui.services.folder, MadeUpServer(refuses={ONE_USE: REFUSED})), AtOnce())
    dialog.open()
    dialog.use(invitation_in(ui.services.folder))
    for line in (dialog.password.first, dialog.password.again):
        line.setText(ADDRESS.password)
    dialog.join.click()
    with _shown(dialog) as shown:
        yield shown


@contextmanager
def _leave(ui: UiHarness) -> Iterator[QWidget]:
    store = replace(ui.services.store, office=ADDRESS)
    dialog = LeaveDialog(office_of(ui.services.folder, MadeUpServer()), store, AtOnce())
    dialog.open()
    with _shown(dialog) as shown:
        yield shown


SCENES: Final[Mapping[str, Scene]] = {
    "join-office": _join,
    "join-office-nothing-entered": _nothing_entered,
    "join-office-refused": _refused,
    "leave-office": _leave,
}
