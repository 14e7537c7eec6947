"""Fixtures for tests of the store: a harness, a store on each engine, or a data folder with the SQLite file in it.

What the tests beside `engines/` promise, each engine keeps: all of it in `.ci/run`, on the office's engine every third
in the test line.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from tests.at_length import MARKER, is_on_second_engine
from tests.harness import Harness
from tests.made_up import ENGINES, POSTGRES, Engine, Store


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out of a short run what the office's engine is asked at length."""
    on_second = [item for item in items if _engine_of(item) is POSTGRES]
    for item in on_second:
        item.add_marker(MARKER)
    left_out = {item for item in on_second if not is_on_second_engine(item.nodeid)}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def _engine_of(item: pytest.Item) -> object:
    return (
        item.callspec.params.get("engine") if isinstance(item, pytest.Function) and hasattr(item, "callspec") else None
    )


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
