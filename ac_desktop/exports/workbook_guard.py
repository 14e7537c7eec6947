"""Looks into a workbook before it is opened: one stray cell can make a reader ask for more memory than there is."""

import io
import re
import string
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Final

from ac_desktop.exports.archive import refuse_bombs
from ac_desktop.exports.errors import ExportError, not_taken
from ac_desktop.model.wording import tr

MOST_CELLS: Final = 40_000_000
_CHUNK: Final = 1024 * 1024
_LONGEST_TAG: Final = 64 * 1024 * 1024
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
_NEW_SHEET: Final = b"<table:table "
_ROW_END: Final = b"</table:table-row>"
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']([0-9]{4,})["']""")
_MOST_BLANK: Final = 100_000


def refuse_overgrown(name: str, content: bytes) -> None:
    """Raise ExportError where a workbook is cut off, or its cells reach further than memory does."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            refuse_bombs(name, packed)
            _refuse_binary(name, packed)
            for part in packed.namelist():
                _measure_xlsx(name, packed, part)
                if part == "content.xml":
                    with packed.open(part) as file:
                        _measure_ods(name, file)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise not_taken(
            tr("“{name}” is cut off or damaged.", name=name), tr("Download or copy it again, or save it as CSV.")
        ) from error


def _refuse_binary(name: str, packed: zipfile.ZipFile) -> None:
    """Refuse an .xlsb that goes by another ending: readers take it, and where its cells lie is not looked for."""
    if any(part.casefold() == _BINARY for part in packed.namelist()):
        raise not_taken(
            tr("“{name}” is a binary workbook (.xlsb).", name=name),
            tr("Save it as .xlsx or CSV in your spreadsheet program."),
        )


def _measure_xlsx(name: str, packed: zipfile.ZipFile, part: str) -> None:
    """Measure a part, each of which may be named as a sheet.

    One look proves that no cell is far out, as in most sheets; else the place of every cell is read.
    """
    if not any(_is_within(name, packed, part, beyond) for beyond in _BEYOND):
        with packed.open(part) as file:
            _measure_places(name, file)


def _is_within(name: str, packed: zipfile.ZipFile, part: str, beyond: re.Pattern[bytes]) -> bool:
    with packed.open(part) as file:
        return not any(map(beyond.search, _pieces(name, file, b"<")))


def _measure_places(name: str, file: IO[bytes]) -> None:
    width = height = 1
    for piece in _pieces(name, file, b"<"):
        places = b" ".join(_PLACE.findall(piece))
        width = max(width, *map(_column, set(places.translate(None, _DIGITS).split())), 1)
        rows = {number[:_LONGEST_NUMBER] for number in set(places.translate(None, _LETTERS).split())}
        height = max(height, *map(int, rows), 1)
        if width * height > MOST_CELLS or _NOWHERE.search(piece):
            raise _overgrown(name)


def _measure_ods(name: str, file: IO[bytes]) -> None:
    blank = 0
    for piece in _pieces(name, file, _ROW_END):
        for row in piece.split(_ROW_END):
            blank = 0 if _NEW_SHEET in row else blank
            last = max(row.rfind(b"value-type"), row.rfind(b"<text:p"))
            if last >= 0:
                if blank > _MOST_BLANK or _REPEATED.search(row, 0, last):
                    raise _overgrown(name)
            else:
                blank += max((int(found[1][:_LONGEST_NUMBER]) for found in _REPEATED.finditer(row)), default=0)


def _pieces(name: str, file: IO[bytes], end: bytes) -> Iterator[bytes]:
    """Give the text in pieces that end where `end` begins."""
    rest = b""
    while chunk := file.read(_CHUNK):
        rest += chunk
        cut = rest.rfind(end)
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        if len(rest) > _LONGEST_TAG:
            raise _overgrown(name)
    yield rest


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - 64
    return place


def _overgrown(name: str) -> ExportError:
    return not_taken(
        tr("A sheet of “{name}” has cells so far apart that it cannot be opened.", name=name),
        tr("Copy the donors' rows to a new sheet, or save them as CSV."),
    )
