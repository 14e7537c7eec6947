"""The program's windows are known for its own, and the first one comes to the front when a second is started."""

import subprocess
import sys
from pathlib import Path

from ac_desktop.platform import foreground
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
FIRST_START = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ac_desktop.ui.main.single_instance import InstanceAddress
application = QApplication([])
address = InstanceAddress(Path(sys.argv[1]), practice=False)
assert address.acquire([])

def called(files):
    print("called", flush=True)
    application.quit()

address.listen(called)
print("listens", flush=True)
application.exec()
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


def test_a_second_start_lets_the_first_window_come_to_the_front(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", FIRST_START, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as first:  # fmt: skip
        assert first.stdout is not None
        assert first.stdout.readline().strip() == "listens"
        try:
            second = subprocess.run(
                [sys.executable, "-c", SECOND_START, str(tmp_path)], capture_output=True, text=True, check=True
            )
            assert first.stdout.readline().strip() == "called"
        finally:
            first.kill()
    assert second.stdout.strip() == "False ['allowed']"
