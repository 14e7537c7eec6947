"""Relay here and Take over either relay here, or say who relays instead and what to do: a service goes first."""

from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.reporting.office_texts import duty_text
from ac_desktop.store.office.duty import DutyHolder, DutyWish, OwnDuties
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.office.office_controller import take_duties
from tests.harness import Harness, donors

SERVICE = DutyHolder("Cellar", "sam", DutyWish.SERVICE)
OTHER = DutyHolder("Accounting", "ben", DutyWish.HERE)


@dataclass
class HeldDuties(OwnDuties):
    """Duties of which another workstation has those of one account."""

    account: str
    by: DutyHolder | None

    def take(self, account: str, wish: DutyWish = DutyWish.ANYONE) -> bool:
        return account != self.account or wish > DutyWish.HERE

    def holder(self, account: str) -> DutyHolder | None:
        return self.by if account == self.account else None


def test_what_a_service_relays_is_not_taken_over_and_the_window_says_who_and_what_to_do(
    qtbot: QtBot, window: MainWindow, harness: Harness, connection: Connection
) -> None:
    harness.queue(connection, donors(3))
    vars(harness.services)["duties"] = HeldDuties(connection.account, SERVICE)
    controller = window.deferred.office_controller
    with qtbot.waitSignal(controller.not_taken_over) as said:
        controller.relay_here((connection.name,))
    assert said.args is not None
    assert said.args[0] == window.message_bar.text.text() == duty_text([connection.name], SERVICE)
    assert not harness.services.engine.is_running(connection.id)


def test_of_several_connections_those_of_a_free_account_are_relayed_here(harness: Harness) -> None:
    one = harness.connect("Spring Appeal")
    vars(harness.services)["duties"] = HeldDuties("another account", OTHER)
    taken = take_duties(harness.services, (one.name, "Gala"))
    assert (taken.connection_ids, taken.refusals) == ((one.id,), ())


@pytest.mark.parametrize(
    ("holder", "who", "what"),
    [
        (SERVICE, "“Cellar” (sam) is a service of the office", "ask your administrator to stop the service"),
        (OTHER, "“Accounting” (ben) relays instead", "Ask ben"),
        (None, "Another workstation relays instead", "Try again"),
    ],
)
def test_the_sentence_names_the_holder_and_the_next_step(holder: DutyHolder | None, who: str, what: str) -> None:
    text = duty_text(["Spring", "Gala"], holder)
    assert who in text
    assert what in text
    assert "Spring, Gala" in text
    assert "nothing was changed" in text
