"""Opens the main window over services that are already built."""

from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from ac_desktop.services import Services
from ac_desktop.ui.bridge import Bridge
from ac_desktop.ui.hooks import WindowHooks
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
    bridge = Bridge(services.database)
    window = MainWindow(
        services,
        practice=practice,
        hooks=hooks,
        bridge=bridge,
        settings=settings,
        theme=Theme(application, settings.scheme),
        tray=TrayNotice(QSystemTrayIcon() if QSystemTrayIcon.isSystemTrayAvailable() else None),
    )
    bridge.setParent(window)
    window.show()
    return window
