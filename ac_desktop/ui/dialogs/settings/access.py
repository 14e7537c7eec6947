"""What the settings are read from, and what a change calls."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QAction

from ac_desktop.language import Language
from ac_desktop.platform.login_start import LoginStart
from ac_desktop.platform.paths import program
from ac_desktop.ui.base.theme import Scheme
from ac_desktop.ui.base.window_settings import WindowSettings


class StartAtLogin(Protocol):
    """The system's list of what starts when a person signs in."""

    def is_on(self) -> bool:
        """Whether AC Desktop is in it. Raise OSError where the system does not say."""

    def set_on(self, *, on: bool) -> None:
        """Add it or take it out. Raise OSError where the system refuses."""


@dataclass(frozen=True, kw_only=True)
class SettingsAccess:
    """What the pages get. A change applies at once."""

    settings: WindowSettings
    choose_language: Callable[[Language], None]
    choose_scheme: Callable[[Scheme], None]
    choose_text_size: Callable[[int], None]
    kept_days: Callable[[], int | None]
    privacy_mask: QAction
    retention: QAction
    erase: QAction
    updates: QAction
    can_check_for_updates: Callable[[], bool]
    start_at_login: StartAtLogin | None = None
    has_tray: bool = False


class LoginSetting:
    """Starts the window on a data folder when its user signs in."""

    def __init__(self, start: LoginStart, folder: Path) -> None:
        self._start = start
        self._folder = folder

    def is_on(self) -> bool:
        """Whether it is started. Raises OSError where the system does not say."""
        return self._start.is_on()

    def set_on(self, *, on: bool) -> None:
        """Start it at each login from now on, or no longer. Raises OSError where the system refuses."""
        if on:
            self._start.turn_on([*program(), "--data-dir", str(self._folder.absolute())])
        else:
            self._start.turn_off()
