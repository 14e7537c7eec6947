"""Opens the main window over services that are already built."""

from functools import partial

from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from ac_desktop.services import Services
from ac_desktop.ui.bridge import Bridge
from ac_desktop.ui.hooks import WindowHooks
from ac_desktop.ui.language import be_quiet, speak
from ac_desktop.ui.main_window import MainWindow
from ac_desktop.ui.plurals import EnglishPlurals
from ac_desktop.ui.settings import WindowSettings
from ac_desktop.ui.theme import Theme
from ac_desktop.ui.tray import TrayNotice


def open_window(services: Services, *, practice: bool = False, hooks: WindowHooks) -> MainWindow:
    """Build and show the main window; the caller keeps it and closes the services after the event loop."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("A QApplication is needed before the window")
    plurals = EnglishPlurals(application)
    application.installTranslator(plurals)
    settings = WindowSettings(services.folder)
    translators = speak(application, settings.language)
    bridge = Bridge(services.database)
    theme = Theme(application, settings.scheme)
    tray = TrayNotice(QSystemTrayIcon() if QSystemTrayIcon.isSystemTrayAvailable() else None)
    window = MainWindow(
        services,
        practice=practice,
        hooks=hooks,
        bridge=bridge,
        settings=settings,
        theme=theme,
        tray=tray,
    )
    for owned in (bridge, theme, tray):
        owned.setParent(window)
    window.destroyed.connect(partial(be_quiet, application, [plurals, *translators]))
    window.show()
    return window
