"""Cells and texts stored once in a workbook and repeated many times when it is read."""

import re
import zipfile
from array import array
from collections.abc import Iterator
from itertools import pairwise
from operator import mul
from typing import IO, Final

from ac_desktop.importing.formats.workbook_bounds import (
    allowed_cells,
    allowed_text,
    pieces,
    too_many_cells,
    too_much_text,
)

_NEW_SHEET: Final = b"<table:table "
_ROW_END: Final = b"</table:table-row>"
_ROWS_REPEATED = re.compile(rb"""number-rows-repeated\s*=\s*["']([0-9]+)["']""")
_CELL = re.compile(
    rb"""<table:(?:covered-)?table-cell(?=[\s/>])(?:[^>]*?number-columns-repeated\s*=\s*["']([0-9]+)["'])?"""
)
_LONG_REPEAT = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']([0-9]{4,})["']""")
_LONGEST_NUMBER: Final = 12
_MOST_BLANK: Final = 100_000
_TEXT = re.compile(rb"<(?:[A-Za-z0-9_.-]+:)?si[\s/>]")
_SMALLEST_CELL: Final = len(b'<c t="s"><v>0</v></c>')
_SHARED = re.compile(rb"""\st\s*=\s*["']s["']""")
_SHARED_NUMBER = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:[A-Za-z0-9_.-]+:)?v(?:\s[^>]*)?>\s*([0-9]{1,9})\s*<""")


def measure_ods(name: str, file: IO[bytes]) -> None:
    """Raise for a sheet whose repeated cells span more, or hold more text, than its size explains."""
    blank = width = height = size = text = 0
    for piece in pieces(name, file, _ROW_END):
        size += len(piece)
        for row in piece.split(_ROW_END):
            if _NEW_SHEET in row:
                blank = width = height = 0
            last = max(row.rfind(b"value-type"), row.rfind(b"<text:p"))
            if last < 0:
                blank += max((int(found[1][:_LONGEST_NUMBER]) for found in _LONG_REPEAT.finditer(row)), default=0)
                continue
            if blank > _MOST_BLANK or _LONG_REPEAT.search(row, 0, last):
                raise too_many_cells(name)
            cells, length, times = _spans(row, last)
            height += times + blank
            width, blank = max(width, cells), 0
            text += length * times
            if width * height > allowed_cells(size) or text > allowed_text(size):
                raise too_many_cells(name) if width * height > allowed_cells(size) else too_much_text(name)


def _spans(row: bytes, last: int) -> tuple[int, int, int]:
    """Return the cells a row spans up to its last filled one, their text, and how often the row is repeated."""
    if b"-repeated" not in row:
        return row.count(b"<table:table-cell", 0, last) + 1, len(row), 1
    start = row.rfind(b"<table:table-row")
    rows = _ROWS_REPEATED.search(row, max(start, 0))
    cells = list(_CELL.finditer(row, 0, last))
    repeats = [int(found[1] or 1) for found in cells]
    starts = [found.start() for found in cells]
    lengths = (after - before for before, after in pairwise([*starts, len(row)]))
    return sum(repeats) + 1, sum(map(mul, repeats, lengths)), int(rows[1]) if rows else 1


def refuse_repeated_text(name: str, packed: zipfile.ZipFile, size: int, times: int) -> None:
    """Raise for a workbook of this unpacked size whose shared texts, copied into each cell, would fill the memory.

    `times` is how many sheets name the same part at most.
    """
    lengths = array("q")
    for part in _parts(packed, "sharedstrings.xml"):
        lengths.extend(_lengths(name, packed, part))
    longest = max(lengths, default=0)
    if longest * (size // _SMALLEST_CELL) * times <= allowed_text(size):
        return
    if _shared_text(name, packed, lengths, longest) * times > allowed_text(size):
        raise too_much_text(name)


def _shared_text(name: str, packed: zipfile.ZipFile, lengths: "array[int]", longest: int) -> int:
    """Return the bytes of text in all cells; one whose number is not understood counts as the longest."""
    text = 0
    for info in packed.infolist():
        with packed.open(info) as file:
            for piece in pieces(name, file, b"<c"):
                numbers = [int(number) for number in _SHARED_NUMBER.findall(piece)]
                text += sum(lengths[number] for number in numbers if number < len(lengths))
                text += longest * (len(_SHARED.findall(piece)) - len(numbers))
    return text


def _parts(packed: zipfile.ZipFile, file_name: str) -> list[str]:
    return [part for part in packed.namelist() if part.casefold().rpartition("/")[2] == file_name]


def _lengths(name: str, packed: zipfile.ZipFile, part: str) -> Iterator[int]:
    """Return the bytes from each shared text to the next."""
    open_: int | None = None
    with packed.open(part) as file:
        for piece in pieces(name, file, b"<"):
            starts = [found.start() for found in _TEXT.finditer(piece)]
            if open_ is not None:
                open_ += starts[0] if starts else len(piece)
            if starts:
                if open_ is not None:
                    yield open_
                yield from (after - before for before, after in pairwise(starts))
                open_ = len(piece) - starts[-1]
    if open_ is not None:
        yield open_
