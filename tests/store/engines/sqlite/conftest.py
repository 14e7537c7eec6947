"""The tests of SQLite's own look at its statements, so its database records nothing beside them."""

import pytest

from tests.made_up import UNRECORDED, Engine


@pytest.fixture
def engine() -> Engine:
    return UNRECORDED
