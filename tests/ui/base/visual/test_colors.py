"""Every pair of colors that is shown can be read: text at 4.5, edges of controls and the focus at 3."""

import pytest
from PySide6.QtGui import QColor, QPalette

from ac_desktop.ui.base.theme import Tone, banner_pair, contrast, dark_palette, light_palette, pill_pair
from ac_desktop.ui.base.visual import colors as colors_module
from ac_desktop.ui.base.visual.colors import DARK, LIGHT, Colors, Pair, colors_of, high_contrast_colors

TEXT = 4.5
EDGE = 3.0


def white_on_black() -> QPalette:
    palette, role = QPalette(), QPalette.ColorRole
    for one in (role.Base, role.Window, role.Button, role.HighlightedText):
        palette.setColor(one, QColor("#000000"))
    for one in (role.Text, role.WindowText, role.ButtonText, role.Highlight):
        palette.setColor(one, QColor("#ffffff"))
    return palette


LOOKS = pytest.mark.parametrize(
    "colors", [LIGHT, DARK, high_contrast_colors(white_on_black())], ids=["light", "dark", "high contrast"]
)


def grounds(colors: Colors) -> tuple[QColor, ...]:
    return (colors.base, colors.window, colors.sidebar, colors.card, colors.code)


@LOOKS
def test_text_can_be_read_on_every_ground(colors: Colors) -> None:
    for ground in grounds(colors):
        for text in (colors.text, colors.text2, colors.accent_text):
            assert contrast(text, ground) >= TEXT, (text.name(), ground.name())
    assert contrast(colors.text, colors.hover) >= TEXT


@LOOKS
def test_text_can_be_read_on_what_is_selected(colors: Colors) -> None:
    assert contrast(colors.on_selection, colors.selection) >= TEXT
    assert contrast(colors.on_selection, colors.sidebar_selection) >= TEXT
    assert contrast(colors.on_accent, colors.accent) >= TEXT
    assert contrast(colors.on_accent, colors.accent_hover) >= TEXT


@LOOKS
@pytest.mark.parametrize("tone", list(Tone))
def test_pills_and_banners_can_be_read(colors: Colors, tone: Tone) -> None:
    for pair in (pill_pair(tone, colors), banner_pair(tone, colors)):
        assert contrast(pair.text, pair.fill) >= TEXT
    assert contrast(colors.text, banner_pair(tone, colors).fill) >= TEXT


@LOOKS
def test_requests_and_responses_can_be_read(colors: Colors) -> None:
    for text in (colors.json_name, colors.json_text, colors.json_number):
        assert contrast(text, colors.code) >= TEXT


@LOOKS
def test_a_toast_can_be_read(colors: Colors) -> None:
    assert contrast(colors.toast.text, colors.toast.fill) >= TEXT
    assert contrast(colors.toast_link, colors.toast.fill) >= TEXT


@LOOKS
def test_edges_of_controls_and_the_focus_can_be_seen(colors: Colors) -> None:
    for ground in (colors.base, colors.window, colors.card):
        assert contrast(colors.fieldline, ground) >= EDGE, ground.name()
    for ground in (*grounds(colors), *((colors.selection,) if colors is LIGHT or colors is DARK else ())):
        assert contrast(colors.focus, ground) >= EDGE, ground.name()


def test_high_contrast_takes_every_color_from_the_palette(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(colors_module, "is_high_contrast", lambda: True)
    palette = white_on_black()
    made = colors_of(palette)
    assert set(made.named().values()) <= {
        "#000000",
        "#ffffff",
        palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name(),
    }
    pairs = [value for value in vars(made).values() if isinstance(value, Pair)]
    assert {pair.fill.name() for pair in pairs} == {"#000000"}, "no fills"
    assert {pair.edge.name() for pair in pairs} == {"#ffffff"}, "an edge in the color of the text"


def test_the_palette_decides_between_light_and_dark() -> None:
    assert colors_of(light_palette()) is LIGHT
    assert colors_of(dark_palette()) is DARK
