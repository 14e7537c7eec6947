"""The progress of a relay on the program's icon in the task bar, where the desktop supports it.

Docks of Linux desktops (KDE's, Ubuntu's, Plank) read it from a signal on the session bus; elsewhere the window's
title shows the percentage, which a task bar shows, too.
"""

import os
import sys
from collections.abc import Callable
from typing import Final

from ac_desktop.ui.base.window_state import WindowState

INTERFACE: Final = "com.canonical.Unity.LauncherEntry"
ENTRY: Final = "application://ac-desktop.desktop"
PATH: Final = "/com/canonical/unity/launcherentry/ac_desktop"
BUS_VARIABLE: Final = "DBUS_SESSION_BUS_ADDRESS"

Send = Callable[[int | None], None]


class TaskBar:
    """Sends a percentage whenever it changes, and when there is none any more."""

    def __init__(self, send: Send | None = None) -> None:
        self._send = send or (_send_to_bus if _has_a_bus() else None)
        self._share: int | None = None

    def show_state(self, state: WindowState) -> None:
        """Show the progress of the relay."""
        self._show(state.relay_share)

    def hide(self) -> None:
        """Remove the percentage, as the window closes."""
        self._show(None)

    def _show(self, share: int | None) -> None:
        if share != self._share:
            self._share = share
            if self._send is not None:
                self._send(share)


def _has_a_bus() -> bool:
    return sys.platform == "linux" and bool(os.environ.get(BUS_VARIABLE))


def _send_to_bus(share: int | None) -> None:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    update = QDBusMessage.createSignal(PATH, INTERFACE, "Update")
    update.setArguments([ENTRY, {"progress": (share or 0) / 100, "progress-visible": share is not None}])
    QDBusConnection.sessionBus().send(update)
