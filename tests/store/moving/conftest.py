"""An office for each test of a move."""

from collections.abc import Iterator

import pytest

from tests.store.moving.offices import Office


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    yield made
    made.drop()
