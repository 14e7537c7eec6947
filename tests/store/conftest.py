"""What tests of the store get: a desk where they ask for one, and leisure, as how fast a computer is proves nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.desk import Desk

settings.register_profile("at leisure", deadline=None)
settings.load_profile("at leisure")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "data") as made:
        yield made
