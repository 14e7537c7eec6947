"""A new computer with a screen, and its accessible programs."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.real.accessible import Part


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A new computer, with a screen and assistive technology switched on."""
    kept = {name: os.environ[name] for name in ("PATH", "DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS")}
    home = tmp_path / "empty"
    home.mkdir()
    return kept | {
        "HOME": str(home),
        "AC_DESKTOP_DATA_DIR": str(tmp_path / "data"),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture
def desktop() -> "Iterator[Part]":
    # Other tests here run on Windows too, where there is no such bus.
    from tests.real.accessible import applications

    with applications() as found:
        yield found
