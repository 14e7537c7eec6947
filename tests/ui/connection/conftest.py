"""An office for each test of the connection dialogs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.connection import support


@pytest.fixture
def office(qapp: QApplication, tmp_path: Path) -> Iterator[support.Office]:  # noqa: ARG001  the program must be there
    with support.office(tmp_path / "data") as made:
        yield made
