"""Who is in the office, who relays what, and what each role may do about it in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office.membership import save_membership
from ac_desktop.store.office.office_server import Workstation
from ac_desktop.store.office.roles import Role
from ac_desktop.ui.connection.wizard.check_line import CheckStatus
from ac_desktop.ui.office.invite_dialog import InviteDialog
from ac_desktop.ui.office.office_dialog import OfficeDialog
from tests.clock import START
from tests.ui.connection.support import AtOnce
from tests.ui.office.made_up_office import MadeUpServer, membership, office_of, person
from tests.ui.scenes.stage import close_for_good

WORDS = "Ana's own words"
BEN = Workstation(name="Accounting", person="ben", version="2.1", seen_at=START, relaying=("Spring", "Gala"))
ANA = Workstation(name="Front desk", person="ana", version="2.1", seen_at=START)


@pytest.fixture
def server() -> MadeUpServer:
    return MadeUpServer(present=[BEN, ANA], invited=[person("ana", Role.ADMIN), person("ben", Role.STAFF)])


@pytest.fixture
def role() -> Role:
    return Role.ADMIN


@pytest.fixture
def dialog(qapp: QApplication, tmp_path: Path, server: MadeUpServer, role: Role) -> Iterator[OfficeDialog]:
    assert qapp is not None
    save_membership(tmp_path, membership(role))
    made = OfficeDialog(office_of(tmp_path, server), WORDS, lambda: "Spring", AtOnce(), lambda: START)
    made.open()
    yield made
    close_for_good(made)


def wanted(dialog: OfficeDialog) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    dialog.relay_wanted.connect(found.append)
    return found


def agree(dialog: OfficeDialog, text: str) -> None:
    question = dialog.findChild(QMessageBox)
    assert question is not None
    next(one for one in question.findChildren(QPushButton) if one.text() == text).click()


def cells(dialog: OfficeDialog) -> list[list[str]]:
    model = dialog.workstations.rows_model
    return [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]


def test_each_workstation_is_shown_with_its_person_and_what_it_relays(dialog: OfficeDialog) -> None:
    assert cells(dialog) == [["Accounting", "ben", "Spring, Gala"], ["Front desk (here)", "ana", ""]]
    assert "river_trust" in dialog.who.text()
    assert "administrator" in dialog.who.text()


def test_the_office_is_shown_by_its_own_name_once_it_has_one(dialog: OfficeDialog, server: MadeUpServer) -> None:
    server.own_name = "River Trust"
    dialog.look()
    assert dialog.who.text().startswith("Office River Trust (river_trust at queue.river-trust.example:5432).")


def test_what_changed_is_shown_and_the_chosen_row_stays_chosen(dialog: OfficeDialog, server: MadeUpServer) -> None:
    dialog.workstations.selectRow(1)
    cleo = Workstation(name="Back office", person="cleo", version="2.0", seen_at=START)
    server.present = [BEN, cleo, ANA]
    dialog.look()
    assert [row[0] for row in cells(dialog)] == ["Accounting", "Back office", "Front desk (here)"]
    assert dialog.workstations.chosen == ANA


def test_the_connection_that_is_shown_is_relayed_here_on_request(dialog: OfficeDialog) -> None:
    found = wanted(dialog)
    dialog.relay_here.click()
    assert found == [("Spring",)]


def test_what_another_one_relays_is_taken_over_after_a_question_and_never_from_oneself(dialog: OfficeDialog) -> None:
    found = wanted(dialog)
    dialog.workstations.selectRow(1)
    assert not dialog.take_over.isEnabled()
    dialog.workstations.selectRow(0)
    dialog.take_over.click()
    assert found == []
    agree(dialog, "&Take over")
    assert found == [("Spring", "Gala")]


def test_why_it_was_not_taken_over_stays_in_sight_until_something_else_is_done(
    dialog: OfficeDialog, server: MadeUpServer
) -> None:
    assert server.present
    dialog.show_not_taken_over("A service relays.")
    dialog.look()
    assert (dialog.status.status, dialog.status.text) == (CheckStatus.WARNING, "A service relays.")
    dialog.relay_here.click()
    assert not dialog.status.text


def test_a_person_is_removed_after_a_question_and_nobody_removes_themselves(
    dialog: OfficeDialog, server: MadeUpServer
) -> None:
    dialog.people.selectRow(0)
    assert not dialog.withdraw.isEnabled()
    dialog.people.selectRow(1)
    dialog.withdraw.click()
    assert server.withdrawn == []
    agree(dialog, "&Remove")
    assert server.withdrawn == ["ben"]
    assert "“ben” can't work" in dialog.status.text


def test_an_invitation_is_saved_with_the_role_that_was_chosen(
    dialog: OfficeDialog, server: MadeUpServer, tmp_path: Path
) -> None:
    dialog.invite.click()
    form = dialog.findChild(InviteDialog)
    assert form is not None
    form.person.setText("dana")
    form.role.setCurrentIndex(1)
    form.invite_by(str(tmp_path / "dana.acoffice"))
    assert server.roles["dana"] is Role.ADMIN
    assert (tmp_path / "dana.acoffice").is_file()
    assert "dana.acoffice" in dialog.status.text


@pytest.mark.parametrize("role", [Role.STAFF])
def test_staff_can_relay_and_take_over_and_invite_nobody(dialog: OfficeDialog) -> None:
    dialog.people.selectRow(1)
    assert dialog.relay_here.isEnabled()
    assert dialog.take_over.isEnabled()
    assert not dialog.invite.isEnabled()
    assert not dialog.withdraw.isEnabled()
    assert "administrators" in dialog.invite.toolTip()


def test_a_server_that_is_away_is_said_and_the_rows_stay_until_it_is_back(
    dialog: OfficeDialog, server: MadeUpServer
) -> None:
    server.refuses[WORDS] = StoreError(StoreProblem.AWAY, StoreMessage.OFFICE_AWAY, server="s", detail="d")
    dialog.look()
    assert dialog.status.status is CheckStatus.BAD
    assert len(cells(dialog)) == 2
    server.refuses.clear()
    dialog.look()
    assert not dialog.status.text
