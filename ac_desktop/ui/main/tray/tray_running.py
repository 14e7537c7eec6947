"""Keeps the program running in the system tray once its window is closed, where a person chose so."""

from typing import Protocol

from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.application import DesktopApplication
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.main.tray.tray_notice import TrayNotice


class HidesInTray(Protocol):
    """A window that may be hidden instead of closed."""

    settings: WindowSettings
    tray: TrayNotice

    def hide(self) -> None:
        """Hide it."""

    def close(self) -> bool:
        """Close it; return whether it was closed."""

    def come_forward(self) -> None:
        """Show it over the others."""


class TrayRunning:
    """Hides a window that is closed instead; Quit ends the program, and so does the end of the session."""

    def __init__(self, window: HidesInTray) -> None:
        self._window = window
        self._is_quitting = False
        self._quits_with_window: bool | None = None
        application = QApplication.instance()
        self._application = application if isinstance(application, DesktopApplication) else None

    @property
    def is_hidden(self) -> bool:
        """Whether the window is hidden while the program runs."""
        return self._quits_with_window is not None

    def keeps_running(self) -> bool:
        """Hide the window that is being closed, and return True; False where it is to be closed."""
        is_ending = self._is_quitting or (self._application is not None and self._application.is_quitting)
        window = self._window
        if is_ending or not window.settings.keeps_running or not window.tray.is_there:
            return False
        if not self.is_hidden:
            self._quits_with_window = QApplication.quitOnLastWindowClosed()
            QApplication.setQuitOnLastWindowClosed(False)
        window.hide()
        self._say_once()
        return True

    def come_back(self) -> None:
        """End the program with its window again, as that is shown again."""
        if self._quits_with_window is not None:
            QApplication.setQuitOnLastWindowClosed(self._quits_with_window)
            self._quits_with_window = None

    def quit(self) -> None:
        """End the program, though it is to run in the tray. A hidden window is shown: it may have to ask first."""
        if self.is_hidden:
            self._window.come_forward()
        self._is_quitting = True
        self._window.close()
        self._is_quitting = False

    def _say_once(self) -> None:
        settings = self._window.settings
        if not settings.told_of_tray:
            settings.told_of_tray = True
            settings.save()
            self._window.tray.show_notice(
                tr("AC Desktop keeps running"),
                tr("Automatic relays continue. To end AC Desktop, click its icon and choose Quit."),
                icon=QSystemTrayIcon.MessageIcon.Information,
            )
