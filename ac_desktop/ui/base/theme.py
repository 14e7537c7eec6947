"""Light and dark: palettes, and the few colors that carry a meaning of their own."""

from enum import Enum, StrEnum
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ac_desktop.ui.base.application import STYLE, STYLE_PROPERTY
from ac_desktop.ui.base.visual.colors import DARK, LIGHT, Colors, Pair, colors_of, is_dark, is_high_contrast
from ac_desktop.ui.base.visual.metrics import sized_font, text_pixels
from ac_desktop.ui.base.visual.style_sheet import style_sheet

_TEXT_SIZE: Final = "ac_text_size"
_USUAL_PERCENT: Final = 100
_LUMINANCE: Final = (0.2126, 0.7152, 0.0722)
_LINEAR_UP_TO: Final = 0.04045
_WITH_BOXES: Final = ("QCheckBox", "QRadioButton", "QListView")
_BOXES_ON_DARK: Final = "#c4c4c4"
_BOXES_ON_LIGHT: Final = "#b4b4b4"


class Scheme(StrEnum):
    """What a person chose in the View menu."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(Enum):
    """What a color means; always shown with an icon and a word. The values are its colors on light and on dark."""

    PLAIN = ("", "")
    QUIET = ("#555D67", "#A9B0B9")
    GOOD = ("#17642F", "#8ADBA1")
    NOTE = ("#174F9C", "#A3C8FB")
    WARNING = ("#7D4A00", "#F3C670")
    PROBLEM = ("#A8201A", "#FFA59D")


def tone_color(tone: Tone, palette: QPalette) -> QColor:
    """Return the color of a tone for text and icons on the palette's backgrounds."""
    if tone is Tone.PLAIN or is_high_contrast():
        return palette.color(QPalette.ColorRole.WindowText)
    return QColor(tone.value[is_dark(palette)])


def pill_pair(tone: Tone, colors: Colors) -> Pair:
    """Return text, fill and edge of a pill in a tone."""
    return {
        Tone.PLAIN: colors.waiting,
        Tone.QUIET: colors.skipped,
        Tone.GOOD: colors.sent,
        Tone.NOTE: colors.sending,
        Tone.WARNING: colors.held,
        Tone.PROBLEM: colors.failed,
    }[tone]


def banner_pair(tone: Tone, colors: Colors) -> Pair:
    """Return the title's color, fill and edge of a banner or a notice in a tone."""
    return {
        Tone.GOOD: colors.good,
        Tone.WARNING: colors.warning,
        Tone.PROBLEM: colors.danger,
    }.get(tone, colors.note)


def tint(tone: Tone, palette: QPalette) -> QColor:
    """Return a background with a touch of a tone, on which plain text stays readable."""
    if tone is Tone.PLAIN or is_high_contrast():
        return palette.color(QPalette.ColorRole.Window)
    return banner_pair(tone, colors_of(palette)).fill


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colors as WCAG 2 defines it, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = (part / 12.92 if part <= _LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip(_LUMINANCE, linear, strict=True))


class Theme(QObject):
    """Follows the system's light or dark, or a person's choice; high contrast has the system's own colors."""

    def __init__(
        self, application: QApplication, scheme: Scheme, percent: int = _USUAL_PERCENT, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._application = application
        self.scheme = scheme
        application.styleHints().colorSchemeChanged.connect(self._follow)
        self.choose_text_size(percent)
        self.choose(scheme)

    def choose(self, scheme: Scheme) -> None:
        """Choose light, dark, or what the system has."""
        self.scheme = scheme
        hints = self._application.styleHints()
        if scheme is Scheme.SYSTEM:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if scheme is Scheme.DARK else Qt.ColorScheme.Light)
        self._follow()

    def choose_text_size(self, percent: int) -> None:
        """Show every text in a share of the size that the system uses."""
        before = self._application.property(_TEXT_SIZE) or _USUAL_PERCENT
        if percent != before:
            font = self._application.font()
            self._application.setFont(sized_font(font, percent / before, font.weight()))
            self._application.setProperty(_TEXT_SIZE, percent)
            self._follow()

    def close(self) -> None:
        """Stop following the system, as the window is gone."""
        self._application.styleHints().colorSchemeChanged.disconnect(self._follow)

    def _follow(self, _now: Qt.ColorScheme = Qt.ColorScheme.Unknown) -> None:
        if is_high_contrast():
            self._application.setPalette(QPalette())
            apply_theme(self._application, self._application.palette())
        else:
            apply_theme(self._application, dark_palette() if self._wants_dark() else light_palette())

    def _wants_dark(self) -> bool:
        if self.scheme is not Scheme.SYSTEM:
            return self.scheme is Scheme.DARK
        return self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark


def apply_theme(application: QApplication, palette: QPalette) -> None:
    """Set palette and style sheet, with visible check boxes: Fusion outlines them in a shade of `Window`."""
    if application.property(STYLE_PROPERTY) != STYLE:
        application.setStyle(STYLE)
        application.setProperty(STYLE_PROPERTY, STYLE)
    application.setPalette(palette)
    boxes = QPalette(palette)
    boxes.setColor(QPalette.ColorRole.Window, QColor(_BOXES_ON_DARK if is_dark(palette) else _BOXES_ON_LIGHT))
    for kind in _WITH_BOXES:
        application.setPalette(boxes, kind)  # type: ignore[arg-type]  # the stub says bytes, the binding takes str
    sheet = style_sheet(colors_of(palette), text_pixels(application.font()))
    if sheet != application.styleSheet():
        application.setStyleSheet(sheet)


def light_palette() -> QPalette:
    """Return the palette of the light colors."""
    return palette_of(LIGHT)


def dark_palette() -> QPalette:
    """Return the palette of the dark colors."""
    return palette_of(DARK)


def palette_of(colors: Colors) -> QPalette:
    """Return a palette in the window's colors."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette(colors.card, colors.window)
    for color, roles in (
        (colors.text, (role.WindowText, role.Text, role.ButtonText, role.ToolTipText)),
        (colors.base, (role.Base,)),
        (colors.card, (role.ToolTipBase,)),
        (colors.code, (role.AlternateBase,)),
        (colors.text2, (role.PlaceholderText,)),
        (colors.selection, (role.Highlight,)),
        (colors.on_selection, (role.HighlightedText,)),
        (colors.accent_text, (role.Accent, role.Link, role.LinkVisited)),
        (colors.on_accent, (role.BrightText,)),
        (colors.line, (role.Mid,)),
    ):
        for one in roles:
            palette.setColor(one, color)
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, one, colors.disabled)
    return palette
