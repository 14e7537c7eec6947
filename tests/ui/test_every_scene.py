"""Every window, page and dialog: named for screen readers, in both languages, with space at twice the font."""

import importlib
import os
import pkgutil
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from itertools import product
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ac_desktop import ui
from ac_desktop.language import Language
from ac_desktop.ui.main.main_window import MainWindow
from tests.anedot import HEADER, donation_rows
from tests.at_length import is_every_third
from tests.translations import pairs
from tests.ui import seen
from tests.ui.connection.support import UiHarness, open_ui
from tests.ui.made_fonts import Family, use
from tests.ui.scenes import of_automation, of_connections, of_import, of_queue, of_window
from tests.ui.scenes.all_scenes import SCENES
from tests.ui.scenes.of_import import ODD_ROWS
from tests.ui.scenes.shown_classes import SHOWN_CLASSES
from tests.ui.scenes.stage import Appearance, rest, shown_as

TWICE = 200
OF_THE_WHOLE_WINDOW = (
    of_window.OF_THE_WHOLE_WINDOW
    | of_queue.OF_THE_WHOLE_WINDOW
    | of_import.OF_THE_WHOLE_WINDOW
    | of_automation.OF_THE_WHOLE_WINDOW
)
OF_PEOPLE = (*of_window.SCENES, *of_queue.SCENES, *of_import.SCENES)
"""Scenes in which donors are seen."""
OF_THE_FILE = frozenset(HEADER)
"""Headings of an export that are words of ours too."""


HAS_ALL_SCENES = bool(os.environ.get("AC_DESKTOP_EVERY_FAMILY"))


def readings() -> Iterator[tuple[str, Language, Family]]:
    """Return which scenes are read in which language and typeface.

    Every third scene in the tightest way: long words in wide letters, and one of each kind in English too. All of them
    in both languages and every typeface with AC_DESKTOP_EVERY_FAMILY set.
    """
    if HAS_ALL_SCENES:
        yield from product(SCENES, (Language.SPANISH, Language.ENGLISH), Family)
        return
    for name in SCENES:
        if is_every_third(name):
            yield name, Language.SPANISH, Family.WIDE
    for kind in (of_connections.SCENES, of_import.SCENES, of_window.SCENES):
        yield next(iter(kind)), Language.ENGLISH, Family.NARROW


class OpenScene(Protocol):
    """Opens a scene in a data folder of its own: its window or dialog, with the services behind it."""

    def __call__(self, name: str, appearance: Appearance) -> AbstractContextManager[tuple[QWidget, UiHarness]]: ...


@pytest.fixture
def opened_scene(qapp: QApplication, tmp_path: Path) -> OpenScene:
    @contextmanager
    def opened(name: str, appearance: Appearance) -> Iterator[tuple[QWidget, UiHarness]]:
        with (
            open_ui(tmp_path / "data") as made,
            shown_as(qapp, made, appearance),
            SCENES[name](made) as root,
        ):
            rest()
            yield root, made

    return opened


@pytest.fixture(scope="module")
def translations() -> list[tuple[str, str]]:
    return pairs(Language.SPANISH)


@pytest.fixture(scope="module")
def english(translations: list[tuple[str, str]]) -> seen.English:
    return seen.English(translations, but_for=OF_THE_FILE)


@cache
def classes_of_the_window() -> set[type[QWidget]]:
    """Return every class of widgets that the program has."""
    found = set()
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, QWidget) and value.__module__ == module.name:
                found.add(value)
    return found


def test_no_window_page_or_dialog_is_forgotten() -> None:
    """A scene names each class, and is asked for it at the usual size."""
    named = {one for shown in SHOWN_CLASSES.values() for one in shown}
    classes = {one.__qualname__ for one in classes_of_the_window()}
    assert len(classes) > 50
    asked = {*OF_PEOPLE} | (SCENES.keys() - OF_THE_WHOLE_WINDOW)
    assert SHOWN_CLASSES.keys() - asked == set()
    assert classes - named == set(), "tests/ui/scenes/shown_classes.py names no scene that shows them"


