"""What the wizard saves: never a shown key, and no stale answer."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from ac_desktop.ui.connection.wizard.answers import WizardPageId
from ac_desktop.ui.connection.wizard.check_line import CheckStatus
from ac_desktop.ui.connection.wizard.wizard import run_wizard
from tests.ui.connection.support import KEY, DeferredRunner, FakeCheck, UiHarness
from tests.ui.connection.wizard.walking import KEYS, Open, account_page, enter_account, wait_for_page


def test_a_stale_answer_changes_nothing(ui: UiHarness) -> None:
    runner = DeferredRunner()
    wizard = run_wizard(None, ui.with_check(FakeCheck()), runner, ui.on_saved)
    account = account_page(wizard)
    account.address.setText("myorg.api-us1.com")
    account.key.line.setText(KEY)
    account.check_account()
    account.address.setText("other.api-us1.com")
    runner.go_all()
    assert wizard.state.proof is None
    assert wizard.queries.owner_refusal is None
    account.check_account()
    wizard.state.set_answers(wizard.state.answers)
    runner.go_all()
    assert account.status.status is CheckStatus.GOOD
    assert "other.api-us1.com" in account.status.text
    wizard.done(0)


def test_the_data_folder_holds_no_key(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    wizard, keyboard = opened()
    enter_account(keyboard, ui.harness.server.url, ui.harness.account.add_key(KEY))
    keyboard.enter()
    for number in (WizardPageId.LIST, WizardPageId.PAGES, WizardPageId.TEAM):
        wait_for_page(qtbot, wizard, number)
        if number is WizardPageId.LIST:
            keyboard.alt(KEYS.Key_D)
            keyboard.type("1")
        keyboard.alt(KEYS.Key_N)
    wait_for_page(qtbot, wizard, WizardPageId.SUMMARY)
    keyboard.alt(KEYS.Key_F)
    qtbot.waitUntil(lambda: bool(ui.saved))
    for file in Path(ui.harness.folder).rglob("*"):
        assert not file.is_file() or KEY.encode() not in file.read_bytes(), file
