"""A wizard, opened over real services."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ac_desktop.ui.connection.wizard.wizard import ConnectionWizard, run_wizard
from tests.ui.connection.support import FakeCheck, Keyboard, UiHarness
from tests.ui.connection.wizard.walking import Open


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
