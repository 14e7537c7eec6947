"""What goes round less often in the test line than in `.ci/run`: chance, many moments, the store on a second engine."""

import os
import zlib
from collections.abc import Iterable
from typing import Final

import pytest

MARKER: Final = "at_length"
"""Of the tests that go further in `.ci/run`, which asks for them by it: those in files that only it names, too."""
IN_THE_LINE: Final = "20"
"""Per cent of the rounds, where AC_DESKTOP_MISHAPS does not say how many."""
FEWEST: Final = 16
"""With fewer mishaps there may be no task that comes to its end."""


def mishaps(whole: int) -> int:
    """Return how many mishaps a test goes through: two in ten, and all where AC_DESKTOP_MISHAPS says 100."""
    return max(FEWEST, whole * _share() // 100)


def moments(last: int, first: int = 1) -> range:
    """Return the moments that a test goes through: every third from `first`, or each where AC_DESKTOP_MISHAPS is 100.

    Tests that look at the same moments in three ways begin at 1, 2 and 3: together they leave none out.
    """
    return range(1, last + 1) if _share() >= 100 else range(first, last + 1, 3)


def some(whole: int, few: int) -> int:
    """Return how many a test tries: a few, and all where AC_DESKTOP_MISHAPS says 100."""
    return whole if _share() >= 100 else few


def is_on_second_engine(test: str) -> bool:
    """Whether a test runs on the office's engine too: every third by its name, and all where AC_DESKTOP_MISHAPS is 100.

    Each of them starts from a database of its own, which takes longer than most of the tests.
    """
    return _share() >= 100 or is_every_third(test)


def is_every_third(name: str, *, place: int = 0) -> bool:
    """Whether something is among the third of its kind that goes through the test line; there are places 0 to 2.

    What is looked at in several ways has another place for each, so that fewer are left out by all.
    """
    return zlib.crc32(name.encode()) % 3 == place


def mark(items: Iterable[pytest.Item]) -> None:
    """Mark what is in files whose names the test line does not look for."""
    for item in items:
        if not item.path.name.startswith("test_"):
            item.add_marker(MARKER)


def _share() -> int:
    return int(os.environ.get("AC_DESKTOP_MISHAPS", IN_THE_LINE))
