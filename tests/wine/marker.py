"""`@pytest.mark.not_under_wine("reason")`: a test that holds on Windows and cannot hold under Wine.

The reason names what Wine lacks or does otherwise. Anywhere else the test runs, on Windows itself too.
"""

import ctypes
import sys
from collections.abc import Iterable
from typing import Final

import pytest

MARKER: Final = "not_under_wine"
SAID_FIRST: Final = "Wine: "
"""How the reason of such a test begins in pytest's reports."""


def is_wine() -> bool:
    """Whether this Windows is Wine, which says so itself."""
    return sys.platform == "win32" and hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", f"{MARKER}(reason): holds on Windows and cannot hold under Wine")


def leave_out(items: Iterable[pytest.Item]) -> None:
    """Leave the marked tests out under Wine alone."""
    if is_wine():
        for item in items:
            for mark in item.iter_markers(MARKER):
                item.add_marker(pytest.mark.skip(reason=f"{SAID_FIRST}{mark.args[0]}"))
