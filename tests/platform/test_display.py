"""Where no window can be opened, one sentence says so and names what to do; Qt never aborts."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ac_desktop.window_check import why_no_window

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
