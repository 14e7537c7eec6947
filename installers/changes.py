"""CHANGELOG.md as the installers read and write it: what is not yet released, and the day of each release.

`python -m installers.changes 0.2.0` prints the changes of one release.
"""

import re
import sys
from dataclasses import dataclass
from datetime import date
from typing import Final

from installers.project import TOP

FILE: Final = TOP / "CHANGELOG.md"
NOT_YET: Final = "## Not yet released"
_RELEASE: Final = re.compile(r"^## (?P<version>\d+\.\d+\.\d+), (?P<day>\d{4}-\d{2}-\d{2})$", re.MULTILINE)


@dataclass(frozen=True)
class Release:
    """A released version and its day."""

    version: str
    day: date


def releases(text: str) -> list[Release]:
    """Return the releases of a changelog, the newest first, in its order."""
    return [Release(found["version"], date.fromisoformat(found["day"])) for found in _RELEASE.finditer(text)]


def closed(text: str, release: Release) -> str:
    """Return the changelog with the unreleased changes under the heading of a release.

    Raises ValueError where there are none.
    """
    before, heading, after = text.partition(f"{NOT_YET}\n")
    if not heading or not after.partition("\n## ")[0].strip():
        raise ValueError(f"CHANGELOG.md tells of nothing under “{NOT_YET}”.")
    return f"{before}## {release.version}, {release.day.isoformat()}\n{after}"


def notes_of(text: str, version: str) -> str:
    """Return what the changelog says under the heading of a version; "" where it has none."""
    found = next((found for found in _RELEASE.finditer(text) if found["version"] == version), None)
    return text[found.end() :].partition("\n## ")[0].strip() + "\n" if found else ""


if __name__ == "__main__":
    sys.stdout.write(notes_of(FILE.read_text(encoding="utf-8"), sys.argv[1]))
