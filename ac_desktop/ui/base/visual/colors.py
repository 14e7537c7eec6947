"""The window's colors by what they are for, in light, dark, and high contrast."""

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

_DARK_BELOW: Final = 128
_in_use: "Final[dict[int, Colors]]" = {}


@dataclass(frozen=True)
class Pair:
    """A text color with the fill it stands on, and the edge around both."""

    text: QColor
    fill: QColor
    edge: QColor


@dataclass(frozen=True, eq=False, repr=False)
class Colors:
    """Every color of the window; `text2` is for second lines, `fieldline` for the edges of what can be operated."""

    base: QColor
    window: QColor
    sidebar: QColor
    card: QColor
    code: QColor
    text: QColor
    text2: QColor
    disabled: QColor
    line: QColor
    hairline: QColor
    fieldline: QColor
    hover: QColor
    track: QColor
    accent: QColor
    accent_hover: QColor
    on_accent: QColor
    accent_text: QColor
    focus: QColor
    selection: QColor
    on_selection: QColor
    sidebar_selection: QColor
    waiting: Pair
    sending: Pair
    held: Pair
    failed: Pair
    sent: Pair
    skipped: Pair
    danger: Pair
    warning: Pair
    good: Pair
    note: Pair
    toast: Pair
    toast_link: QColor
    json_name: QColor
    json_text: QColor
    json_number: QColor

    def named(self) -> dict[str, str]:
        """Return the single colors by their names, as a style sheet writes them."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: color.name() for name, color in found.items() if isinstance(color, QColor)}


def _pair(text: str, fill: str, edge: str = "") -> Pair:
    return Pair(QColor(text), QColor(fill), QColor(edge or fill))


LIGHT: Final = Colors(
    base=QColor("#FFFFFF"),
    window=QColor("#F4F5F7"),
    sidebar=QColor("#ECEEF1"),
    card=QColor("#FFFFFF"),
    code=QColor("#F6F7F9"),
    text=QColor("#1C2025"),
    text2=QColor("#555D67"),
    disabled=QColor("#8A919B"),
    line=QColor("#DADEE3"),
    hairline=QColor("#EBEDF0"),
    fieldline=QColor("#868E98"),
    hover=QColor("#E6E9ED"),
    track=QColor("#DFE3E8"),
    accent=QColor("#1A5FB4"),
    accent_hover=QColor("#164F96"),
    on_accent=QColor("#FFFFFF"),
    accent_text=QColor("#1A5FB4"),
    focus=QColor("#1A5FB4"),
    selection=QColor("#DCE8F8"),
    on_selection=QColor("#1C2025"),
    sidebar_selection=QColor("#D3E1F5"),
    waiting=_pair("#454D57", "#E9ECF0"),
    sending=_pair("#174F9C", "#DFEAFA"),
    held=_pair("#7D4A00", "#FCEFD3"),
    failed=_pair("#A8201A", "#FBE4E2"),
    sent=_pair("#17642F", "#DFF2E4"),
    skipped=_pair("#555D67", "#FFFFFF", "#868E98"),
    danger=_pair("#A8201A", "#FDF0EF", "#E3A8A4"),
    warning=_pair("#7D4A00", "#FEF7E6", "#E2C58A"),
    good=_pair("#17642F", "#EEF8F0"),
    note=_pair("#174F9C", "#EEF4FC", "#B9D0EE"),
    toast=_pair("#FFFFFF", "#2B3036"),
    toast_link=QColor("#A9CBFA"),
    json_name=QColor("#1A5FB4"),
    json_text=QColor("#1B6B35"),
    json_number=QColor("#8A4B00"),
)
DARK: Final = Colors(
    base=QColor("#1D1F22"),
    window=QColor("#26292D"),
    sidebar=QColor("#212427"),
    card=QColor("#2C3035"),
    code=QColor("#17191B"),
    text=QColor("#E9EBEE"),
    text2=QColor("#A9B0B9"),
    disabled=QColor("#767D87"),
    line=QColor("#3D4249"),
    hairline=QColor("#2A2D31"),
    fieldline=QColor("#767D87"),
    hover=QColor("#31353A"),
    track=QColor("#3D4249"),
    accent=QColor("#2F6FCB"),
    accent_hover=QColor("#2A63B6"),
    on_accent=QColor("#FFFFFF"),
    accent_text=QColor("#8DB8F7"),
    focus=QColor("#8DB8F7"),
    selection=QColor("#25395A"),
    on_selection=QColor("#E9EBEE"),
    sidebar_selection=QColor("#2B4062"),
    waiting=_pair("#C9CED5", "#3A3F46"),
    sending=_pair("#A3C8FB", "#1F3A60"),
    held=_pair("#F3C670", "#443412"),
    failed=_pair("#FFA59D", "#4C2522"),
    sent=_pair("#8ADBA1", "#1D3D28"),
    skipped=_pair("#A9B0B9", "#1D1F22", "#767D87"),
    danger=_pair("#FFA59D", "#3A2322", "#7A423E"),
    warning=_pair("#F3C670", "#3A3018", "#6E5A26"),
    good=_pair("#8ADBA1", "#1F3326"),
    note=_pair("#A3C8FB", "#1D2A3D", "#34507A"),
    toast=_pair("#1C2025", "#E9EBEE"),
    toast_link=QColor("#174F9C"),
    json_name=QColor("#8DB8F7"),
    json_text=QColor("#86D49C"),
    json_number=QColor("#F0C069"),
)


def is_dark(palette: QPalette) -> bool:
    """Whether text is light on dark."""
    return palette.color(QPalette.ColorRole.Window).lightness() < _DARK_BELOW


def is_high_contrast() -> bool:
    """Whether the system asks for high contrast: everything is then shown in its own colors only."""
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def current_colors() -> Colors:
    """Return the colors in use now; what paints asks for them again and again, so they are kept by the palette."""
    palette = QGuiApplication.palette()
    key = palette.cacheKey()
    if key not in _in_use:
        _in_use.clear()
        _in_use[key] = colors_of(palette)
    return _in_use[key]


def colors_of(palette: QPalette) -> Colors:
    """Return the colors that go with a palette."""
    if is_high_contrast():
        return high_contrast_colors(palette)
    return DARK if is_dark(palette) else LIGHT


def high_contrast_colors(palette: QPalette) -> Colors:
    """Return colors of the palette alone: every fill is the ground, every edge is in the color of the text."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    return _of_palette(
        *(
            palette.color(group.Active, one).rgb()
            for one in (role.Base, role.Window, role.Text, role.WindowText, role.Highlight, role.HighlightedText)
        ),
        palette.color(group.Disabled, role.Text).rgb(),
    )


