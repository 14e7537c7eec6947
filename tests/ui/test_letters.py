"""No letter of the settings, of the program and of a connection, is taken twice in Spanish either."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ac_desktop.language import Language
from tests.ui.connection.support import mnemonics, open_ui
from tests.ui.scenes.all_scenes import SCENES
from tests.ui.scenes.stage import Appearance, rest, shown_as

SETTINGS = [name for name in SCENES if name.startswith("settings") or name == "summary"]


@pytest.mark.parametrize("name", SETTINGS)
def test_no_letter_is_taken_twice(qapp: QApplication, tmp_path: Path, name: str) -> None:
    appearance = Appearance(language=Language.SPANISH)
    with open_ui(tmp_path) as made, shown_as(qapp, made, appearance), SCENES[name](made) as root:
        rest()
        taken = Counter(mnemonics(root))
        assert [letter for letter, number in taken.items() if number > 1] == []
