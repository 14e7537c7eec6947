"""The Qt application; on macOS an event names the files it is asked to open."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from ac_desktop.ui.base.unread_sources import leave_sources_unread

leave_sources_unread()

_PROGRAM: Final = "ac-desktop"
"""How desktops know the program: the name of its desktop entry, and the ID in its shortcuts."""
STYLE: Final = "fusion"
STYLE_PROPERTY: Final = "ac_style"
"""Says which style an application has: to ask for the style itself makes 570 values of enumerations."""

_COLLECTOR: Final = "garbage collector"
_COLLECT_EVERY_MS: Final = 2_000

Take = Callable[[Sequence[Path]], None]


class DesktopApplication(QApplication):
    """Keeps files that arrive before the window exists, and passes each to the window once there is one."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__([*arguments, "-style", STYLE])
        self.setProperty(STYLE_PROPERTY, STYLE)
        self._take: Take | None = None
        self._waiting: list[Path] = []
        self.is_quitting = False
        """Whether the system or the desktop's own Quit is ending the program, with every window of it."""
        self.commitDataRequest.connect(self._end_session)

    def deliver_to(self, take: Take | None) -> None:
        """Pass the files to `take` from now on; None keeps them waiting."""
        self._take = take
        if take is not None and self._waiting:
            waiting, self._waiting = self._waiting, []
            take(waiting)

    def event(self, event: QEvent) -> bool:
        """Accept a file that was opened with the program; let the windows know that all of it ends."""
        if isinstance(event, QFileOpenEvent) and event.file():
            file = Path(event.file())
            if self._take is None:
                self._waiting.append(file)
            else:
                self._take([file])
            return True
        if event.type() == QEvent.Type.Quit:
            self.is_quitting = True
            try:
                return super().event(event)
            finally:
                self.is_quitting = False
        return super().event(event)

    def _end_session(self, _manager: object) -> None:
        self.is_quitting = True


def desktop_application() -> QApplication:
    """Return the one application of this process, named as desktops know it; its thread alone collects garbage."""
    from ac_desktop.platform.display import set_program_id

    set_program_id(_PROGRAM)
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else DesktopApplication(sys.argv[:1])
    _collect_garbage_here(application)
    application.setApplicationName(_PROGRAM)
    application.setApplicationDisplayName("AC Desktop")
    application.setDesktopFileName(_PROGRAM)
    return application


def _collect_garbage_here(application: QApplication) -> None:
    from ac_desktop.platform import process

    process.leave_garbage()
    if application.findChild(QTimer, _COLLECTOR) is None:
        timer = QTimer(application)
        timer.setObjectName(_COLLECTOR)
        timer.timeout.connect(process.collect_garbage)
        timer.start(_COLLECT_EVERY_MS)
