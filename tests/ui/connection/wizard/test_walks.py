"""Every path of the wizard by keyboard alone, against the practice account on a real socket."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWizard
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.model.payload import ContactField
from ac_desktop.model.scope import Scope, ScopeKind, Team
from ac_desktop.practice.faults import BadKey, Faults, WrongAccount
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.ui.connection.connection_service import PreviewsChange
from ac_desktop.ui.connection.wizard.account_page import AccountPage
from ac_desktop.ui.connection.wizard.answers import SettingsPart, WizardPageId
from ac_desktop.ui.connection.wizard.check_line import CheckStatus
from ac_desktop.ui.connection.wizard.list_page import ListPage
from ac_desktop.ui.connection.wizard.page import WizardPage
from ac_desktop.ui.connection.wizard.pages_page import PagesPage
from ac_desktop.ui.connection.wizard.summary_page import SummaryPage
from ac_desktop.ui.connection.wizard.wizard import ConnectionWizard, run_wizard
from tests.ui.connection.support import KEY, AtOnce, DeferredRunner, FakeCheck, Keyboard, UiHarness, mnemonics, unnamed

Open = Callable[..., tuple[ConnectionWizard, Keyboard]]
KEYS = Qt.Key


@pytest.fixture
def opened(ui: UiHarness, qtbot: QtBot) -> Iterator[Open]:
    made: list[ConnectionWizard] = []

    def make(check: FakeCheck | None = None, **wanted: object) -> tuple[ConnectionWizard, Keyboard]:
        service = ui.with_check(check) if check else ui.connection_service
        wizard = run_wizard(None, service, ui.bridge, ui.on_saved, **wanted)  # type: ignore[arg-type]
        made.append(wizard)
        qtbot.waitExposed(wizard)
        wizard.activateWindow()
        qtbot.waitUntil(wizard.isActiveWindow)
        return wizard, Keyboard(wizard, qtbot)

    yield make
    for wizard in made:
        if isValid(wizard):
            wizard.close()
            wizard.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def gone(wizard: ConnectionWizard) -> bool:
    return not isValid(wizard) or not wizard.isVisible()


def page(wizard: ConnectionWizard, number: WizardPageId) -> WizardPage:
    return wizard.pages[number]


def account_page(wizard: ConnectionWizard) -> AccountPage:
    found = wizard.pages[WizardPageId.ACCOUNT]
    assert isinstance(found, AccountPage)
    return found


def list_page(wizard: ConnectionWizard) -> ListPage:
    found = wizard.pages[WizardPageId.LIST]
    assert isinstance(found, ListPage)
    return found


def summary_page(wizard: ConnectionWizard) -> SummaryPage:
    found = wizard.pages[WizardPageId.SUMMARY]
    assert isinstance(found, SummaryPage)
    return found


def enter_account(keyboard: Keyboard, address: str, key: str) -> None:
    keyboard.alt(KEYS.Key_U)
    keyboard.type(address)
    keyboard.alt(KEYS.Key_K)
    keyboard.type(key)


def wait_for_page(qtbot: QtBot, wizard: ConnectionWizard, number: WizardPageId) -> None:
    qtbot.waitUntil(lambda: wizard.currentId() == number)


def test_a_right_key_from_the_first_field_to_the_kept_connection(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    wizard, keyboard = opened()
    key = ui.harness.account.add_key(KEY)
    keyboard.type(ui.harness.server.url)
    keyboard.tab()
    keyboard.type(key)
    status = account_page(wizard).status
    qtbot.waitUntil(lambda: status.standing is CheckStatus.GOOD and "3 lists" in status.text)
    assert "127.0.0.1" in status.text
    keyboard.enter()
    wait_for_page(qtbot, wizard, WizardPageId.LIST)
    keyboard.type("volun")
    assert list_page(wizard).number.text() == "2", "the only list left by the filter is chosen"
    keyboard.enter()
    wait_for_page(qtbot, wizard, WizardPageId.PAGES)
    keyboard.alt(KEYS.Key_O)
    keyboard.alt(KEYS.Key_I)
    keyboard.type("1042, https://secure.anedot.com/myorg/gala")
    keyboard.alt(KEYS.Key_N)
    wait_for_page(qtbot, wizard, WizardPageId.TEAM)
    keyboard.alt(KEYS.Key_O)
    keyboard.alt(KEYS.Key_T)
    keyboard.type("North office")
    keyboard.alt(KEYS.Key_P)
    keyboard.type("north")
    keyboard.alt(KEYS.Key_N)
    wait_for_page(qtbot, wizard, WizardPageId.SUMMARY)
    assert ui.services.connections.all() == [], "nothing is kept before Finish"
    keyboard.press(KEYS.Key_A, Qt.KeyboardModifier.ControlModifier)
    keyboard.type("Spring Appeal")
    keyboard.alt(KEYS.Key_R)
    keyboard.press(KEYS.Key_Down)
    keyboard.alt(KEYS.Key_K)
    keyboard.alt(KEYS.Key_H)
    keyboard.press(KEYS.Key_Down)
    keyboard.alt(KEYS.Key_L)
    keyboard.alt(KEYS.Key_O)
    keyboard.alt(KEYS.Key_F)
    qtbot.waitUntil(lambda: bool(ui.saved))
    (connection,) = ui.services.connections.all()
    settings = connection.settings
    assert settings.name == "Spring Appeal"
    assert settings.keep_fields == {ContactField.LAST_NAME, ContactField.PHONE}
    assert (settings.list_id, settings.list_name) == ("2", "Volunteers")
    assert settings.scope == Scope(ScopeKind.ONLY, ("1042", "gala"), Team("North office", ("north",)))
    assert (settings.pace, settings.consent_guard, settings.phone_style.value) == (3, False, "e164")
    assert ui.services.keys.get(ui.services.connections.key_name(connection.id)) == key
    assert gone(wizard)
    assert KEY not in ui.texts()


@pytest.mark.parametrize("answer", list(BadKey))
def test_a_refused_key_says_so_at_the_key(answer: BadKey, ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    ui.harness.account.faults = Faults(bad_key=answer)
    wizard, keyboard = opened()
    enter_account(keyboard, ui.harness.server.url, "this-key-is-wrong")
    keyboard.alt(KEYS.Key_N)
    account = account_page(wizard)
    qtbot.waitUntil(lambda: account.status.standing is CheckStatus.BAD)
    assert wizard.currentId() == WizardPageId.ACCOUNT
    reported = account.fields[SettingsPart.KEY].error + account.fields[SettingsPart.ADDRESS].error
    assert "Who can help: You" in reported
    if answer is not BadKey.EMPTY_200:
        assert account.key.line.hasFocus(), "the refused field has the focus"
        assert account.key.line.accessibleDescription() == reported
    keyboard.alt(KEYS.Key_K)
    keyboard.press(KEYS.Key_A, Qt.KeyboardModifier.ControlModifier)
    keyboard.type(ui.harness.account.add_key(KEY))
    assert account.fields[SettingsPart.KEY].error == ""
    keyboard.enter()
    wait_for_page(qtbot, wizard, WizardPageId.LIST)


@pytest.mark.parametrize("answer", [one for one in WrongAccount if one is not WrongAccount.OFF])
def test_a_login_page_says_that_the_address_is_wrong(
    answer: WrongAccount, ui: UiHarness, opened: Open, qtbot: QtBot
) -> None:
    ui.harness.account.faults = Faults(wrong_account=answer)
    wizard, keyboard = opened()
    enter_account(keyboard, ui.harness.server.url, KEY)
    keyboard.enter()
    account = account_page(wizard)
    qtbot.waitUntil(lambda: account.status.standing is CheckStatus.BAD)
    assert "Settings, Developer" in account.fields[SettingsPart.ADDRESS].error
    assert account.address.hasFocus()
    assert wizard.currentId() == WizardPageId.ACCOUNT


def test_a_host_that_does_not_exist(opened: Open, qtbot: QtBot) -> None:
    wizard, keyboard = opened()
    enter_account(keyboard, "no-such-account.api-us1.com", KEY)
    keyboard.enter()
    account = account_page(wizard)
    qtbot.waitUntil(lambda: account.status.standing is CheckStatus.BAD)
    assert "misspelt" in account.fields[SettingsPart.ADDRESS].error
    assert "we try again" not in account.fields[SettingsPart.ADDRESS].error
    assert account.again.isVisible()


def test_an_account_that_never_answers_leaves_the_window_alive(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    ui.harness.account.faults = Faults(slow_seconds=3600)
    wizard, keyboard = opened()
    enter_account(keyboard, ui.harness.server.url, KEY)
    keyboard.enter()
    account = account_page(wizard)
    qtbot.waitUntil(lambda: account.status.standing is CheckStatus.ASKING)
    ticks: list[int] = []
    timer = QTimer(wizard)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start(5)
    qtbot.waitUntil(lambda: len(ticks) > 20)
    keyboard.enter()
    assert wizard.currentId() == WizardPageId.ACCOUNT
    keyboard.press(KEYS.Key_Escape)
    box = wizard.findChild(QMessageBox)
    assert box is not None, "something was entered, so leaving asks"
    qtbot.waitUntil(box.isActiveWindow)
    Keyboard(box, qtbot).press(KEYS.Key_Escape)
    assert wizard.isVisible()
    wizard.activateWindow()
    qtbot.waitUntil(wizard.isActiveWindow)
    keyboard.press(KEYS.Key_Escape)
    leave = next(one for one in wizard.findChildren(QMessageBox) if one.isVisible())
    qtbot.waitUntil(leave.isActiveWindow)
    Keyboard(leave, qtbot).alt(KEYS.Key_D)
    qtbot.waitUntil(lambda: gone(wizard))


def test_cancel_asks_nothing_where_nothing_was_entered(opened: Open) -> None:
    wizard, keyboard = opened()
    keyboard.press(KEYS.Key_Escape)
    assert gone(wizard)


def test_next_while_the_test_runs_goes_on_automatically(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    wizard, keyboard = opened()
    enter_account(keyboard, ui.harness.server.url, ui.harness.account.add_key("abc"))
    keyboard.enter()
    wait_for_page(qtbot, wizard, WizardPageId.LIST)


@pytest.mark.parametrize("how_many", [1, 250])
def test_so_many_lists(how_many: int, ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    account = ui.harness.account
    for one in account.lists():
        account.delete_list(one.id)
    account.add_lists(how_many)
    account.add_list("Text messages", channel="sms")
    account.add_list("Gone", deleted=True)
    wizard, keyboard = opened()
    enter_account(keyboard, ui.harness.server.url, ui.harness.server.key)
    keyboard.enter()
    wait_for_page(qtbot, wizard, WizardPageId.LIST)
    lists = list_page(wizard)
    qtbot.waitUntil(lambda: lists.model.rowCount() == how_many)
    assert f"{how_many} list" in lists.filter.accessibleDescription()
    assert "Text messages" not in [one.name for one in lists.model.lists]
    if how_many == 1:
        assert lists.number.text() == account.lists()[0].id, "the only list is chosen"
    else:
        keyboard.type("appeal 24")
        fitting = sum("24" in one.name or "24" in one.id for one in lists.model.lists)
        assert lists.shown.rowCount() == fitting
        assert lists.filter.accessibleDescription() == f"{fitting} of 250 lists"
        keyboard.tab()
        assert keyboard.focus is lists.table
        keyboard.press(KEYS.Key_Down)
        keyboard.press(KEYS.Key_Down)
        assert lists.number.text() == lists.shown.index(lists.table.currentIndex().row(), 1).data()
    keyboard.alt(KEYS.Key_N)
    wait_for_page(qtbot, wizard, WizardPageId.PAGES)
    keyboard.alt(KEYS.Key_B)
    wait_for_page(qtbot, wizard, WizardPageId.LIST)
    assert lists.number.text()


def test_no_lists_and_a_number_that_is_checked(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    account = ui.harness.account
    for one in account.lists():
        account.delete_list(one.id)
    wizard, keyboard = opened()
    enter_account(keyboard, ui.harness.server.url, ui.harness.server.key)
    keyboard.enter()
    wait_for_page(qtbot, wizard, WizardPageId.LIST)
    lists = list_page(wizard)
    qtbot.waitUntil(lambda: lists.status.standing is CheckStatus.WARNING)
    assert "sees no lists" in lists.status.text
    keyboard.alt(KEYS.Key_N)
    assert lists.fields[SettingsPart.LIST].error
    assert lists.number.hasFocus()
    keyboard.type("77")
    keyboard.enter()
    qtbot.waitUntil(lambda: lists.status.standing is CheckStatus.BAD)
    assert "no list 77" in lists.fields[SettingsPart.LIST].error
    assert wizard.currentId() == WizardPageId.LIST
    made = account.add_list("Made meanwhile")
    keyboard.press(KEYS.Key_A, Qt.KeyboardModifier.ControlModifier)
    keyboard.type(f"https://myorg.activehosted.com/app/contacts/?listid={made.id}&status=1")
    keyboard.enter()
    wait_for_page(qtbot, wizard, WizardPageId.PAGES)
    chosen = wizard.engine.chosen_list()
    assert chosen is not None
    assert (chosen.id, chosen.name) == (made.id, "Made meanwhile")


def test_lists_that_may_not_be_seen(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    ui.harness.account.faults = Faults(lists_forbidden=True)
    wizard, keyboard = opened()
    enter_account(keyboard, ui.harness.server.url, ui.harness.server.key)
    keyboard.enter()
    wait_for_page(qtbot, wizard, WizardPageId.LIST)
    lists = list_page(wizard)
    qtbot.waitUntil(lambda: lists.status.standing is CheckStatus.BAD)
    assert "Your ActiveCampaign admin" in lists.status.text
    keyboard.alt(KEYS.Key_U)
    keyboard.type("1")
    qtbot.waitUntil(lambda: lists.fields[SettingsPart.LIST].error != "")
    ui.harness.account.faults = Faults()
    keyboard.alt(KEYS.Key_T)
    qtbot.waitUntil(lambda: lists.status.standing is CheckStatus.GOOD)


def test_an_address_pasted_into_the_filter_is_understood(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    wizard, keyboard = opened()
    enter_account(keyboard, ui.harness.server.url, ui.harness.server.key)
    keyboard.enter()
    wait_for_page(qtbot, wizard, WizardPageId.LIST)
    lists = list_page(wizard)
    qtbot.waitUntil(lambda: lists.model.rowCount() == 3)
    lists.filter.setText("https://myorg.activehosted.com/app/contacts/?listid=2&status=1")
    assert lists.filter.text() == ""
    assert lists.number.text() == "2"
    assert lists.table.currentIndex().row() == lists.shown.row_of("2")


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
    assert "2 donors become skipped" in summary.status.text
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
    qtbot.waitUntil(lambda: account.status.standing is CheckStatus.GOOD)
    assert account.key.key == ""
    qtbot.waitUntil(lambda: account.key.line.placeholderText() == "A key is saved. Leave empty to keep it.")
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
    qtbot.waitUntil(lambda: account_page(wizard).status.standing is CheckStatus.GOOD)
    assert KEY not in ui.texts()


def test_saving_that_fails_keeps_everything(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    kept = ui.harness.connect()
    wizard, keyboard = opened(connection_id=kept.id, start_page=WizardPageId.SUMMARY)
    ui.services.connections.delete(kept.id)
    with qtbot.captureExceptions() as faults:
        keyboard.enter()
        qtbot.waitUntil(lambda: summary_page(wizard).saving.standing is CheckStatus.BAD)
    assert faults, "a fault of ours is raised as well, so that it is reported"
    assert wizard.isVisible()
    assert summary_page(wizard).name.isEnabled()


def test_every_page_names_its_controls_and_shares_no_letter(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    wizard, keyboard = opened()
    enter_account(keyboard, "http://crm.example.org", KEY)
    for number in WizardPageId:
        wait_for_page(qtbot, wizard, number)
        assert unnamed(wizard) == [], number
        letters = mnemonics(wizard)
        assert len(letters) == len(set(letters)), (number, letters)
        stops = keyboard.walk()
        assert wizard.button(QWizard.WizardButton.CancelButton) in stops, number
        if number is WizardPageId.ACCOUNT:
            keyboard.alt(KEYS.Key_U)
            keyboard.press(KEYS.Key_A, Qt.KeyboardModifier.ControlModifier)
            keyboard.type(ui.harness.server.url)
            keyboard.alt(KEYS.Key_K)
            keyboard.press(KEYS.Key_A, Qt.KeyboardModifier.ControlModifier)
            keyboard.type(ui.harness.server.key)
        if number is WizardPageId.LIST:
            keyboard.alt(KEYS.Key_U)
            keyboard.type("1")
        keyboard.alt(KEYS.Key_N)
    assert wizard.currentId() == WizardPageId.SUMMARY


def test_a_stale_answer_changes_nothing(ui: UiHarness) -> None:
    runner = DeferredRunner()
    wizard = run_wizard(None, ui.with_check(FakeCheck()), runner, ui.on_saved)
    account = account_page(wizard)
    account.address.setText("myorg.api-us1.com")
    account.key.line.setText(KEY)
    account.prove()
    account.address.setText("other.api-us1.com")
    runner.go_all()
    assert wizard.engine.proof is None
    assert wizard.lookup.owner_refusal is None
    account.prove()
    wizard.engine.put(wizard.engine.answers)
    runner.go_all()
    assert account.status.standing is CheckStatus.GOOD
    assert "other.api-us1.com" in account.status.text
    wizard.done(0)


def test_the_key_can_be_looked_at_while_it_is_typed(opened: Open) -> None:
    wizard, keyboard = opened()
    keyboard.alt(KEYS.Key_K)
    keyboard.type("abcdef")
    line = account_page(wizard).key.line
    assert line.displayText() != "abcdef"
    keyboard.alt(KEYS.Key_W)
    assert line.displayText() == "abcdef"
    assert account_page(wizard).key.button.accessibleName() == "Hide the key"
    keyboard.alt(KEYS.Key_D)
    assert line.displayText() != "abcdef"


def test_the_data_folder_holds_no_key(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    wizard, keyboard = opened()
    enter_account(keyboard, ui.harness.server.url, ui.harness.account.add_key(KEY))
    keyboard.enter()
    for number in (WizardPageId.LIST, WizardPageId.PAGES, WizardPageId.TEAM):
        wait_for_page(qtbot, wizard, number)
        if number is WizardPageId.LIST:
            keyboard.alt(KEYS.Key_U)
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
        raise StoreError(StoreProblem.FULL, "The disk is full.")

    service = replace(ui.connection_service, save_connection=full)
    wizard = run_wizard(None, service, runner, ui.on_saved, connection_id=kept.id, start_page=WizardPageId.SUMMARY)
    summary_page(wizard).name.setText("Autumn")
    wizard.accept()
    wizard.reject()
    runner.go_all()
    assert wizard.isVisible(), "it comes back with what went wrong"
    assert summary_page(wizard).saving.text == "The disk is full."
    assert summary_page(wizard).name.text() == "Autumn"
    wizard.done(0)


def test_a_preview_that_fails_keeps_finish_shut(ui: UiHarness) -> None:
    kept = ui.connection()

    def damaged(_number: int, _settings: ConnectionSettings) -> PreviewsChange:
        raise StoreError(StoreProblem.DAMAGED, "The file is damaged.")

    service = replace(ui.connection_service, preview_change=damaged, check=FakeCheck())
    wizard = run_wizard(None, service, AtOnce(), ui.on_saved, connection_id=kept.id, start_page=WizardPageId.TEAM)
    wizard.engine.put(replace(wizard.engine.answers, has_team=True, team_name="North"))
    wizard.next()
    assert summary_page(wizard).status.text == "The file is damaged."
    assert not wizard.button(QWizard.WizardButton.FinishButton).isEnabled()
    wizard.done(0)
