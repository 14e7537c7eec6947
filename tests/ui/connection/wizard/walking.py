"""What the tests of the wizard share: its pages, and ways from one to the next."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ac_desktop.ui.connection.wizard.account_page import AccountPage
from ac_desktop.ui.connection.wizard.answers import WizardPageId
from ac_desktop.ui.connection.wizard.wizard import ConnectionWizard
from tests.ui.connection.support import Keyboard

Open = Callable[..., tuple[ConnectionWizard, Keyboard]]
KEYS = Qt.Key


def gone(wizard: ConnectionWizard) -> bool:
    return not isValid(wizard) or not wizard.isVisible()


def account_page(wizard: ConnectionWizard) -> AccountPage:
    found = wizard.pages[WizardPageId.ACCOUNT]
    assert isinstance(found, AccountPage)
    return found


def enter_account(keyboard: Keyboard, address: str, key: str) -> None:
    keyboard.alt(KEYS.Key_U)
    keyboard.type(address)
    keyboard.alt(KEYS.Key_K)
    keyboard.type(key)


def wait_for_page(qtbot: QtBot, wizard: ConnectionWizard, number: WizardPageId) -> None:
    qtbot.waitUntil(lambda: wizard.currentId() == number)
