"""The dialogs of an office, whose server is made up."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import QDialogButtonBox, QMessageBox, QWidget

from ac_desktop.model.editor import Editor
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.model.wording import tr
from ac_desktop.reporting.office_texts import closed_note, duty_text
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.moving.progress import MoveProgress, MoveStage, Report
from ac_desktop.store.office.duty import DutyHolder, DutyWish
from ac_desktop.store.office.membership import save_membership
from ac_desktop.store.office.office_server import Workstation
from ac_desktop.store.office.outbox import KnownConnection
from ac_desktop.store.office.place import OfficePlace, OfficePresence, SeenWorkstation
from ac_desktop.store.office.roles import Role
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.opening import outbox_of
from ac_desktop.store.ports import QueryToken
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.office.invite_dialog import InviteDialog
from ac_desktop.ui.office.join_dialog import JoinDialog
from ac_desktop.ui.office.leave_dialog import LeaveDialog
from ac_desktop.ui.office.move_dialog import MoveDialog
from ac_desktop.ui.office.office_dialog import OfficeDialog
from ac_desktop.ui.office.password_dialog import PasswordDialog
from ac_desktop.ui.office.share_dialog import ShareDialog
from ac_desktop.ui.offline.offline_window import OfflineWindow
from tests.harness import donors
from tests.ui.connection.support import AtOnce, UiHarness
from tests.ui.office.made_up_office import (
    ONE_USE,
    MadeUpMoves,
    MadeUpServer,
    invitation_in,
    membership,
    office_of,
    person,
)
from tests.ui.scenes.of_window import main_window
from tests.ui.scenes.prepared import relayed
from tests.ui.scenes.stage import Scene, close_for_good, rest, until

ADDRESS: Final = OfficeAddress(
    host="queue.river-trust.example", port=5432, database="river_trust", user="ana", password="Ana's own words"
)
REFUSED: Final = StoreError(
    StoreProblem.REFUSED,
    StoreMessage.OFFICE_CERTIFICATE,
    server="queue.river-trust.example:5432",
    detail="certificate verify failed",
)

UNDER_WAY: Final = StoreError(StoreProblem.LOCKED, StoreMessage.MOVE_WHILE_SENDING, number=3)


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
def _leave(ui: UiHarness, *, refusal: StoreError | None = None, takes_queue: bool = False) -> Iterator[QWidget]:
    store = replace(ui.services.store, office=ADDRESS)
    save_membership(ui.services.folder, membership(Role.ADMIN))
    office, moves = office_of(ui.services.folder, MadeUpServer()), MadeUpMoves(refusal)
    dialog = LeaveDialog(office, moves, store, AtOnce(), may_move=takes_queue)
    dialog.takes_queue.setChecked(takes_queue)
    dialog.open()
    if refusal is not None:
        dialog.leave.click()
    with _shown(dialog) as shown:
        yield shown


@contextmanager
def _share(ui: UiHarness) -> Iterator[QWidget]:
    dialog = ShareDialog(office_of(ui.services.folder, MadeUpServer()), AtOnce())
    dialog.open()
    dialog.server.setText("postgresql://river_owner@queue.river-trust.example/river_trust")
    dialog.name.setText("River Trust")
    dialog.password.setText(ADDRESS.password)
    dialog.test.click()
    with _shown(dialog) as shown:
        yield shown


@contextmanager
def _share_refused(ui: UiHarness) -> Iterator[QWidget]:
    dialog = ShareDialog(office_of(ui.services.folder, MadeUpServer()), AtOnce())
    dialog.open()
    dialog.share.click()
    with _shown(dialog) as shown:
        yield shown


@contextmanager
def _moving(_ui: UiHarness) -> Iterator[QWidget]:
    may_end = threading.Event()

    def work(report: Report, _token: QueryToken) -> list[str]:
        report(MoveProgress(MoveStage.COPYING, 171, 273))
        may_end.wait()
        return ["Moved"]

    dialog = MoveDialog(work, tr("Share this queue"))
    dialog.open()
    dialog.start()
    until(dialog.bar.value)
    with _shown(dialog) as shown:
        try:
            yield shown
        finally:
            may_end.set()
            until(lambda: dialog.buttons.button(QDialogButtonBox.StandardButton.Ok))
            dialog.accept()


@contextmanager
def _office(ui: UiHarness, tab: int = 0) -> Iterator[QWidget]:
    with _office_dialog(ui) as dialog:
        dialog.tabs.setCurrentIndex(tab)
        rest()
        yield dialog


@contextmanager
def _office_dialog(ui: UiHarness) -> Iterator[OfficeDialog]:
    now = ui.services.clock.now()
    server = MadeUpServer(
        own_name="River Trust",
        present=[
            Workstation(name="Accounting", person="ben", version="2.1", seen_at=now - 4, relaying=("Spring Appeal",)),
            Workstation(name="Back office", person="cleo", version="2.0", seen_at=now - 9_000),
            Workstation(name="Front desk", person="ana", version="2.1", seen_at=now),
        ],
        invited=[
            person("ana", Role.ADMIN, joined_at=now - 90_000),
            person("ben", Role.STAFF, joined_at=now - 80_000),
            person("cleo", Role.STAFF),
            person("dana", Role.RELAY, joined_at=now - 90_000, withdrawn_by="ana", withdrawn_at=now - 600),
        ],
    )
    folder = ui.services.folder
    save_membership(folder, membership(Role.ADMIN))
    dialog = OfficeDialog(
        office_of(folder, server), ADDRESS.password, lambda: "Spring Appeal", AtOnce(), ui.services.clock.now
    )
    dialog.open()
    with _shown(dialog):
        yield dialog


@contextmanager
def _take_over(ui: UiHarness) -> Iterator[QWidget]:
    with _office_dialog(ui) as dialog:
        dialog.workstations.selectRow(0)
        dialog.take_over.click()
        yield _question_of(dialog)


@contextmanager
def _withdraw(ui: UiHarness) -> Iterator[QWidget]:
    with _office_dialog(ui) as dialog:
        dialog.people.selectRow(1)
        dialog.withdraw.click()
        yield _question_of(dialog)


def _question_of(dialog: OfficeDialog) -> QWidget:
    question = dialog.findChild(QMessageBox)
    assert question is not None
    rest()
    return question


@contextmanager
def _invite(ui: UiHarness) -> Iterator[QWidget]:
    dialog = InviteDialog(office_of(ui.services.folder, MadeUpServer()), ADDRESS.password, AtOnce())
    dialog.open()
    dialog.save.click()
    with _shown(dialog) as shown:
        yield shown


@contextmanager
def _password(ui: UiHarness) -> Iterator[QWidget]:
    server = MadeUpServer(
        refuses={"x": StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_REFUSED, server="s", user="ana", detail="d")}
    )
    save_membership(ui.services.folder, membership())
    dialog = PasswordDialog(office_of(ui.services.folder, server), membership(), AtOnce())
    dialog.open()
    dialog.go_on.click()
    dialog.password.setText("x")
    dialog.go_on.click()
    with _shown(dialog) as shown:
        yield shown


@contextmanager
def _window(ui: UiHarness, *, is_reached: bool = True) -> Iterator[QWidget]:
    """Show the main window of a workstation of an office, of which another one relays."""
    connection = ui.harness.connect("Spring Appeal")
    ui.harness.queue(connection, donors(12))
    with main_window(ui, connection.id) as window:
        now = ui.services.clock.now()
        everyone = (
            SeenWorkstation("Accounting", "Ben", relaying=(connection.id,)),
            SeenWorkstation("Back office", "Cleo", offline_since=now - 1_200),
            SeenWorkstation("Front desk", "Ann"),
        )
        place = OfficePlace("River Trust", "Front desk", "Ann", OfficePresence("River Trust", everyone, 0.024))
        in_office = replace(window.state, office=place)
        window.sidebar.show_state(in_office)
        window.sidebar.show_reached(is_reached=is_reached)
        window.connection_bar.show_state(in_office)
        rest()
        yield window


@contextmanager
def _closed(ui: UiHarness) -> Iterator[QWidget]:
    """Show the main window of a closed office, in which others have donors open."""
    connection = ui.harness.connect("Spring Appeal")
    relayed(ui.harness, connection)
    reader = ui.services.record_reader
    by_ids, ben, cleo = reader.by_ids, Editor("Ben", "Accounting"), Editor("Cleo", "Back office")

    def edited(record_ids: list[int]) -> list[Record]:
        editors = {0: (ben,), 3: (ben, cleo)}
        return [replace(one, editors=editors.get(at, ())) for at, one in enumerate(by_ids(record_ids))]

    setattr(reader, "by_ids", edited)  # noqa: B010  a method of this one object
    with main_window(ui, connection.id) as window:
        closed = OfficePresence("River Trust", is_closed=True)
        in_office = replace(window.state, office=OfficePlace("River Trust", "Front desk", "Ann", closed))
        window.sidebar.show_state(in_office)
        window.connection_bar.show_state(in_office)
        window.message_bar.show_error(closed_note(is_closed=True))
        rest()
        yield window


@contextmanager
def _not_taken_over(ui: UiHarness) -> Iterator[QWidget]:
    with _office_dialog(ui) as dialog:
        dialog.show_not_taken_over(duty_text(["Spring Appeal"], DutyHolder("Cellar", "sam", DutyWish.SERVICE)))
        rest()
        yield dialog


@contextmanager
def _offline(ui: UiHarness) -> Iterator[QWidget]:
    connection = ui.connection()
    outbox = outbox_of(ui.services.folder / "away", ADDRESS)
    outbox.remember([KnownConnection(key_name="a key's name", connection=connection)])
    away = StoreError(StoreProblem.AWAY, StoreMessage.OFFICE_AWAY, server=ADDRESS.host, detail="timeout expired")
    window = OfflineWindow(outbox, partial(_fail, away), away)
    window.show()
    window.pane.email.setText("annie@example.org")
    window.pane.save.click()
    window.pane.show_files([ui.services.folder / "spring appeal.csv", ui.services.folder / "gala.xlsx"])
    with _shown(window) as shown:
        yield shown


def _fail(error: StoreError) -> None:
    raise error


SCENES: Final[Mapping[str, Scene]] = {
    "office-window": _window,
    "office-window-away": partial(_window, is_reached=False),
    "join-office": _join,
    "join-office-nothing-entered": _nothing_entered,
    "join-office-refused": _refused,
    "leave-office": _leave,
    "leave-office-with-queue": partial(_leave, takes_queue=True),
    "leave-office-queue-refused": partial(_leave, refusal=UNDER_WAY, takes_queue=True),
    "office-window-closed": _closed,
    "office-password": _password,
    "share-queue": _share,
    "share-queue-refused": _share_refused,
    "share-moving": _moving,
    "office-workstations": _office,
    "office-people": partial(_office, tab=1),
    "office-take-over": _take_over,
    "office-not-taken-over": _not_taken_over,
    "office-withdraw": _withdraw,
    "office-invite": _invite,
    "office-offline": _offline,
}
