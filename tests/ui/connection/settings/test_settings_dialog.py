"""A connection's settings: nothing changes before Save, and what moves donors is asked about first."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.model.payload import ContactField
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.practice.faults import BadKey, Faults
from ac_desktop.relay.account_check import CheckError, CheckStep
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.ui.connection.connection_service import PreviewsChange
from ac_desktop.ui.connection.settings.change_question import ChangeQuestion
from ac_desktop.ui.connection.settings.pages import ConnectionPageId
from ac_desktop.ui.connection.settings.settings_dialog import ConnectionSettingsDialog, open_settings
from ac_desktop.ui.connection.wizard.account_page import AccountPage
from ac_desktop.ui.connection.wizard.answers import SettingsPart, WizardPageId
from ac_desktop.ui.connection.wizard.check_line import CheckStatus
from ac_desktop.ui.connection.wizard.list_page import ListPage
from ac_desktop.ui.connection.wizard.pages_page import PagesPage
from tests.ui.connection.settings.conftest import OpenSettings
from tests.ui.connection.support import KEY, AtOnce, DeferredRunner, FakeCheck, UiHarness, mnemonics, unnamed

KEYS = Qt.Key


def account_page(dialog: ConnectionSettingsDialog) -> AccountPage:
    found = dialog.pages[WizardPageId.ACCOUNT]
    assert isinstance(found, AccountPage)
    return found


def gone(dialog: ConnectionSettingsDialog) -> bool:
    return not isValid(dialog) or not dialog.isVisible()


def question(dialog: ConnectionSettingsDialog, qtbot: QtBot) -> ChangeQuestion:
    qtbot.waitUntil(lambda: bool(dialog.findChildren(ChangeQuestion)))
    (asks,) = dialog.findChildren(ChangeQuestion)
    return asks


def test_changing_one_page_and_what_it_means_for_waiting_donors(
    ui: UiHarness, opened: OpenSettings, qtbot: QtBot
) -> None:
    kept = ui.harness.connect()
    ui.preview = ui.preview.__class__(becoming_skipped=2, coming_back=1, waiting=9)
    dialog, keyboard = opened(kept.id, ConnectionPageId.PAGES)
    pages = dialog.pages[WizardPageId.PAGES]
    assert isinstance(pages, PagesPage)
    keyboard.alt(KEYS.Key_X)
    keyboard.alt(KEYS.Key_V)
    assert pages.fields[SettingsPart.PAGES].error
    assert pages.pages.hasFocus()
    qtbot.waitUntil(pages.seen.isVisible)
    keyboard.alt(KEYS.Key_S)
    keyboard.press(KEYS.Key_Space)
    assert pages.pages.toPlainText() == "give-now"
    keyboard.alt(KEYS.Key_V)
    asks = question(dialog, qtbot)
    assert "9 donors" in asks.informativeText()
    assert "2 donors will be skipped" in asks.informativeText()
    assert "All pages except give-now" in asks.informativeText()
    assert asks.defaultButton() is asks.button(QMessageBox.StandardButton.Cancel)
    assert ui.saved == [], "nothing is stored before a person agrees"
    asks.button(QMessageBox.StandardButton.Save).click()
    qtbot.waitUntil(lambda: bool(ui.saved))
    assert ui.saved[0].settings.scope == Scope(ScopeKind.EXCEPT, ("give-now",))
    assert ui.previews[0][0] == kept.id
    key = ui.services.keys.get(ui.services.connections.key_name(kept.id))
    assert key == ui.harness.server.key, "the kept key stays"


def test_a_person_who_keeps_editing_changes_nothing(ui: UiHarness, opened: OpenSettings, qtbot: QtBot) -> None:
    kept = ui.harness.connect()
    ui.preview = ui.preview.__class__(becoming_skipped=2, waiting=9)
    dialog, _ = opened(kept.id)
    dialog.state.set_answers(replace(dialog.state.answers, scope_kind=ScopeKind.ONLY, pages="gala"))
    dialog.save.click()
    question(dialog, qtbot).button(QMessageBox.StandardButton.Cancel).click()
    assert ui.services.connections.get(kept.id) == kept
    assert dialog.isVisible()
    assert dialog.save.isEnabled()


def test_a_kept_key_is_never_shown(ui: UiHarness, opened: OpenSettings, qtbot: QtBot) -> None:
    key = ui.harness.account.add_key(KEY)
    kept = ui.harness.connect(key=key)
    dialog, keyboard = opened(kept.id, ConnectionPageId.ACCOUNT)
    account = account_page(dialog)
    qtbot.waitUntil(lambda: account.status.status is CheckStatus.GOOD)
    assert account.key.key == ""
    qtbot.waitUntil(lambda: account.key.line.placeholderText() == "API key saved. Leave empty to keep it.")
    keyboard.alt(KEYS.Key_K)
    keyboard.type(f"  {key}")
    keyboard.alt(KEYS.Key_V)
    qtbot.waitUntil(lambda: bool(ui.saved))
    assert KEY not in ui.texts()
    dialog, _ = opened(kept.id, ConnectionPageId.ACCOUNT)
    line = account_page(dialog).key.line
    qtbot.waitUntil(lambda: line.placeholderText() == "•••• 9f3c is saved. Leave empty to keep it.")
    qtbot.waitUntil(lambda: account_page(dialog).status.status is CheckStatus.GOOD)
    assert KEY not in ui.texts()


@pytest.mark.parametrize("answer", list(BadKey))
def test_a_refused_key_is_not_saved(answer: BadKey, ui: UiHarness, opened: OpenSettings, qtbot: QtBot) -> None:
    kept = ui.harness.connect()
    ui.harness.account.faults = Faults(bad_key=answer)
    dialog, keyboard = opened(kept.id, ConnectionPageId.ACCOUNT)
    keyboard.alt(KEYS.Key_K)
    keyboard.type("this-key-is-wrong")
    keyboard.alt(KEYS.Key_V)
    account = account_page(dialog)
    qtbot.waitUntil(lambda: account.status.status is CheckStatus.BAD)
    assert dialog.isVisible()
    assert ui.saved == []
    reported = account.fields[SettingsPart.KEY].error + account.fields[SettingsPart.ADDRESS].error
    assert "Who can help: You" in reported
    assert ui.services.keys.get(ui.services.connections.key_name(kept.id)) == ui.harness.server.key


def test_another_account_asks_for_its_list(ui: UiHarness, opened: OpenSettings, qtbot: QtBot) -> None:
    kept = ui.connection()
    check = FakeCheck(lists_say=())
    dialog, keyboard = opened(kept.id, ConnectionPageId.ACCOUNT, check)
    account = account_page(dialog)
    account.address.setText("other.api-us1.com")
    keyboard.alt(KEYS.Key_V)
    assert account.fields[SettingsPart.KEY].error, "the kept key is never tried at another account"
    assert account.key.line.hasFocus()
    keyboard.type("another-key-0123456789")
    check.hidden["19"] = CheckError(CheckStep.LIST, reason(ReasonCode.LIST_UNKNOWN, list="19"))
    dialog.save.click()
    qtbot.waitUntil(lambda: dialog.shown_page == ConnectionPageId.LIST)
    lists = dialog.pages[WizardPageId.LIST]
    qtbot.waitUntil(lambda: lists.is_refused)
    assert "List 19 doesn't exist" in lists.fields[SettingsPart.LIST].error
    assert ui.saved == []


def test_the_name_is_changed_without_asking_the_account(ui: UiHarness, opened: OpenSettings, qtbot: QtBot) -> None:
    kept = ui.connection()
    check = FakeCheck()
    dialog, keyboard = opened(kept.id, check=check)
    assert keyboard.focus is dialog.name_page.names.name
    keyboard.press(KEYS.Key_A, Qt.KeyboardModifier.ControlModifier)
    keyboard.type("Autumn")
    keyboard.enter()
    qtbot.waitUntil(lambda: bool(ui.saved))
    assert ui.saved[0].name == "Autumn"
    assert replace(ui.saved[0].settings, name="Spring") == kept.settings
    assert check.keys == []
    assert ui.previews == []
    assert gone(dialog)


def test_a_name_that_is_taken_is_told_on_its_page(ui: UiHarness, opened: OpenSettings) -> None:
    ui.connection("Autumn")
    kept = ui.connection("Spring")
    dialog, keyboard = opened(kept.id)
    keyboard.press(KEYS.Key_A, Qt.KeyboardModifier.ControlModifier)
    keyboard.type("autumn")
    dialog.choose_page(ConnectionPageId.TEAM)
    dialog.save.click()
    assert dialog.shown_page == ConnectionPageId.NAME
    assert dialog.name_page.fields[SettingsPart.NAME].error
    assert dialog.name_page.names.name.hasFocus()
    assert ui.saved == []


def test_what_is_sent_of_a_donor_has_a_page_of_its_own(ui: UiHarness, opened: OpenSettings, qtbot: QtBot) -> None:
    kept = ui.connection()
    dialog, keyboard = opened(kept.id)
    keyboard.alt(KEYS.Key_R)
    keyboard.press(KEYS.Key_Down)
    dialog.page_list.list.setFocus()
    for _ in range(ConnectionPageId.DONOR_DATA):
        keyboard.press(KEYS.Key_Down)
    assert dialog.shown_page == ConnectionPageId.DONOR_DATA
    assert dialog.page_list.list.hasFocus(), "arrows go through the pages"
    keyboard.alt(KEYS.Key_K)
    keyboard.alt(KEYS.Key_H)
    keyboard.press(KEYS.Key_Down)
    keyboard.alt(KEYS.Key_L)
    keyboard.alt(KEYS.Key_V)
    qtbot.waitUntil(lambda: bool(ui.saved))
    settings = ui.saved[0].settings
    assert (settings.pace, settings.consent_guard, settings.phone_style.value) == (3, False, "e164")
    assert settings.keep_fields == {ContactField.LAST_NAME}


def test_a_list_is_chosen_by_its_row(ui: UiHarness, opened: OpenSettings, qtbot: QtBot) -> None:
    kept = ui.harness.connect()
    dialog, _ = opened(kept.id, ConnectionPageId.LIST)
    lists = dialog.pages[WizardPageId.LIST]
    assert isinstance(lists, ListPage)
    qtbot.waitUntil(lambda: lists.model.rowCount() == 3)
    at = lists.table.visualRect(lists.shown.index(lists.shown.row_of("2"), 0)).center()
    QTest.mouseClick(lists.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: lists.status.status is CheckStatus.GOOD)
    assert lists.number.text() == "2"
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(ui.saved))
    assert (ui.saved[0].settings.list_id, ui.saved[0].settings.list_name) == ("2", "Volunteers")


def test_saving_that_fails_keeps_everything(ui: UiHarness, opened: OpenSettings, qtbot: QtBot) -> None:
    kept = ui.harness.connect()
    dialog, keyboard = opened(kept.id)
    ui.services.connections.delete(kept.id)
    with qtbot.captureExceptions() as faults:
        keyboard.enter()
        qtbot.waitUntil(lambda: dialog.status.status is CheckStatus.BAD)
    assert faults, "a fault of ours is raised as well, so that it is reported"
    assert dialog.isVisible()
    assert dialog.name_page.names.name.isEnabled()


def test_closing_while_it_is_being_kept_keeps_it_all_the_same(ui: UiHarness) -> None:
    kept = ui.connection()
    runner = DeferredRunner()
    dialog = open_settings(None, ui.connection_service, runner, ui.on_saved, kept.id)
    assert dialog is not None
    dialog.name_page.names.name.setText("Autumn")
    dialog.accept()
    dialog.accept()
    dialog.reject()
    assert gone(dialog)
    runner.go_all()
    assert [one.name for one in ui.saved] == ["Autumn"], "kept once, and told"


def test_a_store_that_cannot_keep_it_says_so_and_loses_nothing(ui: UiHarness) -> None:
    kept = ui.connection()
    runner = DeferredRunner()

    def full(_number: int | None, _settings: ConnectionSettings, _key: str | None) -> Connection:
        raise StoreError(StoreProblem.FULL, StoreMessage.DISK_FULL, folder="here")

    service = replace(ui.connection_service, save_connection=full)
    dialog = open_settings(None, service, runner, ui.on_saved, kept.id)
    assert dialog is not None
    dialog.name_page.names.name.setText("Autumn")
    dialog.accept()
    dialog.reject()
    runner.go_all()
    assert dialog.isVisible(), "it comes back with what went wrong"
    assert dialog.status.text.startswith("The disk is full, so nothing more can be saved in here.")
    assert dialog.name_page.names.name.text() == "Autumn"
    dialog.done(0)


def test_a_preview_that_fails_saves_nothing(ui: UiHarness) -> None:
    kept = ui.connection()

    def damaged(_number: int, _settings: ConnectionSettings) -> PreviewsChange:
        raise StoreError(StoreProblem.DAMAGED, StoreMessage.BACKUP_UNSOUND, file="here")

    service = replace(ui.connection_service, preview_change=damaged, check=FakeCheck())
    dialog = open_settings(None, service, AtOnce(), ui.on_saved, kept.id, ConnectionPageId.TEAM)
    assert dialog is not None
    dialog.state.set_answers(replace(dialog.state.answers, has_team=True, team_name="North"))
    dialog.accept()
    assert dialog.status.text == "here isn't a valid AC Desktop backup. Nothing was changed."
    assert ui.services.connections.get(kept.id) == kept
    assert dialog.isVisible()
    dialog.done(0)


def test_a_preview_that_comes_after_the_dialog_was_closed_saves_nothing(ui: UiHarness) -> None:
    kept = ui.connection()
    runner = DeferredRunner()
    dialog = open_settings(None, ui.connection_service, runner, ui.on_saved, kept.id, ConnectionPageId.TEAM)
    assert dialog is not None
    dialog.state.set_answers(replace(dialog.state.answers, has_team=True, team_name="North"))
    dialog.accept()
    dialog.reject()
    asks = next(one for one in dialog.findChildren(QMessageBox) if one.objectName() == "discard")
    runner.go_all()
    assert ui.services.connections.get(kept.id) == kept
    asks.button(QMessageBox.StandardButton.Discard).click()
    assert gone(dialog)
    assert ui.saved == []


def test_leaving_asks_only_where_something_was_changed(ui: UiHarness, opened: OpenSettings) -> None:
    kept = ui.connection()
    dialog, keyboard = opened(kept.id)
    keyboard.press(KEYS.Key_Escape)
    assert gone(dialog)
    dialog, keyboard = opened(kept.id)
    keyboard.type("X")
    keyboard.press(KEYS.Key_Escape)
    assert dialog.isVisible()
    asks = next(one for one in dialog.findChildren(QMessageBox) if one.objectName() == "discard")
    asks.button(QMessageBox.StandardButton.Discard).click()
    assert gone(dialog)
    assert ui.services.connections.get(kept.id) == kept


@pytest.mark.parametrize("page", ConnectionPageId)
def test_every_page_names_its_controls_and_shares_no_letter(
    ui: UiHarness, opened: OpenSettings, page: ConnectionPageId
) -> None:
    kept = ui.connection()
    dialog, keyboard = opened(kept.id, page, FakeCheck())
    assert dialog.shown_page == page
    assert unnamed(dialog) == []
    letters = mnemonics(dialog)
    assert len(letters) == len(set(letters)), letters
    stops = keyboard.walk()
    assert dialog.cancel in stops
    assert dialog.save in stops
    assert dialog.page_list.list in stops
