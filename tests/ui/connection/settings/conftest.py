"""A connection's settings, opened over real services."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ac_desktop.ui.connection.settings.pages import ConnectionPageId
from ac_desktop.ui.connection.settings.settings_dialog import ConnectionSettingsDialog, open_settings
from tests.ui.connection.support import FakeCheck, Keyboard, UiHarness

OpenSettings = Callable[..., tuple[ConnectionSettingsDialog, Keyboard]]


@pytest.fixture
def opened(ui: UiHarness, qtbot: QtBot) -> Iterator[OpenSettings]:
    made: list[ConnectionSettingsDialog] = []

    def make(
        connection_id: int, page: ConnectionPageId = ConnectionPageId.NAME, check: FakeCheck | None = None
    ) -> tuple[ConnectionSettingsDialog, Keyboard]:
        service = ui.with_check(check) if check else ui.connection_service
        dialog = open_settings(None, service, ui.bridge, ui.on_saved, connection_id, page)
        assert dialog is not None
        made.append(dialog)
        qtbot.waitExposed(dialog)
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog, Keyboard(dialog, qtbot)

    yield make
    for dialog in made:
        if isValid(dialog):
            dialog.done(0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
