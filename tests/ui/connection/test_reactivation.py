"""The test of a connection and the way back from inactive, against the practice account."""

import pytest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ac_desktop.model.states import ConnectionState
from ac_desktop.practice.faults import Faults, Outage, WrongAccount
from ac_desktop.relay.account_check import CheckStep
from ac_desktop.ui.connection.test_dialog import ReactivateDialog, open_reactivate, open_test
from ac_desktop.ui.connection.test_steps import StepResult
from ac_desktop.ui.connection.wizard.check_line import CheckStatus
from tests.harness import donors
from tests.ui.connection.support import KEY, DeferredRunner, UiHarness, mnemonics, unnamed


def inactive(ui: UiHarness) -> int:
    kept = ui.harness.connect(key=ui.harness.account.add_key(KEY))
    ui.harness.queue(kept, donors(3))
    with ui.services.database.writing() as sql:
        sql.execute("UPDATE connection SET state = 'inactive', streak = 5 WHERE id = ?", (kept.id,))
    return kept.id


def opened(ui: UiHarness, number: int) -> ReactivateDialog:
    dialog = open_reactivate(None, ui.connection_service, ui.bridge, number, ui.on_saved)
    assert isinstance(dialog, ReactivateDialog)
    return dialog


def test_all_steps_pass_and_the_connection_is_back(ui: UiHarness, qtbot: QtBot) -> None:
    number = inactive(ui)
    dialog = opened(ui, number)
    assert not dialog.reactivate.isEnabled()
    qtbot.waitUntil(lambda: dialog.steps.checked is StepResult.PASSED)
    assert [line.status for line in dialog.steps.lines.values()] == [CheckStatus.GOOD] * 3
    assert "3 donors" in dialog.result_line.text
    assert ui.services.connections.all()[0].state is ConnectionState.INACTIVE, "a person says so first"
    dialog.reactivate.click()
    qtbot.waitUntil(lambda: bool(ui.saved))
    (connection,) = ui.services.connections.all()
    assert connection.state is ConnectionState.ACTIVE
    assert connection.circuit.streak == 0
    assert connection.circuit.careful, "one donor first"
    assert "sends one donor first" in dialog.result_line.text
    assert ui.harness.emails_on_list() == set(), "no donor data was sent"
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Close).isDefault()
    assert KEY not in ui.texts()
    dialog.close()


@pytest.mark.parametrize(
    ("faults", "step"),
    [
        (Faults(refuse_everything=True), CheckStep.KEY),
        (Faults(wrong_account=WrongAccount.REDIRECT_302), CheckStep.ADDRESS),
        (Faults(outage=Outage.ERROR_500), CheckStep.ADDRESS),
        (Faults(lists_gone=True), CheckStep.LIST),
        (Faults(lapsed=True), CheckStep.KEY),
    ],
)
def test_a_failing_step_is_marked_and_leaves_it_inactive(
    faults: Faults, step: CheckStep, ui: UiHarness, qtbot: QtBot
) -> None:
    number = inactive(ui)
    ui.harness.account.faults = faults
    dialog = opened(ui, number)
    qtbot.waitUntil(lambda: dialog.steps.checked is StepResult.FAILED)
    standings = {one: line.status for one, line in dialog.steps.lines.items()}
    order = list(CheckStep)
    for one in order[: order.index(step)]:
        assert standings[one] is CheckStatus.GOOD
    assert standings[step] is CheckStatus.BAD
    for one in order[order.index(step) + 1 :]:
        assert standings[one] is CheckStatus.TO_DO
    assert "Who can help" in dialog.steps.lines[step].text
    assert not dialog.reactivate.isEnabled()
    assert ui.services.connections.all()[0].circuit.streak == 5
    ui.harness.account.faults = Faults()
    dialog.again.click()
    qtbot.waitUntil(lambda: dialog.steps.checked is StepResult.PASSED)
    assert dialog.reactivate.isEnabled()
    dialog.close()


def test_a_key_that_is_gone_from_the_keyring(ui: UiHarness, qtbot: QtBot) -> None:
    number = inactive(ui)
    ui.services.keys.delete(ui.services.connections.key_name(number))
    dialog = opened(ui, number)
    qtbot.waitUntil(lambda: dialog.steps.checked is StepResult.FAILED)
    assert "No API key is saved" in dialog.steps.lines[CheckStep.KEY].text
    dialog.close()


def test_what_failed_can_be_changed_and_is_tested_again(ui: UiHarness, qtbot: QtBot) -> None:
    number = inactive(ui)
    ui.harness.account.withdraw_key(KEY)
    dialog = opened(ui, number)
    qtbot.waitUntil(lambda: dialog.steps.checked is StepResult.FAILED)
    assert dialog.fix.text() == "&Replace API key…"
    connection = ui.services.connections.all()[0]
    ui.services.keys.set(ui.services.connections.key_name(number), ui.harness.server.key)
    dialog.retest(connection)
    qtbot.waitUntil(lambda: dialog.steps.checked is StepResult.PASSED)
    dialog.close()


def test_closing_in_the_middle_takes_no_late_answer(ui: UiHarness) -> None:
    runner = DeferredRunner()
    dialog = open_test(None, ui.connection_service, runner, inactive(ui), ui.on_saved)
    assert dialog is not None
    dialog.reject()
    assert not isValid(dialog) or not dialog.isVisible()
    runner.go_all()


def test_a_test_alone_does_not_bring_it_back(ui: UiHarness, qtbot: QtBot) -> None:
    dialog = open_test(None, ui.connection_service, ui.bridge, inactive(ui), ui.on_saved)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.steps.checked is StepResult.PASSED)
    assert "Test and reactivate" in dialog.result_line.text
    assert ui.services.connections.all()[0].state is ConnectionState.INACTIVE
    assert ui.saved == []
    dialog.close()


def test_controls_have_names_and_letters_of_their_own(ui: UiHarness, qtbot: QtBot) -> None:
    ui.harness.account.faults = Faults(lists_gone=True)
    dialog = opened(ui, inactive(ui))
    qtbot.waitUntil(lambda: dialog.steps.checked is StepResult.FAILED)
    assert unnamed(dialog) == []
    letters = mnemonics(dialog)
    assert len(letters) == len(set(letters))
    dialog.close()
