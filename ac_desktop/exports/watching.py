"""A watched folder: which files in it are whole and new, and where they go once they are queued."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ac_desktop.exports.table import READABLE

DONE: Final = "done"
"""The folder, inside the watched one, that takes what was queued."""
_TEMPORARY: Final = (".", "~$")
"""How names begin that other programs give to files they are still writing."""


@dataclass(frozen=True)
class Sight:
    """A file as it was seen: one that is still being written looks otherwise a moment later."""

    path: Path
    size: int
    changed_ns: int


class FolderLook:
    """Looks at one folder again and again; each file is given out once, when two looks saw the same of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._before: frozenset[Sight] = frozenset()
        self._given: set[Sight] = set()

    def ready(self) -> list[Path]:
        """Look once more; gives the files that have come to rest since the last look, by name.

        Raises OSError where the folder cannot be read.
        """
        seen = frozenset(_sights(self.folder))
        resting = sorted((seen & self._before) - self._given, key=lambda sight: sight.path)
        self._before = seen
        self._given = (self._given & seen) | set(resting)
        return [sight.path for sight in resting]


def put_away(path: Path, receipt: str) -> Path:
    """Move a queued file into `done`, its receipt beside it, over no other file. Raises OSError."""
    done = path.parent / DONE
    done.mkdir(exist_ok=True)
    target = next(name for name in _names(done / path.name) if not name.exists())
    path.rename(target)
    target.with_name(f"{target.name}.receipt.html").write_text(receipt, encoding="utf-8")
    return target


def _sights(folder: Path) -> Iterator[Sight]:
    for path in folder.iterdir():
        if path.suffix.lower() in READABLE and not path.name.startswith(_TEMPORARY) and path.is_file():
            facts = path.stat()
            if facts.st_size:
                yield Sight(path, facts.st_size, facts.st_mtime_ns)


def _names(path: Path) -> Iterator[Path]:
    yield path
    number = 1
    while True:
        number += 1
        yield path.with_stem(f"{path.stem} ({number})")
