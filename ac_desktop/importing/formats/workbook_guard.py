"""Checks a workbook before it is opened: one stray cell, or one repeated many times, can exhaust the memory."""

import io
import re
import string
import zipfile
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from operator import mul
from typing import IO, Final

from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.importing.formats.archive import refuse_bombs
from ac_desktop.model.wording import tr

MOST_CELLS: Final = 40_000_000
FREE_CELLS: Final = 4_000_000
"""Some 130 MB and one second; beyond, a sheet needs a byte of file for each cell it spans; a filled cell takes 20."""
_FREE_TEXT: Final = 128 * 1024 * 1024
_TEXT_FOR_A_BYTE: Final = 10
"""The most that texts stored once and used in many cells may exceed the file's size, as a factor."""
CHUNK_BYTES: Final = 1024 * 1024
_LONGEST_TAG: Final = 64 * 1024 * 1024


def allowed_cells(size: int) -> int:
    """Return the number of cells that parts of this size may span."""
    return min(MOST_CELLS, max(FREE_CELLS, size))


def allowed_text(size: int) -> int:
    """Return the bytes of text that the cells of parts of this size may hold together."""
    return max(_FREE_TEXT, _TEXT_FOR_A_BYTE * size)


def pieces(name: str, file: IO[bytes], end: bytes) -> Iterator[bytes]:
    """Return the text in pieces that end where `end` begins."""
    rest = b""
    while chunk := file.read(CHUNK_BYTES):
        rest += chunk
        cut = rest.rfind(end)
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        if len(rest) > _LONGEST_TAG:
            raise too_many_cells(name)
    yield rest


def too_many_cells(name: str) -> ImportFileError:
    """Return the error about a sheet that would take more memory than its size explains."""
    return not_taken(
        tr("A sheet of “{name}” has cells so far apart that it can't be opened.", name=name),
        tr("Copy the donors' rows to a new sheet, or save them as CSV."),
    )


