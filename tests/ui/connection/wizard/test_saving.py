"""What the wizard saves: a changed page, never a shown key, and nothing lost where saving fails or comes late."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWizard
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.ui.connection.connection_service import PreviewsChange
from ac_desktop.ui.connection.wizard.answers import SettingsPart, WizardPageId
from ac_desktop.ui.connection.wizard.check_line import CheckStatus
from ac_desktop.ui.connection.wizard.page import WizardPage
from ac_desktop.ui.connection.wizard.pages_page import PagesPage
from ac_desktop.ui.connection.wizard.summary_page import SummaryPage
from ac_desktop.ui.connection.wizard.wizard import ConnectionWizard, run_wizard
from tests.ui.connection.support import KEY, AtOnce, DeferredRunner, FakeCheck, UiHarness
from tests.ui.connection.wizard.walking import KEYS, Open, account_page, enter_account, gone, wait_for_page


def page(wizard: ConnectionWizard, number: WizardPageId) -> WizardPage:
    return wizard.pages[number]


def summary_page(wizard: ConnectionWizard) -> SummaryPage:
    found = wizard.pages[WizardPageId.SUMMARY]
    assert isinstance(found, SummaryPage)
    return found


def test_changing_one_page_and_what_it_means_for_waiting_donors(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    kept = ui.harness.connect()
    ui.preview = ui.preview.__class__(becoming_skipped=2, coming_back=1, waiting=9)
    wizard, keyboard = opened(connection_id=kept.id, start_page=WizardPageId.PAGES)
    pages = page(wizard, WizardPageId.PAGES)
    assert isinstance(pages, PagesPage)
    keyboard.alt(KEYS.Key_X)
    keyboard.alt(KEYS.Key_N)
    assert pages.fields[SettingsPart.PAGES].error
    assert pages.pages.hasFocus()
    qtbot.waitUntil(pages.seen.isVisible)
    keyboard.alt(KEYS.Key_S)
    keyboard.press(KEYS.Key_Space)
    assert pages.pages.toPlainText() == "give-now"
    keyboard.alt(KEYS.Key_N)
    wait_for_page(qtbot, wizard, WizardPageId.SUMMARY)
    summary = summary_page(wizard)
    qtbot.waitUntil(summary.isComplete)
    assert "9 donors" in summary.status.text
    assert "2 donors will be skipped" in summary.status.text
    keyboard.enter()
    qtbot.waitUntil(lambda: bool(ui.saved))
    assert ui.saved[0].settings.scope == Scope(ScopeKind.EXCEPT, ("give-now",))
    assert ui.previews[0][0] == kept.id
    key = ui.services.keys.get(ui.services.connections.key_name(kept.id))
    assert key == ui.harness.server.key, "the kept key stays"


def test_a_kept_key_is_never_shown(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    key = ui.harness.account.add_key(KEY)
    kept = ui.harness.connect(key=key)
    wizard, keyboard = opened(connection_id=kept.id, start_page=WizardPageId.ACCOUNT)
    account = account_page(wizard)
    qtbot.waitUntil(lambda: account.status.status is CheckStatus.GOOD)
    assert account.key.key == ""
    qtbot.waitUntil(lambda: account.key.line.placeholderText() == "API key saved. Leave empty to keep it.")
    keyboard.alt(KEYS.Key_K)
    keyboard.type(f"  {key}")
    keyboard.alt(KEYS.Key_N)
    wait_for_page(qtbot, wizard, WizardPageId.SUMMARY)
    keyboard.alt(KEYS.Key_F)
    qtbot.waitUntil(lambda: bool(ui.saved))
    assert KEY not in ui.texts()
    wizard, _ = opened(connection_id=kept.id, start_page=WizardPageId.ACCOUNT)
    line = account_page(wizard).key.line
    qtbot.waitUntil(lambda: line.placeholderText() == "•••• 9f3c is saved. Leave empty to keep it.")
    qtbot.waitUntil(lambda: account_page(wizard).status.status is CheckStatus.GOOD)
    assert KEY not in ui.texts()


def test_saving_that_fails_keeps_everything(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    kept = ui.harness.connect()
    wizard, keyboard = opened(connection_id=kept.id, start_page=WizardPageId.SUMMARY)
    ui.services.connections.delete(kept.id)
    with qtbot.captureExceptions() as faults:
        keyboard.enter()
        qtbot.waitUntil(lambda: summary_page(wizard).saving.status is CheckStatus.BAD)
    assert faults, "a fault of ours is raised as well, so that it is reported"
    assert wizard.isVisible()
    assert summary_page(wizard).name.isEnabled()


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


def test_closing_while_it_is_being_kept_keeps_it_all_the_same(ui: UiHarness) -> None:
    kept = ui.connection()
    runner = DeferredRunner()
    wizard = run_wizard(
        None, ui.connection_service, runner, ui.on_saved, connection_id=kept.id, start_page=WizardPageId.SUMMARY
    )
    summary_page(wizard).name.setText("Autumn")
    wizard.accept()
    wizard.accept()
    wizard.reject()
    assert gone(wizard)
    runner.go_all()
    assert [one.name for one in ui.saved] == ["Autumn"], "kept once, and told"


def test_a_store_that_cannot_keep_it_says_so_and_loses_nothing(ui: UiHarness) -> None:
    kept = ui.connection()
    runner = DeferredRunner()

    def full(_number: int | None, _settings: ConnectionSettings, _key: str | None) -> Connection:
        raise StoreError(StoreProblem.FULL, StoreMessage.DISK_FULL, folder="here")

    service = replace(ui.connection_service, save_connection=full)
    wizard = run_wizard(None, service, runner, ui.on_saved, connection_id=kept.id, start_page=WizardPageId.SUMMARY)
    summary_page(wizard).name.setText("Autumn")
    wizard.accept()
    wizard.reject()
    runner.go_all()
    assert wizard.isVisible(), "it comes back with what went wrong"
    assert summary_page(wizard).saving.text.startswith("The disk is full, so nothing more can be saved in here.")
    assert summary_page(wizard).name.text() == "Autumn"
    wizard.done(0)


def test_a_preview_that_fails_keeps_finish_shut(ui: UiHarness) -> None:
    kept = ui.connection()

    def damaged(_number: int, _settings: ConnectionSettings) -> PreviewsChange:
        raise StoreError(StoreProblem.DAMAGED, StoreMessage.BACKUP_UNSOUND, file="here")

    service = replace(ui.connection_service, preview_change=damaged, check=FakeCheck())
    wizard = run_wizard(None, service, AtOnce(), ui.on_saved, connection_id=kept.id, start_page=WizardPageId.TEAM)
    wizard.state.set_answers(replace(wizard.state.answers, has_team=True, team_name="North"))
    wizard.next()
    assert summary_page(wizard).status.text == "here isn't a valid AC Desktop backup. Nothing was changed."
    assert not wizard.button(QWizard.WizardButton.FinishButton).isEnabled()
    wizard.done(0)
