"""Opens the main window over services that are already built, and again where another language is chosen."""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from ac_desktop.services import Services
from ac_desktop.ui.base import privacy_mask
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.theme import Theme
from ac_desktop.ui.base.translators import install_translators, remove_translators
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.dialogs.dialog_openers import DialogOpeners
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.tray.tray_notice import TrayNotice

if TYPE_CHECKING:
    from ac_desktop.ui.main.deferred_parts import DeferredParts

SWITCH_INTERVAL_S: Final = 0.0001
"""Seconds after which a relay's threads release the GIL, instead of 5 ms: painting asks for it hundreds of times."""


def open_window(
    services: Services, *, practice: bool = False, openers: DialogOpeners, paint_first: bool = False
) -> MainWindow:
    """Build and show the main window; the caller keeps it and closes the services after the event loop.

    With `paint_first` it is on the screen sooner, and the deferred widgets are built then.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("A QApplication is needed before the window")
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    settings = WindowSettings(services.folder)
    translators = install_translators(application, settings.language)
    bridge = Bridge(services.database)
    theme = Theme(application, settings.scheme, settings.text_percent)
    tray = TrayNotice(QSystemTrayIcon() if QSystemTrayIcon.isSystemTrayAvailable() else None)
    window = MainWindow(
        services,
        practice=practice,
        build_deferred=partial(_build_deferred, services, openers),
        bridge=bridge,
        settings=settings,
        theme=theme,
        tray=tray,
    )
    for owned in (bridge, theme, tray):
        owned.setParent(window)
    window.destroyed.connect(partial(remove_translators, application, translators))
    if paint_first:
        window.build_after_paint()
    else:
        window.build_deferred()
    window.show()
    if paint_first:
        window.windowHandle().installEventFilter(FirstInputWatcher(window))
    return window


def _build_deferred(services: Services, openers: DialogOpeners, window: MainWindow) -> "DeferredParts":
    from ac_desktop.ui.main.deferred_widgets import build_deferred

    return build_deferred(window, services, openers)


class FirstInputWatcher(QObject):
    """Builds the deferred widgets before the first press or key arrives, which would meet actions without effect."""

    _INPUTS: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.TouchBegin})

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle an event on its way, and let it pass."""
        if event.type() in self._INPUTS:
            watched.removeEventFilter(self)
            self._window.build_deferred()
        return False


class WindowHolder:
    """Holds the current main window; one in another language replaces it while the relay continues.

    Widgets are not translated in place, as every text would have to be written twice: where it is made, and where it
    changes.
    """

    def __init__(self, make: Callable[[], MainWindow]) -> None:
        self._make = make
        self.window = self._make_window()

    def _make_window(self) -> MainWindow:
        window = self._make()
        # Deferred: the window that asked for it is still running.
        window.language_chosen.connect(partial(QTimer.singleShot, 0, self._replace_window))
        return window

    def _replace_window(self) -> None:
        is_masked, stays = privacy_mask.is_masked(), QApplication.quitOnLastWindowClosed()
        has_chart = self.window.actions_.activity.isChecked()
        QApplication.setQuitOnLastWindowClosed(False)
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete.value)
        privacy_mask.set_masked(on=is_masked)
        self.window = self._make_window()
        self.window.build_deferred()
        self.window.actions_.privacy_mask.setChecked(is_masked)
        self.window.actions_.activity.setChecked(has_chart)
        QApplication.setQuitOnLastWindowClosed(stays)
