"""What a figure is: the same work done by us and by the least program that could do it, and the goal between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class Goal:
    """A bound to beat; `is_met` is asked with ours and the bare one of a run."""

    text: str
    is_met: Callable[[float, float], bool]


def times_at_most(most: float) -> Goal:
    """Ours may be so many times the bare one."""
    return Goal(f"≤ {most:g} times", lambda ours, bare: ours <= most * bare)


def times_at_least(least: float) -> Goal:
    """Ours must reach this share of the bare one, where more is better."""
    return Goal(f"≥ {least:g} times", lambda ours, bare: ours >= least * bare)


def at_most(most: float, unit: str) -> Goal:
    """Ours has a bound of its own, whatever the bare one takes."""
    return Goal(f"≤ {most:g} {unit}", lambda ours, _: ours <= most)


@dataclass(frozen=True)
class Line:
    """One number of one run; `bare` is 0 where there is nothing to hold it against."""

    name: str
    ours: float
    bare: float
    unit: str
    goal: Goal | None = None


@dataclass(frozen=True)
class Bench:
    """What a run gets: an empty folder of its own, one for files that all runs read, and how much to do."""

    folder: Path
    inputs: Path
    quick: bool

    def size(self, whole: int, quick: int) -> int:
        """Return how many rows, donors or records this run works on."""
        return quick if self.quick else whole


USUAL_RUNS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure by its name on the command line; `run` does the work once, ours and bare, and returns its lines.

    Every run returns the same lines in the same order. A figure that takes minutes may be content with one run.
    """

    name: str
    measures: str
    run: Callable[[Bench], Sequence[Line]]
    runs: int = USUAL_RUNS
