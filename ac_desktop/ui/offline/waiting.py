"""Shows the offline window until the office's server is back, or a person closes it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.opening import StoreLocation, open_database, outbox_of, use_office
from ac_desktop.ui.base.application import desktop_application
from ac_desktop.ui.base.theme import Theme
from ac_desktop.ui.base.translators import install_translators, remove_translators
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.offline.offline_window import OfflineWindow

Listen = Callable[[Callable[[Sequence[Path]], None]], None]
"""Calls a function on the main thread at each later start of the program, with all files that such starts brought."""


def services_once_reached(
    build_now: Callable[[], Services], location: StoreLocation, error: StoreError, listen: Listen
) -> Services | None:
    """Build the services once an office's server is back; return None where a person closed the window before.

    `listen` keeps the files of later starts for the window that opens then. Raise StoreError where something else keeps
    us out.
    """
    while True:
        if not _wait(location, error, listen):
            return None
        try:
            return build_now()
        except StoreError as again:
            if not again.may_pass:
                raise
            error = again


def _wait(location: StoreLocation, error: StoreError, listen: Listen) -> bool:
    """Show the window; return whether the server is back. Raise StoreError where something else keeps us out."""
    if location.office is None:
        raise error
    application = desktop_application()
    settings = WindowSettings(location.folder)
    translators = install_translators(application, settings.language)
    theme = Theme(application, settings.scheme, settings.text_percent)
    in_use = use_office(location)
    window = OfflineWindow(outbox_of(location.folder, location.office), partial(_reach, location), error)
    listen(window.show_files)
    try:
        window.show()
        application.exec()
    finally:
        theme.close()
        window.deleteLater()
        remove_translators(application, translators)
        if in_use is not None:
            in_use.close()
    if window.problem is not None:
        raise window.problem
    return window.is_back


def _reach(location: StoreLocation) -> None:
    """Look whether a store can be worked on. Raise StoreError where it cannot."""
    open_database(location).close()
