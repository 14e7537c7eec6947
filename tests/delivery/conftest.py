"""A delivery desk for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.support import DeliveryDesk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeliveryDesk]:
    with DeliveryDesk(tmp_path / "data") as made:
        yield made
