"""A delivery harness for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.support import DeliveryHarness


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[DeliveryHarness]:
    with DeliveryHarness(tmp_path / "data") as made:
        yield made
