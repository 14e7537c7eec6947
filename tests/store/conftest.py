"""Fixtures for tests of the store: a harness, a store on each engine, or a data folder with the SQLite file in it.

What the tests beside `engines/` promise, each engine keeps.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from tests.harness import Harness
from tests.made_up import ENGINES, Engine, Store


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.param
    return found


@pytest.fixture
def store(engine: Engine, tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data", engine) as made:
        yield made


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    with Harness(tmp_path / "data") as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "data"


@pytest.fixture
def database(folder: Path) -> Iterator[SqliteDatabase]:
    made = SqliteDatabase(folder)
    yield made
    made.close()
