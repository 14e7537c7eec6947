"""Where a key is asked for, the one masked field has the focus (rule 16), and one sentence says whether one is kept."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ac_desktop.model.connection import Connection, KeyLocation, KeyPlace
from ac_desktop.model.reason_codes import Remedy
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import ConnectionState
from ac_desktop.practice.faults import WELL, Faults, WrongAccount
from ac_desktop.ui.connection.connection_service import ConnectionService
from ac_desktop.ui.connection.dialogs import ConnectionDialogs
from ac_desktop.ui.connection.directory_dialog import DirectoryDialog
from ac_desktop.ui.connection.settings.settings_dialog import ConnectionSettingsDialog
from ac_desktop.ui.connection.test_dialog import ReactivateDialog, TestDialog
from ac_desktop.ui.connection.test_steps import StepResult
from ac_desktop.ui.connection.wizard.account_page import AccountPage
from ac_desktop.ui.connection.wizard.answers import WizardPageId
from ac_desktop.ui.connection.wizard.check_line import CheckStatus
from ac_desktop.ui.connection.wizard.wizard import ConnectionWizard
from ac_desktop.ui.main.banner_rules import Severity
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.window import open_window
from tests.harness import PATIENCE, Harness, donors
from tests.ui.connection.support import KEY, Keyboard

KeyDialog = ConnectionWizard | ConnectionSettingsDialog
Ways = dict[str, Callable[[MainWindow, QtBot], object]]


@pytest.fixture
def window(qtbot: QtBot, harness: Harness) -> Iterator[MainWindow]:
    """A window with its real dialogs."""
    dialogs = ConnectionDialogs(harness.services)
    made = open_window(harness.services, openers=dialogs.openers())
    dialogs.bind(made.bridge, made.choose_connection, made)
    with qtbot.waitExposed(made):
        pass
    yield made
    for dialog in made.findChildren(QDialog):
        if isValid(dialog) and dialog.isVisible():
            dialog.done(0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not made.bridge.is_busy)
    made.close()
    made.deleteLater()


def inactive_for(harness: Harness, connection: Connection, faults: Faults) -> None:
    harness.queue(connection, donors(9))
    harness.account.faults = faults
    harness.relay(connection)
    harness.account.faults = WELL


def shown_dialogs(window: MainWindow) -> list[KeyDialog]:
    made: list[KeyDialog] = [*window.findChildren(ConnectionWizard), *window.findChildren(ConnectionSettingsDialog)]
    return [one for one in made if one.isVisible()]


def dialog_over(window: MainWindow, qtbot: QtBot) -> KeyDialog:
    qtbot.waitUntil(lambda: bool(shown_dialogs(window)))
    dialog = shown_dialogs(window)[0]
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def account_page(dialog: KeyDialog) -> AccountPage:
    page = dialog.pages[WizardPageId.ACCOUNT]
    assert isinstance(page, AccountPage)
    return page


def focused(dialog: KeyDialog) -> QWidget | None:
    assert dialog.isActiveWindow()
    return QApplication.focusWidget()


def by_the_banner(window: MainWindow, _qtbot: QtBot) -> None:
    button = next(one for one in window.banner.buttons if one.text() == "Replace API key…")
    button.click()


def by_the_menu(window: MainWindow, _qtbot: QtBot) -> None:
    window.actions_.replace_key.trigger()


def by_the_test(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.test.trigger()
    dialog = window.findChild(TestDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.steps.checked is StepResult.FAILED)
    assert dialog.fix.text() == "&Replace API key…"
    dialog.fix.click()


def by_the_directory(window: MainWindow, _qtbot: QtBot) -> None:
    window.actions_.all_connections.trigger()
    dialog = window.findChild(DirectoryDialog)
    assert dialog is not None
    dialog.panel.menu.actions()[0].trigger()


WAYS: Ways = {
    "banner": by_the_banner,
    "menu": by_the_menu,
    "test": by_the_test,
    "directory": by_the_directory,
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_typed_when_a_key_is_asked_for_goes_into_the_masked_field(
    qtbot: QtBot, harness: Harness, connection: Connection, window: MainWindow, way: str
) -> None:
    inactive_for(harness, connection, Faults(refuse_everything=True))
    harness.account.faults = Faults(refuse_everything=True)
    window.refresh()
    WAYS[way](window, qtbot)
    dialog = dialog_over(window, qtbot)
    page = account_page(dialog)
    address = page.address.text()
    assert focused(dialog) is page.key.line
    Keyboard(dialog, qtbot).type(KEY)
    assert page.key.line.echoMode() is QLineEdit.EchoMode.Password
    assert (page.address.text(), page.key.key) == (address, KEY)


def test_a_new_connection_asks_for_its_address_first(qtbot: QtBot, harness: Harness, window: MainWindow) -> None:
    assert harness.services.connections.all() == []
    window.actions_.new_connection.trigger()
    dialog = dialog_over(window, qtbot)
    assert focused(dialog) is account_page(dialog).address


def test_an_address_that_is_to_be_corrected_has_the_focus(
    qtbot: QtBot, harness: Harness, connection: Connection, window: MainWindow
) -> None:
    inactive_for(harness, connection, Faults(wrong_account=WrongAccount.REDIRECT_302))
    window.refresh()
    assert window.banner.notice is not None
    assert Remedy.EDIT in window.banner.notice.remedies
    next(one for one in window.banner.buttons if one.text() == "Correct API URL…").click()
    dialog = dialog_over(window, qtbot)
    assert focused(dialog) is account_page(dialog).address


def save_key(qtbot: QtBot, window: MainWindow, key: str) -> None:
    """Type a key where it is asked for, and keep it."""
    dialog = dialog_over(window, qtbot)
    keyboard = Keyboard(dialog, qtbot)
    keyboard.type(key)
    page = account_page(dialog)
    qtbot.waitUntil(lambda: page.status.status is CheckStatus.GOOD)
    qtbot.waitUntil(lambda: dialog.state.proof is not None and dialog.state.proof.are_lists_complete)
    keyboard.enter()
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())


def test_once_the_missing_key_is_entered_the_red_banner_goes(
    qtbot: QtBot, harness: Harness, connection: Connection, window: MainWindow
) -> None:
    harness.services.keys.delete(harness.services.connections.key_name(connection.id))
    harness.queue(connection, donors(2))
    harness.relay(connection)
    window.refresh()
    assert window.banner.notice is not None
    assert window.banner.notice.severity is Severity.STOPPED
    assert harness.services.engine.progress(connection.id).trouble_code is ReasonCode.KEY_MISSING
    by_the_banner(window, qtbot)
    save_key(qtbot, window, harness.server.key)
    qtbot.waitUntil(lambda: window.banner.notice is None)
    assert harness.counts(connection).waiting == 2


def test_once_a_refused_key_is_replaced_the_way_back_is_offered(
    qtbot: QtBot, harness: Harness, connection: Connection, window: MainWindow
) -> None:
    inactive_for(harness, connection, Faults(refuse_everything=True))
    window.refresh()
    by_the_banner(window, qtbot)
    save_key(qtbot, window, harness.account.add_key(KEY))
    qtbot.waitUntil(lambda: window.findChild(ReactivateDialog) is not None)
    dialog = window.findChild(ReactivateDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.steps.checked is StepResult.PASSED)
    assert harness.now_is(connection).state is ConnectionState.INACTIVE, "a person says so first"
    dialog.reactivate.click()
    qtbot.waitUntil(lambda: window.banner.notice is None)
    assert harness.counts(connection).sent == 0


def test_a_key_is_not_said_to_be_saved_before_it_is(
    qtbot: QtBot, harness: Harness, connection: Connection, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert connection.id
    monkeypatch.setattr(harness.services.keys, "describe", lambda: KeyLocation(KeyPlace.KEYRING, "Made-up Keyring"))
    window.refresh()
    by_the_menu(window, qtbot)
    dialog = dialog_over(window, qtbot)
    line = account_page(dialog).key.line
    qtbot.waitUntil(lambda: line.accessibleDescription() == "Saved in Made-up Keyring.")
    Keyboard(dialog, qtbot).type(KEY)
    assert line.accessibleDescription() == "Will be saved in Made-up Keyring."


def about_a_key(dialog: KeyDialog) -> list[str]:
    """Return the texts in sight that say whether there is a key."""
    page = account_page(dialog)
    texts = [page.key.line.placeholderText(), page.key.line.accessibleDescription(), page.status.text]
    texts += [page.fields[part].error for part in page.fields]
    return [text for text in texts if " saved" in text or "kept" in text.lower()]


@pytest.mark.parametrize("is_kept", [True, False])
def test_one_sentence_says_whether_a_key_is_kept(
    qtbot: QtBot, harness: Harness, connection: Connection, window: MainWindow, *, is_kept: bool
) -> None:
    if not is_kept:
        harness.services.keys.delete(harness.services.connections.key_name(connection.id))
    window.refresh()
    by_the_menu(window, qtbot)
    dialog = dialog_over(window, qtbot)
    qtbot.waitUntil(lambda: not window.bridge.is_busy and dialog.state.key_is_kept is is_kept)
    page = account_page(dialog)
    if is_kept:
        qtbot.waitUntil(lambda: page.status.status is CheckStatus.GOOD)
        assert page.key.line.placeholderText() == "API key saved. Leave empty to keep it."
        assert "No API key" not in " ".join(about_a_key(dialog))
    else:
        assert about_a_key(dialog) == ["No API key is saved on this computer for this connection. Enter the key."]
        assert not dialog.state.may_use_kept_key()


def test_a_test_that_finds_no_key_before_the_keyring_answers_says_nothing_else(
    qtbot: QtBot, harness: Harness, connection: Connection, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness.services.keys.delete(harness.services.connections.key_name(connection.id))
    has_key, is_tested = ConnectionService.has_key, threading.Event()

    def answer_late(service: ConnectionService, connection_id: int) -> bool:
        assert is_tested.wait(PATIENCE)
        return has_key(service, connection_id)

    monkeypatch.setattr(ConnectionService, "has_key", answer_late)
    window.refresh()
    by_the_menu(window, qtbot)
    dialog = dialog_over(window, qtbot)
    page = account_page(dialog)
    qtbot.waitUntil(lambda: page.is_refused)
    is_tested.set()
    qtbot.waitUntil(lambda: dialog.state.key_is_kept is False)

    assert about_a_key(dialog) == ["No API key is saved on this computer for this connection. Enter the key."]
