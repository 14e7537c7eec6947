"""What the settings are read from, and what a change calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QAction

from ac_desktop.language import Language
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
