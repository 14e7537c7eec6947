"""The title bar, which is the system's own, is as dark as the window."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt

from ac_desktop.ui.base.theme import Scheme

SCRIPT = """
import ctypes, os, sys
os.environ["QT_QPA_PLATFORM"] = "windows"
from ctypes import wintypes
from PySide6.QtWidgets import QApplication, QWidget
from ac_desktop.ui.base.theme import Scheme, Theme
application = QApplication([])
theme = Theme(application, Scheme(sys.argv[1]))
window = QWidget()
window.show()
is_dark = wintypes.BOOL()
ask = ctypes.WinDLL("dwmapi").DwmGetWindowAttribute
ask.argtypes = (wintypes.HWND, wintypes.DWORD, ctypes.c_void_p, wintypes.DWORD)
ask.restype = ctypes.c_long
IMMERSIVE_DARK_MODE = 20
refused = ask(int(window.winId()), IMMERSIVE_DARK_MODE, ctypes.byref(is_dark), 4) & 0xFFFFFFFF
print(application.styleHints().colorScheme().name, "not implemented" if refused == 0x80004001 else is_dark.value)
"""

if sys.platform == "win32":

    @pytest.mark.parametrize(
        ("scheme", "expected"), [(Scheme.DARK, Qt.ColorScheme.Dark), (Scheme.LIGHT, Qt.ColorScheme.Light)]
    )
    def test_the_system_draws_it_dark_where_the_window_is(scheme: Scheme, expected: Qt.ColorScheme) -> None:
        ended = subprocess.run([sys.executable, "-c", SCRIPT, scheme.value], capture_output=True, text=True, check=True)
        said = ended.stdout.strip()
        is_dark = int(expected is Qt.ColorScheme.Dark)
        assert said in {f"{expected.name} {is_dark}", f"{expected.name} not implemented"}, "Wine draws none"
