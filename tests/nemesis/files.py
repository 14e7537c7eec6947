"""Files as untidy as people's, of several makers by one seed; what is in each is counted apart from the program."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from tests.importing.untidy_exports import MAKERS, SERVICES, Maker, of_service
from tests.nemesis.record import GivenFile

_PLAIN: Final = re.compile(r"[a-z0-9._+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}")
_NAMES: Final = ("Spring", "gifts", "export (2)", "Año nuevo", "list")
_MOST_ROWS: Final = 24
_LEFT: Final = 0.1
"""The share of rows that are of somebody who has left the list."""
_OF_A_SERVICE: Final = 0.4


@dataclass(frozen=True)
class Made:
    """A content of a file: by whose habits, its rows without the header, and what the checker is told of it."""

    path: Path
    maker: Maker
    rows: Sequence[Sequence[str]]
    content: bytes
    given: GivenFile

    def write(self) -> Path:
        """Put the content into its place at once, as a program that saves does."""
        part = self.path.with_name(f".{self.path.name}.part")
        part.write_bytes(self.content)
        part.replace(self.path)
        return self.path


class Files:
    """Makes files in a folder; apart from who has left the list, nobody in one of them is in another."""

    def __init__(self, folder: Path, dice: Random, opted_out: Sequence[str]) -> None:
        self._folder = folder
        self._dice = dice
        self._opted_out = list(opted_out)
        self._number = 0

    def make(self) -> Made:
        """Make up a file, which is not written yet."""
        self._number += 1
        number, maker = self._number, self._maker()
        path = self._folder / f"{self._dice.choice(_NAMES)} {number}.csv"
        rows = [list(row) for row in maker.rows(self._dice.randint(1, _MOST_ROWS), self._dice)]
        return _made(path, maker, [self._readdressed(row, maker, f"f{number}") for row in rows])

    def again(self, made: Made) -> Made:
        """Make up another content of a file: all that it had, and people behind it."""
        more = [list(row) for row in made.maker.rows(self._dice.randint(1, 5), self._dice)]
        self._number += 1
        new = [self._readdressed(row, made.maker, f"f{self._number}") for row in more]
        return _made(made.path, made.maker, [*made.rows, *new])

    def _maker(self) -> Maker:
        if self._dice.random() < _OF_A_SERVICE:
            return of_service(self._dice.choice(SERVICES), self._dice)
        return self._dice.choice(list(MAKERS.values()))

    def _readdressed(self, row: list[str], maker: Maker, prefix: str) -> list[str]:
        """Return a row whose person nobody else is, or somebody who has left the list."""
        place = list(maker.header).index(maker.export.email)
        if len(row) > place and _is_plain(row[place]):
            left = self._opted_out and self._dice.random() < _LEFT
            row[place] = self._opted_out.pop() if left else f"{prefix}.{row[place].lstrip()}"
        return row


def _made(path: Path, maker: Maker, rows: Sequence[Sequence[str]]) -> Made:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=maker.delimiter)
    writer.writerow(maker.header)
    writer.writerows(rows)
    content = text.getvalue().encode(maker.encoding, errors="replace")
    place = list(maker.header).index(maker.export.email)
    cells = (row[place] for row in rows if len(row) > place)
    given = GivenFile(
        name=f"{path.name} ({maker.name})",
        sha256=hashlib.sha256(content).hexdigest(),
        rows=len(rows),
        emails=Counter(cell.strip().lower() for cell in cells if _is_plain(cell)),
    )
    return Made(path, maker, rows, content, given)


def _is_plain(cell: str) -> bool:
    return _PLAIN.fullmatch(cell.strip().lower()) is not None
