"""How often a test of chance or of many moments goes round: a fifth in the test line, all of it in `.ci/run`."""

import os
from typing import Final

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


def _share() -> int:
    return int(os.environ.get("AC_DESKTOP_MISHAPS", IN_THE_LINE))
