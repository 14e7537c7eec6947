"""Spacing, radii and type sizes: pixels at the usual text size, which grow with the system's font."""

import sys
from typing import Final

from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QWidget

USUAL_TEXT: Final = 13
"""The height of body text in pixels for which every size here is given."""

_pixels: Final[dict[tuple[str, float, int], float]] = {}
"""The height of letters by font: every size asks for it, and to ask the system takes 70 µs."""

SPACE_XS: Final = 4
SPACE_S: Final = 8
SPACE_M: Final = 12
SPACE_L: Final = 16
SPACE_XL: Final = 24

RADIUS_CONTROL: Final = 6
RADIUS_CARD: Final = 8
FOCUS_WIDTH: Final = 2

PAGE_TITLE: Final = 19 / USUAL_TEXT
EMPTY_TITLE: Final = 22 / USUAL_TEXT
DIALOG_TITLE: Final = 18 / USUAL_TEXT
INSPECTOR_NAME: Final = 16 / USUAL_TEXT
CARD_TITLE: Final = 14 / USUAL_TEXT
HELP: Final = 12.5 / USUAL_TEXT
SECOND_LINE: Final = 12 / USUAL_TEXT
CODE: Final = 11 / USUAL_TEXT
_CODE_FAMILIES: Final = ("Consolas",) if sys.platform == "win32" else ()
"""What goes before the system's own face: on Windows Qt takes Courier New, whose letters are too thin to be small."""


def text_pixels(font: QFont) -> float:
    """Return the height of a font's letters in pixels."""
    key = (font.family(), font.pointSizeF(), font.pixelSize())
    found = _pixels.get(key)
    if found is None:
        found = _pixels[key] = QFontInfo(font).pixelSize()
    return found


def scaled(pixels: float, of: QWidget | QFont | None = None) -> int:
    """Return a size for the font of a widget, or the program's own, where it is `pixels` at the usual text size."""
    font = of.font() if isinstance(of, QWidget) else of
    return round(pixels * text_pixels(font or QApplication.font()) / USUAL_TEXT)


def sized_font(font: QFont, share: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return a font of the same family, `share` times as large."""
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * share)
    else:
        made.setPixelSize(max(1, round(font.pixelSize() * share)))
    made.setWeight(weight)
    return made


def with_equal_figures(font: QFont) -> QFont:
    """Return the font with figures of one width, for columns of numbers."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def code_font(font: QFont) -> QFont:
    """Return the system's monospaced font for requests and responses, in proportion to a font."""
    from PySide6.QtGui import QFontDatabase

    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setFamilies([*_CODE_FAMILIES, *made.families()])
    return sized_font(made, text_pixels(font) * CODE / max(1.0, text_pixels(made)))
