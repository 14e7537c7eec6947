"""Every path of the wizard by keyboard alone, against the practice account on a real socket."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWizard
from pytestqt.qtbot import QtBot

from ac_desktop.model.payload import ContactField
from ac_desktop.model.scope import Scope, ScopeKind, Team
from ac_desktop.practice.faults import BadKey, Faults, WrongAccount
from ac_desktop.ui.connection.wizard.answers import SettingsPart, WizardPageId
from ac_desktop.ui.connection.wizard.check_line import CheckStatus
from ac_desktop.ui.connection.wizard.list_page import ListPage
from ac_desktop.ui.connection.wizard.wizard import ConnectionWizard
from tests.ui.connection.support import KEY, Keyboard, UiHarness, mnemonics, unnamed
from tests.ui.connection.wizard.walking import KEYS, Open, account_page, enter_account, gone, wait_for_page


def list_page(wizard: ConnectionWizard) -> ListPage:
    found = wizard.pages[WizardPageId.LIST]
    assert isinstance(found, ListPage)
    return found


def test_a_right_key_from_the_first_field_to_the_kept_connection(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    wizard, keyboard = opened()
    key = ui.harness.account.add_key(KEY)
    keyboard.type(ui.harness.server.url)
    keyboard.tab()
    keyboard.type(key)
    status = account_page(wizard).status
    qtbot.waitUntil(lambda: status.status is CheckStatus.GOOD and "3 lists" in status.text)
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
    assert not ui.services.automatic_relays.switch(connection.id).is_on, "off until a person chooses so"
    assert gone(wizard)
    assert KEY not in ui.texts()


def test_a_new_connection_relays_automatically_where_the_last_page_was_told_so(
    ui: UiHarness, opened: Open, qtbot: QtBot
) -> None:
    wizard, keyboard = opened()
    key = ui.harness.account.add_key(KEY)
    keyboard.type(ui.harness.server.url)
    keyboard.tab()
    keyboard.type(key)
    status = account_page(wizard).status
    qtbot.waitUntil(lambda: status.status is CheckStatus.GOOD and "3 lists" in status.text)
    keyboard.enter()
    wait_for_page(qtbot, wizard, WizardPageId.LIST)
    keyboard.type("volun")
    assert list_page(wizard).number.text() == "2"
    keyboard.enter()
    for page in (WizardPageId.PAGES, WizardPageId.TEAM):
        wait_for_page(qtbot, wizard, page)
        keyboard.alt(KEYS.Key_N)
    wait_for_page(qtbot, wizard, WizardPageId.SUMMARY)
    keyboard.alt(KEYS.Key_Y)
    keyboard.alt(KEYS.Key_F)
    qtbot.waitUntil(lambda: bool(ui.saved))
    (connection,) = ui.services.connections.all()
    assert ui.services.automatic_relays.switch(connection.id).is_on


@pytest.mark.parametrize("answer", list(BadKey))
def test_a_refused_key_says_so_at_the_key(answer: BadKey, ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    ui.harness.account.faults = Faults(bad_key=answer)
    wizard, keyboard = opened()
    enter_account(keyboard, ui.harness.server.url, "this-key-is-wrong")
    keyboard.alt(KEYS.Key_N)
    account = account_page(wizard)
    qtbot.waitUntil(lambda: account.status.status is CheckStatus.BAD)
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
    qtbot.waitUntil(lambda: account.status.status is CheckStatus.BAD)
    assert "Settings > Developer" in account.fields[SettingsPart.ADDRESS].error
    assert account.address.hasFocus()
    assert wizard.currentId() == WizardPageId.ACCOUNT


def test_a_host_that_does_not_exist(opened: Open, qtbot: QtBot) -> None:
    wizard, keyboard = opened()
    enter_account(keyboard, "no-such-account.api-us1.com", KEY)
    keyboard.enter()
    account = account_page(wizard)
    qtbot.waitUntil(lambda: account.status.status is CheckStatus.BAD)
    assert "Check the spelling" in account.fields[SettingsPart.ADDRESS].error
    assert "we try again" not in account.fields[SettingsPart.ADDRESS].error
    assert account.again.isVisible()


def test_an_account_that_never_answers_leaves_the_window_alive(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    ui.harness.account.faults = Faults(slow_seconds=3600)
    wizard, keyboard = opened()
    enter_account(keyboard, ui.harness.server.url, KEY)
    keyboard.enter()
    account = account_page(wizard)
    qtbot.waitUntil(lambda: account.status.status is CheckStatus.ASKING)
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
    qtbot.waitUntil(lambda: lists.status.status is CheckStatus.WARNING)
    assert "can't see any lists" in lists.status.text
    keyboard.alt(KEYS.Key_N)
    assert lists.fields[SettingsPart.LIST].error
    assert lists.number.hasFocus()
    keyboard.type("77")
    keyboard.enter()
    qtbot.waitUntil(lambda: lists.status.status is CheckStatus.BAD)
    assert "List 77 doesn't exist" in lists.fields[SettingsPart.LIST].error
    assert wizard.currentId() == WizardPageId.LIST
    made = account.add_list("Made meanwhile")
    keyboard.press(KEYS.Key_A, Qt.KeyboardModifier.ControlModifier)
    keyboard.type(f"https://myorg.activehosted.com/app/contacts/?listid={made.id}&status=1")
    keyboard.enter()
    wait_for_page(qtbot, wizard, WizardPageId.PAGES)
    chosen = wizard.state.chosen_list()
    assert chosen is not None
    assert (chosen.id, chosen.name) == (made.id, "Made meanwhile")


def test_lists_that_may_not_be_seen(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    ui.harness.account.faults = Faults(lists_forbidden=True)
    wizard, keyboard = opened()
    enter_account(keyboard, ui.harness.server.url, ui.harness.server.key)
    keyboard.enter()
    wait_for_page(qtbot, wizard, WizardPageId.LIST)
    lists = list_page(wizard)
    qtbot.waitUntil(lambda: lists.status.status is CheckStatus.BAD)
    assert "Your ActiveCampaign admin" in lists.status.text
    keyboard.alt(KEYS.Key_D)
    keyboard.type("1")
    qtbot.waitUntil(lambda: lists.fields[SettingsPart.LIST].error != "")
    ui.harness.account.faults = Faults()
    keyboard.alt(KEYS.Key_T)
    qtbot.waitUntil(lambda: lists.status.status is CheckStatus.GOOD)


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
            keyboard.alt(KEYS.Key_D)
            keyboard.type("1")
        keyboard.alt(KEYS.Key_N)
    assert wizard.currentId() == WizardPageId.SUMMARY


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
