"""The program with its window, and somebody at it: they go on with every import, and press Relay when donors wait.

What a file leaves open they do not answer: they cancel that import. Bulk is offered, and not taken.
"""

import sys
from contextlib import suppress
from functools import partial
from typing import Final
from unittest.mock import patch

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QDialog

from ac_desktop.cli import main
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.main.header.relay_button import RelayAction, relay_button_state
from ac_desktop.ui.main.help_controller import HelpController
from ac_desktop.ui.main.main_window import MainWindow

_LOOK_MS: Final = 300
_shown: Final = MainWindow.showEvent


def _shows(window: MainWindow, event: QShowEvent) -> None:
    _shown(window, event)
    timer = QTimer(window)
    timer.timeout.connect(partial(_look, window))
    timer.start(_LOOK_MS)


def _look(window: MainWindow) -> None:
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QDialog):
        dialog.reject()
        return
    if window.state.connection is None:
        return
    try:
        stage, sheet = window.deferred.flow.state.stage, window.deferred.sheet
    except RuntimeError:
        # The window is shown before all of it is there.
        return
    if stage in {ImportStage.CHECKING, ImportStage.RESULT}:
        if sheet.go_on.isEnabled():
            sheet.go_on.click()
    elif stage in {ImportStage.ASKING, ImportStage.REFUSED}:
        window.deferred.flow.cancel()
    elif relay_button_state(window.state).action is RelayAction.RELAY:
        window.connection_bar.relay.click()


if __name__ == "__main__":
    with (
        patch.object(MainWindow, "showEvent", _shows),
        patch.object(HelpController, "welcome"),
        suppress(KeyboardInterrupt),
    ):
        sys.exit(main())
