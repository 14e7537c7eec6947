"""Fixtures for tests of the store: a harness, or a data folder with the SQLite file in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.store.engines.sqlite.database import Database
from tests.harness import Harness


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    with Harness(tmp_path / "data") as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "data"


@pytest.fixture
def database(folder: Path) -> Iterator[Database]:
    made = Database(folder)
    yield made
    made.close()
