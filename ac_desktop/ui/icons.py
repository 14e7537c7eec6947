"""Our own icons: small drawings in `resources/icons`, coloured from the palette so that they fit light and dark."""

from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from ac_desktop.places import resources_folder
from ac_desktop.ui.theme import Tone, tone_color

SIZES: Final = (16, 20, 24, 32, 48, 64)
_NAME: Final = "ac_icon"
_TONE: Final = "ac_tone"


class _TakesIcon(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...


def folder() -> Path:
    """Give the folder of the drawings."""
    return resources_folder() / "icons"


def icon(name: str, tone: Tone = Tone.PLAIN) -> QIcon:
    """Give an icon in a tone's colour, with its disabled and its selected look."""
    palette = QApplication.palette()
    return _icon(
        name,
        tone_color(tone, palette).name(),
        palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText).name(),
        palette.color(QPalette.ColorRole.HighlightedText).name(),
    )


def pixmap(name: str, tone: Tone, size: int, ratio: float = 1.0) -> QPixmap:
    """Give one picture of an icon, for a label."""
    return icon(name, tone).pixmap(QSize(size, size), ratio)


def size_for(widget: QWidget, share: float = 1.0) -> QSize:
    """Give the size of an icon beside a widget's text, so that it grows with the font."""
    height = round(widget.fontMetrics().height() * share)
    return QSize(height, height)


def dress(target: _TakesIcon, name: str, tone: Tone = Tone.PLAIN) -> None:
    """Give an action or button its icon, and let `redress` know which."""
    if isinstance(target, QObject):
        target.setProperty(_NAME, name)
        target.setProperty(_TONE, tone.name)
    target.setIcon(icon(name, tone))


def redress(root: QObject) -> None:
    """Colour every icon below `root` anew, as the palette has changed."""
    for child in root.findChildren(QObject):
        name = child.property(_NAME)
        if name:
            child.setIcon(icon(str(name), Tone[str(child.property(_TONE))]))  # type: ignore[attr-defined]


@lru_cache(maxsize=512)
def _icon(name: str, normal: str, disabled: str, selected: str) -> QIcon:
    drawing = (folder() / f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for colour, mode in (
        (normal, QIcon.Mode.Normal),
        (disabled, QIcon.Mode.Disabled),
        (selected, QIcon.Mode.Selected),
    ):
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
        for size in SIZES:
            made.addPixmap(_draw(renderer, size), mode)
    return made


def _draw(renderer: QSvgRenderer, size: int) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    return picture
