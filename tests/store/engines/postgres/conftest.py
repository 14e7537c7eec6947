"""An office's database of its own for each test, and its address."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.office_address import OfficeAddress
from tests.made_up import POSTGRES, Store
from tests.postgres_store import office_of


@pytest.fixture
def address(tmp_path: Path) -> OfficeAddress:
    return office_of(tmp_path / "data")


@pytest.fixture
def database(address: OfficeAddress) -> Iterator[PostgresDatabase]:
    made = PostgresDatabase(address)
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data", POSTGRES) as made:
        yield made