@pytest.mark.parametrize("name", [name for name in SCENES if name not in OF_THE_WHOLE_WINDOW and name not in OF_PEOPLE])
def test_every_dialog_has_space_at_the_usual_size(opened_scene: OpenScene, name: str) -> None:
    """Scenes with people in them are looked at where the mask is taken off."""
    with opened_scene(name, Appearance(family=Family.USUAL)) as (root, _):
        assert seen.clipped(root) == []
        assert not_shown(root, name) == set()


def not_shown(root: QWidget, name: str) -> set[str]:
    """Return the classes that a scene is to have in sight, and has not."""
    shown = {kind.__qualname__ for widget in seen.in_sight(root) for kind in type(widget).__mro__}
    wanted = {one.__qualname__ for one in classes_of_the_window()}.intersection(SHOWN_CLASSES.get(name, ()))
    return wanted - shown


@pytest.mark.parametrize(("name", "language", "family"), list(readings()))
def test_everybody_can_read_it(
    opened_scene: OpenScene,
    english: seen.English,
    name: str,
    language: Language,
    family: Family,
) -> None:
    appearance = Appearance(language=language, percent=TWICE, family=family)
    with opened_scene(name, appearance) as (root, _):
        assert root.isVisible() or isinstance(root, QMenu)
        assert seen.clipped(root) == []
        assert seen.unnamed(root) == []
        assert seen.drop_targets(root) == (["MainWindow in NoneType"] if isinstance(root, MainWindow) else [])
        if language is Language.SPANISH:
            assert english.left_in(root) == []


def people(place: UiHarness) -> set[str]:
    """Return every name, address and number of the donors that a scene has made up."""
    rows = place.services.database.rows("SELECT email, phone, first_name, last_name FROM record")
    found = {str(value) for row in rows for value in row}
    typed = [(gift.email, gift.phone, gift.first, gift.last) for gift in (*donation_rows(40), *ODD_ROWS)]
    found |= {value for row in typed for value in row} | {"ann@example.org", "bea@example.org", "Ann", "Bea", "Dot"}
    return {value for value in found if len(value) > 2}


@pytest.mark.parametrize("name", [name for name in OF_PEOPLE if HAS_ALL_SCENES or is_every_third(name, place=1)])
def test_the_privacy_mask_leaves_nobody_in_sight(opened_scene: OpenScene, name: str) -> None:
    with opened_scene(name, Appearance(masked=True, family=Family.USUAL)) as (root, place):
        assert told_of(root, place) == {}
        assert isinstance(root, MainWindow) is (name in OF_THE_WHOLE_WINDOW)
        main_window().actions_.privacy_mask.trigger()
        rest()
        assert seen.clipped(root) == []
        assert not_shown(root, name) == set()


def main_window() -> MainWindow:
    """Return the program's window, to which every scene belongs."""
    (found,) = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
    return found


@pytest.mark.parametrize("name", ["window", "import-1-read", "import-2-match", "import-3-problems", "entry-told"])
def test_the_privacy_mask_is_switched_on_and_off_over_what_is_shown(opened_scene: OpenScene, name: str) -> None:
    with opened_scene(name, Appearance()) as (root, place):
        window = main_window()
        before = told_of(root, place)
        assert before
        window.actions_.privacy_mask.trigger()
        rest()
        assert told_of(root, place) == {}
        window.actions_.privacy_mask.trigger()
        rest()
        assert told_of(root, place) == before


def told_of(root: QWidget, place: UiHarness) -> dict[str, str]:
    """Return the texts that name somebody, with whom they name."""
    made_up = "|".join(re.escape(one) for one in sorted(people(place), key=len, reverse=True))
    anybody = re.compile(rf"(?<!\w)(?:{made_up})(?!\w)")
    return {text: found[0] for text in {*seen.texts(root)} if (found := anybody.search(text))}


def test_the_typefaces_differ_in_width_and_have_every_letter_of_ours(
    qapp: QApplication, translations: list[tuple[str, str]]
) -> None:
    assert qapp is not None
    texts = [text for pair in translations for text in pair]
    letters = {letter for text in texts for letter in text if letter.isprintable()}
    widths = []
    for family in Family:
        font = QFont(use(family))
        assert QFontInfo(font).family() == family.label
        raw = QRawFont.fromFont(font)
        assert [letter for letter in letters if not raw.supportsCharacter(ord(letter))] == []
        widths.append(QFontMetrics(font).horizontalAdvance("Conservar a quien se dio de baja"))
    assert widths == sorted(set(widths))
