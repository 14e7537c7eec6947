"""What pytest reported of its tests in a file of JUnit's kind: counts, failures, and reasons for tests left out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.wine.marker import SAID_FIRST


@dataclass(slots=True)
class Results:
    """How the tests of one or more runs ended."""

    passed: int = 0
    failures: list[str] = field(default_factory=list)
    """The tests that failed, each with the first line of why."""
    marked: Counter[str] = field(default_factory=Counter)
    """The reasons of tests that cannot hold under Wine, with their numbers."""
    left_out: Counter[str] = field(default_factory=Counter)
    """The reasons of tests that are not for Windows, with their numbers."""
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each test took."""

    def add(self, other: "Results") -> None:
        """Add the results of another run."""
        self.passed += other.passed
        self.failures += other.failures
        self.marked += other.marked
        self.left_out += other.left_out
        self.seconds |= other.seconds

    def slowest(self, most: int) -> list[tuple[str, float]]:
        """Return the tests that took longest, each with its seconds."""
        return sorted(self.seconds.items(), key=lambda taken: taken[1], reverse=True)[:most]

    def __str__(self) -> str:
        """Return the counts in a line."""
        return (
            f"{self.passed:,} passed, {len(self.failures):,} failed, {self.marked.total():,} marked as not under Wine, "
            f"{self.left_out.total():,} not for Windows"
        )


def read(file: Path) -> Results:
    """Read what a run of pytest reported; a run without a report failed as a whole."""
    results = Results()
    if not file.exists():
        results.failures.append(f"{file.stem}: pytest came to no end")
        return results
    for case in ET.parse(file).iter("testcase"):  # noqa: S314  written by pytest a moment ago
        name = f"{case.get('classname', '')}::{case.get('name', '')}"
        results.seconds[name] = float(case.get("time", "0"))
        failures = [*case.findall("failure"), *case.findall("error")]
        skipped = case.find("skipped")
        if failures:
            results.failures.append(f"{name}: {_first_line(failures)}")
        elif skipped is None:
            results.passed += 1
        else:
            reason = skipped.get("message", "")
            (results.marked if reason.startswith(SAID_FIRST) else results.left_out)[reason] += 1
    return results


def _first_line(failures: Iterable[ET.Element]) -> str:
    return next((line for failure in failures for line in failure.get("message", "").splitlines()), "")
