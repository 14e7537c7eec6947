"""The faces and sizes of letters."""

import sys

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from ac_desktop.ui.base.visual.metrics import CODE, code_font, text_pixels


def test_requests_and_responses_are_in_the_face_that_the_system_has_for_code(qapp: QApplication) -> None:
    font = code_font(qapp.font())
    own = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families()
    assert font.families() == (["Consolas", *own] if sys.platform == "win32" else own)
    assert abs(text_pixels(font) - text_pixels(qapp.font()) * CODE) <= 1
