"""The program's own icons: small drawings in `resources/icons`, colored from the palette for light and dark."""

from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QByteArray, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from ac_desktop.platform.paths import resources_folder
from ac_desktop.ui.base.theme import Tone, tone_color

SIZES: Final = (16, 20, 24, 32, 48, 64)
NAME_PROPERTY: Final = "ac_icon"
_TONE: Final = "ac_tone"
_GAP: Final = 0.3
"""Between an icon and the text of a button, beside what Qt adds, in heights of the icon."""


class _TakesIcon(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...


def folder() -> Path:
    """Return the folder of the drawings."""
    return resources_folder() / "icons"


def icon(name: str, tone: Tone = Tone.PLAIN) -> QIcon:
    """Return an icon in a tone's color, with its disabled and selected modes."""
    palette = QApplication.palette()
    return _icon(
        name,
        tone_color(tone, palette).name(),
        palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText).name(),
        palette.color(QPalette.ColorRole.HighlightedText).name(),
    )


def icon_in(name: str, color: QColor, disabled: QColor | None = None) -> QIcon:
    """Return an icon in a color; in another one where it is disabled."""
    return _icon(name, color.name(), (disabled or color).name(), color.name())


def pixmap(name: str, tone: Tone, size: int, ratio: float = 1.0) -> QPixmap:
    """Return one picture of an icon, for a label."""
    return icon(name, tone).pixmap(QSize(size, size), ratio)


def size_for(widget: QWidget, share: float = 1.0) -> QSize:
    """Return the size of an icon beside a widget's text, so that it grows with the font."""
    height = round(widget.fontMetrics().height() * share)
    return QSize(height, height)


def size_beside_text(widget: QWidget, share: float = 1.0) -> QSize:
    """Return the size of an icon that stands before a button's text, with the gap to it."""
    side = size_for(widget, share)
    return QSize(side.width() + round(side.height() * _GAP), side.height())


def set_icon(target: _TakesIcon, name: str, tone: Tone = Tone.PLAIN) -> None:
    """Set an icon of an action or button, and register it for `recolor`."""
    if isinstance(target, QObject):
        target.setProperty(NAME_PROPERTY, name)
        target.setProperty(_TONE, tone.name)
    target.setIcon(icon(name, tone))


def recolor(root: QObject) -> None:
    """Recolor every icon below `root`, as the palette has changed."""
    for child in root.findChildren(QObject):
        name = child.property(NAME_PROPERTY)
        if name:
            child.setIcon(icon(str(name), Tone[str(child.property(_TONE))]))  # type: ignore[attr-defined]


@lru_cache(maxsize=512)
def _icon(name: str, normal: str, disabled: str, selected: str) -> QIcon:
    return QIcon(_Drawing(name, normal, disabled, selected))


class _Drawing(QIconEngine):
    """Draws an icon in the size and mode asked for, when it is asked for: most are never shown."""

    def __init__(self, name: str, normal: str, disabled: str, selected: str) -> None:
        super().__init__()
        self._name = name
        self._colors = (normal, disabled, selected)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the picture of a size."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        """Return the picture of a size at a device pixel ratio."""
        normal, disabled, selected = self._colors
        color = {QIcon.Mode.Disabled: disabled, QIcon.Mode.Selected: selected}.get(mode, normal)
        return _drawn(self._name, color, size.width(), size.height(), scale)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint into the middle of a rectangle."""
        # The device itself may be a widget of Qt's own, for which PySide first makes every class of widgets.
        ratio = abs(painter.deviceTransform().m11()) or 1.0
        picture = self.scaledPixmap(rect.size(), mode, state, ratio)
        place = QRect(QPoint(), picture.deviceIndependentSize().toSize())
        place.moveCenter(rect.center())
        painter.drawPixmap(place, picture)

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        """Return the size asked for: every size is available."""
        return size

    def availableSizes(
        self, _mode: QIcon.Mode = QIcon.Mode.Normal, _state: QIcon.State = QIcon.State.Off
    ) -> list[QSize]:
        """Return the sizes that systems ask for."""
        return [QSize(side, side) for side in SIZES]

    def isNull(self) -> bool:
        """Return False: there is always something to draw."""
        return False

    def clone(self) -> QIconEngine:
        """Return a copy."""
        return _Drawing(self._name, *self._colors)


@lru_cache(maxsize=1024)
def _drawn(name: str, color: str, width: int, height: int, scale: float) -> QPixmap:
    """Return the square drawing at the left of a picture; what is left of the width is the gap to a text."""
    from PySide6.QtSvg import QSvgRenderer

    drawing = (folder() / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    side = min(width, height)
    picture = QPixmap(round(width * scale), round(height * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, (height - side) / 2, side, side))
    painter.end()
    return picture
