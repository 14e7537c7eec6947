"""Where no window can open, a sentence says why; one that opens is known for ours and comes to the front."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ac_desktop.app import why_no_window
from ac_desktop.platform import display
from installers import project

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")


def _window(tmp_path: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    bare = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    bare.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, "-m", "ac_desktop", "--practice", "--data-dir", str(tmp_path)],
        env=bare | environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@linux_only
@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "nowhere"}])
def test_without_a_display_the_console_is_named(tmp_path: Path, environment: dict[str, str]) -> None:
    ended = _window(tmp_path, **environment)
    assert ended.returncode == 2
    assert "ac-desktop relay" in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


@linux_only
def test_missing_libraries_are_named_by_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(library: str) -> None:
        # Without libxcb.so.1 nobody asks the display, and it counts as there.
        if library in {"libEGL.so.1", "libxcb-cursor.so.0", "libxcb.so.1"}:
            raise OSError(library)

    monkeypatch.setattr(ctypes, "CDLL", load)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    reported = why_no_window()
    assert "apt install libegl1 libxcb-cursor0" in reported
    assert "xcb-util-cursor" in reported


@linux_only
def test_offscreen_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: None)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert why_no_window() == ""


PROGRAM_ID = """
import sys
from ac_desktop.platform.display import set_program_id
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
    display.allow_others_to_front()


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
