"""Checks a workbook before it is opened: one stray cell can make a reader allocate more memory than there is."""

import io
import re
import string
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import IO, Final

from ac_desktop.importing.errors import not_taken
from ac_desktop.importing.formats.archive import refuse_bombs
from ac_desktop.importing.formats.workbook_bounds import MOST_CELLS, allowed_cells, pieces, too_many_cells
from ac_desktop.importing.formats.workbook_repeats import measure_ods, refuse_repeated_text
from ac_desktop.model.wording import tr

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
_LONGEST_NUMBER: Final = 12
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
