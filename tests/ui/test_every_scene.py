"""Every window, page and dialog: named for screen readers, in both languages, with room at twice the font."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ac_desktop import ui
from ac_desktop.language import Language, Texts, folder, read
from ac_desktop.ui.main_window import MainWindow
from tests.anedot import HEADER, gifts
from tests.ui import seen
from tests.ui.scenes import of_import, of_window
from tests.ui.scenes.all_scenes import SCENES
from tests.ui.scenes.of_import import ODD_ROWS
from tests.ui.scenes.stage import Look, dressed, rest
from tests.ui.wizard.support import Office, office

TWICE = 200
OF_THE_FILE = frozenset(HEADER)
"""Headings of an export that are words of ours too."""


@contextmanager
def played(application: QApplication, place: Path, name: str, look: Look) -> Iterator[tuple[QWidget, Office]]:
    with office(place) as made, dressed(application, made, look), SCENES[name](made) as root:
        rest()
        yield root, made


@pytest.fixture(scope="module")
def translations() -> Texts:
    return read(folder() / "ac_desktop_es.ts")


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.SPANISH])
@pytest.mark.parametrize("name", SCENES)
def test_everybody_can_read_it(
    qapp: QApplication, tmp_path: Path, translations: Texts, name: str, language: Language
) -> None:
    with played(qapp, tmp_path / "data", name, Look(language=language, percent=TWICE)) as (root, _):
        assert root.isVisible() or isinstance(root, QMenu)
        assert seen.clipped(root) == []
        assert seen.unnamed(root) == []
        if language is Language.SPANISH:
            assert seen.left_in_english(root, translations, but_for=OF_THE_FILE) == []


def people(place: Office) -> set[str]:
    """Give every name, address and number of the donors that a scene has made up."""
    rows = place.services.database.rows("SELECT email, phone, first_name, last_name FROM record")
    found = {str(value) for row in rows for value in row}
    typed = [(gift.email, gift.phone, gift.first, gift.last) for gift in (*gifts(40), *ODD_ROWS)]
    found |= {value for row in typed for value in row} | {"ann@example.org", "bea@example.org", "Ann", "Bea", "Dot"}
    return {value for value in found if len(value) > 2}


@pytest.mark.parametrize("name", [*of_window.SCENES, *of_import.SCENES])
def test_the_veil_leaves_nobody_in_sight(qapp: QApplication, tmp_path: Path, name: str) -> None:
    with played(qapp, tmp_path / "data", name, Look(veiled=True)) as (root, place):
        assert told_of(root, place) == {}


@pytest.mark.parametrize("name", ["window", "import-1-read", "import-2-match", "import-3-problems", "entry-told"])
def test_the_veil_comes_down_and_goes_up_over_what_stands_there(qapp: QApplication, tmp_path: Path, name: str) -> None:
    with played(qapp, tmp_path / "data", name, Look()) as (root, place):
        window = root if isinstance(root, MainWindow) else root.parentWidget()
        assert isinstance(window, MainWindow)
        before = told_of(root, place)
        assert before
        window.actions_.veil.trigger()
        rest()
        assert told_of(root, place) == {}
        window.actions_.veil.trigger()
        rest()
        assert told_of(root, place) == before


def told_of(root: QWidget, place: Office) -> dict[str, str]:
    """Give the texts that name somebody, with whom they name."""
    made_up = "|".join(re.escape(one) for one in sorted(people(place), key=len, reverse=True))
    anybody = re.compile(rf"(?<!\w)(?:{made_up})(?!\w)")
    return {text: found[0] for text in seen.texts(root) if (found := anybody.search(text))}


def classes_of_the_window() -> set[type[QWidget]]:
    """Give every class of widgets that the program has."""
    found = set()
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, QWidget) and value.__module__ == module.name:
                found.add(value)
    return found


@pytest.mark.timeout(400)
def test_no_window_page_or_dialog_is_forgotten(qapp: QApplication, tmp_path: Path) -> None:
    missing = classes_of_the_window()
    assert len(missing) > 50
    for name in SCENES:
        with played(qapp, tmp_path / name, name, Look()) as (root, _):
            shown = seen.in_sight(root)
            missing = {one for one in missing if not any(isinstance(widget, one) for widget in shown)}
        if not missing:
            return
    assert {one.__qualname__ for one in missing} == set(), "no scene of tests/ui/scenes shows them"
