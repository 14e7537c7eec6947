"""What every scene uses: the program's language, theme, font and size, and ways to wait for pending work."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ac_desktop.language import Language
from ac_desktop.ui.base import privacy_mask
from ac_desktop.ui.base.theme import Scheme, apply_theme, dark_palette, light_palette
from ac_desktop.ui.base.translators import install_translators, remove_translators
from ac_desktop.ui.base.window_settings import WindowSettings
from tests.ui.connection.support import UiHarness
from tests.ui.made_fonts import Family, use

PATIENCE_MS: Final = 90_000
TURN_MS: Final = 20
SHORT_TURN_MS: Final = 5


@dataclass(frozen=True)
class Appearance:
    """The language, font and theme in which the program is shown."""

    language: Language = Language.ENGLISH
    percent: int = 100
    scheme: Scheme = Scheme.LIGHT
    masked: bool = False
    family: Family | None = None
    """The typeface; None is the machine's own."""


Scene = Callable[[UiHarness], AbstractContextManager[QWidget]]
"""Opens something over real services, yields the widget to inspect, and closes it afterwards."""


@contextmanager
def shown_as(application: QApplication, ui: UiHarness, appearance: Appearance) -> Iterator[None]:
    """Show everything opened meanwhile in a language, font and theme, and restore them afterwards."""
    font, palette = application.font(), application.palette()
    large = QFont(font) if appearance.family is None else QFont(use(appearance.family))
    large.setPointSizeF(font.pointSizeF() * appearance.percent / 100)
    application.setFont(large)
    apply_theme(application, dark_palette() if appearance.scheme is Scheme.DARK else light_palette())
    settings = WindowSettings(ui.services.folder)
    settings.scheme, settings.language = appearance.scheme, appearance.language
    settings.save()
    translators = install_translators(application, appearance.language)
    privacy_mask.set_masked(on=appearance.masked)
    ui.is_large = appearance.percent > 100
    try:
        yield
    finally:
        privacy_mask.set_masked(on=False)
        remove_translators(application, translators)
        application.setFont(font)
        apply_theme(application, palette)


def until(is_so: Callable[[], object]) -> None:
    """Run the event loop until a condition holds."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not is_so():
        assert not deadline.hasExpired(), "nothing came"
        rest(SHORT_TURN_MS)


def rest(milliseconds: int = TURN_MS) -> None:
    """Run the event loop briefly, so that pending layouts and paints are done."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def close_for_good(widget: QWidget) -> None:
    """Close and delete a widget."""
    if isValid(widget):
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
