"""Light and dark: palettes, and the few colours that carry a meaning of their own."""

from enum import Enum, StrEnum
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

_DARK_BELOW: Final = 128
_LUMINANCE: Final = (0.2126, 0.7152, 0.0722)
_LINEAR_UP_TO: Final = 0.04045
_TINT_SHARE: Final = 0.14
_WITH_BOXES: Final = ("QCheckBox", "QRadioButton", "QListView")
_BOXES_ON_DARK: Final = "#c4c4c4"
_BOXES_ON_LIGHT: Final = "#b4b4b4"


class Scheme(StrEnum):
    """What a person chose in the View menu."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(Enum):
    """What a colour means; always shown with an icon and a word. The values are its colours on light and on dark."""

    PLAIN = ("", "")
    QUIET = ("#5a5a5a", "#b4b4b4")
    GOOD = ("#17632f", "#7edb93")
    NOTE = ("#17549f", "#93c1ff")
    WARNING = ("#7d4e00", "#f3c04f")
    PROBLEM = ("#a8201a", "#ff9d95")


def is_dark(palette: QPalette) -> bool:
    """Whether text is light on dark."""
    return palette.color(QPalette.ColorRole.Window).lightness() < _DARK_BELOW


def tone_color(tone: Tone, palette: QPalette) -> QColor:
    """Return the colour of a tone for text and icons on the palette's backgrounds."""
    if tone is Tone.PLAIN or is_high_contrast():
        return palette.color(QPalette.ColorRole.WindowText)
    return QColor(tone.value[is_dark(palette)])


def is_high_contrast() -> bool:
    """Whether the system asks for high contrast: icons and words are then shown in its own colours only."""
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def tint(tone: Tone, palette: QPalette) -> QColor:
    """Return a background with a touch of a tone, on which plain text stays readable."""
    ground = palette.color(QPalette.ColorRole.Window)
    if tone is Tone.PLAIN or is_high_contrast():
        return ground
    colour = tone_color(tone, palette)
    mixed = (
        round(below + (above - below) * _TINT_SHARE)
        for below, above in zip(ground.getRgb()[:3], colour.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed)


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = (part / 12.92 if part <= _LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip(_LUMINANCE, linear, strict=True))


class Theme(QObject):
    """Follows the system's light or dark, or a person's choice; with our own palettes where the system has none."""

    def __init__(self, application: QApplication, scheme: Scheme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self.scheme = scheme
        self._own_palette = False
        application.styleHints().colorSchemeChanged.connect(self._follow)
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

    def close(self) -> None:
        """Stop following the system, as the window is gone."""
        self._application.styleHints().colorSchemeChanged.disconnect(self._follow)

    def _follow(self, _now: Qt.ColorScheme = Qt.ColorScheme.Unknown) -> None:
        if self._own_palette:
            self._application.setPalette(QPalette())
            for kind in _WITH_BOXES:
                self._application.setPalette(QPalette(), kind)  # type: ignore[arg-type]  # as below
            self._own_palette = False
        wanted = self._wanted_dark()
        if wanted is None or wanted == is_dark(self._application.palette()):
            return
        self._own_palette = True
        self._application.setStyle("Fusion")
        apply_theme(self._application, dark_palette() if wanted else light_palette())

    def _wanted_dark(self) -> bool | None:
        if self.scheme is not Scheme.SYSTEM:
            return self.scheme is Scheme.DARK
        now = self._application.styleHints().colorScheme()
        return None if now is Qt.ColorScheme.Unknown else now is Qt.ColorScheme.Dark


def apply_theme(application: QApplication, palette: QPalette) -> None:
    """Set a palette on everything, with visible check boxes: Fusion outlines them in a shade of `Window`."""
    application.setPalette(palette)
    boxes = QPalette(palette)
    boxes.setColor(QPalette.ColorRole.Window, QColor(_BOXES_ON_DARK if is_dark(palette) else _BOXES_ON_LIGHT))
    for kind in _WITH_BOXES:
        application.setPalette(boxes, kind)  # type: ignore[arg-type]  # the stub says bytes, the binding takes str


def light_palette() -> QPalette:
    """Return a light palette for systems that have none."""
    return _palette(
        window="#f2f2f2",
        base="#ffffff",
        alternate="#f6f7f9",
        button="#e9e9e9",
        text="#1b1b1b",
        faint="#666666",
        disabled="#8c8c8c",
        highlight="#1f63b5",
        link="#17549f",
    )


def dark_palette() -> QPalette:
    """Return a dark palette for systems that have none."""
    return _palette(
        window="#2a2b2d",
        base="#1e1f21",
        alternate="#252628",
        button="#38393c",
        text="#ececec",
        faint="#a8a8a8",
        disabled="#7c7c7c",
        highlight="#2f6db8",
        link="#93c1ff",
    )


def _palette(**colours: str) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette(QColor(colours["button"]), QColor(colours["window"]))
    for name, roles in {
        "text": (role.WindowText, role.Text, role.ButtonText, role.ToolTipText),
        "base": (role.Base,),
        "alternate": (role.AlternateBase, role.ToolTipBase),
        "faint": (role.PlaceholderText,),
        "highlight": (role.Highlight, role.Accent),
        "link": (role.Link, role.LinkVisited),
    }.items():
        for one in roles:
            palette.setColor(one, QColor(colours[name]))
    palette.setColor(role.HighlightedText, QColor("#ffffff"))
    palette.setColor(role.BrightText, QColor("#ffffff"))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, one, QColor(colours["disabled"]))
    return palette
