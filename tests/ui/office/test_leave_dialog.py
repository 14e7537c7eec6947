"""Leaving an office, with its queue or without it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ac_desktop.model.donor import Donor
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office.membership import save_membership
from ac_desktop.store.office.outbox import OutboxEntry
from ac_desktop.store.office.roles import Role
from ac_desktop.store.opening import StoreEngine, StoreLocation, outbox_of
from ac_desktop.ui.office.leave_dialog import LeaveDialog
from tests.ui.connection.support import AtOnce
from tests.ui.office.made_up_office import MadeUpMoves, MadeUpServer, membership, office_of
from tests.ui.scenes.of_office import ADDRESS
from tests.ui.scenes.stage import close_for_good


@pytest.fixture
def server() -> MadeUpServer:
    return MadeUpServer(names=["Front desk"])


@pytest.fixture
def moves() -> MadeUpMoves:
    return MadeUpMoves()


@pytest.fixture
def role() -> Role:
    return Role.ADMIN


@pytest.fixture
def dialog(
    qapp: QApplication, tmp_path: Path, server: MadeUpServer, moves: MadeUpMoves, role: Role
) -> Iterator[LeaveDialog]:
    assert qapp is not None
    save_membership(tmp_path, membership(role))
    store = StoreLocation(StoreEngine.POSTGRES, tmp_path, ADDRESS)
    made = LeaveDialog(office_of(tmp_path, server), moves, store, AtOnce(), may_move=role is Role.ADMIN)
    made.open()
    yield made
    close_for_good(made)


def left_with(dialog: LeaveDialog) -> list[bool]:
    said: list[bool] = []
    dialog.left.connect(said.append)
    dialog.leave.click()
    return said


def test_who_leaves_takes_nothing_along_unless_that_is_chosen(
    dialog: LeaveDialog, server: MadeUpServer, moves: MadeUpMoves
) -> None:
    assert left_with(dialog) == [False]
    assert (server.names, moves.asked_with) == ([], None)


def test_the_queue_comes_along_once_the_server_agrees_and_the_office_is_not_left_before(
    dialog: LeaveDialog, server: MadeUpServer, moves: MadeUpMoves
) -> None:
    dialog.takes_queue.setChecked(True)
    assert "works on the office's donors here" in dialog.what_stays.text()

    assert left_with(dialog) == [True]

    assert moves.asked_with == ADDRESS.password
    assert server.names == ["Front desk"]


def test_a_queue_that_cannot_move_now_is_said_and_nothing_is_left(dialog: LeaveDialog, moves: MadeUpMoves) -> None:
    moves.refusal = StoreError(StoreProblem.LOCKED, StoreMessage.MOVE_WHILE_SENDING, number=3)
    dialog.takes_queue.setChecked(True)

    assert left_with(dialog) == []

    assert "Stop relaying on every computer" in dialog.status.text
    assert dialog.leave.isEnabled()


def test_donors_who_wait_here_for_the_office_keep_its_queue_there(
    dialog: LeaveDialog, tmp_path: Path, moves: MadeUpMoves
) -> None:
    outbox_of(tmp_path, ADDRESS).add(
        OutboxEntry(key_name="k", connection_name="Spring", donor=Donor(email="ann@example.org"), typed_at=1.0)
    )
    dialog.takes_queue.setChecked(True)
    assert left_with(dialog) == []
    assert moves.asked_with is None


@pytest.mark.parametrize("role", [Role.STAFF])
def test_staff_are_offered_no_move(dialog: LeaveDialog) -> None:
    assert not dialog.takes_queue.isVisible()


@pytest.mark.parametrize("moves", [MadeUpMoves(is_interrupted=True)])
def test_a_move_that_was_interrupted_is_to_be_finished(dialog: LeaveDialog) -> None:
    assert dialog.takes_queue.isChecked()
