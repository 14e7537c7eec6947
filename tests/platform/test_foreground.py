"""The program's windows are known for its own, and the first one comes to the front when a second is started."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.platform import foreground
from ac_desktop.ui.main.single_instance import InstanceAddress
from installers import project

PROGRAM_ID = """
import sys
from ac_desktop.platform.foreground import set_program_id
set_program_id("ac-desktop")
if sys.platform == "win32":
    import ctypes
    found = ctypes.c_wchar_p()
    get = ctypes.WinDLL("shell32").GetCurrentProcessExplicitAppUserModelID
    get.argtypes, get.restype = (ctypes.POINTER(ctypes.c_wchar_p),), ctypes.c_long
    if get(ctypes.byref(found)) & 0xFFFFFFFF == 0x80004001:
        print("not implemented")
    else:
        print(found.value)
else:
    print("ac-desktop")
"""
SECOND_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ac_desktop.ui.main import single_instance
application = QCoreApplication([])
calls = []
single_instance.allow_others_to_front = lambda: calls.append("allowed")
print(single_instance.InstanceAddress(Path(sys.argv[1]), practice=False).acquire([]), calls)
"""


def test_the_process_has_the_id_of_the_shortcuts() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM_ID], capture_output=True, text=True, check=True)
    found = ended.stdout.strip()
    assert found == project.IDENTIFIER or (sys.platform == "win32" and found == "not implemented"), "Wine keeps no ID"


def test_any_process_may_be_let_to_the_front() -> None:
    foreground.allow_others_to_front()


@pytest.mark.usefixtures("qapp")
def test_a_second_start_lets_the_first_window_come_to_the_front(qtbot: QtBot, tmp_path: Path) -> None:
    first = InstanceAddress(tmp_path, practice=False)
    assert first.acquire([])
    called: list[object] = []
    first.listen(called.append)
    second = subprocess.Popen(
        [sys.executable, "-c", SECOND_START, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    qtbot.waitUntil(lambda: bool(called), timeout=20_000)
    said, _ = second.communicate()
    first.release()
    assert said.strip() == "False ['allowed']"
