"""Runs figures and prints them: medians of all runs, their spread, a table and JSON."""

import os
import platform
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line

_HEAD: Final = ("figure", "ours", "bare", "ratio", "spread", "goal", "met", "runs")
_GB: Final = 1024**3


@dataclass(frozen=True)
class Result:
    """The runs of one line; the ratio is the median of each run's own, as both sides share its noise."""

    figure: str
    runs: tuple[Line, ...]

    @property
    def ours(self) -> float:
        """The median of ours."""
        return median(line.ours for line in self.runs)

    @property
    def bare(self) -> float:
        """The median of the bare one."""
        return median(line.bare for line in self.runs)

    @property
    def ratios(self) -> list[float]:
        """Ours over bare, run by run."""
        return [line.ours / line.bare for line in self.runs if line.bare]

    @property
    def is_met(self) -> bool | None:
        """Whether most runs meet the goal, None where there is none."""
        goal = self.runs[0].goal
        if goal is None:
            return None
        return sum(goal.is_met(line.ours, line.bare) for line in self.runs) * 2 > len(self.runs)

    def cells(self) -> tuple[str, ...]:
        """Return the table's row."""
        line, ratios = self.runs[0], self.ratios
        met = {True: "yes", False: "NO", None: ""}[self.is_met]
        return (
            f"{self.figure}: {line.name}" if line.name else self.figure,
            f"{self.ours:,.4g} {line.unit}",
            f"{self.bare:,.4g} {line.unit}" if self.bare else "",
            f"{median(ratios):.2f}" if ratios else "",
            f"{min(ratios):.2f} to {max(ratios):.2f}" if len(ratios) > 1 else "",
            line.goal.text if line.goal else "",
            met,
            str(len(self.runs)),
        )

    def as_json(self) -> dict[str, object]:
        """Return all that was measured."""
        line = self.runs[0]
        return {
            "figure": self.figure,
            "line": line.name,
            "unit": line.unit,
            "ours": self.ours,
            "bare": self.bare or None,
            "ratio": median(self.ratios) if self.ratios else None,
            "goal": line.goal.text if line.goal else None,
            "met": self.is_met,
            "runs": [{"ours": one.ours, "bare": one.bare or None} for one in self.runs],
        }


def measure(figure: Figure, inputs: Path, *, quick: bool, runs: int | None = None) -> list[Result]:
    """Run a figure as often as it asks for, or `runs` times."""
    rounds: list[Sequence[Line]] = []
    for _ in range(runs or figure.runs):
        with tempfile.TemporaryDirectory(prefix="ac-desktop-benchmark-") as folder:
            rounds.append(figure.run(Bench(Path(folder), inputs, quick)))
    return [Result(figure.name, lines) for lines in zip(*rounds, strict=True)]


def machine() -> dict[str, object]:
    """Return on what machine and when it was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GB if hasattr(os, "sysconf") else 0.0
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "system": platform.system(),
        "python": platform.python_version(),
        "cores": os.cpu_count() or 0,
        "memory_gb": round(memory),
    }


def table(results: Iterable[Result]) -> str:
    """Draw the table."""
    rows = [_HEAD, *(result.cells() for result in results)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-|-".join("-" * width for width in widths), *lines[1:]])
