"""A screen of its own for each worker of the tests: `pytest -n 2 -p tests.own_screens`, with Xvfb and Openbox.

A screen has one focus and one pointer, so tests that take them cannot share it.
"""

import os
import subprocess
from typing import Final

import pytest

_SERVER: Final = ("Xvfb", "-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp")
_STARTED: Final = pytest.StashKey[list["subprocess.Popen[bytes]"]]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the screen and its window manager, before the first test opens a window."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    screen = subprocess.Popen(_SERVER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    config.stash[_STARTED] = [screen]
    assert screen.stdout is not None
    os.environ["DISPLAY"] = f":{screen.stdout.readline().decode().strip()}"
    config.stash[_STARTED].append(subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL))


def pytest_unconfigure(config: pytest.Config) -> None:
    """End them, the window manager first."""
    started: list[subprocess.Popen[bytes]] = config.stash.get(_STARTED, [])
    for process in reversed(started):
        process.terminate()
        process.wait()
