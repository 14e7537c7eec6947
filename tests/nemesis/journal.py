"""What happened, and when: a line for each mishap and deed, so that a broken promise can be traced."""

import threading
import time
from collections import Counter
from pathlib import Path
from typing import Final


class Journal:
    """A file of lines with the seconds since the start; safe to use from any thread."""

    def __init__(self, path: Path) -> None:
        self.path: Final = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding="utf-8")
        self._lock = threading.Lock()
        self._begun = time.monotonic()
        self.counts: Final[Counter[str]] = Counter()

    def note(self, place: str, text: str) -> float:
        """Write a line; return its moment by the monotonic clock."""
        at = time.monotonic()
        with self._lock:
            self._file.write(f"{at - self._begun:9.3f} [{at:.3f}] {place}: {text}\n")
            self._file.flush()
        return at

    def count(self, what: str, number: int = 1) -> None:
        """Count something for the lines a minute and the summary."""
        with self._lock:
            self.counts[what] += number

    def most(self, what: str, number: int) -> None:
        """Keep the highest of some numbers."""
        with self._lock:
            self.counts[what] = max(self.counts[what], number)

    def told(self) -> str:
        """Return the counts so far."""
        with self._lock:
            return ", ".join(f"{number} {what}" for what, number in sorted(self.counts.items()))

    def close(self) -> None:
        """Close the file."""
        self._file.close()
