"""A data folder with one connection, for each test of corrections."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.model.connection import Connection
from tests.harness import Harness


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    with Harness(tmp_path / "data") as made:
        yield made


@pytest.fixture
def connection(harness: Harness) -> Connection:
    return harness.connect()
