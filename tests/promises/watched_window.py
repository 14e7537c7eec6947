"""The program itself, which also says on its output when its window is shown, called forward and handed files.

With --press-relay as its first argument somebody presses Relay as soon as the window is there, with two workers and
without a pace; on the practice account with everything as it is.
"""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final
from unittest.mock import patch

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent

from ac_desktop import app
from ac_desktop.app import ServiceParts
from ac_desktop.cli import main
from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.services import Services
from ac_desktop.ui.importing.controller import ImportController
from ac_desktop.ui.main.help_controller import HelpController
from ac_desktop.ui.main.main_window import MainWindow
from tests.unpaced import UnpacedLedger

_PRESS: Final = "--press-relay"
_build: Final = app.build
_opened: Final[list[Services]] = []

_come_forward: Final = MainWindow.come_forward
_take_files: Final = ImportController.import_files
_shown: Final = MainWindow.showEvent


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _comes_forward(window: MainWindow) -> None:
    _come_forward(window)
    _say("forward")


def _takes_files(intake: ImportController, paths: Sequence[Path]) -> None:
    _say("files " + " ".join(path.name for path in paths))
    _take_files(intake, paths)


def _shows(window: MainWindow, event: QShowEvent) -> None:
    _shown(window, event)
    _say("shown")
    if _PRESS in sys.argv:
        _press_relay(window)


def _press_relay(window: MainWindow) -> None:
    """Press until the relay runs: the window is shown before all of it is there."""
    connection = window.state.connection
    if connection is not None and any(one.engine.is_running(connection.id) for one in _opened):
        _say("pressed")
    else:
        window.connection_bar.relay.click()
        QTimer.singleShot(200, partial(_press_relay, window))


def _unpaced(
    folder: Path,
    *,
    given_key: str | None = None,
    parts: ServiceParts | None = None,
    anedot: AnedotOptions | None = None,
    office_password: str | None = None,
) -> Services:
    if parts is None:
        parts = ServiceParts(rate_limit_store=UnpacedLedger(), workers=2)
    _opened.append(_build(folder, given_key=given_key, parts=parts, anedot=anedot, office_password=office_password))
    return _opened[-1]


if __name__ == "__main__":
    with (
        patch.object(MainWindow, "come_forward", _comes_forward),
        patch.object(ImportController, "import_files", _takes_files),
        patch.object(MainWindow, "showEvent", _shows),
        patch.object(HelpController, "welcome"),
        patch.object(app, "build", _unpaced if _PRESS in sys.argv else _build),
    ):
        sys.exit(main([argument for argument in sys.argv[1:] if argument != _PRESS]))