def too_much_text(name: str) -> ImportFileError:
    """Return the error about a workbook whose texts would take more memory than its size explains."""
    return not_taken(
        tr("“{name}” has long texts in so many cells that it can't be opened.", name=name),
        tr("Copy the donors' columns to a new sheet, or save them as CSV."),
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


__all__ = ["MOST_CELLS", "refuse_too_large"]


_PLACE = re.compile(rb"""r\s*=\s*["']([A-Za-z]{0,4}[0-9]+)["']""")
_NOWHERE = re.compile(rb"""[\s"']r\s*=\s*["'][A-Za-z]{5,}[0-9]+["']""")
"""Columns beyond those of any program, which a reader would still allocate."""
_BEYOND: Final = (
    re.compile(rb"""r\s*=\s*["'](?:[B-Zb-z][A-Za-z][0-9]|[Aa][O-Zo-z][0-9]|[A-Za-z]{3,}[0-9]|[A-Za-z]{0,2}[0-9]{7})"""),
    re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{3,}[0-9]|[A-Za-z]{0,2}(?:[0-9]{6}|[5-9][0-9]{4}))"""),
)
"""Find a place beyond AN999999, and one beyond ZZ49999: a sheet without the one or the other has few enough cells."""
_LETTERS: Final = string.ascii_letters.encode()
_DIGITS: Final = string.digits.encode()
_BINARY: Final = "xl/workbook.bin"
_SHEET = re.compile(rb"<(?:[A-Za-z0-9_.-]+:)?sheet(?=[\s/>])[^>]*")
_SHEET_ID = re.compile(rb"""[\s:]id\s*=\s*["']([^"']*)""")
_RELATION = re.compile(rb"<(?:[A-Za-z0-9_.-]+:)?Relationship(?=[\s/>])[^>]*")
_RELATION_ID = re.compile(rb"""\sId\s*=\s*["']([^"']*)""")
_TARGET = re.compile(rb"""\sTarget\s*=\s*["']([^"']*)""")


def refuse_too_large(name: str, content: bytes) -> None:
    """Raise ImportFileError where a workbook is cut off, or would take more memory than its own size explains."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            refuse_bombs(name, packed)
            _refuse_binary(name, packed)
            if "content.xml" in packed.namelist():
                with packed.open("content.xml") as file:
                    measure_ods(name, file)
            measured = {part: _measure_xlsx(name, packed, part) for part in packed.namelist()}
            named = _sheets_of(name, packed)
            _refuse_sparse(name, measured, named)
            size = sum(size for _, size in measured.values())
            refuse_repeated_text(name, packed, size, max(named.values(), default=1))
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise not_taken(
            tr("“{name}” is incomplete or damaged.", name=name), tr("Download or copy it again, or save it as CSV.")
        ) from error


def _refuse_sparse(name: str, measured: Mapping[str, tuple[int, int]], named: Counter[str]) -> None:
    """Raise for sheets whose cells are far apart: readers fill the gaps, in each sheet that names the same part."""
    cells = sum(area * max(1, named[_file_name(part)]) for part, (area, _) in measured.items())
    most = max((area for area, _ in measured.values()), default=0)
    known = {_file_name(part) for part in measured}
    cells += most * sum(number for part, number in named.items() if part not in known)
    if cells > allowed_cells(sum(size for _, size in measured.values())):
        raise too_many_cells(name)


def _sheets_of(name: str, packed: zipfile.ZipFile) -> Counter[str]:
    """Count the sheets that name each part, by the part's file name."""
    targets: dict[bytes, bytes] = {}
    for tag in _tags(name, packed, "workbook.xml.rels", _RELATION):
        target, known_as = _TARGET.search(tag), _RELATION_ID.search(tag)
        if target and known_as:
            targets[known_as[1]] = target[1]
    named: Counter[str] = Counter()
    for tag in _tags(name, packed, "workbook.xml", _SHEET):
        sheet = _SHEET_ID.search(tag)
        named[_file_name(targets.get(sheet[1] if sheet else b"", b"").decode("utf-8", "replace"))] += 1
    return named


def _tags(name: str, packed: zipfile.ZipFile, file_name: str, tag: re.Pattern[bytes]) -> Iterator[bytes]:
    for part in packed.namelist():
        if _file_name(part) == file_name:
            with packed.open(part) as file:
                for piece in pieces(name, file, b"<"):
                    yield from tag.findall(piece)


def _file_name(part: str) -> str:
    return part.casefold().rpartition("/")[2]


def _refuse_binary(name: str, packed: zipfile.ZipFile) -> None:
    """Raise for an .xlsb with another extension: readers open it, and the positions of its cells are not checked."""
    if any(part.casefold() == _BINARY for part in packed.namelist()):
        raise not_taken(
            tr("“{name}” is a binary workbook (.xlsb).", name=name),
            tr("Save it as .xlsx or CSV in your spreadsheet program."),
        )


def _measure_xlsx(name: str, packed: zipfile.ZipFile, part: str) -> tuple[int, int]:
    """Return the cells that a part spans, each of which may be named as a sheet, and its size.

    Where a part is so large that its size allows any number of cells, one search proves that no cell is far out, as in
    most sheets; else the position of every cell is read.
    """
    if packed.getinfo(part).file_size >= MOST_CELLS:
        for beyond in _BEYOND:
            size = _size_if_within(name, packed, part, beyond)
            if size >= MOST_CELLS:
                return 0, size
    with packed.open(part) as file:
        return _measure_places(name, file)


def _size_if_within(name: str, packed: zipfile.ZipFile, part: str, beyond: re.Pattern[bytes]) -> int:
    """Return a part's size as it was read; 0 where a cell is beyond."""
    size = 0
    with packed.open(part) as file:
        for piece in pieces(name, file, b"<"):
            if beyond.search(piece):
                return 0
            size += len(piece)
    return size


def _measure_places(name: str, file: IO[bytes]) -> tuple[int, int]:
    width = height = 1
    size = 0
    for piece in pieces(name, file, b"<"):
        size += len(piece)
        places = b" ".join(_PLACE.findall(piece))
        width = max(width, *map(_column, set(places.translate(None, _DIGITS).split())), 1)
        rows = {number[:_LONGEST_NUMBER] for number in set(places.translate(None, _LETTERS).split())}
        height = max(height, *map(int, rows), 1)
        if width * height > MOST_CELLS or _NOWHERE.search(piece):
            raise too_many_cells(name)
    return width * height, size


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - 64
    return place
