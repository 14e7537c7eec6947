import re
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QApplication

from ac_desktop.ui.base import icons, theme
from ac_desktop.ui.base.theme import (
    Scheme,
    Theme,
    Tone,
    contrast,
    dark_palette,
    light_palette,
    tint,
    tone_color,
)
from ac_desktop.ui.base.visual.colors import is_dark

ENOUGH = 4.5
GROUNDS = (QPalette.ColorRole.Window, QPalette.ColorRole.Base, QPalette.ColorRole.AlternateBase)


@pytest.mark.parametrize("palette", [light_palette(), dark_palette()], ids=["light", "dark"])
@pytest.mark.parametrize("tone", list(Tone))
def test_every_tone_can_be_read(palette: QPalette, tone: Tone) -> None:
    for ground in GROUNDS:
        assert contrast(tone_color(tone, palette), palette.color(ground)) >= ENOUGH
    assert contrast(tone_color(tone, palette), tint(tone, palette)) >= ENOUGH
    assert contrast(palette.color(QPalette.ColorRole.WindowText), tint(tone, palette)) >= ENOUGH


@pytest.mark.parametrize("palette", [light_palette(), dark_palette()], ids=["light", "dark"])
def test_own_palettes_can_be_read(palette: QPalette) -> None:
    role = QPalette.ColorRole
    for text, ground in (
        (role.Text, role.Base),
        (role.WindowText, role.Window),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Base),
        (role.Link, role.Base),
    ):
        assert contrast(palette.color(text), palette.color(ground)) >= ENOUGH, (text, ground)


def test_dark_light_and_back(qapp: QApplication) -> None:
    before = QPalette(qapp.palette())
    theme = Theme(qapp, Scheme.SYSTEM)
    theme.choose(Scheme.DARK)
    assert is_dark(qapp.palette())
    dark = icons.icon("waiting")
    theme.choose(Scheme.LIGHT)
    assert not is_dark(qapp.palette())
    assert icons.icon("waiting").cacheKey() != dark.cacheKey()
    theme.choose(Scheme.SYSTEM)
    assert is_dark(qapp.palette()) == is_dark(before)


@pytest.mark.parametrize("tone", list(Tone))
def test_high_contrast_uses_the_systems_own_colors(tone: Tone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "is_high_contrast", lambda: True)
    palette = dark_palette()
    assert tone_color(tone, palette) == palette.color(QPalette.ColorRole.WindowText)
    assert tint(tone, palette) == palette.color(QPalette.ColorRole.Window)


@pytest.mark.usefixtures("qapp")
def test_every_icon_named_in_the_code_is_drawn() -> None:
    drawn = {path.stem for path in icons.folder().glob("*.svg")}
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(icons.__file__).parents[1].rglob("*.py"))
    named = set(re.findall(r'(?:dress\([\w.]+, |icon\(|pixmap\()"([a-z-]+)"', code))
    named |= set(re.findall(r'Sign\([^)]*\), "([a-z-]+)"', code))
    assert named
    assert named <= drawn
    for name in drawn:
        made = icons.icon(name, Tone.PROBLEM)
        assert made.actualSize(icons.pixmap(name, Tone.GOOD, 24).size()).width() == 24
        assert not made.pixmap(16, 16, QIcon.Mode.Disabled).isNull()
