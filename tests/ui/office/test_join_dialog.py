"""Joining in the window: whose invitation it is, a password of one's own, and a sentence for every refusal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.ui.connection.wizard.check_line import CheckStatus
from ac_desktop.ui.office.join_dialog import JoinDialog
from tests.ui.connection.support import AtOnce, DeferredRunner
from tests.ui.office.made_up_office import ONE_USE, MadeUpServer, invitation_in, office_of
from tests.ui.scenes.stage import close_for_good

WORDS = "Ana's own words"


@pytest.fixture
def server() -> MadeUpServer:
    return MadeUpServer()


@pytest.fixture
def dialog(qapp: QApplication, tmp_path: Path, server: MadeUpServer) -> Iterator[JoinDialog]:
    assert qapp is not None
    made = JoinDialog(office_of(tmp_path / "data", server), AtOnce())
    made.open()
    yield made
    close_for_good(made)


def accepted(dialog: JoinDialog) -> list[tuple[OfficeAddress, str]]:
    found: list[tuple[OfficeAddress, str]] = []
    dialog.accepted_by_office.connect(lambda address, name: found.append((address, name)))
    return found


def fill(dialog: JoinDialog, file: Path, words: str = WORDS, again: str = WORDS) -> None:
    dialog.use(file)
    dialog.password.first.setText(words)
    dialog.password.again.setText(again)


def test_an_invitation_says_for_whom_and_for_which_office_it_is(dialog: JoinDialog, tmp_path: Path) -> None:
    dialog.use(invitation_in(tmp_path))
    said = dialog.invited.text()
    assert all(word in said for word in ("“ana”", "staff", "river_trust", "queue.river-trust.example:5432"))
    assert ONE_USE not in said


def test_the_own_password_replaces_the_one_of_the_invitation(
    dialog: JoinDialog, tmp_path: Path, server: MadeUpServer
) -> None:
    found = accepted(dialog)
    fill(dialog, invitation_in(tmp_path))
    dialog.workstation.setText(" Front desk ")

    dialog.join.click()

    assert server.passwords == [WORDS]
    ((address, name),) = found
    assert (address.user, address.password, address.database, name) == ("ana", WORDS, "river_trust", "Front desk")
    assert not isValid(dialog) or not dialog.isVisible()
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("words", "again"), [("short", "short"), (WORDS, "other words"), ("", "")])
def test_a_password_that_is_too_short_or_differs_reaches_no_server(
    dialog: JoinDialog, tmp_path: Path, server: MadeUpServer, words: str, again: str
) -> None:
    fill(dialog, invitation_in(tmp_path), words, again)
    dialog.join.click()
    assert server.address is None
    assert dialog.password.first_field.error or dialog.password.again_field.error
    assert dialog.isVisible()


REFUSALS = (
    StoreError(StoreProblem.AWAY, StoreMessage.OFFICE_AWAY, server="s", detail="d"),
    StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_CERTIFICATE, server="s", detail="d"),
    StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_NO_TLS, server="s"),
    StoreError(StoreProblem.NEWER, StoreMessage.OFFICE_NEWER, found=9, known=1),
    StoreError(StoreProblem.NEWER, StoreMessage.OFFICE_OUTDATED, found=0, known=1),
    StoreError(StoreProblem.FOREIGN, StoreMessage.OFFICE_SERVER_OLD, found=13),
    StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_POOLER, server="s"),
    StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_NO_DATABASE, server="s", database="d"),
)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: one.message.value)
def test_every_refusal_is_said_in_a_sentence_and_may_be_tried_again(
    dialog: JoinDialog, tmp_path: Path, server: MadeUpServer, refusal: StoreError
) -> None:
    server.refuses = {ONE_USE: refusal}
    found = accepted(dialog)
    fill(dialog, invitation_in(tmp_path))

    dialog.join.click()

    assert (dialog.status.status, dialog.status.text) == (CheckStatus.BAD, str(refusal))
    assert dialog.join.isEnabled()
    server.refuses.clear()
    dialog.join.click()
    assert len(found) == 1


def test_a_used_invitation_lets_in_whoever_joined_with_it_and_says_so_to_others(
    dialog: JoinDialog, tmp_path: Path, server: MadeUpServer
) -> None:
    refused = StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_REFUSED, server="s", user="ana", detail="d")
    server.refuses = {ONE_USE: refused, "not Ana's words": refused}
    found = accepted(dialog)
    fill(dialog, invitation_in(tmp_path), "not Ana's words", "not Ana's words")
    dialog.join.click()
    assert "already used" in dialog.status.text

    fill(dialog, invitation_in(tmp_path))
    dialog.join.click()
    assert found[0][0].password == WORDS


def test_a_file_that_is_no_invitation_is_refused_at_its_field(dialog: JoinDialog, tmp_path: Path) -> None:
    file = tmp_path / "donors.csv"
    file.write_text("email\n")
    fill(dialog, file)
    dialog.join.click()
    assert "isn't an invitation" in dialog.file_field.error
    fill(dialog, invitation_in(tmp_path))
    assert not dialog.file_field.error


def test_nothing_can_be_changed_while_the_server_is_asked(qtbot: QtBot, tmp_path: Path, server: MadeUpServer) -> None:
    runner = DeferredRunner()
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = JoinDialog(office_of(tmp_path / "data", server), runner, parent)
    dialog.open()
    fill(dialog, invitation_in(tmp_path))
    runner.go_all()
    dialog.join.click()

    assert dialog.status.status is CheckStatus.ASKING
    assert not dialog.join.isEnabled()
    assert not dialog.password.first.isEnabled()
    found = accepted(dialog)
    runner.go_all()
    assert len(found) == 1
