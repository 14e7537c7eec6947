"""Looks into a workbook before it is opened: one stray cell can make a reader ask for more memory than there is."""

import io
import re
import string
import zipfile
import zlib
from collections.abc import Sequence
from typing import IO, Final

from ac_desktop.exports.archive import refuse_bombs
from ac_desktop.exports.errors import not_taken
from ac_desktop.exports.workbook_bounds import MOST_CELLS, explained, overgrown, pieces
from ac_desktop.exports.workbook_repeats import measure_ods, refuse_repeated_text
from ac_desktop.model.wording import tr

__all__ = ["MOST_CELLS", "refuse_overgrown"]


_PLACE = re.compile(rb"""r\s*=\s*["']([A-Za-z]{0,4}[0-9]+)["']""")
_NOWHERE = re.compile(rb"""[\s"']r\s*=\s*["'][A-Za-z]{5,}[0-9]+["']""")
"""Columns that no program has, which would still be counted on."""
_BEYOND: Final = (
    re.compile(rb"""r\s*=\s*["'](?:[B-Zb-z][A-Za-z][0-9]|[Aa][O-Zo-z][0-9]|[A-Za-z]{3,}[0-9]|[A-Za-z]{0,2}[0-9]{7})"""),
    re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{3,}[0-9]|[A-Za-z]{0,2}(?:[0-9]{6}|[5-9][0-9]{4}))"""),
)
"""Find a place beyond AN999999, and one beyond ZZ49999: a sheet without the one or the other has few enough cells."""
_LETTERS: Final = string.ascii_letters.encode()
_DIGITS: Final = string.digits.encode()
_LONGEST_NUMBER: Final = 12
_BINARY: Final = "xl/workbook.bin"
_SHEET = re.compile(rb"<(?:[A-Za-z0-9_.-]+:)?sheet[\s/>]")


def refuse_overgrown(name: str, content: bytes) -> None:
    """Raise ExportError where a workbook is cut off, or would take more memory than its own size explains."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            refuse_bombs(name, packed)
            _refuse_binary(name, packed)
            if "content.xml" in packed.namelist():
                with packed.open("content.xml") as file:
                    measure_ods(name, file)
            measured = [_measure_xlsx(name, packed, part) for part in packed.namelist()]
            _refuse_sparse(name, measured, _sheets_named(name, packed))
            refuse_repeated_text(name, packed, sum(size for _, size in measured))
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise not_taken(
            tr("“{name}” is cut off or damaged.", name=name), tr("Download or copy it again, or save it as CSV.")
        ) from error


def _refuse_sparse(name: str, measured: Sequence[tuple[int, int]], sheets: int) -> None:
    """Refuse sheets whose cells lie far apart: readers fill the gaps, in each sheet that names the same part."""
    cells = sum(area for area, _ in measured)
    most = max((area for area, _ in measured), default=0)
    cells += most * max(0, sheets - len(measured))
    if cells > explained(sum(size for _, size in measured)):
        raise overgrown(name)


def _sheets_named(name: str, packed: zipfile.ZipFile) -> int:
    """Count the sheets that a workbook names; several may name the same part."""
    count = 0
    for part in packed.namelist():
        if part.casefold().rpartition("/")[2] == "workbook.xml":
            with packed.open(part) as file:
                count = max(count, sum(len(_SHEET.findall(piece)) for piece in pieces(name, file, b"<")))
    return count


def _refuse_binary(name: str, packed: zipfile.ZipFile) -> None:
    """Refuse an .xlsb that goes by another ending: readers take it, and where its cells lie is not looked for."""
    if any(part.casefold() == _BINARY for part in packed.namelist()):
        raise not_taken(
            tr("“{name}” is a binary workbook (.xlsb).", name=name),
            tr("Save it as .xlsx or CSV in your spreadsheet program."),
        )


def _measure_xlsx(name: str, packed: zipfile.ZipFile, part: str) -> tuple[int, int]:
    """Return the cells that a part spans, each of which may be named as a sheet, and its size.

    Where a part is so large that its size explains any number of cells, one look proves that no cell is far out, as
    in most sheets; else the place of every cell is read.
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
            raise overgrown(name)
    return width * height, size


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - 64
    return place
