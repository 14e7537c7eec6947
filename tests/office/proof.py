"""What a proof is handed and returns."""

from dataclasses import dataclass, field
from typing import Final

ROUND_TRIPS: Final = (0.0, 0.002, 0.02)
"""Seconds from a workstation to the server and back: beside it, in the office, at home."""


@dataclass(frozen=True)
class Extent:
    """How much is tried: the short form on each change, the long one by hand."""

    is_long: bool = False
    seed: int = 7

    def of(self, short: int, whole: int) -> int:
        """Return a number by the form."""
        return whole if self.is_long else short


@dataclass
class Findings:
    """What a proof counted, and what it found broken; figures of time are judged in the long form alone."""

    extent: Extent
    counts: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    hurried: list[str] = field(default_factory=list)
    """Broken, or only looked at by a computer that was busy: what was sent in time may have arrived late."""

    def count(self, text: str) -> None:
        """Add a count or figure for the reader."""
        self.counts.append(text)

    def found(self, broken: list[str], where: str = "") -> None:
        """Add what a check found broken."""
        self.broken += [f"{where}: {one}" if where else one for one in broken]

    def found_in_time(self, broken: list[str]) -> None:
        """Add what a check of moments found broken, for which the proof is tried again."""
        self.hurried += broken

    def figure(self, text: str, *, is_kept: bool) -> None:
        """Add a figure of time, which breaks the promise in the long form where it is not kept."""
        self.counts.append(text if is_kept else f"{text} (!)")
        if self.extent.is_long and not is_kept:
            self.broken.append(text)
