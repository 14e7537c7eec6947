"""The program's own window with a person at its keyboard: each window that opens meets the next part of a walk.

It runs in a process of its own: the program is opened as it is from a menu, and opens its next window by itself.
"""

import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox

from ac_desktop.app import open_window
from ac_desktop.ui.base.application import DesktopApplication
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.office.move_dialog import MoveDialog
from tests.ui.scenes.stage import SHORT_TURN_MS, rest
from tests.ui.seen import texts
from tests.ui.walks.person import Person

PATIENCE_TURNS: Final = 4_000
LOOK_MS: Final = 50

Part = Callable[[Person, MainWindow], None]


class PatientLoop:
    """Waits in the event loop, as pytest-qt's robot does."""

    class TimeoutError(Exception):  # noqa: A001  as the robot names it
        """It did not come."""

    def waitUntil(self, holds: Callable[[], bool]) -> None:  # noqa: N802  as the robot names it
        for _ in range(PATIENCE_TURNS):
            if holds():
                return
            rest(SHORT_TURN_MS)
        raise self.TimeoutError


class Walk:
    """Meets each window with the next part; the last one is closed, and so is the program where a part fails."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = list(parts)
        self.proofs: list[str] = []
        self._met: list[MainWindow] = []
        self.failure = ""
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)

    @property
    def is_whole(self) -> bool:
        """Whether every part was walked."""
        return not self._parts and not self.failure

    def _look(self) -> None:
        for one in QApplication.topLevelWidgets():
            done = isinstance(one, MoveDialog) and one.buttons.button(QDialogButtonBox.StandardButton.Ok)
            if isinstance(one, MoveDialog) and one.isVisible() and done:
                self.proofs.append(one.text.text())
                one.accept()
        new = [
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, MainWindow) and one.isVisible() and one.is_built and one not in self._met
        ]
        if not new:
            return
        self._timer.stop()
        self._met += new
        try:
            self._parts.pop(0)(Person(PatientLoop(), new[0]), new[0])
        except BaseException:  # noqa: BLE001  what fails is the test's to say
            self.failure = f"{traceback.format_exc()}\nseen: {sorted(set(texts(new[0])))}"
            for dialog in new[0].findChildren(QDialog):
                dialog.close()
            new[0].tray_running.quit()
        self._timer.start()


def walk(folder: Path, parts: Sequence[Part], *, files: Sequence[Path] = ()) -> list[str]:
    """Open the program on a data folder and walk through it; return the proofs of moves that were read on the way.

    The process ends with what went wrong, if anything did.
    """
    application = DesktopApplication(sys.argv[:1])
    walked = Walk(parts)
    code = open_window(folder, practice=False, files=files)
    del application
    if not walked.is_whole:
        sys.stderr.write(walked.failure or f"{code}: a window never came")
        sys.exit(1)
    return walked.proofs
