"""Services and a bridge for each test of the connection dialogs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.connection import support


@pytest.fixture
def ui(qapp: QApplication, tmp_path: Path) -> Iterator[support.UiHarness]:  # noqa: ARG001  the program must be there
    with support.open_ui(tmp_path / "data") as made:
        yield made