@lru_cache(maxsize=4)
def _of_palette(
    base_rgb: int, window_rgb: int, text_rgb: int, on_window_rgb: int, chosen_rgb: int, on_chosen_rgb: int, off_rgb: int
) -> Colors:
    base, window, text, on_window = QColor(base_rgb), QColor(window_rgb), QColor(text_rgb), QColor(on_window_rgb)
    chosen, on_chosen = QColor(chosen_rgb), QColor(on_chosen_rgb)
    on_base, banner = Pair(text, base, text), Pair(on_window, window, on_window)
    return Colors(
        base=base,
        window=window,
        sidebar=window,
        card=base,
        code=base,
        text=text,
        text2=text,
        disabled=QColor(off_rgb),
        line=text,
        hairline=text,
        fieldline=text,
        hover=base,
        track=base,
        accent=chosen,
        accent_hover=chosen,
        on_accent=on_chosen,
        accent_text=text,
        focus=text,
        selection=chosen,
        on_selection=on_chosen,
        sidebar_selection=chosen,
        waiting=on_base,
        sending=on_base,
        held=on_base,
        failed=on_base,
        sent=on_base,
        skipped=on_base,
        danger=banner,
        warning=banner,
        good=banner,
        note=banner,
        toast=banner,
        toast_link=on_window,
        json_name=text,
        json_text=text,
        json_number=text,
    )
